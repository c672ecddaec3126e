"""The facts of the paper after a drill, gathered from the record."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from responder.commands.drills.drill_at_work import DrillAtWork
from responder.domain.drill_run import DrillRun
from responder.domain.measure import Measure
from responder.domain.record import Entry
from responder.drills.after_action import AfterAction, Earlier
from responder.drills.repeats import repeats
from responder.drills.scoring import counted_by_hand, counts, ratings
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork


def after_action(
    uow: UnitOfWork, id: str, now: datetime, *, anonymous: bool = False
) -> AfterAction:
    """Everything of a drill that is over. Raises UnknownId, BadInput while it runs."""
    drill = DrillAtWork.load(uow, id, now)
    if drill.run.is_open:
        raise BadInput(
            "演练还在进行。",
            "The drill is still running.",
            "请先结束：drill end。",
            "First: drill end.",
        )
    entries = uow.ledger.of(id)
    first = _first_rings(entries)
    taken = _taken(entries, first)
    measures = tuple(uow.measures.of(id).values())
    return AfterAction(
        site=drill.case.site,
        scenario=drill.scenario,
        run=drill.run,
        scores=drill.scores(),
        measures=measures,
        earlier=tuple(_earlier(uow, drill, now)),
        acknowledged=taken,
        silent=tuple(person for person in first if person not in taken),
        made_at=now,
        head=entries[-1].hash if entries else "",
        anonymous=anonymous,
        repeats=repeats(measures, _measures_before(uow, drill)),
        warnings=drill.warnings(),
    )


def _first_rings(entries: list[Entry]) -> dict[str, datetime]:
    """When each person was first rung, in that order."""
    found: dict[str, datetime] = {}
    for entry in entries:
        if entry.kind == "Rang" and entry.payload:
            found.setdefault(str(entry.payload["person"]), entry.at)
    return found


def _taken(entries: list[Entry], first: dict[str, datetime]) -> dict[str, timedelta]:
    """How long after their first ring people took the page."""
    found: dict[str, timedelta] = {}
    for entry in entries:
        person = str((entry.payload or {}).get("person", ""))
        if entry.kind == "Acknowledged" and person in first:
            found.setdefault(person, entry.at - first[person])
    return found


def _runs_before(uow: UnitOfWork, this: DrillAtWork) -> Iterator[DrillRun]:
    """Drills of the same scenario that were over before this one began, oldest first."""
    for run in uow.drill_runs.all().values():
        same = run.scenario == this.run.scenario and not run.is_open
        if same and run.started_at < this.run.started_at:
            yield run


def _measures_before(uow: UnitOfWork, this: DrillAtWork) -> Iterator[Measure]:
    for run in _runs_before(uow, this):
        yield from uow.measures.of(run.id).values()


def _earlier(uow: UnitOfWork, this: DrillAtWork, now: datetime) -> Iterator[Earlier]:
    """What came of the drills of the same scenario before this one, oldest first."""
    for run in _runs_before(uow, this):
        drill = DrillAtWork.load(uow, run.id, now)
        found = list(drill.scores().values())
        rated, hand = ratings(drill.scenario, found), counted_by_hand(found)
        yield Earlier(run.id, run.started_at, counts(found), rated, hand)
