"""The readiness report as paper: one picture, five numbers, the worst five; then every control."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from responder.documents.paper.control import Control
from responder.documents.paper.lines import Tone
from responder.documents.paper.paper import Paper
from responder.documents.paper.pen import INK, QUIET, RULE, Pattern, Pen
from responder.documents.paper.table import Cell, Column
from responder.domain.words import Words
from responder.readiness.control import LIGHT_NAMES, Light, Standing
from responder.readiness.report_facts import ReadinessReport

SIGNS = {Light.GREEN: "○", Light.AMBER: "△", Light.RED: "×"}
PATTERNS = {Light.GREEN: Pattern.EMPTY, Light.AMBER: Pattern.HATCHED, Light.RED: Pattern.SOLID}
ROW, BAR = 16.0, 9.0
NAMES, COUNTS = 178.0, 92.0
TREND = 74.0
NOBODY = "—"
SHORT = 8
"""Letters of the register's version that tell it apart."""
UNOWNED = Words("未指定责任人", "nobody named yet")


def readiness_report(facts: ReadinessReport, language: str) -> Paper:
    """The report, in `zh` or `en`."""
    return _Report(facts, language).paper


class _Report:
    def __init__(self, facts: ReadinessReport, language: str) -> None:
        self.facts, self.language = facts, language
        either = self.either
        self.paper = Paper(
            either("应急准备情况报告", "Readiness report"),
            language,
            Control(
                number=f"RDY-{facts.made_at:%Y-%m-%d}",
                version=facts.version[:SHORT],
                sensitivity=either("内部", "internal"),
                made_at=facts.made_at,
                firm=facts.firm.said(language),
            ),
            subtitle=either(
                f"依据 JR/T 0099，逐条核对本单位应急准备，截至 {facts.made_at:%Y-%m-%d %H:%M}",
                f"Each clause of JR/T 0099, held against the register and the record as of"
                f" {facts.made_at:%Y-%m-%d %H:%M}",
            ),
        )
        self._figures()
        self._picture()
        self._worst()
        self._trend()
        self._table()
        self._owners()

    # Page one

    def _figures(self) -> None:
        counts, facts, either = self.facts.counts(), self.facts, self.either
        gaps = sum(len(one.gaps) for one in facts.standings)
        oldest = facts.oldest_evidence()
        age = (facts.made_at.date() - oldest).days if oldest else None
        self.paper.figures(
            [
                (
                    f"{counts[Light.GREEN]}/{len(facts.standings)}",
                    either("项合格", "controls in order"),
                ),
                (str(counts[Light.AMBER]), either("项待办", "to be seen to")),
                (str(counts[Light.RED]), either("项不合格", "not met")),
                (str(gaps), either("处缺口", "gaps in all")),
                (
                    NOBODY if age is None else either(f"{age}天", f"{age} d"),
                    either("最早的依据", "oldest evidence"),
                ),
            ]
        )

    def _picture(self) -> None:
        """A bar for each part of the standard: how many controls stand in each state."""
        families = self.facts.by_family()
        most = max((len(standings) for _, standings in families), default=1)

        def draw(pen: Pen, x: float, top: float) -> None:
            for number, (title, standings) in enumerate(families):
                self._bar(pen, x, top - ROW * (number + 1) + 4, title, standings, most)
            self._legend(pen, x + NAMES, top - ROW * (len(families) + 1) + 2)

        self.paper.picture(ROW * (len(families) + 1) + 6, draw)

    def _bar(
        self,
        pen: Pen,
        x: float,
        y: float,
        title: Words,
        standings: Sequence[Standing],
        most: int,
    ) -> None:
        pen.text(x, y + 1, title.said(self.language), 8.3, room=NAMES - 8)
        unit = (self.paper.room - NAMES - COUNTS) / most
        at, said = x + NAMES, list[str]()
        for light in (Light.RED, Light.AMBER, Light.GREEN):
            count = sum(one.light is light for one in standings)
            if count:
                pen.box(at, y - 1, unit * count, BAR, PATTERNS[light])
                at += unit * count
                said.append(f"{SIGNS[light]}{count}")
        pen.text(at + 6, y + 1, "  ".join(said), 8.3, strong=True)

    def _legend(self, pen: Pen, x: float, y: float) -> None:
        for light in (Light.RED, Light.AMBER, Light.GREEN):
            words = f"{SIGNS[light]} {LIGHT_NAMES[light].said(self.language)}"
            pen.box(x, y - 1, 14, 7, PATTERNS[light])
            pen.text(x + 18, y, words, 7.5, grey=QUIET)
            x += 30 + pen.wide(words, 7.5)

    def _worst(self) -> None:
        either = self.either
        self.paper.heading(either("最要紧的事项", "What presses most"), 2)
        columns = (
            Column(either("条款", "Clause"), 17, strong=True),
            Column(either("状态", "State"), 20),
            Column(either("缺什么", "What is lacking")),
            Column(either("责任人", "Owner"), 22),
            Column(either("怎么办", "The mend")),
        )
        rows = [
            (
                one.id,
                self._state(one.light),
                self.said(one.reason),
                self._owner(one.gaps[0].owner if one.gaps else ""),
                self.said(one.mend) or NOBODY,
            )
            for one in self.facts.worst()
        ]
        none = either("没有缺口：全部条款合格。", "Nothing is lacking: every control is in order.")
        self.paper.table(columns, rows, empty=none)

    def _trend(self) -> None:
        """How many were in order on each day, where there is more than one."""
        days = self.facts.trend()
        if len(days) < 2:
            return
        self.paper.heading(self.either("走势：合格项数", "Trend: controls in order"), 2)
        self.paper.picture(
            TREND, lambda pen, x, top: self._line(pen, x, top, days), dispensable=True
        )

    def _line(
        self, pen: Pen, x: float, top: float, days: list[tuple[date, dict[Light, int]]]
    ) -> None:
        left, right, floor, head = x + 26, x + self.paper.room - 30, top - TREND + 16, top - 8
        most = max(sum(counts.values()) for _, counts in days) or 1
        first, last = days[0][0], days[-1][0]
        whole = (last - first).days or 1

        def place(day: date, count: int) -> tuple[float, float]:
            across = left + (right - left) * (day - first).days / whole
            return across, floor + (head - floor) * count / most

        for count in (0, most):
            _, y = place(first, count)
            pen.rule(left, y, right, y, 0.4, RULE)
            pen.text(left - 6, y - 2.5, str(count), 7.5, align="right", grey=QUIET)
        points = [place(day, counts[Light.GREEN]) for day, counts in days]
        for (from_x, from_y), (to_x, to_y) in pairwise(points):
            pen.rule(from_x, from_y, to_x, to_y, 1.3, INK)
        for at_x, at_y in (points[0], points[-1]):
            pen.diamond(at_x, at_y, 2.6, filled=True)
        end_x, end_y = points[-1]
        pen.text(end_x + 6, end_y - 2.5, str(days[-1][1][Light.GREEN]), 8.3, strong=True)
        pen.text(left, floor - 11, first.isoformat(), 7.5, grey=QUIET)
        pen.text(right, floor - 11, last.isoformat(), 7.5, align="right", grey=QUIET)

    # What follows

    def _table(self) -> None:
        paper, either = self.paper, self.either
        paper.page_break()
        paper.heading(either("一、逐条情况", "1. Clause by clause"))
        columns = (
            Column(either("条款", "Clause"), 16, strong=True),
            Column(either("要求", "What it asks"), 48),
            Column(either("状态", "State"), 23),
            Column(either("依据，或缺口与办法", "Evidence, or what is lacking and its mend")),
            Column(either("依据日期", "As of"), 22),
        )
        for title, standings in self.facts.by_family():
            paper.heading(title.said(self.language), 2)
            paper.table(columns, [self._row(one) for one in standings])

    def _row(self, one: Standing) -> tuple[str | Cell, ...]:
        evidence = one.evidence_on
        age = (self.facts.made_at.date() - evidence).days if evidence else 0
        days = self.either(f"\n（{age}天前）", f"\n({age} d ago)") if evidence else ""
        more = len(one.gaps) - 1
        several = self.either(f"（另有{more}处，见第二部分）", f" (and {more} more: part 2)")
        mend = (
            self.either("\n→ 办法：", "\n→ ") + self.said(one.mend) if self.said(one.mend) else ""
        )
        return (
            one.id,
            self.said(one.title),
            Cell(self._state(one.light), strong=one.light is Light.RED),
            self.said(one.reason) + several * (more > 0) + mend,
            f"{evidence}{days}" if evidence else NOBODY,
        )

    def _owners(self) -> None:
        paper, either = self.paper, self.either
        paper.heading(either("二、缺口与责任人", "2. Gaps, by who is to see to them"))
        columns = (
            Column(either("条款", "Clause"), 17, strong=True),
            Column(either("状态", "State"), 22),
            Column(either("缺什么", "What is lacking")),
            Column(either("怎么办", "The mend")),
        )
        owned = self.facts.by_owner()
        if not owned:
            paper.text(either("没有缺口。", "There are no gaps."))
        for owner, gaps in owned:
            name, count = self._owner(owner), len(gaps)
            paper.heading(either(f"{name}：{count}处", f"{name}: {count}"), 2)
            rows = [
                (one.id, self._state(gap.light), self.said(gap.what), self.said(gap.mend))
                for one, gap in gaps
            ]
            paper.table(columns, rows)
        paper.text(
            either(
                "状态：○合格；△待办，指快到期或只完成一部分；×不合格，指必备事项缺失或逾期。",
                "State: ○ in order; △ to be seen to: soon due, or done in part; × not met: a"
                " required thing is missing or overdue.",
            ),
            Tone.QUIET,
        )

    # Words

    def _state(self, light: Light) -> str:
        return f"{SIGNS[light]} {LIGHT_NAMES[light].said(self.language)}"

    def _owner(self, id: str) -> str:
        if not id:
            return self.said(UNOWNED)
        name = self.facts.names.get(id)
        return (name.said(self.language) if name else "") or id

    def said(self, words: Words) -> str:
        """Words in the report's language."""
        return words.said(self.language)

    def either(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh
