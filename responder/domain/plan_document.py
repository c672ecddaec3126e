"""The filed plan as a document, part by part, each tied to its clause (4.4, 7.1 a to j, R e)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from responder.domain.plan_change import PlanChange, reasons
from responder.domain.plan_lines import Line, addressee, plan_lines
from responder.domain.register import PLAN_SECTIONS, Section
from responder.domain.site import Site
from responder.domain.words import Words

SECTION_NAMES = {
    "a": Words("目的和依据", "Purpose and basis"),
    "b": Words("适用范围", "Scope"),
    "c": Words("组织体系及职责", "Organisation and duties"),
    "d": Words("预防措施、保障措施与应急准备", "Prevention, safeguards and preparation"),
    "e": Words("预警监测、处置和信息报送", "Warning: monitoring, handling, submission"),
    "f": Words("事件分级分类", "Grading and classification"),
    "g": Words("报告流程", "Reporting procedure"),
    "h": Words("处置一般原则", "General principles of handling"),
    "i": Words("处置的具体方案", "Handling schemes"),
    "j": Words("内部调查处理和分析总结", "Internal investigation and summary"),
}
MADE_FROM = {
    "b": Words("适用系统（取自系统清单）", "Systems covered (from the list of systems)"),
    "c": Words("组织与岗位（取自现行名册）", "Organisation and posts (from the roster)"),
    "d": Words("保障登记", "Kept on register"),
    "e": Words("预警时限", "Limits of warnings"),
    "f": Words("分级标准与初始级别", "Grades, and levels at first"),
    "g": Words("报告对象与报告事项", "Recipients, and what is reported"),
    "i": Words("处置方案目录", "The schemes"),
}
"""What the lines of a section are headed by."""
TITLE = Words("网络与信息安全事件应急预案", "Emergency plan for network and information security")


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its letter, clause, title, paragraphs, and the lines made from the register."""

    letter: str
    clause: str
    title: Words
    body: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A version of the plan as it is printed and filed.

    `superseded_by` is the version that took its place; `changes` are those since `before`.
    `first` says that no version was filed with the authority before this one.
    """

    site: Site
    version: str
    number: str
    made_at: datetime
    sha256: str
    author: str = ""
    approver: str = ""
    sensitivity: str = ""
    published_on: date | None = None
    superseded_by: str = ""
    before: str = ""
    major: bool = False
    first: bool = False
    changes: tuple[PlanChange, ...] = ()

    @property
    def addressee(self) -> Words:
        """With whom it is filed."""
        return addressee(self.site)[1]

    @property
    def reasons(self) -> list[Words]:
        """What the changes touch."""
        return reasons(self.changes)

    def parts(self) -> Iterator[Part]:
        """The ten sections; one that is not written stands empty in its place."""
        sections = (self.site.plan.sections if self.site.plan else None) or {}
        lines = [line for line in plan_lines(self.site) if line.said != Words()]
        for letter in PLAN_SECTIONS:
            section = sections.get(letter, Section())
            own = tuple(line for line in lines if line.section == letter)
            title = section.title if section.title.said("zh") else SECTION_NAMES[letter]
            yield Part(letter, f"7.1 {letter}", title, section.body, own)
