"""A drill as it counts for the standard (JR/T 0099 7.1 w to aa)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """A drill held: its approved plan, who took part, what was found, what became of it."""

    id: str
    scenario: str = ""
    on: date | None = None
    approved_by: str = ""
    recorded: str = ""
    evaluated_on: date | None = None
    participants: tuple[str, ...] = ()
    plan_changes: str = ""
    findings: tuple[str, ...] = ()
    reported_on: date | None = None
    receipt: str = ""
