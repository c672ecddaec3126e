"""A change of the register: who changed what of the site, on whose word, and how to go back."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from responder.domain.words import Words


class Stage(StrEnum):
    """How far a change got."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    UNDONE = "undone"


STAGE_NAMES = {
    Stage.PROPOSED: Words("待同意", "proposed"),
    Stage.APPLIED: Words("已生效", "in force"),
    Stage.REFUSED: Words("未生效", "refused"),
    Stage.UNDONE: Words("已撤销", "undone"),
}


@dataclass(slots=True)
class Revision:
    """One change: from the version of the site it was made on to the one it put in force.

    `kind` says where it came from: `import`, `edit`, `duty`, `files`, `undo`, …
    """

    id: str
    kind: str
    summary: Words
    before: str
    by: str
    at: datetime
    after: str = ""
    stage: Stage = Stage.APPLIED
    approved_by: str = ""
    approved_at: datetime | None = None
    undone_by: str = ""
    undone_at: datetime | None = None
    touched: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody's word."""
        return self.stage is Stage.PROPOSED
