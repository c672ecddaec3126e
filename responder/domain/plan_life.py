"""The plan as a controlled document: versions, readings, the quiz, faults to cover (7.1 R, 4.4)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from responder.domain.words import Words


@dataclass(slots=True)
class PlanVersion:
    """One version of the plan: who approved it, what changed and how much, where it was filed."""

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

    @property
    def is_open(self) -> bool:
        """Whether it is not withdrawn: superseded versions are."""
        return self.withdrawn_at is None


@dataclass(slots=True)
class Reading:
    """A person read a version of the plan, and what the quiz gave."""

    person: str
    version: str
    read_at: datetime | None = None
    asked_at: datetime | None = None
    right: int = 0
    questions: int = 0

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
    """One question of the quiz: `answer` is the number of the right choice, from 1."""

    id: str
    ask: Words = Words()
    choices: tuple[Words, ...] = ()
    answer: int = 1
    section: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A technical failure that may occur, and the systems that it may hit (7.1, plan rule a)."""

    id: str
    name: Words = Words()
    systems: tuple[str, ...] = ()
