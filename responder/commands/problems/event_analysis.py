"""Gathering a month's events: a query over incidents, warnings and their record."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from responder.commands.aftermath.incident_facts import incident_facts
from responder.domain.event_analysis import (
    INCIDENT,
    REPEATED_WITHIN,
    WARNING,
    Event,
    EventAnalysis,
)
from responder.domain.incident import Incident
from responder.domain.logged_event import LoggedEvent
from responder.domain.site import Site
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

MONTHS = 12


def event_analysis(uow: UnitOfWork, month: str, now: datetime) -> EventAnalysis:
    """The events declared or raised in a month (`2026-10`) of the site's zone.

    Raises BadInput for what is no month, or one that is yet to come.
    """
    site = _site(uow)
    zone = ZoneInfo(site.time_zone)
    first = _first(month)
    begins = datetime(first.year, first.month, 1, tzinfo=zone)
    if begins > now:
        raise _no_month(month)
    ends = _month_after(begins)
    before = _month_after(begins, -1)
    reach = begins - REPEATED_WITHIN
    real = [one for one in uow.incidents.all().values() if not one.drill]
    drills = [one for one in uow.incidents.all().values() if one.drill]
    events = list(_events(uow, begins, ends, real, now))
    review = uow.event_reviews.get(f"{first:%Y-%m}")
    return EventAnalysis(
        month=first,
        made_at=now,
        site=site,
        events=events,
        earlier=[_incident(uow, one, now) for one in real if reach <= one.declared_at < begins],
        logged=month_of(uow, site, month),
        signed_by=review.signed_by if review else "",
        drills=sum(begins <= one.declared_at < ends for one in drills),
        before=sum(before <= one.declared_at < begins for one in real),
    )


def _events(
    uow: UnitOfWork, begins: datetime, ends: datetime, real: list[Incident], now: datetime
) -> Iterator[Event]:
    found = [_incident(uow, one, now) for one in real if begins <= one.declared_at < ends]
    found += [
        Event(
            one.id,
            WARNING,
            one.title,
            one.playbook,
            one.level,
            (one.system,) if one.system else (),
            one.raised_at,
            one.stage.value,
        )
        for one in uow.warnings.all().values()
        if begins <= one.raised_at < ends and not one.drill
    ]
    yield from sorted(found, key=lambda event: (event.at, event.id))


def _incident(uow: UnitOfWork, one: Incident, now: datetime) -> Event:
    """The same figures as the incident's own report."""
    facts = incident_facts(uow, one.id, now)
    kept, due = facts.punctuality()
    return Event(
        one.id,
        INCIDENT,
        one.title,
        one.playbook,
        one.level,
        one.systems,
        one.declared_at,
        one.phase.value,
        facts.lasted() if facts.restored_at() else None,
        facts.in_hand_after(),
        due,
        due - kept,
    )


def month_of(uow: UnitOfWork, site: Site, month: str) -> list[LoggedEvent]:
    """Every event logged in a month of the site's zone, oldest first.

    Raises BadInput for what is no month.
    """
    begins = datetime.combine(_first(month), datetime.min.time(), ZoneInfo(site.time_zone))
    ends = _month_after(begins)
    return [one for one in uow.logged_events.all().values() if begins <= one.at < ends]


def _site(uow: UnitOfWork) -> Site:
    accepted = uow.sites.accepted()
    return uow.sites.get(accepted) if accepted else Site()


def _first(month: str) -> date:
    try:
        return date.fromisoformat(f"{month.strip()}-01")
    except ValueError:
        raise _no_month(month) from None


def _month_after(begins: datetime, months: int = 1) -> datetime:
    count = begins.year * MONTHS + begins.month - 1 + months
    return begins.replace(year=count // MONTHS, month=count % MONTHS + 1)


def _no_month(month: str) -> BadInput:
    return BadInput(
        f"“{month[:20]}”不是已经开始的月份。",
        f"“{month[:20]}” is no month that has begun.",
        "请写成 2026-10。",
        "Write it as 2026-10.",
    )
