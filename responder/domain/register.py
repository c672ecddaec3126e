"""Related units (JR/T 0099 4.7), systems, and the filed plan (7.1 a to j)."""

from dataclasses import dataclass
from datetime import date

from responder.domain.people import Way
from responder.domain.words import Words

UNIT_KINDS = (
    "regulator",
    "association",
    "government",
    "police",
    "core_institution",
    "operating_institution",
    "bank",
    "power_telecom",
    "vendor",
    "service_provider",
    "property",
)
PLAN_SECTIONS = tuple("abcdefghij")


@dataclass(frozen=True, slots=True)
class Unit:
    """A related unit: the five columns of 4.7, its kind, and when the line was last tried."""

    id: str
    kind: str = ""
    name: Words = Words()
    business: Words = Words()
    contact: Words = Words()
    reach: tuple[Way, ...] = ()
    remarks: Words = Words()
    receives_our_contacts: bool = False
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class System:
    """An information system: its owner answers for it, its operator runs it (7.1, principles)."""

    id: str
    name: Words = Words()
    core: bool = False
    owner: str = ""
    operator: str = ""
    markets: tuple[str, ...] = ()
    customers: int = 0
    suppliers: tuple[str, ...] = ()
    substitutes: Words = Words()


@dataclass(frozen=True, slots=True)
class Section:
    """One of the plan's ten mandatory sections."""

    title: Words = Words()
    body: Words = Words()


@dataclass(frozen=True, slots=True)
class Filing:
    """A proof that the plan was filed with the regulator (7.1 e, f)."""

    on: date
    to: str = ""
    by: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The overall emergency plan as a controlled document (4.4)."""

    version: str = ""
    approver: str = ""
    sensitivity: str = ""
    published_on: date | None = None
    reviewed_on: date | None = None
    sections: dict[str, Section] | None = None
    filed: tuple[Filing, ...] = ()
