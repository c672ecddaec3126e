"""Emergency work cards as issued (应急工作卡片, JR/T 0099 7.1 r)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class IssuedCard:
    """The card a person holds: `fingerprint` of what it says, and the receipt.

    A card whose facts no longer give this fingerprint is issued afresh.
    """

    person: str
    version: int
    fingerprint: str
    issued_at: datetime
    received_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the receipt is awaited."""
        return self.received_at is None
