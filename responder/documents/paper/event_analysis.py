"""The monthly event analysis as a paper: what happened how often, how fast, and what came again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from responder.documents.paper.control import Control
from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import NOBODY, Naming
from responder.documents.paper.paper import Paper
from responder.documents.paper.pen import Pattern, Pen
from responder.documents.paper.table import Column
from responder.documents.timeline import STAGES
from responder.domain.event_analysis import INCIDENT, Event, EventAnalysis
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.logged_event import SOURCE_NAMES
from responder.domain.words import Words

ROW = 16.0


def event_analysis(found: EventAnalysis, language: str) -> Paper:
    """The paper, in `zh` or `en`."""
    return _Analysis(found, language).paper


class _Analysis:
    def __init__(self, found: EventAnalysis, language: str) -> None:
        self.found, self.naming = found, Naming(found.site, language)
        self.said = self.naming.said
        month = found.month.strftime("%Y-%m")
        self.paper = Paper(
            self.said(
                f"{found.month.year}年{found.month.month}月信息技术事件分析报告",
                f"Event analysis, {found.month:%B %Y}",
            ),
            language,
            Control(
                number=f"EA-{month}",
                version="1.0",
                approver=self.naming.person(found.signed_by) if found.signed_by else "",
                sensitivity=self.said("内部", "internal"),
                made_at=self.naming.local(found.made_at),
                firm=self.naming.words(found.site.firm.name),
            ),
            subtitle=self.said(
                "依据：JR/T 0099 第5.8节　数据取自处置记录，截至 ",
                "After JR/T 0099, 5.8; counted from the record as of ",
            )
            + self.naming.clock(found.made_at, "%Y-%m-%d %H:%M:%S %z"),
        )
        self._summary()
        self._counts()
        self._logged()
        self._repeats()
        self._answers()
        self._list()

    def _summary(self) -> None:
        found, said, naming = self.found, self.said, self.naming
        incidents = len(found.incidents)
        more = incidents - found.before
        self.paper.figures(
            [
                (
                    str(incidents),
                    said(f"起事件，比上月 {more:+d}", f"incidents, {more:+d} on last month"),
                ),
                (naming.minutes(found.time()), said("累计中断时长", "of disruption in all")),
                (naming.span(found.answers()[0]), said("接手用时中位数", "median until in hand")),
            ]
        )
        kept, due = found.punctuality()
        self.paper.text(
            said(
                f"本月登记事件 {incidents} 起、预警 {len(found.warnings)} 起；"
                f"重复发生 {len(found.repeats())} 类；对外报告等到期 {due} 项，按时 {kept} 项。"
                f"另有演练 {found.drills} 次，不计入以下统计。",
                f"{incidents} incidents and {len(found.warnings)} warnings this month;"
                f" {len(found.repeats())} kinds came again; {kept} of {due} reports and duties in"
                f" time. Drills, counted apart: {found.drills}.",
            )
        )

    def _counts(self) -> None:
        paper, said, found = self.paper, self.said, self.found
        paper.heading(said("一、事件分布", "1. What happened"))
        levels = [(self.naming.level(level), n) for level, n in found.by_level().items()]
        if levels:
            paper.heading(said("按响应级别", "By response level"), 2)
            self._bars(levels)
        names = {id: self.naming.words(one.title, id) for id, one in found.site.playbooks.items()}
        self._counted(said("按故障类型", "By kind of fault"), found.by_fault(), names)
        names = {id: self.naming.words(one.name, id) for id, one in found.site.systems.items()}
        self._counted(said("按系统", "By system"), found.by_system(), names)
        if found.incidents:
            several = "涉及多个系统的事件在各系统下分别计数。"
            paper.text(
                said(several, "An incident of several systems counts with each of them."),
                Tone.QUIET,
            )

    def _logged(self) -> None:
        """The whole log (5.8): every event, emergency or not."""
        paper, said, found = self.paper, self.said, self.found
        paper.heading(said("运维事件登记", "The log of all events"), 2)
        closed = sum(not one.is_open for one in found.logged)
        total = len(found.logged)
        paper.text(
            said(
                f"本月登记运维事件 {total} 起，已办结 {closed} 起。",
                f"{total} events were logged this month; {closed} of them are closed.",
            )
        )
        rows = [
            *self._of(said("优先级", "priority "), found.logged_by_priority().items(), {}),
            *self._of(said("来源：", "from: "), found.logged_by_source(), SOURCE_NAMES),
            *self._of(
                said("系统：", "system: "),
                found.logged_by_system(),
                {id: one.name for id, one in found.site.systems.items()},
            ),
        ]
        if rows:
            columns = (
                Column(said("分布", "Of which")),
                Column(said("起数", "Events"), 25, "right"),
            )
            paper.table(columns, rows)

    def _of(
        self, what: str, counts: Iterable[tuple[Any, int]], names: Mapping[Any, Words]
    ) -> list[tuple[str, str]]:
        words = self.naming.words
        return [(what + words(names.get(id, Words()), str(id) or "—"), str(n)) for id, n in counts]

    def _counted(
        self, title: str, rows: Sequence[tuple[str, int, timedelta]], names: dict[str, str]
    ) -> None:
        if not rows:
            return
        self.paper.heading(title, 2)
        columns = (
            Column(title.removeprefix(self.said("按", "By ")).capitalize()),
            Column(self.said("起数", "Incidents"), 25, "right"),
            Column(self.said("累计时长", "Time in all"), 40, "right"),
        )
        self.paper.table(
            columns,
            [(names.get(id, id) or NOBODY, str(n), self.naming.span(t)) for id, n, t in rows],
        )

    def _bars(self, rows: Sequence[tuple[str, int]]) -> None:
        most = max(count for _, count in rows)

        def draw(pen: Pen, x: float, top: float) -> None:
            for number, (name, count) in enumerate(rows):
                y = top - ROW * (number + 1) + 4
                wide = (self.paper.room - 180) * count / most
                pen.text(x, y + 1, name, 8.3, room=110)
                pen.box(x + 120, y - 1, max(wide, 2), 9, Pattern.SOLID)
                pen.text(x + 126 + max(wide, 2), y + 1, str(count), 8.3, strong=True)

        self.paper.picture(ROW * len(rows) + 4, draw)

    def _repeats(self) -> None:
        paper, said, naming = self.paper, self.said, self.naming
        paper.heading(said("二、重复发生的事件", "2. What came again"))
        playbooks = self.found.site.playbooks
        rows = [
            (
                naming.systems([one.system]) if one.system else NOBODY,
                naming.words(playbooks[one.fault].title) if one.fault in playbooks else one.fault,
                str(len(one.events)),
                naming.listed(one.events),
            )
            for one in self.found.repeats()
        ]
        columns = (
            Column(said("系统", "System")),
            Column(said("故障类型", "Kind of fault")),
            Column(said("次数", "Times"), 14, "right"),
            Column(said("事件", "Incidents")),
        )
        paper.table(columns, rows, said("90 日内没有重复发生的事件。", "Nothing within 90 days."))
        if rows:
            paper.text(
                said(
                    "重复事件应纳入问题管理（5.8）。",
                    "Repeated events go into problem management (5.8).",
                )
            )

    def _answers(self) -> None:
        paper, said, naming = self.paper, self.said, self.naming
        paper.heading(said("三、响应与报送时效", "3. How fast, how punctual"))
        middle, longest, never = self.found.answers()
        kept, due = self.found.punctuality()
        paper.key_values(
            [
                (said("接手用时（中位）", "In hand, median"), naming.span(middle)),
                (said("接手用时（最长）", "In hand, longest"), naming.span(longest)),
                (said("无人接手", "Never in hand"), str(never)),
                (said("到期报告等", "Reports and duties due"), str(due)),
                (said("其中迟报", "Late among them"), str(due - kept)),
            ],
            label=50,
        )

    def _list(self) -> None:
        paper, said = self.paper, self.said
        paper.heading(said("四、事件清单", "4. The events"))
        columns = (
            Column(said("编号", "Id"), 29),
            Column(said("时间", "Time"), 22),
            Column(said("级别", "Level"), 13),
            Column(said("事件", "What")),
            Column(said("状态", "State"), 24),
            Column(said("时长", "Lasted"), 23, "right"),
            Column(said("接手", "In hand"), 21, "right"),
            Column(said("迟报", "Late"), 12, "right"),
        )
        rows = [self._row(one) for one in self.found.events]
        paper.table(columns, rows, said("本月没有登记事件。", "No event was recorded."))

    def _row(self, one: Event) -> tuple[str, ...]:
        naming = self.naming
        words = PHASE_NAMES[Phase(one.state)] if one.kind == INCIDENT else STAGES[one.state]
        return (
            one.id,
            naming.clock(one.at, "%m-%d %H:%M"),
            naming.level(one.level).removesuffix("响应").removeprefix("level "),
            one.title,
            naming.words(words),
            naming.span(one.lasted),
            naming.span(one.in_hand_after),
            str(one.late) if one.due else NOBODY,
        )
