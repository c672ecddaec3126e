"""The paper after a drill: what was planned and what was done, and what is to be put right."""

from collections.abc import Iterator

from responder.documents.paper.control import Control
from responder.documents.paper.drill_feedback import feedback_section
from responder.documents.paper.drill_lanes import SIGNS, lanes
from responder.documents.paper.drill_partners import partners_section
from responder.documents.paper.drill_words import scored_words
from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import NOBODY, Naming
from responder.documents.paper.paper import Paper
from responder.documents.paper.table import Column
from responder.domain.drill import KIND_NAMES, Result
from responder.domain.drill_run import Ended, Observation
from responder.domain.measure import STATE_NAMES
from responder.domain.words import Words
from responder.drills.after_action import AfterAction, Earlier
from responder.drills.by_hand import NAME
from responder.drills.remarks import remarks
from responder.drills.scoring import RATING_NAMES, RESULT_NAMES, Score

ENDED = {
    Ended.DONE: Words("按计划结束", "ended as planned"),
    Ended.ABORTED: Words("中止", "aborted"),
    Ended.LEFT: Words("到时自动结束", "ended by itself at its time"),
}


def after_action(found: AfterAction, language: str) -> Paper:
    """The paper, in `zh` or `en`."""
    return _AfterAction(found, language).paper


class _AfterAction:
    def __init__(self, found: AfterAction, language: str) -> None:
        self.found, self.naming = found, Naming(found.site, language)
        self.said = self.naming.said
        self.paper = Paper(
            self.said("应急演练评估报告", "After-action report"),
            language,
            Control(
                number=found.run.id,
                version="1.0" if found.run.closed_at else "0.9",
                author=self.naming.person(found.run.evaluated_by or found.run.started_by),
                approver=self.naming.person(found.run.closed_by) if found.run.closed_by else "",
                sensitivity=self.said("内部", "internal"),
                made_at=self.naming.local(found.made_at),
                firm=self.naming.words(found.site.firm.name),
            ),
            subtitle=self.naming.words(found.scenario.title),
        )
        self._summary()
        partners_section(self.paper, found.scenario, found.run, self.naming)
        self._objectives()
        self._picture()
        self._findings()
        self._timeline()
        self._answers()
        self._before()
        self._measures()
        feedback_section(self.paper, found.run, self.naming, anonymous=found.anonymous)
        self._proof()

    def _summary(self) -> None:
        found, said, naming, run = self.found, self.said, self.naming, self.found.run
        counts = found.counts
        total = sum(counts.values())
        taken = found.answer_time
        self.paper.figures(
            [
                (f"{counts[Result.DONE]}/{total}", said("项按时做到", "done in time")),
                (
                    str(counts[Result.LATE] + counts[Result.PARTIAL]),
                    said("项超时或部分", "late or in part"),
                ),
                (str(counts[Result.NOT_DONE]), said("项未做到", "not done")),
                (
                    naming.span(taken) if taken else NOBODY,
                    said("接手用时中位数", "median until taken"),
                ),
            ]
        )
        ended = naming.words(ENDED[run.ended]) if run.ended else NOBODY
        begun, over = (naming.clock(at, "%Y-%m-%d %H:%M") for at in (run.started_at, run.ended_at))
        when = f"{begun} – {over}　{ended}"
        self.paper.key_values(
            [
                (said("演练类型", "Kind"), naming.words(KIND_NAMES[found.scenario.kind])),
                (
                    said("时间", "When"),
                    when,
                ),
                (
                    said("参演", "Took part"),
                    said(f"{len(run.took_part)}人", f"{len(run.took_part)} people"),
                ),
                (said("演练中缺席", "Away in it"), naming.people(run.absent)),
                *self._counted_by_hand(),
                (said("计划批准人", "Plan approved by"), naming.person(run.approved_by)),
                (said("预案是否修订", "Does the plan change"), self._answer()),
            ]
        )

    def _counted_by_hand(self) -> list[tuple[str, str]]:
        n = self.found.by_hand
        return [(self.naming.words(NAME), self.said(f"{n}项", f"{n} of them"))] * bool(n)

    def _answer(self) -> str:
        change = self.found.run.plan_change
        if not change:
            return self.said("尚未回答", "not answered yet")
        return self.said("不需要", "no") if change == "none" else change

    def _objectives(self) -> None:
        said, naming, found = self.said, self.naming, self.found
        self.paper.heading(said("一、目标评定", "1. Objectives"))
        rows = []
        for id, rated in found.ratings.items():
            one = found.scenario.objectives[id]
            mine = [score for score in found.scores.values() if score.objective == id]
            done = sum(score.result is Result.DONE for score in mine)
            rows.append(
                (
                    naming.words(one.title, id),
                    one.clause or NOBODY,
                    f"{done}/{len(mine)}",
                    rated.value if rated else NOBODY,
                    naming.words(RATING_NAMES[rated]) if rated else said("未涉及", "not tried"),
                )
            )
        self.paper.table(
            (
                Column(said("目标", "Objective")),
                Column(said("条款", "Clause"), 18),
                Column(said("做到", "Done"), 16, "right"),
                Column(said("评定", "Rating"), 14),
                Column("", 48),
            ),
            rows,
        )
        self.paper.text(
            said(
                "评定规则：全部按时为 P；有超时或部分做到为 S；"
                "有未做到但不超过一半为 M；超过一半未做到为 U。",
                "P: all in time. S: some late or in part. M: some not done, at most half."
                " U: more than half not done.",
            ),
            Tone.QUIET,
        )

    def _picture(self) -> None:
        if self.found.scores:
            self.paper.heading(self.said("二、时限与实际用时", "2. Limits and what was taken"))
            lanes(self.paper, self.found, self.naming)

    def _what(self, score: Score) -> str:
        return scored_words(score, self.found.scenario, self.naming)

    # Words

    def _findings(self) -> None:
        said, found = self.said, self.found
        self.paper.heading(said("三、做得好的", "3. Strengths"))
        self._observed(found.strengths, said("没有登记。", "None was put down."))
        self.paper.heading(said("四、需要改进的", "4. Areas for improvement"))
        short = [self._short(score) for score in found.fallen_short]
        if short:
            self.paper.bullets(short)
        self._observed(found.to_improve, "" if short else said("没有登记。", "None was put down."))

    def _remarks(self, score: Score) -> list[str]:
        site, naming = self.found.site, self.naming
        found = remarks(score, site, lambda at: naming.clock(at, "%H:%M"))
        return [naming.words(one) for one in found]

    def _short(self, score: Score) -> str:
        """One line of what fell short, with why."""
        why = self.said("；", "; ").join(self._remarks(score))
        return self._came_short(score) + (self.said("：", ": ") + why) * bool(why)

    def _came_short(self, score: Score) -> str:
        said, naming = self.said, self.naming
        words = naming.words(RESULT_NAMES[score.result])
        due = naming.clock(score.due_at)
        if score.done_at is None:
            return said(
                f"{self._what(score)}：{words}（时限{due}）",
                f"{self._what(score)}: {words} (limit {due})",
            )
        at, who = naming.clock(score.done_at), naming.person(score.by)
        return said(
            f"{self._what(score)}：{words}（时限{due}，{at}由{who}完成）",
            f"{self._what(score)}: {words} (limit {due}; {at}, by {who})",
        )

    def _observed(self, observations: list[Observation], otherwise: str) -> None:
        if not observations:
            if otherwise:
                self.paper.text(otherwise, Tone.QUIET)
            return
        late = self.said("（结束后补记）", " (entered after the end)")
        self.paper.bullets(
            [f"{one.text}（{self.naming.person(one.by)}）{late * one.late}" for one in observations]
        )

    def _timeline(self) -> None:
        said = self.said
        self.paper.heading(said("五、计划与实际", "5. Planned and actual"))
        self.paper.table(
            (
                Column(said("计划", "Planned"), 17),
                Column(said("实际", "Sent"), 19),
                Column(said("事件与预期动作", "Row, and what was expected")),
                Column(said("时限", "Limit"), 19),
                Column(said("完成", "Done"), 19),
                Column(said("何人", "Who"), 24),
                Column(said("结果", "Result"), 24),
            ),
            list(self._rows()),
        )

    def _rows(self) -> Iterator[tuple[str, ...]]:
        naming, run = self.naming, self.found.run
        for row in sorted(self.found.scenario.rows.values(), key=lambda one: one.at):
            planned = naming.clock(run.instant(row.at), "%H:%M")
            sent = run.sent.get(row.id)
            skipped = self.said("不适用", "not applicable") if row.id in run.skipped else NOBODY
            text = naming.words(row.text, row.id)
            yield planned, naming.clock(sent) if sent else skipped, text, "", "", "", ""
            yield from self._warned(row.id)
            for one in row.expects:
                score = self.found.scores.get(one.id)
                if score is not None:
                    yield "", "", f"→ {self._what(score)}", *self._came(score)
                    for remark in self._remarks(score):
                        yield "", "", f"　　{remark}", "", "", "", ""

    def _warned(self, row: str) -> Iterator[tuple[str, ...]]:
        """What became of the early warning that a row raised."""
        naming = self.naming
        for one in (each for each in self.found.warnings if each.row == row):
            for step in one.steps:
                what = f"{one.id} {naming.words(step.what)}"
                who = naming.person(step.by) if step.by else ""
                yield "", "", what, "", naming.clock(step.at), who, ""

    def _came(self, score: Score) -> tuple[str, str, str, str]:
        naming = self.naming
        entry = f" #{score.entry}" if score.entry else ""
        hand = self.said("（补登）", " (by hand)") * bool(score.by_hand)
        result = f"{SIGNS[score.result]} {naming.words(RESULT_NAMES[score.result])}{hand}{entry}"
        done = naming.clock(score.done_at) if score.done_at else NOBODY
        return naming.clock(score.due_at), done, naming.person(score.by), result

    def _answers(self) -> None:
        said, naming, found = self.said, self.naming, self.found
        self.paper.heading(said("六、呼叫应答", "6. Who answered"))
        rows = sorted(found.acknowledged.items(), key=lambda one: one[1])
        self.paper.table(
            (
                Column(said("人员", "Person")),
                Column(said("首次呼叫到接手", "First ring to taken"), 50, "right"),
            ),
            [(naming.person(who), naming.span(span)) for who, span in rows],
            said("没有人接手。", "Nobody took the page."),
        )
        if found.silent:
            names = naming.people(found.silent)
            self.paper.text(said(f"被呼叫而未接手：{names}。", f"Rung and not taken: {names}."))

    def _before(self) -> None:
        said, naming, found = self.said, self.naming, self.found
        self.paper.heading(
            said("七、与以往同一演练相比", "7. Beside earlier drills of this scenario")
        )
        run = found.run
        here = Earlier(run.id, run.started_at, found.counts, found.ratings, found.by_hand)
        every = [*found.earlier, here]
        if len(every) == 1:
            self.paper.text(said("首次按此脚本演练。", "This is the first drill by this scenario."))
            return
        self.paper.table(
            (
                Column(said("演练", "Drill"), 32),
                Column(said("日期", "Day"), 26),
                Column(said("做到/超时/部分/未做到", "Done/late/part/not"), 44),
                Column(said("目标评定", "Ratings")),
            ),
            [
                (
                    one.id,
                    naming.clock(one.on, "%Y-%m-%d"),
                    self._counts(one),
                    "　".join(f"{o}:{r.value if r else NOBODY}" for o, r in one.ratings.items()),
                )
                for one in every
            ],
        )

    def _counts(self, one: Earlier) -> str:
        hand = self.said(f"（补登{one.by_hand}）", f" ({one.by_hand} by hand)")
        return "/".join(str(one.counts[result]) for result in Result) + hand * bool(one.by_hand)

    def _measures(self) -> None:
        said, naming, found = self.said, self.naming, self.found
        self.paper.heading(said("八、整改措施", "8. What is to be put right"))
        today = naming.local(found.made_at).date()
        self.paper.table(
            (
                Column(said("编号", "Id"), 26),
                Column(said("措施", "Measure")),
                Column(said("负责人", "Owner"), 24),
                Column(said("期限", "Due"), 24),
                Column(said("状态", "State"), 22),
            ),
            [
                (
                    one.id,
                    f"{one.title}{self._again(one.id)}",
                    naming.person(one.owner),
                    one.due_on.isoformat(),
                    naming.words(STATE_NAMES[one.state(today)]),
                )
                for one in found.measures
            ],
            said("没有列入整改台账的措施。", "No measure is on the register."),
        )

    def _again(self, measure: str) -> str:
        """That it was found before, and where."""
        before = "、".join(self.found.repeats.get(measure, ()))
        if not before:
            return ""
        return self.said(f"（再次发现，见{before}）", f" (found again, see {before})")

    def _proof(self) -> None:
        said, found = self.said, self.found
        self.paper.text(
            said(
                f"各项结果由处置记录判定，#后为记录序号；末条记录哈希 {found.head}。"
                "核验：responder ledger verify。",
                f"Results are read from the record; # is the entry. Hash of the last: {found.head}."
                " Verify: responder ledger verify.",
            ),
            Tone.QUIET,
        )
