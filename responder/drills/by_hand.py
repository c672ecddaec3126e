"""What somebody did outside the system in a drill, entered afterwards.

The record of the engine is the stronger proof: such an entry only fills what it does not show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from responder.domain.record import Entry
from responder.domain.words import Words

ENTERED = "ActionEntered"
NAME = Words("人工补登", "entered by hand")


@dataclass(frozen=True, slots=True)
class ByHand:
    """An act with its true time: who did it when, and who put that on record when and why."""

    expected: str
    person: str
    acted_at: datetime
    entered_by: str
    entered_at: datetime
    reason: str
    entry: int


def entered_by_hand(entries: Iterable[Entry]) -> dict[str, ByHand]:
    """The entry that counts of each expected action: the last one made."""
    told = (entry for entry in entries if entry.kind == ENTERED and entry.payload is not None)
    return {one.expected: one for one in map(_read, told)}


def _read(entry: Entry) -> ByHand:
    said = entry.payload or {}
    return ByHand(
        expected=str(said["expected"]),
        person=str(said["person"]),
        acted_at=datetime.fromisoformat(said["acted_at"]),
        entered_by=entry.actor,
        entered_at=entry.at,
        reason=str(said["reason"]),
        entry=entry.seq,
    )
