"""A second person's consent: to a spoken decision, a lowered level, a dismissal, a cancellation."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Consent:
    """Something one person asked for that takes effect when a second one confirms.

    `who` lists the people entitled to confirm; empty means anybody known but the asker. After
    `until` it can no longer be given: what was asked in one situation is not done in another.
    """

    id: str
    purpose: str
    incident: str
    asked_by: str
    asked_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    until: datetime | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.confirmed_at is None and self.withdrawn_at is None
