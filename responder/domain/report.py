"""Reports to a regulator: drafted from the record, signed off, submitted by a human, immutable."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from responder.domain.words import Words

SECOND = timedelta(seconds=1)


class Stage(StrEnum):
    """Where a report stands. What is submitted never changes; a correction is a new report."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SIGNED_OFF = "signed_off"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


STAGE_NAMES = {
    Stage.DRAFT: Words("起草中", "draft"),
    Stage.IN_REVIEW: Words("待签发", "to be signed"),
    Stage.SIGNED_OFF: Words("已签发", "signed off"),
    Stage.SUBMITTED: Words("已报出", "submitted"),
    Stage.WITHDRAWN: Words("已作废", "withdrawn"),
}


@dataclass(slots=True)
class Report:
    """One report. `answers` are the form's fields as they were sent for signature, `sha256` theirs.

    Before, they are filled from the dossier each time they are looked at; `own` are those written
    for this report alone. `corrects` names the submitted report this one mends, `follows` the one
    before it of the same duty. `states` are milestones it tells of. `overridden` are
    contradictions with the record an approver let pass, with the reason. `partial` where only the
    fields that suffice at first are answered, `preliminary` where the cause stays open.
    `changed_at` is when it last changed, the date of its paper. `due_at` is the limit that it was
    submitted under; None for what is due at once, of which how fast it was done is told.
    """

    id: str
    incident: str
    regime: str
    duty: str
    number: int
    form: str
    language: str
    drafted_at: datetime
    drafted_by: str
    stage: Stage = Stage.DRAFT
    answers: dict[str, str] = field(default_factory=dict)
    estimates: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    overridden: dict[str, str] = field(default_factory=dict)
    obligation: str = ""
    corrects: str = ""
    follows: str = ""
    preliminary: bool = False
    signed_off_by: str = ""
    signed_off_at: datetime | None = None
    submitted_by: str = ""
    submitted_at: datetime | None = None
    receipt: str = ""
    proof: str = ""
    sha256: str = ""
    own: dict[str, str] = field(default_factory=dict)
    partial: bool = False
    edition: int = 1
    revision: int = 0
    reviewed_by: str = ""
    consent: str = ""
    phoned_at: datetime | None = None
    phoned_by: str = ""
    taken_by: str = ""
    changed_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def key(self) -> str:
        """The id under which it is kept."""
        return f"{self.incident}/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it may still change."""
        return self.stage not in (Stage.SUBMITTED, Stage.WITHDRAWN)

    @property
    def version(self) -> str:
        """As a controlled document: a correction is a new edition, each review a revision of it."""
        return f"{self.edition}.{self.revision}"

    @property
    def late_by(self) -> timedelta:
        """By how much it was submitted after its limit, in whole seconds begun; zero if not."""
        if self.submitted_at is None or self.due_at is None or self.submitted_at <= self.due_at:
            return timedelta()
        return -((self.due_at - self.submitted_at) // SECOND) * SECOND


def difference(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Field by field what changed: what stood there, and what stands there now."""
    fields = dict.fromkeys([*before, *after])
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
