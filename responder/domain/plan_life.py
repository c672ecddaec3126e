"""The plan as a controlled document: versions, filings, readings, faults to cover (7.1 R, 4.4)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from responder.domain.words import Words

REVIEW_EVERY = timedelta(days=365)
REMIND_BEFORE = (60, 30, 7, 0)
"""Days before the yearly review at which it is spoken of."""
READ_WITHIN = timedelta(days=14)
REFILE_WITHIN = timedelta(days=30)
"""How long after a major change the plan may wait to be adopted anew and filed again."""
REVISE_WITHIN = timedelta(days=30)
"""How long a review or a drill that asks for a change may wait for the version that makes it."""
DRILLED_WITHIN = timedelta(days=365)
CHANNELS = ("platform", "in_person", "post", "fax", "email")
CHANNEL_NAMES = {
    "platform": Words("监管报送平台", "reporting platform"),
    "in_person": Words("现场递交", "in person"),
    "post": Words("邮寄", "by post"),
    "fax": Words("传真", "fax"),
    "email": Words("邮件", "e-mail"),
}
SENSITIVITIES = {
    "public": Words("公开", "public"),
    "internal": Words("内部", "internal"),
    "secret": Words("秘密", "secret"),
}


@dataclass(slots=True)
class PlanReview:
    """A yearly review (评估): what was found, and whether the plan is to be revised."""

    on: date
    by: str
    findings: str = ""
    revises: bool = False


@dataclass(frozen=True, slots=True)
class Departure:
    """Something in which the register has come to differ from a version of the plan."""

    section: str
    said: Words
    major: bool = False


@dataclass(slots=True)
class PlanVersion:
    """One version of the plan: who approved it, what changed and how much, where it was filed.

    `departures` are what changed since it was adopted, from `departed_at` on. `references` name
    the drill findings it answers. `revise_by` is set by a review that asks for a new version.
    """

    id: str
    version: str
    site_version: str
    at: datetime
    by: str
    approver: str = ""
    approved_at: datetime | None = None
    sensitivity: str = ""
    major: bool = False
    reasons: list[Words] = field(default_factory=list)
    document: str = ""
    number: str = ""
    withdrawn_at: datetime | None = None
    refile_by: date | None = None
    filed_on: date | None = None
    filed_to: str = ""
    receipt: str = ""
    published_on: date | None = None
    channel: str = ""
    proof: str = ""
    references: list[str] = field(default_factory=list)
    reviews: list[PlanReview] = field(default_factory=list)
    revise_by: date | None = None
    departures: list[Departure] = field(default_factory=list)
    departed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is not withdrawn: superseded versions are."""
        return self.withdrawn_at is None

    @property
    def departs_gravely(self) -> bool:
        """Whether something major changed since it was adopted."""
        return any(one.major for one in self.departures)


@dataclass(slots=True)
class Reading:
    """A person read a version of the plan, and how they fared with its quiz.

    `answers` are those of the attempt in hand; `right` is what the last whole attempt gave.
    """

    person: str
    version: str
    read_at: datetime | None = None
    asked_at: datetime | None = None
    right: int = 0
    questions: int = 0
    attempt: int = 0
    answers: list[int] = field(default_factory=list)
    quiz_at: datetime | None = None
    reminded_at: datetime | None = None

    @property
    def key(self) -> str:
        """One a person and version."""
        return f"{self.person}/{self.version}"

    @property
    def is_open(self) -> bool:
        """Whether the receipt is awaited."""
        return self.read_at is None


@dataclass(frozen=True, slots=True)
class Read:
    """A receipt, and a passed quiz, from before the register was kept here."""

    person: str
    version: str
    on: date
    quiz_on: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the quiz: `answer` is the number of the right choice, from 1.

    `subject` is `plan` or `rules`; `section` the plan's section that has the answer.
    """

    id: str
    ask: Words = Words()
    choices: tuple[Words, ...] = ()
    answer: int = 1
    section: str = ""
    subject: str = "plan"


@dataclass(frozen=True, slots=True)
class Fault:
    """A technical failure that may occur, and the systems that it may hit (7.1, plan rule a).

    `playbooks` handle it besides those whose own `fault` it is.
    """

    id: str
    name: Words = Words()
    systems: tuple[str, ...] = ()
    playbooks: tuple[str, ...] = ()
