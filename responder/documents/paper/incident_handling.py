"""How an incident was handled: who was called and took it, what was decided, what was done."""

from collections.abc import Callable, Iterator
from functools import partial

from responder.documents.paper.incident_chart import Answering, gantt_of
from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import NOBODY
from responder.documents.paper.section import Section
from responder.documents.paper.table import Cell, Column, Row
from responder.domain.incident_facts import Decision
from responder.domain.task import Progress, Task

ON_A_PAGE = 40
"""People on one picture of how fast they answered."""


class Handling(Section):
    """Sections one to four."""

    def parts(self) -> Iterator[Callable[[], None]]:
        """The course, the answers, decisions and tasks."""
        yield self._course
        yield self._answers
        yield self._decisions
        yield self._tasks

    def _course(self) -> None:
        chart = gantt_of(self.facts, self.naming)
        self.paper.heading(self.said("一、处置进程", "1. The course"))
        self.paper.picture(chart.height, partial(chart.draw, room=self.paper.room))

    def _answers(self) -> None:
        paper, said, naming = self.paper, self.said, self.naming
        paper.heading(said("二、呼叫与接手", "2. Who was called, who took it"))
        people = self.facts.reached
        if not people:
            paper.text(said("没有呼叫记录。", "Nobody was paged."))
            return
        took = naming.span(self.facts.in_hand_after())
        silent = self.facts.unreached()
        told = said(
            f"共呼叫 {len(people)} 人，{took}后首位接手。",
            f"{len(people)} people were paged; the first took it after {took}.",
        )
        if self.facts.in_hand_after() is None:
            told = said(
                f"共呼叫 {len(people)} 人，尚无人接手。",
                f"{len(people)} people were paged; nobody has taken it.",
            )
        if silent:
            told += said(
                f"始终未应答 {len(silent)} 人：{naming.people(silent)}。",
                f" Without any answer: {len(silent)} ({naming.people(silent)}).",
            )
        paper.text(told)
        for first in range(0, len(people), ON_A_PAGE):
            chart = Answering(people[first : first + ON_A_PAGE], self.facts, naming)
            paper.picture(chart.height, partial(chart.draw, room=paper.room))
        paper.heading(said("各渠道接手用时", "Acknowledgement by channel"), 2)
        paper.text(
            said(
                "用时从该人首次被呼叫算起；送达和已读不等于接手。",
                "Counted from a person's first ring; delivered or read is not taken.",
            ),
            Tone.QUIET,
            leads=True,
        )
        columns = (
            Column(said("渠道", "Channel"), strong=True),
            Column(said("呼叫人数", "People"), align="right"),
            Column(said("发出", "Sent"), align="right"),
            Column(said("送达", "Delivered"), align="right"),
            Column(said("失败或不明", "Failed, unknown"), align="right"),
            Column(said("接手人数", "Took it"), align="right"),
            Column(said("中位用时", "Median"), align="right"),
            Column(said("最长用时", "Longest"), align="right"),
        )
        paper.table(
            columns,
            [
                (
                    naming.ways([way.via]),
                    *map(str, (way.people, way.sent, way.delivered, way.failed, way.acknowledged)),
                    naming.span(way.middle),
                    naming.span(way.longest),
                )
                for way in self.facts.ways
            ],
        )

    def _decisions(self) -> None:
        paper, said = self.paper, self.said
        paper.heading(said("三、决策", "3. Decisions"))
        columns = (
            Column(said("事项", "Question")),
            Column(said("提请", "Asked"), 16),
            Column(said("决策", "Decided"), 16),
            Column(said("用时", "Took"), 17),
            Column(said("结果", "Answer"), 17, strong=True),
            Column(said("决策人", "By")),
        )
        rows = [self._decision(one) for one in self.facts.decisions]
        paper.table(columns, rows, said("本事件没有须决策的事项。", "No decision was asked for."))

    def _decision(self, one: Decision) -> Row:
        naming, said = self.naming, self.said
        answer = said("未决", "open")
        if one.decided_at:
            answer = said("同意", "approved") if one.approved else said("不同意", "rejected")
        who = naming.person(one.by) if one.by else naming.people(one.asked)
        if one.acting_for:
            first = naming.person(one.acting_for)
            who += said(f"（代行{first}）", f" (acting for {first})")
        if one.to_be_signed:
            who += said("［待补签］", " [to be signed]")
        what = naming.decision(one.id)
        if one.reason:
            what += said(f"　理由：{self.text(one.reason)}", f"  Reason: {self.text(one.reason)}")
        took = naming.span(one.decided_at - one.asked_at) if one.decided_at else NOBODY
        return what, naming.clock(one.asked_at), naming.clock(one.decided_at), took, answer, who

    def _tasks(self) -> None:
        paper, said = self.paper, self.said
        paper.heading(said("四、任务：计划与实际", "4. Tasks, planned and actual"))
        columns = (
            Column(said("任务", "Task")),
            Column(said("责任", "Owner")),
            Column(said("计划", "Planned"), 16),
            Column(said("实际", "Actual"), 16),
            Column(said("差异", "Difference"), 30),
        )
        rows = [self._task(task) for task in self.facts.tasks]
        paper.table(columns, rows, said("没有任务。", "There are no tasks."))

    def _task(self, task: Task) -> Row:
        naming = self.naming
        owner = (
            naming.person(task.done_by or task.owner)
            if task.done_by or task.owner
            else (naming.role(task.role) or NOBODY)
        )
        late = bool(task.done_at and task.due_at and task.done_at > task.due_at)
        return (
            naming.words(task.title, task.id),
            owner,
            naming.clock(task.due_at),
            naming.clock(task.done_at),
            Cell(self._difference(task), strong=late or task.is_open),
        )

    def _difference(self, task: Task) -> str:
        naming, said = self.naming, self.said
        if task.progress is Progress.NOT_NEEDED:
            return said("登记为不需要", "not needed")
        if task.done_at is None:
            return said("未完成", "not done")
        if task.due_at is None:
            return said("已完成", "done")
        span = naming.span(task.done_at - task.due_at)
        if task.done_at > task.due_at:
            return said(f"迟{span}", f"{span} late")
        return said(f"提前{span}", f"{span} early")
