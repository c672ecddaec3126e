"""The monthly review of events: drafted on the third working day, signed by the event manager."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.daily import each_day
from responder.commands.firm import require_act
from responder.commands.matter import FirmMatter
from responder.commands.problems.event_analysis import month_of
from responder.commands.pursuit import roster_in_force
from responder.commands.workdays import day_of, is_workday
from responder.domain.logged_event import EventReview, LoggedEvent
from responder.domain.organisation import EVENT_MANAGER
from responder.domain.record import ENGINE
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

WORKING_DAYS = 3
DAY = timedelta(days=1)
LONGEST_NOTE = 500


@dataclass(frozen=True)
class SignEvents(Command):
    """The event manager signs a month's analysis, such as 2026-10."""

    month: str
    note: str = ""


@each_day(time(9, 0))
def draft_review(uow: UnitOfWork, now: datetime) -> None:
    """From the third working day on there is a draft of the month before."""
    firm = FirmMatter.load(uow, now)
    today = day_of(now, firm.site.time_zone)
    month = f"{today.replace(day=1) - DAY:%Y-%m}"
    if working_days_so_far(today, firm.site) < WORKING_DAYS or uow.event_reviews.get(month):
        return
    review = _drafted(uow, firm.site, month, now)
    total = review.counts["total"]
    firm.record("EventsDrafted", ENGINE, month=month, count=total, counts=review.counts)
    manager = firm.roster.holder(EVENT_MANAGER, now)
    said = Words(
        f"{month}事件分析报告已拟稿，运维事件{total}起",
        f"The analysis of {month} is drafted: {total} events",
    )
    asks = Words(
        f"核对：events report --month {month}；签发：events sign --month {month}",
        f"Look: events report --month {month}; sign: events sign --month {month}",
    )
    firm.ask(filter(None, [manager]), said, asks)


def working_days_so_far(today: date, site: Site) -> int:
    """How many working days of the month there were, today included."""
    works = is_workday(site)
    return sum(works(today.replace(day=day)) for day in range(1, today.day + 1))


def _drafted(uow: UnitOfWork, site: Site, month: str, now: datetime) -> EventReview:
    review = EventReview(month, now, counts_of(month_of(uow, site, month)))
    uow.event_reviews.put(month, review)
    return review


def counts_of(events: list[LoggedEvent]) -> dict[str, int]:
    """How many there were, by priority, system and source."""
    counts: Counter[str] = Counter(total=len(events))
    for one in events:
        counts[f"priority {one.priority}"] += 1
        counts[f"system {one.system or '—'}"] += 1
        counts[f"source {one.source}"] += 1
    return dict(sorted(counts.items()))


@handles(SignEvents)
def sign_events(command: SignEvents, uow: UnitOfWork, now: datetime) -> Reply:
    """Signed with the counts of the log; a month that is not over cannot be."""
    require_act("sign_events", command.by, uow, now)
    site = roster_in_force(uow).site
    if command.note:
        clean_line(command.note, "意见", "remark", LONGEST_NOTE)
    month = command.month.strip()
    events = month_of(uow, site, month)
    if month >= f"{day_of(now, site.time_zone):%Y-%m}":
        raise BadInput(f"{month}尚未结束。", f"{month} is not over yet.")
    review = uow.event_reviews.get(month) or EventReview(month, now)
    if review.signed_at is not None:
        raise BadInput(f"{month}已签发。", f"{month} is signed already.")
    review.counts = counts_of(events)
    review.signed_by, review.signed_at, review.note = command.by.person, now, command.note
    uow.event_reviews.put(month, review)
    firm = FirmMatter.load(uow, now)
    counts = review.counts
    firm.record("EventsSigned", command.by, month=month, counts=counts, note=command.note)
    return Reply(
        month,
        Words(
            f"{month}事件分析报告已签发，运维事件{len(events)}起。",
            f"The analysis of {month} is signed: {len(events)} events.",
        ),
        {"counts": review.counts},
    )


def reviews(uow: UnitOfWork) -> list[dict[str, Any]]:
    """Every month that was drafted, and who signed it."""
    return [
        {
            "month": one.id,
            "drafted_at": one.drafted_at.isoformat(),
            "signed_by": one.signed_by or None,
            "signed_at": one.signed_at.isoformat() if one.signed_at else None,
            "counts": one.counts,
        }
        for one in uow.event_reviews.all().values()
    ]
