"""The year's report on drills as a paper, to the authority it is due to."""

from responder.documents.paper.control import Control
from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import NOBODY, Naming
from responder.documents.paper.paper import Paper
from responder.documents.paper.table import Column
from responder.domain.drill_record import DrillRecord
from responder.domain.plan_in_force import changes_nothing
from responder.drills.annual import Annual, Chain


def drill_year(found: Annual, language: str) -> Paper:
    """The paper, in `zh` or `en`."""
    return _DrillYear(found, language).paper


class _DrillYear:
    def __init__(self, found: Annual, language: str) -> None:
        self.found, self.naming = found, Naming(found.site, language)
        self.said, self.words = self.naming.said, self.naming.words
        year, authority = found.year, self.words(found.authority)
        self.paper = Paper(
            self.said(f"{year}年度应急演练情况报告", f"Report on drills, {year}"),
            language,
            Control(
                number=f"DR-{year}",
                version="1.0",
                approver="",
                sensitivity=self.said("内部", "internal"),
                made_at=self.naming.local(found.made_at),
                firm=self.words(found.site.firm.name),
            ),
            subtitle=self.said(f"报送：{authority}", f"To: {authority}"),
        )
        self._totals()
        self._drills()
        self._findings()
        kept = self.said(
            "记录至少保存两年，可随时查阅。", "Records are kept for two years at least."
        )
        self.paper.text(kept, Tone.QUIET)

    def _totals(self) -> None:
        found, said = self.found, self.said
        first, second = found.by_half
        self.paper.figures(
            [
                (str(len(found.drills)), said("次演练", "drills")),
                (f"{first} + {second}", said("上半年 + 下半年", "first + second half")),
                (f"{found.people} / {found.attendances}", said("人 / 人次", "people / times")),
                (f"{found.put_right}/{len(found.chains)}", said("项问题已整改", "put right")),
            ]
        )
        firm, count = self.words(found.site.firm.name), len(found.drills)
        self.paper.text(
            said(
                f"{firm}按照《证券期货业信息系统运维管理规范》（JR/T 0099）第7.1节，"
                f"{found.year}年组织应急演练{count}次，其中联合演练{found.joint}次，现报告如下。",
                f"Under JR/T 0099, 7.1, {firm} held {count} drills in {found.year},"
                f" {found.joint} of them joint, as follows.",
            )
        )

    def _drills(self) -> None:
        said, naming = self.said, self.naming
        self.paper.heading(said("一、演练情况", "1. The drills"))
        columns = (
            Column(said("编号", "Id"), 31),
            Column(said("日期", "Day"), 23),
            Column(said("演练", "Drill")),
            Column(said("参演", "People"), 16, "right"),
            Column(said("批准", "Approved"), 24),
            Column(said("评估", "Evaluated"), 23),
        )
        rows = [
            (
                one.id,
                one.on.isoformat() if one.on else NOBODY,
                self._what(one),
                str(len(one.participants)),
                naming.person(one.approved_by),
                one.evaluated_on.isoformat() if one.evaluated_on else NOBODY,
            )
            for one in self.found.drills
        ]
        self.paper.table(columns, rows, said("本年度没有演练。", "No drill was held."))

    def _what(self, one: DrillRecord) -> str:
        """What was drilled; where, if not here; and with whom outside the firm."""
        what, where = self.words(one.title, one.scenario), self.words(one.held_at)
        if where:
            what += self.said(f"（{where}举行）", f" (held at {where})")
        if one.partners:
            units = self.naming.listed(self.naming.unit(unit) for unit in one.partners)
            what += self.said(f"（联合：{units}）", f" (jointly with {units})")
        return what

    def _findings(self) -> None:
        said = self.said
        self.paper.heading(said("二、发现的问题与整改", "2. Findings, and what was done"))
        columns = (
            Column(said("演练", "Drill"), 31),
            Column(said("问题", "Finding")),
            Column(said("负责人", "Owner"), 22),
            Column(said("完成", "Done"), 23),
            Column(said("预案", "Plan"), 26),
            Column(said("再次演练", "Tried again"), 31),
        )
        rows = [self._chain(chain) for chain in self.found.chains]
        self.paper.table(columns, rows, said("没有发现问题。", "Nothing was found."))

    def _plan(self, answer: str) -> str:
        """What became of the plan: what changes in it, and where."""
        return self.said("不修订", "no change") if changes_nothing(answer) else answer or NOBODY

    def _chain(self, chain: Chain) -> tuple[str, ...]:
        done = chain.finding.done_on
        return (
            chain.drill,
            self.words(chain.finding.what, chain.finding.id),
            self.naming.person(chain.finding.owner),
            done.isoformat() if done else self.said("整改中", "open"),
            self._plan(chain.plan_changes),
            chain.retried or NOBODY,
        )
