"""Telling a related unit that our liaison officers or means changed (JR/T 0099 7.1 o, p)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from responder.domain.words import Words


@dataclass(slots=True)
class ChangeNotice:
    """One notice to one unit: what changed, when it was sent, and the receipt.

    `revision` is the first change it tells of; `since` the version in force before that one.
    `message` or `call` is how it is on its way, `tried` the lines that failed. `dropped_at`:
    everything was changed back before it was sent.
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
    since: str = ""
    liaisons: bool = False
    message: str = ""
    call: str = ""
    tried: list[str] = field(default_factory=list)
    note: str = ""
    dropped_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the unit has not confirmed it yet."""
        return self.received_at is None and self.dropped_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether nothing of it has gone out yet, so that further changes go with it."""
        return self.is_open and self.sent_at is None and not (self.message or self.call)


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
