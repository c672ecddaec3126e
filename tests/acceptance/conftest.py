"""The firm on which stories are played: a real SQLite file, a clock that only moves when told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.stage.firm import small_firm
from tests.stage.play import Play

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
"""20:15 in Shanghai."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[object]:
    """A fresh database."""
    from responder.store.opening import open_store

    opened = open_store(f"sqlite:///{tmp_path / 'responder.db'}")
    yield opened
    opened.close()


@pytest.fixture
def play(store: object) -> Iterator[Play]:
    """The small firm at 20:15; at the end no message may be left unexpected."""
    play = Play.of(store, small_firm(), EVENING)  # type: ignore[arg-type]
    yield play
    play.over()
