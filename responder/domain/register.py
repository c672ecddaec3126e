"""Related units (JR/T 0099 4.7), systems, and the filed plan (7.1 a to j)."""

from dataclasses import dataclass
from datetime import date

from responder.domain.people import Way
from responder.domain.words import Words

UNIT_KIND_NAMES = {
    "regulator": Words("监管部门", "regulators"),
    "association": Words("协会", "associations"),
    "government": Words("当地政府部门", "local government"),
    "police": Words("公安机关", "the police"),
    "core_institution": Words("交易所等市场核心机构", "exchanges and other core institutions"),
    "operating_institution": Words("其他证券期货经营机构", "other operating institutions"),
    "bank": Words("银行机构", "banks"),
    "power_telecom": Words("电力和通信设施保障机构", "power and telecommunications"),
    "vendor": Words("软硬件供应商", "vendors of hardware and software"),
    "service_provider": Words("技术服务商", "providers of technical services"),
    "property": Words("物业公司", "property management"),
}
"""The eleven kinds of related units that 4.7 names."""
UNIT_KINDS = tuple(UNIT_KIND_NAMES)
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
    """One of the plan's ten mandatory sections; `systems` are those that its scope (b) names."""

    title: Words = Words()
    body: Words = Words()
    systems: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        """The section in a language, its title first."""
        return f"{self.title.said(language)}\n{self.body.said(language)}"


@dataclass(frozen=True, slots=True)
class Filing:
    """A proof that the plan was filed with the regulator (7.1 e, f)."""

    on: date
    to: str = ""
    by: str = ""
    receipt: str = ""
    channel: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The overall emergency plan as a controlled document (4.4).

    `number` is the document's own; `keeper` the person who sees to its review and filing;
    `references` are the drills whose findings this version answers (7.1, rule d).
    """

    version: str = ""
    number: str = ""
    keeper: str = ""
    approver: str = ""
    sensitivity: str = ""
    published_on: date | None = None
    reviewed_on: date | None = None
    sections: dict[str, Section] | None = None
    filed: tuple[Filing, ...] = ()
    references: tuple[str, ...] = ()
