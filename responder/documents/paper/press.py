"""The press: papers made in a process of their own, so that nothing here waits for one.

Laying out a long paper takes seconds of pure computing: in this process, even in a thread, it
would hold up every page and every acknowledgement.
"""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import fields
from importlib import import_module
from multiprocessing.reduction import ForkingPickler
from threading import Lock
from typing import Any

import msgspec

from responder.domain.incident_facts import IncidentFacts
from responder.domain.record import Entry
from responder.errors import PaperFailed
from responder.ports.papers import Made

KINDS = {
    "regulator-report": "responder.documents.paper.regulator_report:regulator_report",
    "incident-report": "responder.documents.paper.incident_report:incident_report",
    "plan": "responder.documents.paper.plan_document:plan_document",
    "plan-letter": "responder.documents.paper.plan_document:plan_letter",
    "event-analysis": "responder.documents.paper.event_analysis:event_analysis",
    "contact-manual": "responder.documents.paper.contact_manual:contact_manual",
    "work-card": "responder.documents.paper.work_card:work_card",
    "after-action": "responder.documents.paper.after_action:after_action",
    "drill-year": "responder.documents.paper.drill_year:drill_year",
    "drill-plan": "responder.documents.paper.drill_plan:drill_plan",
    "readiness": "responder.documents.paper.readiness_report:readiness_report",
}
"""By kind of paper: the function of (facts, language) that gives its `Paper`."""
LONGEST = 120
"""Seconds after which a paper is given up: its process is taken to be stuck."""
POLITE = 10
"""How far the process stands back for others that want the processor."""


def _told(facts: IncidentFacts) -> tuple[Any, ...]:
    record = msgspec.msgpack.encode(facts.entries)
    return _facts, (record, *(getattr(facts, name) for name in BESIDES))


def _facts(record: bytes, *besides: Any) -> IncidentFacts:
    entries = msgspec.msgpack.decode(record, type=list[Entry])
    return IncidentFacts(entries=entries, **dict(zip(BESIDES, besides, strict=True)))


BESIDES = tuple(one.name for one in fields(IncidentFacts) if one.name != "entries")
ForkingPickler.register(IncidentFacts, _told)
# Left to itself a long record is packed entry by entry in Python: that would hold up the threads
# of this process ten times as long.


class Press:
    """Makes papers, one after the other; `apart` in another process, else here and now.

    Its process starts with the first paper. To be closed where it is `apart`.
    """

    def __init__(self, *, apart: bool = True) -> None:
        self._apart = apart
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def make(self, kind: str, facts: Any, language: str) -> Made:
        """Make one and wait; from any thread. Raises PaperFailed, after which it can go on."""
        if not self._apart:
            return made(kind, facts, language)
        try:
            return self._running().submit(_made_apart, kind, facts, language).result(LONGEST)
        except TimeoutError:
            self._drop(stuck=True)
            raise PaperFailed(kind=kind, why=f"no answer in {LONGEST} s") from None
        except BrokenProcessPool:
            self._drop()
            raise PaperFailed(kind=kind, why="its process ended") from None
        except _Failed as error:
            raise PaperFailed(kind=kind, why=str(error)) from None

    def close(self) -> None:
        """End the process."""
        self._drop()

    def _running(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    1, multiprocessing.get_context("spawn"), _stand_back
                )
            return self._pool

    def _drop(self, *, stuck: bool = False) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list(getattr(pool, "_processes", None) or ()) if stuck else []
        for process in processes:
            with suppress(OSError):
                os.kill(process, 9)
        pool.shutdown(wait=not stuck, cancel_futures=True)


class _Failed(Exception):
    """Why a paper could not be made, as it comes from the other process."""


def made(kind: str, facts: Any, language: str) -> Made:
    """A paper, made here."""
    module, _, name = KINDS[kind].partition(":")
    compose: Callable[[Any, str], Any] = getattr(import_module(module), name)
    paper: Made = compose(facts, language).made()
    return paper


def _made_apart(kind: str, facts: Any, language: str) -> Made:
    try:
        return made(kind, facts, language)
    except Exception as error:  # noqa: BLE001 - what went wrong there is told here
        raise _Failed(f"{type(error).__name__}: {error}") from None


def _stand_back() -> None:
    with suppress(OSError, AttributeError):
        os.nice(POLITE)
