"""What is owed for an incident outside, and what follows from it inside."""

from collections.abc import Callable, Iterator

from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import NOBODY
from responder.documents.paper.section import Section
from responder.documents.paper.table import Cell, Column, Row
from responder.domain.measure import STATE_NAMES as MEASURE_STATES
from responder.domain.notice import FIRST, FOLLOW_UP, PROGRESS, RESTORED
from responder.domain.notice import STAGE_NAMES as NOTICE_STAGES
from responder.domain.obligation import Obligation
from responder.domain.report_order import INTERNAL
from responder.domain.words import Words

NOTICES = {
    FIRST: Words("首次公告", "first"),
    PROGRESS: Words("进展公告", "progress"),
    RESTORED: Words("恢复公告", "restored"),
    FOLLOW_UP: Words("后续公告", "follow-up"),
}


class Aftermath(Section):
    """Sections five and six."""

    def parts(self) -> Iterator[Callable[[], None]]:
        """Reports, notices and briefings; cause and corrective action."""
        yield self._reports
        yield self._causes

    def _reports(self) -> None:
        paper, said = self.paper, self.said
        paper.heading(said("五、报告、公告与通报", "5. Reports, notices, briefings"))
        columns = (
            Column(said("事项", "What is due")),
            Column(said("报送对象", "To whom")),
            Column(said("时限", "Due"), 25),
            Column(said("完成", "Done"), 25),
            Column(said("是否按时", "Punctuality"), 33),
        )
        rows = [self._duty(one) for one in self.facts.obligations]
        paper.table(columns, rows, said("没有登记对外报告义务。", "No duty to report is recorded."))
        if self.facts.notices:
            paper.heading(said("公告", "Notices"), 2)
            paper.table(
                (
                    Column(said("编号", "No.")),
                    Column(said("公告", "Notice")),
                    Column(said("状态", "State")),
                    Column(said("发布", "Published"), 27),
                    Column(said("签发", "Released by")),
                ),
                [
                    (
                        one.number or one.id,
                        self.naming.words(NOTICES.get(one.of_incident, Words(one.template))),
                        self.naming.words(NOTICE_STAGES[one.stage]),
                        self.naming.moment(one.published_at),
                        self.naming.people(one.released_by),
                    )
                    for one in self.facts.notices
                ],
            )
        kept, all_due = self.facts.told_in_time()
        if all_due:
            paper.text(
                said(
                    f"向有关各方通报进展：到点 {all_due} 次，按时 {kept} 次。",
                    f"Progress told to the parties: {kept} of {all_due} intervals kept.",
                )
            )

    def _duty(self, one: Obligation) -> Row:
        naming = self.naming
        limit = self.said("立即", "at once") if one.is_at_once else naming.moment(one.due_at)
        return (
            naming.words(one.title, one.duty),
            naming.words(one.addressee, NOBODY),
            limit,
            naming.moment(one.done_at),
            Cell(self._punctual(one), strong=self.facts.is_late(one)),
        )

    def _punctual(self, one: Obligation) -> str:
        naming, said = self.naming, self.said
        late = naming.span(one.late_by(self.facts.made_at))
        if one.ended:
            return said(f"终止：{self.text(one.ended)}", f"ended: {self.text(one.ended)}")
        if one.due_at is None:
            return said("时限未起算", "not running yet")
        if one.done_at and one.is_at_once:
            return said(f"用时{late}", f"took {late}")
        if not self.facts.is_late(one):
            return said("按时", "in time") if one.done_at else said("未到时限", "not due yet")
        if one.done_at:
            return said(f"迟报{late}", f"{late} late")
        return said(f"逾期未报，已{late}", f"overdue by {late}")

    def _causes(self) -> None:
        paper, said, naming = self.paper, self.said, self.naming
        found = self.facts.investigation
        paper.heading(said("六、原因与整改", "6. Cause and corrective action"))
        if found is None or not found.causes:
            paper.text(said("原因尚未查明。", "The cause is not established yet."))
        else:
            paper.bullets((self.text(cause.said) for cause in found.causes), numbered=True)
            if found.is_open:
                paper.text(said("调查仍在进行。", "The investigation goes on."), Tone.QUIET)
        columns = (
            Column(said("整改措施", "Measure")),
            Column(said("责任人", "Owner"), 24),
            Column(said("期限", "Due"), 22),
            Column(said("状态", "State"), 24, strong=True),
        )
        today = naming.local(self.facts.made_at).date()
        rows = [
            (
                self.text(one.title),
                naming.person(one.owner),
                naming.day(one.due_on),
                naming.words(MEASURE_STATES[one.state(today)]),
            )
            for one in self.facts.measures
        ]
        paper.table(columns, rows, said("尚未登记整改措施。", "No measure is registered yet."))
        if self.audience == INTERNAL and found and found.accountability:
            paper.text(
                said(
                    "责任追究意见已登记，仅限授权人员查阅，不载入本报告。",
                    "Who is held to account is recorded; it is for those authorised, and not here.",
                ),
                Tone.QUIET,
            )
