"""An incident: its states, its levels and who leads it (JR/T 0099 7.2, 5.8)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from responder.domain.words import Words
from responder.errors import IllegalChange


class Phase(StrEnum):
    """Where an incident stands. Declaration activates the plan; `active` is taken in hand."""

    DECLARED = "declared"
    ACTIVE = "active"
    CONTAINED = "contained"
    RESTORED = "restored"
    STOOD_DOWN = "stood_down"
    INVESTIGATING = "investigating"
    CLOSED = "closed"
    CANCELLED = "cancelled"


PHASE_NAMES = {
    Phase.DECLARED: Words("已启动预案", "declared"),
    Phase.ACTIVE: Words("处置中", "active"),
    Phase.CONTAINED: Words("已控制", "contained"),
    Phase.RESTORED: Words("已恢复", "restored"),
    Phase.STOOD_DOWN: Words("已结束应急", "stood down"),
    Phase.INVESTIGATING: Words("调查中", "investigating"),
    Phase.CLOSED: Words("已办结", "closed"),
    Phase.CANCELLED: Words("已撤销", "cancelled"),
}

LEGAL: dict[Phase, tuple[Phase, ...]] = {
    Phase.DECLARED: (Phase.ACTIVE,),
    Phase.ACTIVE: (Phase.CONTAINED, Phase.RESTORED),
    Phase.CONTAINED: (Phase.ACTIVE, Phase.RESTORED),
    Phase.RESTORED: (Phase.STOOD_DOWN,),
    Phase.STOOD_DOWN: (Phase.INVESTIGATING,),
    Phase.INVESTIGATING: (Phase.CLOSED,),
    Phase.CLOSED: (),
    Phase.CANCELLED: (),
}
REOPENS = (Phase.RESTORED, Phase.STOOD_DOWN, Phase.INVESTIGATING)
CANCELLABLE = (Phase.DECLARED, Phase.ACTIVE, Phase.CONTAINED)
HANDLING = (Phase.DECLARED, Phase.ACTIVE, Phase.CONTAINED, Phase.RESTORED)
"""The phases from declaration to stand-down: watch is kept and people are paged."""
OVER = (Phase.STOOD_DOWN, Phase.INVESTIGATING, Phase.CLOSED)

ROMAN = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}


@dataclass(slots=True)
class Offer:
    """A handover of command or watch that waits for the other's acceptance."""

    what: str
    giver: str
    taker: str
    at: datetime


@dataclass(slots=True)
class RollCall:
    """Who was asked whether they are safe, and what they said (7.2: staff's safety)."""

    asked: tuple[str, ...]
    asked_at: datetime
    rounds: int = 1
    safe: dict[str, datetime] = field(default_factory=dict)
    in_need: dict[str, datetime] = field(default_factory=dict)

    @property
    def silent(self) -> tuple[str, ...]:
        """Those who have not answered."""
        return tuple(p for p in self.asked if p not in self.safe and p not in self.in_need)


@dataclass(slots=True)
class Room:
    """Where an incident is spoken about on one platform, and the card that shows its state there.

    `place` and `card` are the platform's own ids, `""` until it gave them. `shown` is what the
    card says, `sending` the message that is to show it, `invited` the accounts asked in.
    """

    place: str = ""
    card: str = ""
    shown: str = ""
    shown_at: datetime | None = None
    sending: str = ""
    invited: list[str] = field(default_factory=list)
    opened: int = 0


@dataclass(slots=True)
class Incident:
    """What is known of one incident beside its escalation, authority and tasks.

    `site_version` names the incident's own copy of plan, policy and contacts (P9).
    `acted` holds each person's last act of their own in it. `roles` holds who fills a role here
    whatever the rosters say: tasks follow it, paging and deciding do not.
    """

    id: str
    playbook: str
    title: str
    level: int
    declared_at: datetime
    declared_by: str
    site_version: str
    systems: tuple[str, ...] = ()
    drill: bool = False
    recipients: tuple[str, ...] = ()
    phase: Phase = Phase.DECLARED
    separate: str = ""
    reported_by: list[str] = field(default_factory=list)
    commander: str = ""
    provisional: str = ""
    commands_since: datetime | None = None
    asked_still_there_at: datetime | None = None
    last_asked: str = ""
    watch: str = ""
    unwatched_since: datetime | None = None
    offers: list[Offer] = field(default_factory=list)
    acted: dict[str, datetime] = field(default_factory=dict)
    roll_call: RollCall | None = None
    frozen: bool = False
    late_told_at: datetime | None = None
    rooms: dict[str, Room] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    regimes: tuple[str, ...] = ()
    """Those that reports of the same event brought, beside its playbook's."""
    event: str = ""
    """What it is in the log of all events (5.8)."""

    @property
    def is_open(self) -> bool:
        """Whether it is not yet closed or cancelled."""
        return self.phase not in (Phase.CLOSED, Phase.CANCELLED)

    @property
    def is_handled(self) -> bool:
        """Whether handling goes on: from declaration until stood down."""
        return self.phase in HANDLING

    @property
    def is_over(self) -> bool:
        """Whether the emergency is over: stood down, and not cancelled or reopened since."""
        return self.phase in OVER

    def move(self, wanted: Phase) -> Phase:
        """Change the phase along a legal way; returns the one left.

        Raises IllegalChange, naming the legal ones.
        """
        if wanted not in LEGAL[self.phase]:
            raise self._illegal(wanted, LEGAL[self.phase])
        left, self.phase = self.phase, wanted
        return left

    def reopen(self) -> Phase:
        """Back to `active` from restored, stood down or investigating."""
        if self.phase not in REOPENS:
            raise self._illegal(Phase.ACTIVE, LEGAL[self.phase])
        left, self.phase = self.phase, Phase.ACTIVE
        return left

    def cancel(self) -> Phase:
        """A false alarm; only before anything was restored."""
        if self.phase not in CANCELLABLE:
            raise self._illegal(Phase.CANCELLED, LEGAL[self.phase])
        left, self.phase = self.phase, Phase.CANCELLED
        return left

    def end_drill(self) -> Phase:
        """A drill is over, wherever it stands; returns the phase left."""
        left, self.phase = self.phase, Phase.STOOD_DOWN
        return left

    def lose(self, person: str) -> None:
        """Somebody's rights were removed: they no longer lead, keep watch or fill a role."""
        for post in ("commander", "provisional", "watch"):
            if getattr(self, post) == person:
                setattr(self, post, "")
        self.offers = [o for o in self.offers if person not in (o.giver, o.taker)]
        self.roles = {role: filler for role, filler in self.roles.items() if filler != person}

    def _illegal(self, wanted: Phase, legal: tuple[Phase, ...]) -> IllegalChange:
        also = (Phase.CANCELLED,) if self.phase in CANCELLABLE else ()
        return IllegalChange(
            subject=self.id,
            state=self.phase.value,
            wanted=wanted.value,
            legal=", ".join(phase.value for phase in (*legal, *also)) or "—",
        )
