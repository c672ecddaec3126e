"""Emergency training (JR/T 0099 7.1 ab, ac): what is planned for the year, and who took part."""

from dataclasses import dataclass, field
from datetime import date, datetime

from responder.domain.words import Words

SUBJECTS = ("plan", "rules")
"""What the year's training covers at least: the plan, the industry's rules (7.1 ac)."""


@dataclass(frozen=True, slots=True)
class Course:
    """One training of the year's plan: when, for which posts, about what; and who came.

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
    """A course as it was held: attendance and quiz, by person."""

    id: str
    course: str
    held_at: datetime
    by: str
    subjects: tuple[str, ...] = ()
    attended: list[str] = field(default_factory=list)
    scores: dict[str, int] = field(default_factory=dict)
    material: str = ""
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether attendance is still being taken."""
        return self.closed_at is None
