"""Measures at work: kept, put on record, told of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from responder.commands.pursuit import roster_in_force
from responder.commands.telling import Subject, Teller
from responder.commands.workdays import is_workday
from responder.domain.measure import Measure, Origin, next_reminder
from responder.domain.record import By, Fact
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

MEASURE = "measure"


def lead_of(uow: UnitOfWork, one: Measure, site: Site) -> str:
    """Who sees that it is done: the first of its leads, else the head of the command body."""
    leads = (*leads_of(uow, one, site), site.command.body.head)
    return next((person for person in leads if person in site.people), "")


def leads_of(uow: UnitOfWork, one: Measure, site: Site) -> tuple[str, ...]:
    """The investigation's lead, the executing body's, and of a drill those who lead drills."""
    found = uow.investigations.get(one.incident)
    run = uow.drill_runs.get(one.incident)
    leads = [found.lead if found else "", site.execution_body.head]
    if one.origin is Origin.DRILL:
        leads += [run.started_by if run else "", *site.grants.get("coordinator", ())]
    return tuple(dict.fromkeys(filter(None, leads)))


def keep(uow: UnitOfWork, one: Measure, site: Site, now: datetime) -> None:
    """Write it back, and arm what reminds of it while somebody still has to do it."""
    uow.measures.put(one.id, one)
    at = None
    if one.is_open and one.done_at is None:
        at = next_reminder(one.due_on, now, site.time_zone, is_workday(site))
    uow.timers.set(MEASURE, one.id, at)


def record(uow: UnitOfWork, one: Measure, kind: str, by: By, now: datetime, **payload: Any) -> None:
    """A fact about what it came from, where that is on record; else about the measure itself."""
    subject = one.incident if uow.incidents.get(one.incident) else one.id
    said = {"measure": one.id, "title": one.title, **payload}
    uow.ledger.append([Fact(kind, subject, by, now, said)])


def tell(
    uow: UnitOfWork,
    one: Measure,
    people: Iterable[str],
    now: datetime,
    what: Words,
    asks: Words | None = None,
) -> None:
    """A measure is real work, whatever it came from: no drill's mark, and no drill's limits."""
    roster = roster_in_force(uow)
    about = Subject(one.id, one.title, None, (), 4, now, one.opened_by)
    teller = Teller(uow, roster.site, about, now)
    for person in (roster.site.people[p] for p in people if roster.known(p)):
        said = f"{what.said(person.language)}："
        said = said if person.language == "zh" else f"{what.said('en')}: "
        facts = {"what": f"{said}{one.title}（{one.id}）"}
        if asks is not None:
            facts["asks"] = asks.said(person.language)
        teller.quietly(person, facts)
