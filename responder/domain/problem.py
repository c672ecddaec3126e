"""Problems (JR/T 0099 5.8): what lies behind repeated and major events, to its root."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

SOURCES = (
    "monitoring",
    "analysis",
    "self_check",
    "inspection",
    "assessment",
    "evaluation",
    "event",
)
"""Where problems are gathered from (5.8, ninth paragraph)."""


class Stage(StrEnum):
    """How far a problem got."""

    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    ANALYSED = "analysed"
    HANDLED = "handled"
    ESCALATED = "escalated"
    SOLVED = "solved"
    ENDED = "ended"
    DISMISSED = "dismissed"


@dataclass(slots=True)
class Problem:
    """One problem: every stage with its instant, its cause, fix, verification, and the lesson."""

    id: str
    title: str
    system: str
    source: str
    opened_at: datetime
    opened_by: str
    stage: Stage = Stage.PROPOSED
    symptom: str = ""
    owner: str = ""
    events: list[str] = field(default_factory=list)
    stages: dict[str, datetime] = field(default_factory=dict)
    cause: str = ""
    fix: str = ""
    change: str = ""
    verification: str = ""
    lesson: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is neither ended nor dismissed."""
        return self.stage not in {Stage.ENDED, Stage.DISMISSED}
