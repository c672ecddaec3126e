"""The sample's situation, and every row of the table of removals."""

import importlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from responder.readiness.situation import Situation
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.unit.readiness.removal import Removal

SOON_AFTER = datetime.fromisoformat("2026-09-28T10:00+08:00")


def removals() -> list[Removal]:
    """The rows of every `removals_*.py`, in the order of the files."""
    files = sorted(Path(__file__).parent.glob("removals_*.py"))
    modules = [importlib.import_module(f"tests.unit.readiness.{file.stem}") for file in files]
    return [row for module in modules for row in module.ROWS]


@pytest.fixture(scope="session")
def untouched() -> Situation:
    """The sample site on the day of its records, from its files alone."""
    return Situation(load(sample_folder()).site, SOON_AFTER)


@pytest.fixture(scope="session")
def running(untouched: Situation) -> Situation:
    """The same with a database that has kept nothing yet, its engine at work."""
    return replace(untouched, stored=True, heartbeat_at=SOON_AFTER)
