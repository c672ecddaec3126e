"""An early warning of a hidden danger (JR/T 0099 7.2, first paragraph)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from responder.domain.words import Words
from responder.errors import IllegalChange

WARNED = "warned"
ENDED = "ended"
"""What a call to a unit is about: the warning itself, or that it is over."""
OWED = {WARNED: "warning-report", ENDED: "warning-end"}
"""What each is called among what is owed outside."""
SERIES = "WRN"
DRILLED = "DRL-WRN"
"""The series of a drill's warnings: they count apart, and are never among the real ones."""


def is_warning(id: str) -> bool:
    """Whether an id is a warning's, a real one's or a drill's."""
    return id.startswith((f"{SERIES}-", f"{DRILLED}-"))


class Stage(StrEnum):
    """Where a warning stands; `over` is a drill's that was still open when its drill ended."""

    RAISED = "raised"
    VERIFIED = "verified"
    LIFTED = "lifted"
    CONVERTED = "converted"
    DISMISSED = "dismissed"
    OVER = "over"


STAGE_NAMES = {
    Stage.RAISED: Words("待核实", "to be verified"),
    Stage.VERIFIED: Words("已核实", "verified"),
    Stage.LIFTED: Words("已解除", "lifted"),
    Stage.CONVERTED: Words("已转为事件", "now an incident"),
    Stage.DISMISSED: Words("经核实不成立", "dismissed"),
    Stage.OVER: Words("随演练结束", "over with its drill"),
}
LEGAL: dict[Stage, tuple[Stage, ...]] = {
    Stage.RAISED: (Stage.VERIFIED, Stage.CONVERTED, Stage.DISMISSED),
    Stage.VERIFIED: (Stage.LIFTED, Stage.CONVERTED),
    Stage.LIFTED: (),
    Stage.CONVERTED: (),
    Stage.DISMISSED: (),
    Stage.OVER: (),
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a warning may wait: for its report, and to be lifted or converted."""

    report_within: timedelta = timedelta(minutes=30)
    open_for: timedelta = timedelta(hours=4)


@dataclass(slots=True)
class Addressee:
    """Somebody the warning was addressed to: a person or a unit, by which line, when."""

    to: str
    via: str
    at: datetime


class Line(StrEnum):
    """How a unit is told: spoken first, then on paper."""

    PHONE = "phone"
    WRITTEN = "written"


@dataclass(slots=True)
class Leg:
    """One unit told by one line on a warning's report path.

    `call` is the number of the call a human is asked to make, `attempts` how many were made.
    `told_at` says that it was told. `instead_of` names the unit that is no longer in service.
    """

    unit: str
    line: Line
    how: str
    to: str
    call: str = ""
    attempts: int = 0
    told_at: datetime | None = None
    given_up: bool = False
    instead_of: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to be told by it."""
        return self.told_at is None and not self.given_up


@dataclass(slots=True)
class Warning:
    """A risk somebody saw, with the playbook that fits it.

    `addressed` keeps everyone told, in order: the lift goes the same way (7.2). `verifier` said
    that they are looking into it, which is not yet a verification. `important` makes a warning
    report due, at `report_due_at`; `heard` counts the entries that monitoring made on its record.
    `reported` are the units it was reported to, in their order, each by phone and then in writing;
    its end is reported to exactly those that were told, by the same lines: `ended_to`. `event` is
    what it is in the log of all events (5.8).

    Of a drill's, `drill` is the drill it belongs to, `recipients` its list, `controller` whoever
    plays the units in it; `frozen` says that the drill stands still, or is over.
    """

    id: str
    title: str
    playbook: str
    raised_at: datetime
    raised_by: str
    site_version: str
    system: str = ""
    level: int = 3
    stage: Stage = Stage.RAISED
    verify_by: datetime | None = None
    asked: str = ""
    verifier: str = ""
    joined: list[str] = field(default_factory=list)
    addressed: list[Addressee] = field(default_factory=list)
    incident: str = ""
    escalated: bool = False
    important: bool = False
    heard: int = 0
    report_due_at: datetime | None = None
    reported_at: datetime | None = None
    reporter: str = ""
    report_said: str = ""
    reported: list[Leg] = field(default_factory=list)
    ended_to: list[Leg] = field(default_factory=list)
    end_said: Words = Words()
    reminded_at: datetime | None = None
    event: str = ""
    drill: str = ""
    recipients: tuple[str, ...] = ()
    controller: str = ""
    frozen: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be lifted, converted or dismissed."""
        return self.stage in (Stage.RAISED, Stage.VERIFIED)

    def move(self, wanted: Stage) -> Stage:
        """Change the stage along a legal way; returns the one left. Raises IllegalChange."""
        if wanted not in LEGAL[self.stage]:
            legal = ", ".join(stage.value for stage in LEGAL[self.stage]) or "—"
            raise IllegalChange(
                subject=self.id, state=self.stage.value, wanted=wanted.value, legal=legal
            )
        left, self.stage = self.stage, wanted
        return left
