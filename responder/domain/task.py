"""Tasks of a running incident, and what a decision blocks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from responder.domain.words import Words


class Progress(StrEnum):
    """How far a task got; `prepared` is as far as a blocked one may go."""

    OPEN = "open"
    PREPARED = "prepared"
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(slots=True)
class Task:
    """A task as declared, with its owner at present. `blocked_by` are decisions' ids."""

    id: str
    incident: str
    title: Words
    role: str = ""
    owner: str = ""
    due_at: datetime | None = None
    detail: Words = Words()
    rollback: Words = Words()
    safety: bool = False
    danger: bool = False
    verifies_restoration: bool = False
    blocked_by: tuple[str, ...] = ()
    progress: Progress = Progress.OPEN
    done_by: str = ""
    done_at: datetime | None = None
    warned_at: datetime | None = None

    @property
    def key(self) -> str:
        """The id under which it is kept: task ids are unique within an incident only."""
        return f"{self.incident}/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.progress in (Progress.OPEN, Progress.PREPARED)
