"""Looking into the library of problems: lists, one in full, how many came from each source."""

from collections import Counter
from datetime import datetime
from typing import Any

from responder.commands.measures.listed import lines_of
from responder.commands.problems.library import find_problem
from responder.commands.pursuit import roster_in_force
from responder.domain.problem import SOURCES, Problem
from responder.ports.unit_of_work import UnitOfWork


def problems(
    uow: UnitOfWork, now: datetime, *, source: str = "", search: str = "", everything: bool = False
) -> list[dict[str, Any]]:
    """The library, oldest first: what is open, or all; `search` looks through all that is said."""
    idle = roster_in_force(uow).site.event_rules.problem_idle
    wanted = search.casefold()
    found = uow.problems.all().values()
    return [
        _line(one, now, one.is_stuck(now, idle))
        for one in found
        if (everything or wanted or one.is_open)
        and (not source or one.source == source)
        and wanted in _all_said(one)
    ]


def _all_said(one: Problem) -> str:
    said = (one.id, one.title, one.system, one.symptom, one.cause, one.fix, one.change, one.lesson)
    return "\n".join(said).casefold()


def problem_in_full(uow: UnitOfWork, id: str, now: datetime) -> dict[str, Any]:
    """One problem with its stages, its events and its measures."""
    idle = roster_in_force(uow).site.event_rules.problem_idle
    one = find_problem(uow, id)
    return {
        **_line(one, now, one.is_stuck(now, idle)),
        "events": one.events,
        "stages": [
            {"stage": s.stage.value, "at": s.at.isoformat(), "by": s.by or None} for s in one.stages
        ],
        "verified_by": one.verified_by or None,
        "measures": lines_of(uow.measures.of(id).values()),
    }


def by_source(uow: UnitOfWork) -> dict[str, dict[str, int]]:
    """How many problems came from each source, and how many of them are open; every source."""
    every, still = Counter[str](), Counter[str]()
    for one in uow.problems.all().values():
        every[one.source] += 1
        still[one.source] += one.is_open
    return {source: {"all": every[source], "open": still[source]} for source in SOURCES}


def _line(one: Problem, now: datetime, stuck: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "system": one.system or None,
        "symptom": one.symptom or None,
        "source": one.source,
        "reference": one.reference or None,
        "stage": one.stage.value,
        "since": one.entered_at.isoformat(),
        "days": (now - one.entered_at).days,
        "stuck": stuck,
        "owner": one.owner or None,
        "cause": one.cause or None,
        "fix": one.fix or None,
        "change": one.change or None,
        "verification": one.verification or None,
        "lesson": one.lesson or None,
        "reason": one.reason or None,
    }
