"""Telling a related unit that our liaison officers or means changed (JR/T 0099 7.1 o, p)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from responder.domain.words import Words


@dataclass(slots=True)
class ChangeNotice:
    """One notice to one unit: what changed, when it was sent, and the receipt.

    `revision` is the change it tells of.
    """

    id: str
    unit: str
    revision: str
    changes: list[Words]
    made_at: datetime
    sent_at: datetime | None = None
    sent_by: str = ""
    receipt: str = ""
    received_at: datetime | None = None
    chased: list[datetime] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the unit has not confirmed it yet."""
        return self.received_at is None


@dataclass(frozen=True, slots=True)
class UnitTold:
    """A unit that was told our liaison officers and means before the register was kept here."""

    unit: str
    on: date
    receipt: str = ""


@dataclass(slots=True)
class UnitCheck:
    """Somebody tried a related unit's line (4.7: kept up to date)."""

    id: str
    unit: str
    at: datetime
    by: str
    reached: bool
    note: str = ""
