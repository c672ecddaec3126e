"""Emergency training (JR/T 0099 7.1 ab, ac): what is planned for the year, and who took part."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from responder.domain.words import Words

SUBJECTS = ("plan", "rules")
"""What the year's training covers at least: the plan, the industry's rules (7.1 ac)."""
SUBJECT_NAMES = {
    "plan": Words("本公司应急预案", "the firm’s plan"),
    "rules": Words("行业应急处置规定", "the industry’s rules"),
}
TRAINED_WITHIN = timedelta(days=365)
INVITED_BEFORE = (14, 1)
"""Days before a course at which its people are reminded of it."""


@dataclass(frozen=True, slots=True)
class Course:
    """One training of the year's plan: when, for which posts (none: all), about what; who came.

    `held_on` and `attended` are of courses held before the register was kept here.
    """

    id: str
    title: Words = Words()
    on: date | None = None
    roles: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    material: str = ""
    trainer: str = ""
    held_on: date | None = None
    attended: tuple[str, ...] = ()


@dataclass(slots=True)
class Session:
    """A course as it was held: attendance and quiz, by person.

    `scores` are right answers of five; `answers` those of an attempt in hand, by person.
    """

    id: str
    course: str
    held_at: datetime
    by: str
    subjects: tuple[str, ...] = ()
    attended: list[str] = field(default_factory=list)
    scores: dict[str, int] = field(default_factory=dict)
    material: str = ""
    closed_at: datetime | None = None
    answers: dict[str, list[int]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether attendance is still being taken."""
        return self.closed_at is None
