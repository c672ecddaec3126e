"""What the plan's papers say, in Word and in PDF alike: the control block, the letter, the list."""

from dataclasses import dataclass

from responder.domain.incident import ROMAN
from responder.domain.plan_document import TITLE, Part, PlanDocument
from responder.domain.plan_life import SENSITIVITIES
from responder.domain.playbook import Playbook
from responder.domain.site import Site
from responder.domain.words import Words

BASIS = Words("《证券期货业信息系统运维管理规范》（JR/T 0099—2012）", "JR/T 0099—2012")


@dataclass(frozen=True, slots=True)
class PlanWording:
    """A version of the plan in the words of one language."""

    document: PlanDocument
    language: str

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def words(self, words: Words) -> str:
        """Words in the paper's language."""
        return words.said(self.language)

    @property
    def site(self) -> Site:
        """The site it is made from."""
        return self.document.site

    @property
    def firm(self) -> str:
        """The firm's name."""
        return self.words(self.site.firm.name)

    @property
    def title(self) -> str:
        """The document's title; a superseded one says so first."""
        void = self.said("【作废】", "WITHDRAWN · ") if self.document.superseded_by else ""
        return f"{void}{self.said(self.firm, self.firm + ': ')}{self.words(TITLE)}"

    @property
    def void(self) -> str:
        """That a version is superseded, and by which."""
        by = self.document.superseded_by
        return self.said(
            f"本版已作废，以{by}版为准，不得据以处置",
            f"This version is withdrawn; version {by} applies. Do not act by it",
        )

    @property
    def remark(self) -> str:
        """What stands at the foot of each page."""
        short = self.document.sha256[:16]
        content = self.said(f"内容校验 {short}", f"content {short}")
        return f"{self.void} | {content}" if self.document.superseded_by else content

    @property
    def sensitivity(self) -> str:
        """The sensitivity in words."""
        known = SENSITIVITIES.get(self.document.sensitivity)
        return self.words(known) if known else self.document.sensitivity

    def person(self, id: str) -> str:
        """A person's name."""
        known = self.site.people.get(id)
        return (self.words(known.name) or id) if known else id

    @property
    def control(self) -> list[tuple[str, str]]:
        """What makes it a controlled document (4.4)."""
        one, published = self.document, self.document.published_on
        pairs = [
            (self.said("文件编号", "Number"), one.number),
            (self.said("版本", "Version"), one.version),
            (self.said("编制", "Author"), self.person(one.author)),
            (self.said("批准", "Approved by"), self.person(one.approver)),
            (self.said("密级", "Sensitivity"), self.sensitivity),
            (self.said("发布日期", "Published on"), published.isoformat() if published else ""),
            (self.said("报备机关", "Filed with"), self.words(one.addressee)),
            (self.said("内容校验 SHA-256", "SHA-256 of the content"), one.sha256),
        ]
        return [(name, value or "—") for name, value in pairs]

    def lines(self, part: Part) -> list[tuple[str, str]]:
        """What a section takes from the register, as labels and values, each label once."""
        rows: dict[str, list[str]] = {}
        for line in part.lines:
            label, _, value = self.words(line.said).partition(self.said("：", ": "))
            rows.setdefault(label, []).append(value)
        return [(label, self.said("、", ", ").join(values)) for label, values in rows.items()]

    # Schemes

    def scheme(self, book: Playbook) -> list[tuple[str, str]]:
        """The head of a scheme."""
        site = self.site
        systems = [site.systems[id].name for id in book.systems if id in site.systems]
        units = [site.units[id].name for id in book.report_path if id in site.units]
        wording = site.wordings.get(book.wording)
        comma = self.said("、", ", ")
        return [
            (self.said("适用系统", "Systems"), comma.join(self.words(one) for one in systems)),
            (self.said("初始级别", "Level at first"), f"{ROMAN.get(book.level, book.level)}"),
            (self.said("责任人", "Kept by"), self.owner(book.owner)),
            (self.said("故障现象", "Symptoms"), self.words(book.symptoms)),
            (self.said("报告路径", "Reported to"), " → ".join(self.words(one) for one in units)),
            (self.said("解释口径", "Line to take"), self.words(wording.line) if wording else "—"),
            (self.said("结束条件", "Over when"), self.words(book.over_when)),
        ]

    def owner(self, id: str) -> str:
        """Who keeps it: a person, or a role."""
        role = self.site.roles.get(id.removeprefix("role:"))
        return self.words(role.name) if role else self.person(id)

    @property
    def task_headings(self) -> tuple[str, str, str]:
        """The columns of a scheme's tasks."""
        return (
            self.said("处置任务", "Task"),
            self.said("责任岗位", "Post"),
            self.said("时限（分钟）", "Within (min)"),
        )

    def tasks(self, book: Playbook) -> list[tuple[str, str, str]]:
        """A scheme's tasks."""
        rows = []
        for task in book.tasks:
            role = self.site.roles.get(task.role)
            due = "" if task.due is None else str(int(task.due.total_seconds()) // 60)
            rows.append((self.words(task.title), self.words(role.name) if role else task.role, due))
        return rows

    # The list of changes

    @property
    def change_headings(self) -> tuple[str, str, str]:
        """The columns of the list of changes."""
        return (
            self.said("部分", "Section"),
            self.said("涉及", "Concerns"),
            self.said("修订内容", "What changed"),
        )

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """The list of changes; what is major is marked."""
        mark = self.said("（重大）", " (major)")
        return [
            (one.section, self.words(one.reason) + mark * one.major, self.words(one.said))
            for one in self.document.changes
        ]

    # The letter

    @property
    def letter_title(self) -> str:
        """The subject of the letter."""
        one = self.document
        zh = "关于报备" if one.first else "关于重新报备"
        en = "Filing of the emergency plan" if one.first else "Renewed filing of the emergency plan"
        return self.said(
            f"{zh}《{TITLE.zh}》（{one.version}版）的函", f"{en}, version {one.version}"
        )

    def letter(self) -> list[str]:
        """The paragraphs of the letter, from the address to the closing words."""
        one, names = self.document, self
        on = one.published_on
        day = self.said(f"{on.year}年{on.month}月{on.day}日", on.isoformat()) if on else "—"
        what = names.said(
            f"根据{BASIS.zh}关于应急预案报备的要求，现将我公司《{TITLE.zh}》（{one.version}版，"
            f"文件编号{one.number or '—'}，{day}发布）报上，请予备案。该预案由"
            f"{names.person(one.author)}编制，经{names.person(one.approver)}批准，"
            f"密级为{names.sensitivity}。",
            f"As {BASIS.en} requires, we file our emergency plan, version {one.version}"
            f" (No. {one.number or '—'}, published on {day}). Its author is"
            f" {names.person(one.author)}; it was approved by {names.person(one.approver)}."
            f" Sensitivity: {names.sensitivity}.",
        )
        return [
            f"{names.words(one.addressee)}{names.said('：', ':')}",
            what,
            self._why(),
            *self._end(),
        ]

    def _why(self) -> str:
        one = self.document
        touched = self.said("、", ", ").join(self.words(reason) for reason in one.reasons)
        if one.first:
            return self.said("本次为首次报备。", "This is the first filing.")
        if not one.changes:
            return self.said("本次报备不涉及内容变更。", "Its content has not changed.")
        kind = self.said("属重大变化", "a major change") if one.major else ""
        kind = kind or self.said("属一般变化", "a minor change")
        return self.said(
            f"本版相对{one.before}版有{len(one.changes)}处修订，{kind}，主要涉及：{touched}。"
            "修订内容见附件2。",
            f"Against version {one.before} there are {len(one.changes)} changes, {kind}, touching:"
            f" {touched}. They are listed in annex 2.",
        )

    def _end(self) -> list[str]:
        contacts = [
            self.said(
                f"{self.person(one.person)}，应急值守电话{one.duty_phone}，传真{one.fax}",
                f"{self.person(one.person)}, duty phone {one.duty_phone}, fax {one.fax}",
            )
            for one in self.site.liaisons
        ]
        annexes = self.said(
            f"附件：1.《{TITLE.zh}》（{self.document.version}版，含处置方案）",
            f"Annexes: 1. The plan, version {self.document.version}, with its schemes",
        )
        if self.document.changes:
            annexes += self.said("；2.修订内容对照表", "; 2. List of changes")
        return [
            self.said("通报联络人：", "Liaison officers: ") + self.said("；", "; ").join(contacts),
            annexes,
            self.said("特此函报。", "Filed for the record."),
        ]

    @property
    def signed(self) -> list[str]:
        """Who sends the letter, and when."""
        at = self.document.made_at
        day = self.said(f"{at.year}年{at.month}月{at.day}日", f"{at:%Y-%m-%d}")
        return [self.firm + self.said("（盖章）", " (seal)"), day]
