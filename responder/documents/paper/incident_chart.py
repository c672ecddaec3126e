"""The charts of the incident report: the whole of it over time, and how fast people answered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from responder.documents.paper.gantt import Bar, Gantt, Lane, Mark, Shade
from responder.documents.paper.naming import Naming
from responder.documents.paper.pen import INK, QUIET, Pattern, Pen
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.incident_facts import IncidentFacts, Reached
from responder.domain.obligation import Obligation

PATTERNS = {
    Phase.DECLARED: Pattern.CROSSED,
    Phase.ACTIVE: Pattern.HATCHED,
    Phase.CONTAINED: Pattern.DOTTED,
    Phase.RESTORED: Pattern.EMPTY,
}
MOST_TASKS = 18
MOST_DECISIONS = 6
MOST_DUTIES = 8
MOST_AT_FIRST = 4
FEW = ("due", "late", Pattern.PALE)
MARGIN = 0.02
ROW = 13.0


def overview_of(facts: IncidentFacts, naming: Naming) -> Gantt:
    """Its state and what was due, in a few lines."""
    whole = gantt_of(facts, naming)
    state = Lane(naming.said("事件状态", "State"), list(_phases(facts, naming)))
    lanes = [state, *_paging(facts, naming), *_due(facts, naming, MOST_AT_FIRST)]
    return replace(whole, lanes=lanes, legend=[one for one in whole.legend if one[0] in FEW])


def gantt_of(facts: IncidentFacts, naming: Naming) -> Gantt:
    """The incident from its beginning to stand-down."""
    began = min(facts.began_at(), facts.incident.declared_at)
    ended = max(facts.handled_until(), *_instants(facts), began + timedelta(minutes=1))
    margin = (ended - began) * MARGIN
    return Gantt(
        naming.local(began - margin),
        naming.local(ended + margin),
        list(_lanes(facts, naming)),
        [Shade(naming.words(one.name), one.starts, one.ends) for one in facts.sessions],
        list(_legend(facts, naming)),
    )


def _instants(facts: IncidentFacts) -> Iterator[datetime]:
    yield facts.incident.declared_at
    yield from (one.decided_at for one in facts.decisions if one.decided_at)
    until = facts.handled_until()
    yield from (t.done_at for t in facts.tasks_done() if t.done_at and t.done_at <= until)


def _lanes(facts: IncidentFacts, naming: Naming) -> Iterator[Lane]:
    yield Lane(naming.said("事件状态", "State"), list(_phases(facts, naming)))
    yield from _paging(facts, naming)
    for decision in facts.decisions[:MOST_DECISIONS]:
        ends = decision.decided_at or facts.handled_until()
        pattern = Pattern.GREY if decision.decided_at else Pattern.EMPTY
        name = naming.said("决策：", "Decision: ") + naming.decision(decision.id)
        yield Lane(name, [Bar(decision.asked_at, ends, pattern)])
    yield from _due(facts, naming, MOST_DUTIES)
    for task in facts.tasks[:MOST_TASKS]:
        ends = task.done_at or facts.handled_until()
        pattern = Pattern.SOLID if task.done_at else Pattern.EMPTY
        planned = [Mark(task.due_at, planned=True)] if task.due_at else []
        bar = Bar(facts.incident.declared_at, ends, pattern)
        yield Lane(naming.words(task.title, task.id), [bar], planned)


def _due(facts: IncidentFacts, naming: Naming, most: int) -> Iterator[Lane]:
    for duty in _duties(facts)[:most]:
        late = facts.is_late(duty)
        name = naming.said("报送：", "Due: ") + naming.words(duty.title)
        marks = [Mark(duty.due_at, filled=late)] if duty.due_at else []
        yield Lane(name, list(_worked_on(duty)), marks)


def _worked_on(duty: Obligation) -> Iterator[Bar]:
    if duty.started_at and duty.done_at:
        yield Bar(duty.started_at, duty.done_at, Pattern.GREY)


def _duties(facts: IncidentFacts) -> list[Obligation]:
    due = [one for one in facts.obligations if one.due_at and not one.ended]
    return sorted(due, key=lambda one: one.due_at or facts.made_at)


def _phases(facts: IncidentFacts, naming: Naming) -> Iterator[Bar]:
    ends = [turn.at for turn in facts.turns[1:]]
    for turn, end in zip(facts.turns, [*ends, facts.handled_until()], strict=True):
        if turn.phase in PATTERNS and end > turn.at:
            yield Bar(turn.at, end, PATTERNS[turn.phase], naming.words(PHASE_NAMES[turn.phase]))


def _paging(facts: IncidentFacts, naming: Naming) -> Iterator[Lane]:
    first = min((one.rung_at for one in facts.reached if one.rung_at), default=None)
    if first:
        took = facts.in_hand_after()
        ends = facts.incident.declared_at + took if took else facts.handled_until()
        yield Lane(
            naming.said("呼叫至接手", "Paging until taken"), [Bar(first, ends, Pattern.CROSSED)]
        )


def _legend(facts: IncidentFacts, naming: Naming) -> Iterator[tuple[Pattern | str, str]]:
    said = naming.said
    yield Pattern.SOLID, said("任务（已完成）", "task, done")
    yield Pattern.EMPTY, said("未完成", "open")
    yield "planned", said("计划时限", "planned limit")
    if _duties(facts):
        yield "due", said("报送时限", "report due")
        yield "late", said("迟报", "late")
    if facts.sessions:
        yield Pattern.PALE, said("交易时间", "trading time")


class Answering:
    """How long each of some people took to answer, as bars; who never did is named."""

    def __init__(self, people: Sequence[Reached], facts: IncidentFacts, naming: Naming) -> None:
        self.people = people
        self.naming = naming
        spans = [one.after for one in facts.reached if one.after is not None]
        self.longest = max(spans, default=timedelta(minutes=1)) or timedelta(seconds=1)

    @property
    def height(self) -> float:
        """How high it is drawn, in points."""
        return ROW * len(self.people) + 6

    def draw(self, pen: Pen, x: float, top: float, room: float) -> None:
        """Draw it."""
        left, scale = x + 128, (room - 128 - 150) / self.longest.total_seconds()
        for number, one in enumerate(self.people):
            y = top - ROW * (number + 1) + 3
            pen.text(x, y + 1, self.naming.person(one.person), 7.8, room=120)
            if one.after is None:
                pen.box(left, y - 0.5, 26, 7.5, Pattern.EMPTY)
                words = self._unasked(one) if one.answer else self._silent(one)
                pen.text(left + 31, y + 0.6, words, 7.3, strong=not one.answer)
                continue
            wide = max(one.after.total_seconds() * scale, 1.5)
            taken = one.answer == "acknowledged"
            pen.box(left, y - 0.5, wide, 7.5, Pattern.SOLID if taken else Pattern.HATCHED)
            pen.text(left + wide + 5, y + 0.6, self._said(one), 7.3, grey=INK if taken else QUIET)

    def _said(self, one: Reached) -> str:
        said = self.naming.said
        what = {
            "acknowledged": said("接手", "took it"),
            "declined": said("转下一位", "passed it on"),
            "seen": said("已看到（不计入接手）", "saw it (not counted)"),
        }[one.answer]
        return f"{self.naming.span(one.after)} · {what}"

    def _unasked(self, one: Reached) -> str:
        at = self.naming.clock(one.answered_at)
        return self.naming.said(f"{at} 接手，未经呼叫", f"took it at {at} without being rung")

    def _silent(self, one: Reached) -> str:
        rings = self.naming.said(
            f"呼叫 {one.rings} 次，未应答", f"rung {one.rings} times, no answer"
        )
        return f"{rings} ({self.naming.ways(one.vias)})"
