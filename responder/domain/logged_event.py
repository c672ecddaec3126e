"""The log of all events (JR/T 0099 5.8), emergencies or not: recorded, ranked, assigned, closed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

LEVELS = (1, 2, 3)
"""Of impact and of scope; 1 is the most."""


@dataclass(frozen=True, slots=True)
class EventRules:
    """The matrix impact by scope that gives the priority, and how long an event may lie idle.

    `matrix` has a row for each impact, `idle` a span for each priority from 1.
    """

    matrix: tuple[tuple[int, ...], ...] = ((1, 2, 2), (2, 3, 3), (3, 4, 4))
    idle: tuple[timedelta, ...] = (
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=8),
        timedelta(hours=24),
    )
    alike_within: timedelta = timedelta(days=90)


@dataclass(slots=True)
class LoggedEvent:
    """One event: `impact` and `scope` 1 (most) to 3 give its `priority` 1 to 4.

    `became` is the incident or warning it turned into, where it did.
    """

    id: str
    title: str
    system: str
    symptom: str
    impact: int
    scope: int
    priority: int
    at: datetime
    by: str
    source: str = ""
    owner: str = ""
    became: str = ""
    assigned_at: datetime | None = None
    nagged: list[datetime] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still being handled."""
        return self.closed_at is None
