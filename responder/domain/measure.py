"""The one register of corrective actions (整改台账), whatever they come from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from responder.domain.words import Words


class Origin(StrEnum):
    """Where a measure comes from."""

    INCIDENT = "incident"
    DRILL = "drill"
    INSPECTION = "inspection"
    PROBLEM = "problem"


ORIGIN_NAMES = {
    Origin.INCIDENT: Words("事件", "incident"),
    Origin.DRILL: Words("演练", "drill"),
    Origin.INSPECTION: Words("检查", "inspection"),
    Origin.PROBLEM: Words("问题", "problem"),
}


class State(StrEnum):
    """How far a measure got; `overdue` is an open one past its day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    VERIFIED = "verified"
    DROPPED = "dropped"


STATE_NAMES = {
    State.OPEN: Words("整改中", "open"),
    State.OVERDUE: Words("逾期", "overdue"),
    State.DONE: Words("待验证", "to be verified"),
    State.VERIFIED: Words("已验证", "verified"),
    State.DROPPED: Words("已取消", "dropped"),
}


@dataclass(slots=True)
class Postponement:
    """A later day for a measure, and why; the one before stays on the register."""

    before: date
    until: date
    reason: str
    by: str
    at: datetime


@dataclass(slots=True)
class Measure:
    """One action: its owner, when it is due, and the proof that it was done and works.

    `incident` is the id of what it came from, whatever its origin. `cause` is the id of a cause
    of that incident's investigation. `raised` are those besides its owner who heard that it is
    late, and since when; `reminded_on` the last day on which it was spoken of.
    """

    id: str
    incident: str
    origin: Origin
    title: str
    owner: str
    due_on: date
    opened_at: datetime
    opened_by: str
    cause: str = ""
    clause: str = ""
    proof: str = ""
    done_at: datetime | None = None
    done_by: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    dropped: str = ""
    postponed: list[Postponement] = field(default_factory=list)
    raised: dict[str, datetime] = field(default_factory=dict)
    reminded_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done and verified."""
        return self.verified_at is None and not self.dropped

    def state(self, today: date) -> State:
        """Where it stands on a day of the site."""
        if self.dropped:
            return State.DROPPED
        if self.verified_at is not None:
            return State.VERIFIED
        if self.done_at is not None:
            return State.DONE
        return State.OVERDUE if today > self.due_on else State.OPEN


REMINDED_AT = time(9, 30)
BEFORE = (timedelta(days=7), timedelta(days=1))
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def reminders(
    due_on: date, after: datetime, zone: str, is_working: Callable[[date], bool]
) -> Iterator[datetime]:
    """When it is spoken of again, without end: 7 days and 1 day before, then weekly from the day
    after.

    On working days of the site alone, in the morning: before the due day earlier, after it later.
    """
    for day, step in _planned(due_on):
        while not is_working(day):
            day += step  # noqa: PLW2901 - the day is moved to one on which people work
        at = datetime.combine(day, REMINDED_AT, ZoneInfo(zone))
        if at > after:
            yield at


def next_reminder(
    due_on: date, after: datetime, zone: str, is_working: Callable[[date], bool]
) -> datetime:
    """The first of them."""
    return next(reminders(due_on, after, zone, is_working))


def _planned(due_on: date) -> Iterator[tuple[date, timedelta]]:
    """The days planned, each with the direction in which it moves off a day without work."""
    yield from ((due_on - before, -DAY) for before in BEFORE)
    yield from ((due_on + DAY + week * WEEK, DAY) for week in count())
