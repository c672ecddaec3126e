"""An obligation: something owed to somebody outside by an instant, with an owner from its start."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from responder.domain.words import Words

SECOND = timedelta(seconds=1)


class Kind(StrEnum):
    """What is owed."""

    REPORT = "report"
    NOTICE = "notice"
    BRIEFING = "briefing"
    SUMMARY = "summary"
    CLASSIFICATION = "classification"


OF_THE_LAW = frozenset({Kind.REPORT, Kind.SUMMARY, Kind.CLASSIFICATION})
"""What must never be lost: reports, and saying whether one is demanded."""


NOT_DEMANDED = "not_demanded"
COVERED = "covered"
NEVER_BEGAN = "never_began"
ENDINGS = {
    NOT_DEMANDED: Words("按已确认的等级或答复不再要求", "not demanded, as was confirmed"),
    COVERED: Words("规则规定由后续报告涵盖或免报", "covered by a later report, as the rule has it"),
    NEVER_BEGAN: Words("事件已撤销，尚未起算", "cancelled before its clock began"),
}
"""Why the house itself ends one: by the rule, or by what a named person said or submitted."""


STEP_NAMES = {
    "phone": Words("电话", "by phone"),
    "written": Words("书面", "in writing"),
    "classified": Words("定级", "classification"),
}


def step_name(id: str) -> Words:
    """A step in words; one that only a pack knows as it is written there."""
    return STEP_NAMES.get(id) or Words(id, id)


@dataclass(slots=True)
class Step:
    """One step of it (`phone`, `written`), its proof, and who took it on the other side."""

    id: str
    done_at: datetime | None = None
    done_by: str = ""
    taken_by: str = ""
    proof: str = ""


@dataclass(slots=True)
class Obligation:
    """One row of what is due. `duty` is the regime's id of it (`cn-securities/first`).

    `id` is unique within the incident, `place` is its number there, for people to type. `due_at`
    is never moved because of us: not by downtime, a lower level or a closing. What was done after
    it is late, to the second. It is open until done, or ended by `ended` (the reason, which
    compliance sees). `due_at` is None until the milestone its limit counts from is there.

    `owner` answers for it from its start, and has it in hand from `taken_at` on. `asked` are
    those asked in this round to take it, `asked_at` when that was last. What was postponed is
    late all the same after `due_at`; people are asked and warned by `limit`. `basis` is what
    `due_at` was computed from: grade, classification, reports sent. `states` are milestones that
    what was submitted tells of; `preliminary` says that it left the cause open.
    """

    id: str
    incident: str
    kind: Kind
    duty: str
    title: Words
    number: int = 1
    started_at: datetime | None = None
    due_at: datetime | None = None
    because: str = ""
    to: tuple[str, ...] = ()
    addressee: Words = Words()
    owner: str = ""
    asked: list[str] = field(default_factory=list)
    asked_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)
    report: str = ""
    done_at: datetime | None = None
    done_by: str = ""
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    ended: str = ""
    place: int = 0
    taken_at: datetime | None = None
    rounds: int = 0
    postponed_to: datetime | None = None
    postponed: str = ""
    postponed_at: datetime | None = None
    ended_by: str = ""
    ended_at: datetime | None = None
    basis: str = ""
    states: tuple[str, ...] = ()
    preliminary: bool = False

    @property
    def key(self) -> str:
        """The id under which it is kept."""
        return f"{self.incident}/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.done_at is None and not self.ended

    @property
    def is_due(self) -> bool:
        """Whether it is owed and its clock runs."""
        return self.is_open and self.due_at is not None

    @property
    def is_law(self) -> bool:
        """Whether it is due by law and no promise of the firm's own."""
        return self.kind in OF_THE_LAW

    @property
    def is_binding(self) -> bool:
        """Whether it is due by law, and its clock runs: what must never be lost."""
        return self.is_due and self.is_law

    @property
    def is_at_once(self) -> bool:
        """Whether it is due at the very instant it begins: what counts is how fast it is done."""
        return self.due_at is not None and self.due_at == self.started_at

    @property
    def limit(self) -> datetime | None:
        """By when it is expected: its limit, or what it was openly postponed to."""
        return max(self.due_at, self.postponed_to or self.due_at) if self.due_at else None

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if step.done_at is None), None)

    def late_by(self, at: datetime) -> timedelta:
        """By how much it is or was late at `at`, in whole seconds begun; zero if it is not."""
        until = self.done_at or at
        if self.due_at is None or until <= self.due_at:
            return timedelta(0)
        return -((self.due_at - until) // SECOND) * SECOND
