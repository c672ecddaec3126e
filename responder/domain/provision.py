"""What is kept ready for an emergency (应急保障, JR/T 0099 7.1 m, s to v): one mechanism for all.

Support agreements, technical documents and software copies, spare parts, supplies, funds.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from responder.domain.words import Words

REGISTERS = ("agreement", "document", "spare", "supply", "fund")
AGREEMENT_KINDS = ("telecom", "fire", "power", "air_conditioning", "hardware_software", "security")
"""The six categories of 7.1 m."""
DOCUMENT_KINDS = (
    "topology",
    "parameters",
    "system_software",
    "application_software",
    "manuals",
    "emergency_manual",
)
"""The six kinds of 7.1 s, kept at two sites."""
SUPPLY_KINDS = ("telecom", "fire", "emergency_lighting")
"""The three of 7.1 u."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing kept ready: what it is, who keeps it, when it was last checked, when it is due.

    `fields` are what its register demands of it in words (of an agreement: both sides' contacts,
    means, content and scope, emergency handling). `self_sufficient` says why none is needed.
    """

    id: str
    register: str
    kind: str = ""
    name: Words = Words()
    owner: str = ""
    unit: str = ""
    system: str = ""
    places: tuple[str, ...] = ()
    version: str = ""
    quantity: int = 0
    least: int = 0
    amount: int = 0
    approver: str = ""
    fields: dict[str, Words] = field(default_factory=dict)
    self_sufficient: Words = Words()
    check_every: timedelta | None = None
    checked_on: date | None = None
    evidence: str = ""
    expires_on: date | None = None


@dataclass(slots=True)
class ProvisionCheck:
    """Something recorded of a provision: a check, a stock-take, a test, a draw, a spending.

    `change` is by how much the quantity changed, or what was spent of a fund; `used_in` the
    incident it was for.
    """

    id: str
    provision: str
    what: str
    at: datetime
    by: str
    passed: bool = True
    change: int = 0
    used_in: str = ""
    note: str = ""
    evidence: str = ""
    expires_on: date | None = None
    is_open: bool = False
