"""A drill with a day: who leads it, who comes, when it was moved, what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Reminder(StrEnum):
    """What is said before it begins, and at its time."""

    DAY = "day"
    HOUR = "hour"
    NOW = "now"


BEFORE = {Reminder.DAY: DAY, Reminder.HOUR: HOUR, Reminder.NOW: timedelta(0)}


@dataclass(slots=True)
class Moved:
    """An earlier time of it, and why it is no more."""

    before: datetime
    reason: str
    by: str
    at: datetime


@dataclass(slots=True)
class PlannedDrill:
    """One drill to come; `drill` is the `DRL-…` it became.

    `by_itself` has the engine begin it at its time. `in_session` is why it may fall into trading
    hours. `missed` is why it did not begin. `occurrence` is the date of a recurring drill that it
    stands for, wherever it is moved to.
    """

    id: str
    scenario: str
    starts_at: datetime
    planned_at: datetime
    planned_by: str
    coordinator: str
    in_session: str = ""
    by_itself: bool = False
    answers: dict[str, bool] = field(default_factory=dict)
    moved: list[Moved] = field(default_factory=list)
    said: list[Reminder] = field(default_factory=list)
    missed: str = ""
    drill: str = ""
    cancelled: str = ""
    occurrence: date | None = None

    @property
    def incident(self) -> str:
        """The drill it became."""
        return self.drill

    @property
    def is_open(self) -> bool:
        """Whether it is still to come."""
        return not self.drill and not self.cancelled

    def is_for(self, at: datetime | None) -> bool:
        """Whether an invitation to that time still holds."""
        return self.is_open and self.starts_at == at

    @property
    def next_at(self) -> datetime | None:
        """When something is to be said or done about it next."""
        if not self.is_open:
            return None
        left = (self.starts_at - BEFORE[one] for one in Reminder if one not in self.said)
        return min(left, default=None)

    def take_due(self, now: datetime) -> Reminder | None:
        """The latest reminder whose time has come, once; earlier ones still unsaid go unsaid."""
        come = [one for one in Reminder if self.starts_at - BEFORE[one] <= now]
        new = [one for one in come if one not in self.said]
        self.said = come
        return new[-1] if new else None

    def move(self, until: datetime, reason: str, by: str, now: datetime) -> None:
        """Another time: everybody is asked anew, and reminded anew."""
        self.moved.append(Moved(self.starts_at, reason, by, now))
        self.starts_at, self.missed = until, ""
        self.answers.clear()
        self.said.clear()
        self.take_due(now)
