"""A drill's plan as a paper: the nine headings of 7.1 w, then the list of what happens."""

from collections.abc import Iterator
from datetime import timedelta

from responder.documents.paper.control import Control
from responder.documents.paper.drill_partners import call_section
from responder.documents.paper.drill_words import expected_words
from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import NOBODY, Naming
from responder.documents.paper.paper import Paper
from responder.documents.paper.recurrence_words import recurrence_words
from responder.documents.paper.table import Column
from responder.domain.drill import KIND_NAMES, Expected, Row, RowType
from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.drills.plan_sheet import PlanSheet

ROW_NAMES = {
    RowType.INJECT: Words("事件", "inject"),
    RowType.INFORMATION: Words("情况", "information"),
    RowType.FACILITATION: Words("导调", "facilitation"),
}
MINUTE = timedelta(minutes=1)


def drill_plan(sheet: PlanSheet, language: str) -> Paper:
    """The paper, in `zh` or `en`."""
    return _DrillPlan(sheet, language).paper


class _DrillPlan:
    def __init__(self, sheet: PlanSheet, language: str) -> None:
        self.sheet, self.naming = sheet, Naming(sheet.site, language)
        self.said = self.naming.said
        scenario, approval = sheet.scenario, sheet.approval
        self.paper = Paper(
            self.said("应急演练计划", "Drill plan"),
            language,
            Control(
                number=scenario.id,
                version=sheet.sha256[:8],
                author=self.naming.person(scenario.owner),
                approver=self.naming.person(approval.by) if approval else "",
                sensitivity=self.said("内部", "internal"),
                made_at=self.naming.local(sheet.made_at),
                firm=self.naming.words(sheet.site.firm.name),
            ),
            subtitle=self.naming.words(scenario.title),
        )
        self._particulars()
        self._headings()
        call_section(self.paper, scenario, sheet.site, self.naming)
        self._list()

    def _particulars(self) -> None:
        said, naming, one = self.said, self.naming, self.sheet.scenario
        playbook = self.sheet.site.playbooks.get(one.playbook)
        begins = _clock(one.starts)
        self.paper.key_values(
            [
                (said("演练类型", "Kind"), naming.words(KIND_NAMES[one.kind])),
                (
                    said("依据的处置方案", "Playbook"),
                    naming.words(playbook.title) if playbook else one.playbook,
                ),
                (
                    said("时间", "Time"),
                    said(
                        f"{begins}起，{naming.span(one.lasts)}",
                        f"from {begins}, {naming.span(one.lasts)}",
                    ),
                ),
                (said("定期", "Recurs"), self._recurs()),
                (said("参演对象", "Takes part"), self._targets(one.recipients)),
                (said("导调", "Controllers"), self._targets(one.controllers)),
                (said("内容摘要值", "SHA-256"), self.sheet.sha256),
            ]
        )

    def _recurs(self) -> str:
        rule = self.sheet.scenario.recurs
        if rule is None:
            return self.said("否", "no")
        parts = [self.naming.words(recurrence_words(rule))]
        if rule.at is not None:
            parts.append(_clock(rule.at))
        if rule.by_itself:
            parts.append(self.said("到时由系统开始", "begun by the engine"))
        return self.said("，", "; ").join(parts)

    def _headings(self) -> None:
        naming = self.naming
        for number, (heading, name) in enumerate(PLAN_HEADINGS.items(), 1):
            self.paper.heading(f"{number}. {naming.words(name).capitalize()}", 2)
            words = self.sheet.scenario.plan.get(heading, Words())
            self.paper.text(naming.words(words, self.said("未填写", "not filled in")))
        self.paper.heading(self.said("演练目标", "Objectives"), 2)
        self.paper.bullets(
            [
                f"{naming.words(one.title, one.id)}{f'（{one.clause}）' * bool(one.clause)}"
                for one in self.sheet.scenario.objectives.values()
            ]
        )

    def _list(self) -> None:
        said = self.said
        self.paper.heading(said("事件清单", "What happens"))
        self.paper.table(
            (
                Column("T+", 14, "right"),
                Column(said("类别", "Type"), 22),
                Column(said("由谁、给谁", "From, to"), 40),
                Column(said("内容", "What")),
                Column(said("期待", "Expected"), 52),
            ),
            list(self._rows()),
        )
        self.paper.text(
            said(
                "全部消息带演练标识，只发给参演对象；做到与否由处置记录判定。",
                "Every message is marked and goes to those taking part alone; the record judges"
                " what was done.",
            ),
            Tone.QUIET,
        )

    def _rows(self) -> Iterator[tuple[str, ...]]:
        naming = self.naming
        for row in sorted(self.sheet.scenario.rows.values(), key=lambda one: one.at):
            at = f"{row.at // timedelta(hours=1)}:{row.at // MINUTE % 60:02}"
            who = f"{naming.words(row.sender, NOBODY)} → {self._targets(row.to)}"
            text = naming.words(row.text, row.id)
            expected = "\n".join(self._expected(one) for one in row.expects)
            yield at, naming.words(ROW_NAMES[row.type]), who, self._condition(row) + text, expected

    def _condition(self, row: Row) -> str:
        if not row.only_if:
            return ""
        named = self.naming.listed(
            self._expected(self.sheet.scenario.expected[one.expected][1]) for one in row.only_if
        )
        return self.said(f"〔视此前结果：{named}〕", f"[depends on: {named}] ")

    def _expected(self, one: Expected) -> str:
        what = expected_words(one, self.sheet.scenario, self.naming)
        minutes = one.within // MINUTE
        return self.said(f"{minutes}分钟内{what}", f"{what} within {minutes} min")

    def _targets(self, targets: tuple[str, ...]) -> str:
        return self.naming.listed(self._target(target) for target in targets)

    def _target(self, written: str) -> str:
        target = Target.parse(written)
        if target.kind == "role":
            return self.naming.role(target.id)
        if target.kind == "succession":
            return self.said("决策递补顺序全体", "the succession")
        return self.naming.person(target.id) if target.kind == "person" else target.id


def _clock(at: timedelta) -> str:
    """A time of day."""
    return f"{at // timedelta(hours=1):02}:{at // MINUTE % 60:02}"
