"""No route loses a due report (P6): whatever people do, in whatever order, it is done, ended by
name, or still due, loudly. Held against a book kept beside by the simplest means.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.commands.command import Command
from responder.commands.consent import Confirm
from responder.commands.incidents import phase
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import SetLevel
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.obligations.reporting import DoStep, EndObligation, TakeObligation
from responder.commands.paging.answering import Acknowledge
from responder.commands.reports.grade import ConfirmGrade
from responder.domain.incident import LEGAL, Incident, Phase
from responder.domain.obligation import Kind, Obligation
from responder.domain.record import Entry
from responder.errors import Refused
from tests.acceptance.conftest import EVENING
from tests.stage.play import Play, by
from tests.stage.regulated import GRADED, LOCAL, MINUTE, regulated_firm

DUTY, HEAD, CHIEF, CLERK = by("duty"), by("head"), by("chief"), by("clerk")
HALF_HOUR = 30 * MINUTE
SECOND = timedelta(seconds=1)
FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]

ACTS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 9, 29, 31, 70])),
    st.tuples(st.just("sleep"), st.sampled_from([5, 45])),
    st.tuples(st.just("onward"), st.sampled_from([1, 2, 5])),
    st.tuples(st.just("done"), st.sampled_from(["first", "continuing", "summary", "initial"])),
    st.tuples(st.just("restoration"), st.just("continuing")),
    st.tuples(st.just("level"), st.sampled_from([1, 2, 3, 4])),
    st.tuples(st.just("grade"), st.sampled_from(["major", "ordinary"])),
    st.tuples(st.just("end"), st.sampled_from(["first", "continuing", "summary"])),
    *(st.tuples(st.just(act), st.just("")) for act in ("cancel", "reopen", "drill", "take")),
)


@dataclass
class Book:
    """What an attentive person would note: reports sent and ended, and since when more is owed."""

    play: Play
    incident: str
    declared_at: datetime
    sent: dict[str, datetime] = field(default_factory=dict)
    last: datetime | None = None
    over: bool = False
    lowered: int = 0
    level: int = 2
    stood_down: datetime | None = None

    def act(self, kind: str, what: Any) -> None:
        """Do it as people do: what is refused changes nothing."""
        with suppress(Refused):
            getattr(self, f"do_{kind}")(what)

    def do_wait(self, minutes: int) -> None:
        self.play.wait(minutes * MINUTE)

    def do_sleep(self, minutes: int) -> None:
        self.play.sleep(minutes * MINUTE)

    def do_onward(self, steps: int) -> None:
        """To the end of the emergency, as far as it goes."""
        for _ in range(steps):
            following = LEGAL[self.play.incident(self.incident).phase][-1:]
            if following:
                move = SetPhase(
                    by=DUTY, incident=self.incident, phase=following[0], reason="已验证"
                )
                self.told(move)
            if following == (Phase.STOOD_DOWN,):
                self.stood_down = self.play.now

    def do_reopen(self, _: str) -> None:
        self.told(Reopen(by=DUTY, incident=self.incident, reason="再次中断"))
        self.over, self.stood_down = False, None

    def do_cancel(self, _: str) -> None:
        self.second(Cancel(by=DUTY, incident=self.incident, reason="误报"))

    def do_level(self, level: int) -> None:
        command = SetLevel(by=DUTY, incident=self.incident, level=level, reason="核定")
        soon = any(row.due_at - self.play.now <= HALF_HOUR for row in self.due())
        if level > self.play.incident(self.incident).level:
            self.second(command)
            self.lowered += soon
        else:
            self.told(command)

    def do_grade(self, grade: str) -> None:
        command = ConfirmGrade(
            by=CHIEF, incident=self.incident, regime="graded", grade=grade, reason="复核"
        )
        self.told(command)

    def do_drill(self, _: str) -> None:
        self.told(Declare(by=CLERK, playbook="outage", title="演练", drill=True))

    def do_take(self, _: str) -> None:
        self.told(TakeObligation(by=HEAD, incident=self.incident))

    def do_end(self, id: str) -> None:
        command = EndObligation(
            by=CHIEF, incident=self.incident, obligation=self.latest(id), reason="监管同意"
        )
        self.told(command)

    def do_done(self, id: str, states: tuple[str, ...] = ()) -> None:
        row = next((r for r in self.rows() if r.id.endswith(f"/{self.latest(id)}")), None)
        for step in row.steps if row and row.is_open else ():
            self.told(
                DoStep(
                    by=HEAD,
                    incident=self.incident,
                    obligation=self.latest(id),
                    step=step.id,
                    taken_by="李科长",
                    proof="回执",
                    states=states,
                )
            )
        if row and row.is_open:
            self.sent[row.id] = self.play.now
            if id in ("first", "continuing"):
                self.last = self.play.now
                self.over = self.over or "restored" in states

    def do_restoration(self, id: str) -> None:
        self.do_done(id, ("restored",))

    def told(self, command: Command) -> Any:
        return self.play.do(command)

    def second(self, command: Command) -> None:
        """Asked for by one and agreed to by another, some time later."""
        reply = self.told(command)
        if reply.facts.get("waits_for") is not None:
            self.play.wait(MINUTE)
            self.told(Confirm(by=HEAD, request=reply.id))

    # What is so

    def rows(self) -> list[Obligation]:
        found = self.play.store.read(lambda uow: uow.obligations.of(self.incident))
        return list(found.values())

    def due(self) -> list[Any]:
        return [row for row in self.rows() if row.is_due]

    def latest(self, id: str) -> str:
        found = [row for row in self.rows() if row.duty.endswith(f"/{id}")]
        return max(found, key=lambda row: row.number).id.rpartition("/")[2] if found else id

    def check(self) -> None:
        rows = {row.id: row for row in self.rows()}
        record = self.play.timeline(self.incident)
        incident = self.play.incident(self.incident)
        self.check_first(rows)
        self.check_continuing(rows, incident)
        self.check_summary(rows)
        self.check_grade(rows, incident)
        self.check_doors(rows, incident)
        self.check_said(rows, record)

    def check_first(self, rows: dict[str, Obligation]) -> None:
        """The first report is due by half an hour after the declaration, whatever came since."""
        row = rows["local/first"]
        assert row.due_at == self.declared_at + HALF_HOUR
        assert row.is_open or row.ended_by or row.done_at == self.sent["local/first"]

    def check_continuing(self, rows: dict[str, Obligation], incident: Incident) -> None:
        """Half an hour after each the next is due, till one says that it is over."""
        if self.last is None or self.over:
            return
        named = [row for row in rows.values() if row.duty == "local/continuing"]
        assert any(row.is_due or row.ended_by for row in named) or (
            incident.phase is Phase.CANCELLED
        )
        for row in named:
            if row.is_due:
                assert row.due_at is not None
                assert row.due_at <= self.last + HALF_HOUR

    def check_summary(self, rows: dict[str, Obligation]) -> None:
        if self.stood_down is not None:
            named = [row for row in rows.values() if row.duty == "local/summary"]
            assert any(row.due_at is not None for row in named)

    def check_grade(self, rows: dict[str, Obligation], incident: Incident) -> None:
        """Somebody is to classify until somebody did; a major incident owes its report."""
        dossier = self.play.store.read(lambda uow: uow.dossiers.get(self.incident))
        grade = dossier.grades.get("graded") if dossier else None
        if grade is None:
            assert rows["graded/classify"].is_due
        elif grade == "major" and incident.is_open:
            row = rows["graded/initial"]
            assert row.is_due or row.done_at or row.ended_by
            assert row.due_at == self.declared_at + timedelta(hours=24)

    def check_doors(self, rows: dict[str, Obligation], incident: Incident) -> None:
        """Nothing is cancelled or closed over what is due; it never becomes a drill."""
        assert not incident.drill
        owed = [row for row in rows.values() if row.is_binding and "clarification" not in row.id]
        assert incident.is_open or not owed
        sent = [r for r in rows.values() if r.done_at and r.kind is not Kind.CLASSIFICATION]
        if incident.phase is Phase.CANCELLED and sent:
            assert any("clarification" in row.id for row in rows.values())

    def check_said(self, rows: dict[str, Obligation], record: list[Entry]) -> None:
        """What was ended or lowered is known to compliance; what is late was paged as such."""
        told = [e.payload or {} for e in record if e.kind == "ComplianceTold"]
        named = {id for one in told for id in one["obligations"]}
        assert all(row.id in named for row in rows.values() if row.ended_by)
        assert sum("降低响应级别" in one["text"] for one in told) == self.lowered
        late = [e.payload or {} for e in record if e.kind == "ObligationBreached"]
        breached = {one["obligation"] for one in late}
        for row in rows.values():
            if row.is_due and row.due_at and row.due_at + SECOND <= self.play.now:
                assert row.id in breached


@pytest.fixture
def store(opened: Callable[..., Any]) -> Any:
    """Either database."""
    return opened()


@given(acts=st.lists(ACTS, min_size=3, max_size=14))
@settings(max_examples=30, deadline=None, suppress_health_check=FIXTURES)
def test_no_route_loses_a_due_report(
    store: Any, monkeypatch: pytest.MonkeyPatch, acts: list[tuple[str, Any]]
) -> None:
    """Random days of cancelling, lowering, restoring, closing, reopening, drilling, sleeping.

    What else closing waits for, the investigation, has stories of its own.
    """
    monkeypatch.setattr(phase, "refuse_unfinished", lambda _case: None)
    play = Play.of(store, regulated_firm(LOCAL, GRADED), EVENING)
    declare = Declare(by=CLERK, playbook="outage", title="交易中断", separate="另一事件")
    incident = play.do(declare).id
    play.do(Acknowledge(by=DUTY, incident=incident))
    book = Book(play, incident, play.now)
    for kind, what in acts:
        book.act(kind, what)
        play.wait(timedelta(0))
        book.check()
