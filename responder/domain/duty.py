"""Duty management (JR/T 0099 5.1): rules of duty, shifts and handovers, swaps, calendar feeds."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

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
AREA_NAMES = {
    "operation": Words("日常操作", "daily operation"),
    "monitoring": Words("监控管理", "monitoring"),
    "incident": Words("事件处理", "incidents"),
    "problem": Words("问题处理", "problems"),
    "data_media": Words("数据和介质管理", "data and media"),
    "machine_room": Words("机房管理", "machine room"),
    "security": Words("安全管理", "security"),
    "emergency": Words("应急处置", "emergencies"),
}


@dataclass(frozen=True, slots=True)
class DutyRules:
    """The firm's rules of duty by area, and how a person on duty shows to be at the post.

    `posts` are the roles whose shifts are kept and handed over; `check_in_posts` those whose
    person is asked, each `check_in_every`, whether they are there. `phone` is the operations duty
    telephone, tried at `phone_tested_on`.
    """

    areas: dict[str, Words] = field(default_factory=dict)
    posts: tuple[str, ...] = ()
    check_in_posts: tuple[str, ...] = ()
    check_in_every: timedelta | None = None
    check_in_grace: timedelta = timedelta(minutes=10)
    handover_within: timedelta = timedelta(minutes=30)
    phone: str = ""
    phone_tested_on: date | None = None


@dataclass(slots=True)
class Shift:
    """One shift of a role as it was kept: ticked areas, check-ins, the handover to the next.

    `ticked` holds each area's note; `relieved_by` who accepted; since `stays_since` the person is
    on only because nobody has. At `ended_at` it was seen that its time is over. A shift that nobody
    took over before the next one was over as well has `lapsed_at`: it never was handed over.
    """

    id: str
    role: str
    person: str
    start: datetime
    end: datetime
    ticked: dict[str, str] = field(default_factory=dict)
    checked_in: list[datetime] = field(default_factory=list)
    missed: list[datetime] = field(default_factory=list)
    open_items: list[Words] = field(default_factory=list)
    handed_to: str = ""
    offered_at: datetime | None = None
    accepted_at: datetime | None = None
    note: str = ""
    relieved_by: str = ""
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    ended_at: datetime | None = None
    lapsed_at: datetime | None = None
    stays_since: datetime | None = None
    asked_at: datetime | None = None
    called_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the shift is not over: it is over once the next person has accepted."""
        return self.accepted_at is None and self.lapsed_at is None

    @property
    def unticked(self) -> tuple[str, ...]:
        """The areas of the checklist that nobody ticked."""
        return tuple(area for area in AREAS if area not in self.ticked)


@dataclass(slots=True)
class Swap:
    """Two people change shifts of a rotation over [start, end); both and the lead accept.

    `lead` is who accepted for the duty; `refused` is why nothing came of it.
    """

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
    lead: str = ""
    refused_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody's acceptance."""
        return self.settled_at is None and not self.refused


@dataclass(slots=True)
class Feed:
    """A person's calendar feed; its id is the hash of its secret, which is not kept."""

    id: str
    person: str
    made_at: datetime
    revoked_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the address still works."""
        return self.revoked_at is None


def fingerprint(secret: str) -> str:
    """What is kept of a feed's secret: with 160 random bits in it, a bare hash tells nothing."""
    return sha256(secret.encode()).hexdigest()
