"""What people did about a drill's early warning, from the warning's own record (7.2).

Of each act the entries that show it whole, and those that show only that it was begun.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from responder.domain.drill import DrillScenario, Expected, Row
from responder.domain.record import Entry
from responder.domain.warning import ENDED, OWED, STAGE_NAMES, WARNED, Stage
from responder.domain.words import Words

Shown = tuple[list[Entry], list[Entry]]
MOVED, REPORTED = "WarningMoved", "WarningReported"
END_REPORTED, DISCHARGED = "WarningEndReported", "ObligationDischarged"
RAISED = Words("发起预警", "raised")
ON_ITS_WAY = Words("按报告路径报送", "reported along its path")
ALL_TOLD = {
    OWED[WARNED]: Words("报告路径各单位均已告知", "everybody on its path was told"),
    OWED[ENDED]: Words("解除已按相同路径告知各单位", "its end was told along the same path"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """How far a warning got, when, and by whom (`""` for the engine)."""

    at: datetime
    what: Words
    by: str


@dataclass(frozen=True, slots=True)
class DrilledWarning:
    """An early warning of a drill as its papers tell of it; `row` raised it."""

    id: str
    row: str
    title: str
    stage: Stage
    steps: tuple[Step, ...]


def steps(entries: Iterable[Entry]) -> Iterator[Step]:
    """What became of a warning, from its record, in order."""
    for entry in entries:
        if what := _said(entry):
            yield Step(entry.at, what, entry.actor)


def _said(entry: Entry) -> Words | None:
    payload = entry.payload or {}
    match entry.kind:
        case "WarningRaised":
            return RAISED
        case "WarningMoved":
            return STAGE_NAMES[Stage(payload.get("stage", Stage.RAISED))]
        case "WarningReported":
            return ON_ITS_WAY
        case _ if entry.kind == DISCHARGED:
            return ALL_TOLD.get(payload.get("obligation", ""))
        case _:
            return None


def raisers(scenario: DrillScenario, row: Row) -> list[str]:
    """The rows that have raised a warning by the time of a row."""
    return [one.id for one in scenario.rows.values() if one.raises and one.at <= row.at]


def meant(scenario: DrillScenario, row: Row, one: Expected) -> str:
    """The row whose warning an expected action is about, the only one where none is named."""
    return one.of or next(iter(raisers(scenario, row)), "")


def verified(entries: Sequence[Entry]) -> Shown:
    """Somebody looked and said that the danger is real."""
    return list(_moved(entries, Stage.VERIFIED)), []


def reported(entries: Sequence[Entry]) -> Shown:
    """Every unit on the path was told, by phone and in writing; a call unmade leaves it begun."""
    return list(_all_told(entries, WARNED)), [e for e in entries if e.kind == REPORTED]


def lifted(entries: Sequence[Entry]) -> Shown:
    """It was lifted, and each unit that was told heard so by the same lines, in the same order.

    Where no unit had been told of it, to lift it is all. Who was told while it was being lifted is
    to hear of the end too.
    """
    lifts = list(_moved(entries, Stage.LIFTED))
    asked = max((e.seq for e in entries if e.kind == END_REPORTED), default=0)
    told = [e for e in _all_told(entries, ENDED) if e.seq > asked]
    return (told if asked else lifts) if lifts else [], lifts


def _moved(entries: Iterable[Entry], stage: Stage) -> Iterable[Entry]:
    return (e for e in entries if e.kind == MOVED and (e.payload or {}).get("stage") == stage)


def _all_told(entries: Iterable[Entry], matter: str) -> Iterable[Entry]:
    """The record discharges it when the last unit was told by its last line."""
    owed = OWED[matter]
    return (
        e for e in entries if e.kind == DISCHARGED and (e.payload or {}).get("obligation") == owed
    )
