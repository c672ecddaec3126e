"""Duty management (JR/T 0099 5.1): rules of duty, shifts and handovers, swaps, calendar feeds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from responder.domain.words import Words

AREAS = (
    "operation",
    "monitoring",
    "incident",
    "problem",
    "data_media",
    "machine_room",
    "security",
    "emergency",
)
"""The eight areas that the duty rules cover and a shift ticks off (5.1, first paragraph)."""


@dataclass(frozen=True, slots=True)
class DutyRules:
    """The firm's rules of duty by area, and how a person on duty shows to be at the post."""

    areas: dict[str, Words] = field(default_factory=dict)
    check_in_every: timedelta | None = None
    check_in_grace: timedelta = timedelta(minutes=10)
    handover_within: timedelta = timedelta(minutes=30)


@dataclass(slots=True)
class Shift:
    """One shift of a role as it was kept: ticked areas, check-ins, the handover to the next."""

    id: str
    role: str
    person: str
    start: datetime
    end: datetime
    ticked: dict[str, str] = field(default_factory=dict)
    checked_in: list[datetime] = field(default_factory=list)
    missed: list[datetime] = field(default_factory=list)
    open_items: list[str] = field(default_factory=list)
    handed_to: str = ""
    offered_at: datetime | None = None
    accepted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the shift is not over: it is over once the next person has accepted."""
        return self.accepted_at is None


@dataclass(slots=True)
class Swap:
    """Two people change shifts of a rotation over [start, end); both and the lead accept."""

    id: str
    rotation: str
    start: datetime
    end: datetime
    giver: str
    taker: str
    asked_at: datetime
    reason: str = ""
    accepted: dict[str, datetime] = field(default_factory=dict)
    settled_at: datetime | None = None
    refused: str = ""
    revision: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody's acceptance."""
        return self.settled_at is None and not self.refused


@dataclass(slots=True)
class Feed:
    """A person's calendar feed; only the hash of its secret is kept."""

    id: str
    person: str
    made_at: datetime
    revoked_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the address still works."""
        return self.revoked_at is None
