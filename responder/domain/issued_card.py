"""Emergency work cards as issued (应急工作卡片, JR/T 0099 7.1 r), and printed contact manuals."""

from dataclasses import dataclass
from datetime import date, datetime

from responder.domain.words import Words


@dataclass(slots=True)
class IssuedCard:
    """The card a person holds: `fingerprint` of what it says, and the receipt.

    A card whose facts no longer give this fingerprint is issued afresh. `void_through` is the
    last version whose link opens nothing any more; `chased` how often its receipt was asked for.
    """

    person: str
    version: int
    fingerprint: str
    issued_at: datetime
    received_at: datetime | None = None
    received_by: str = ""
    withdrawn_at: datetime | None = None
    void_through: int = 0
    chased: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the receipt is awaited."""
        return self.received_at is None and self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class CardHeld:
    """A paper card that somebody received before the register was kept here."""

    person: str
    received_on: date


@dataclass(frozen=True, slots=True)
class ManualPlaced:
    """A printed contact manual was put somewhere, and older copies destroyed."""

    printed_on: date
    where: Words = Words()
    size: str = "a4"
