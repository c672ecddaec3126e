"""Measures at work: kept, put on record, told of, and the clock that reminds of them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from responder.commands.pursuit import roster_in_force
from responder.commands.telling import Subject, Teller
from responder.commands.workdays import day_of, is_workday
from responder.domain.measure import Measure, is_escalated, next_reminder
from responder.domain.record import ENGINE, By, Fact
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

MEASURE = "measure"


def remind(uow: UnitOfWork, ids: Iterable[str], now: datetime) -> None:
    """Before it is due the owner hears of it; overdue weekly, from the second week the lead too."""
    site = roster_in_force(uow).site
    for id in ids:
        one = uow.measures.get(id)
        if one is None or not one.is_open:
            continue
        day = day_of(now, site.time_zone)
        if one.done_at is None:
            people = [one.owner]
            if is_escalated(one.due_on, day):
                people.append(lead_of(uow, one, site))
            people = list(dict.fromkeys(filter(None, people)))
            tell(uow, one, people, now, _due_words(one, day))
            record(uow, one, "MeasureReminded", ENGINE, now, people=people)
        keep(uow, one, site, now)


def _due_words(one: Measure, day: date) -> Words:
    late = (day - one.due_on).days
    if late > 0:
        return Words(f"整改已逾期{late}天", f"This is {late} days overdue")
    return Words(f"整改应于{one.due_on}前完成", f"This is due by {one.due_on}")


def lead_of(uow: UnitOfWork, one: Measure, site: Site) -> str:
    """To whom an overdue measure goes: the investigation's lead, else that of the bodies."""
    found = uow.investigations.get(one.incident)
    leads = (found.lead if found else "", site.execution_body.head, site.command.body.head)
    return next((person for person in leads if person in site.people), "")


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


def tell(uow: UnitOfWork, one: Measure, people: Iterable[str], now: datetime, what: Words) -> None:
    """A measure is real work, whatever it came from: no drill's mark, and no drill's limits."""
    roster = roster_in_force(uow)
    about = Subject(one.id, one.title, None, (), 4, now, one.opened_by)
    teller = Teller(uow, roster.site, about, now)
    for person in (roster.site.people[p] for p in people if roster.known(p)):
        said = f"{what.said(person.language)}："
        said = said if person.language == "zh" else f"{what.said('en')}: "
        teller.quietly(person, {"what": f"{said}{one.title}（{one.id}）"})
