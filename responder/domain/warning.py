"""An early warning of a hidden danger (JR/T 0099 7.2, first paragraph)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from responder.errors import IllegalChange


class Stage(StrEnum):
    """Where a warning stands."""

    RAISED = "raised"
    VERIFIED = "verified"
    LIFTED = "lifted"
    CONVERTED = "converted"
    DISMISSED = "dismissed"


LEGAL: dict[Stage, tuple[Stage, ...]] = {
    Stage.RAISED: (Stage.VERIFIED, Stage.CONVERTED, Stage.DISMISSED),
    Stage.VERIFIED: (Stage.LIFTED, Stage.CONVERTED),
    Stage.LIFTED: (),
    Stage.CONVERTED: (),
    Stage.DISMISSED: (),
}


@dataclass(slots=True)
class Addressee:
    """Somebody the warning was addressed to: a person or a unit, by which line, when."""

    to: str
    via: str
    at: datetime


@dataclass(slots=True)
class Warning:
    """A risk somebody saw, with the playbook that fits it.

    `addressed` keeps everyone told, in order: the lift goes the same way (7.2). `verifier` said
    that they are looking into it, which is not yet a verification. `important` makes a warning
    report due; `heard` counts the entries that monitoring made on its record.
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
