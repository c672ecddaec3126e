"""Facts for the ledger and the entries they become."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, through which door. `detail` is e.g. the operating-system user.

    The engine itself acts as person `""` through the door `engine`.
    """

    person: str
    door: str
    detail: str = ""


ENGINE = By("", "engine")
THE_FIRM = "FIRM"
"""The subject of facts about the firm itself."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, about a subject (an incident, a warning, the firm itself).

    `kind` is an event's name, past tense. `payload` holds JSON values without floats, and never
    a contact detail. `at` is the instant it counts at.
    """

    kind: str
    subject: str
    by: By
    at: datetime
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as it stands on the ledger; `payload` is None once lawfully removed."""

    seq: int
    at: datetime
    kind: str
    actor: str
    door: str
    subject: str
    payload: dict[str, Any] | None
    hash: str
