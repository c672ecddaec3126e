"""A drill runs on the real engine behind its fence, and the real thing always comes first (P5)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.closing import (
    AnswerPlanChange,
    CloseDrill,
    EvaluateDrill,
    ReportDrill,
)
from responder.commands.drills.conducting import (
    AbortDrill,
    EndDrill,
    MarkExpected,
    Observe,
    PauseDrill,
    ResumeDrill,
    SendRow,
)
from responder.commands.drills.queries import drill_shown, drills
from responder.commands.drills.records import (
    FileYear,
    drill_programme,
    drill_records,
    year_of_drills,
)
from responder.commands.drills.starting import StartDrill
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import SetPhase
from responder.commands.paging.answering import Acknowledge
from responder.domain.drill import Absence, Condition, DrillScenario, Expected, Result, Row
from responder.domain.incident import Phase
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.acceptance.conftest import EVENING
from tests.stage.firm import small_firm
from tests.stage.play import Play, by
from tests.unit.drills.test_flaws import sound

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DRILL = "DRL-2026-0001"
TOLD = Words("情况", "what happens")
SEEN = Expected("seen", "manual", within=30 * MINUTE, objective="o")


def scenario(**fields) -> DrillScenario:
    """Duty lead and head of IT take part; a row at once, one at minute ten if nobody took it."""
    rows = {
        **sound().rows,
        "nobody": Row(
            "nobody",
            at=10 * MINUTE,
            to=("role:it_lead",),
            by=("slack",),
            text=TOLD,
            only_if=(Condition("take", Result.NOT_DONE),),
            expects=(SEEN,),
        ),
    }
    return replace(sound(), rows=rows, **fields)


def firm(one: DrillScenario):
    grants = {"administrator": ("root",), "coordinator": ("clerk",)}
    return small_firm(scenarios={one.id: one}, grants=grants)


@pytest.fixture
def held(store) -> Iterator[Play]:
    """The small firm with a scenario, in the evening."""
    play = Play.of(store, firm(scenario()), EVENING)
    yield play
    play.over()


def start(play: Play, who: str = "clerk", **fields):
    """An approved scenario begins."""
    play.do(ApproveDrill(by=by("boss"), scenario="s"))
    return play.do(StartDrill(by=by(who), scenario="s", **fields))


def people_rung(play: Play) -> set[str]:
    """Everybody to whom anything went since last asked."""
    return {line.split()[0] for line in [*play.rings(), *play.tells()]}


def shown(play: Play, id: str = DRILL) -> dict:
    return play.store.read(lambda uow: drill_shown(uow, id, play.now))


def results(play: Play) -> dict[str, str | None]:
    return {one["id"]: one["result"] for one in shown(play)["expected"]}


def test_it_rings_its_own_people_and_nobody_else(held: Play) -> None:
    """The whole evening long: rows, pages, hunts and the widening stay within the list."""
    reply = start(held)
    assert reply.id == DRILL
    assert set(reply.facts["recipients"]) == {"duty", "deputy", "head", "clerk"}
    held.wait(59 * MINUTE)
    assert people_rung(held) <= {"duty", "deputy", "head", "clerk"}
    messages = held.store.read(lambda uow: uow.outbox.of(DRILL))
    assert messages
    assert all(message.drill for message in messages)


def test_what_was_done_is_read_from_the_record(held: Play) -> None:
    """Taken in time; the row that was for silence is passed over."""
    start(held)
    held.wait(2 * MINUTE)
    held.do(Acknowledge(by=by("duty"), incident=DRILL))
    held.wait(10 * MINUTE)
    found = shown(held)
    assert results(held) == {"take": "done", "seen": None}
    assert found["skipped"] == ["nobody"]
    assert found["objectives"][0]["rating"] == "P"
    people_rung(held)


def test_silence_brings_the_row_that_waits_for_it(held: Play) -> None:
    """Nobody took it: the next row goes out, and the evaluator marks what no entry shows."""
    start(held)
    held.wait(10 * MINUTE)
    assert "nobody" in shown(held)["sent"]
    mark: dict[str, Any] = {"incident": DRILL, "result": Result.PARTIAL, "why": "asked twice"}
    held.do(MarkExpected(by=by("clerk"), expected="seen", **mark))
    assert results(held) == {"take": "not_done", "seen": "partial"}
    with pytest.raises(BadInput, match="The record judges take"):
        held.do(MarkExpected(by=by("clerk"), expected="take", **mark))
    with pytest.raises(UnknownId):
        held.do(MarkExpected(by=by("clerk"), expected="none", **mark))
    people_rung(held)


def test_it_ends_by_itself_and_then_nobody_is_rung(held: Play) -> None:
    """Left running, it is over at its planned end; asked how it went, nobody hears of it again."""
    start(held)
    held.wait(HOUR)
    people_rung(held)
    found = shown(held)
    assert found["ended"] == "left"
    held.wait(24 * HOUR)
    assert held.rings() == []
    assert held.kinds(DRILL)[-2:] == ["DrillEnded", "MessagesSettled"]


def test_ended_by_hand_it_thanks_everybody(held: Play) -> None:
    start(held)
    people_rung(held)
    held.wait(MINUTE)
    people_rung(held)
    reply = held.do(EndDrill(by=by("clerk"), incident=DRILL))
    assert reply.facts == {"done": 0, "late": 0, "partial": 0, "not_done": 1}
    assert {"duty", "deputy", "head"} <= people_rung(held)
    held.wait(24 * HOUR)
    with pytest.raises(BadInput, match="The drill is over"):
        held.do(EndDrill(by=by("clerk"), incident=DRILL))


def test_started_twice_it_is_one(held: Play) -> None:
    start(held)
    with pytest.raises(BadInput, match="runs already: DRL-2026-0001"):
        start(held)
    people_rung(held)


def test_who_may(held: Play) -> None:
    """A coordinator begins and conducts; somebody who is asked to take part does neither."""
    with pytest.raises(NotAllowed):
        start(held, "admin")
    start(held)
    for act in (PauseDrill, AbortDrill):
        with pytest.raises(NotAllowed):
            held.do(act(by=by("admin"), incident=DRILL, reason="because"))
    with pytest.raises(NotAllowed):
        held.do(EndDrill(by=by("admin"), incident=DRILL))
    people_rung(held)


def test_a_flawed_scenario_does_not_begin(store) -> None:
    """Nothing is opened, and the first flaw is named with the way to see the others."""
    play = Play.of(store, firm(scenario(plan={})), EVENING)
    with pytest.raises(BadInput, match=r"has a flaw: .*purpose.*drill check s"):
        start(play)
    assert play.store.read(lambda uow: uow.incidents.all()) == {}
    play.over()


def test_a_pause_is_silence_and_moves_the_rest(held: Play) -> None:
    """Nobody is rung while it stands still; the row of minute ten comes ten minutes of drill in."""
    start(held)
    held.wait(5 * MINUTE)
    people_rung(held)
    held.do(PauseDrill(by=by("clerk"), incident=DRILL, reason="fire alarm test"))
    assert people_rung(held) == {"duty", "deputy", "head", "clerk"}
    held.wait(30 * MINUTE)
    assert people_rung(held) == set()
    held.do(ResumeDrill(by=by("clerk"), incident=DRILL))
    held.wait(4 * MINUTE)
    assert "nobody" not in shown(held)["sent"]
    held.wait(MINUTE)
    assert "nobody" in shown(held)["sent"]
    people_rung(held)


def test_the_real_thing_freezes_it(held: Play) -> None:
    """From the declaration on nobody is rung in the drill; by hand alone it goes on."""
    start(held)
    held.wait(2 * MINUTE)
    people_rung(held)
    real = held.do(Declare(by=by("second"), playbook="leak", title="real")).id
    assert held.incident(DRILL).frozen
    assert shown(held)["paused"]
    told = held.store.read(lambda uow: uow.outbox.of(DRILL))[-1]
    assert "真实事件" in str(told.facts)
    people_rung(held)
    held.do(Acknowledge(by=by("head"), incident=real))
    held.wait(20 * MINUTE)
    drilled = held.store.read(lambda uow: uow.outbox.of(DRILL))
    assert not [m for m in drilled if m.ready_at > EVENING + 3 * MINUTE]
    with pytest.raises(BadInput, match="real incident is still being handled"):
        held.do(ResumeDrill(by=by("clerk"), incident=DRILL))
    for phase in (Phase.CONTAINED, Phase.RESTORED, Phase.STOOD_DOWN):
        held.do(SetPhase(by=by("head"), incident=real, phase=phase, reason="mended"))
    held.do(ResumeDrill(by=by("clerk"), incident=DRILL))
    assert not shown(held)["paused"]
    people_rung(held)


def test_no_drill_begins_while_it_is_real(held: Play) -> None:
    held.do(Declare(by=by("second"), playbook="leak", title="real"))
    with pytest.raises(BadInput, match="A real incident is being handled"):
        start(held)
    people_rung(held)


def test_abort_real_declares_afresh(held: Play) -> None:
    """The drill ends; a new incident begins with its own number, and pages as the real thing."""
    start(held)
    people_rung(held)
    abort = AbortDrill(by=by("clerk"), incident=DRILL, reason="撮合真的停了", real=True)
    reply = held.do(abort)
    assert reply.id == "INC-2026-0001"
    assert not held.incident("INC-2026-0001").drill
    assert held.incident(DRILL).drill
    assert shown(held)["ended"] == "aborted"
    real = held.store.read(lambda uow: uow.outbox.of("INC-2026-0001"))
    assert {"duty", "admin"} <= {message.person for message in real}
    assert not any(message.drill for message in real)
    people_rung(held)


def test_an_answer_in_the_drill_never_counts_for_the_real_thing(held: Play) -> None:
    """The same people at once in both: each record holds its own."""
    start(held)
    real = held.do(Declare(by=by("second"), playbook="outage", title="real")).id
    held.do(Acknowledge(by=by("duty"), incident=real))
    found = held.store.read(lambda uow: uow.escalations.get_many([DRILL, real]))
    assert found[DRILL].acknowledged == {}
    assert list(found[real].acknowledged) == ["duty"]
    people_rung(held)


def test_whoever_is_drawn_is_away_in_the_drill_alone(store) -> None:
    """Chance takes two of the succession; the order passes them over, the register is untouched."""
    one = scenario(
        recipients=("role:duty_lead", "succession"), absent=Absence(2, ("boss", "second"))
    )
    play = Play.of(store, firm(one), EVENING)
    reply = start(play)
    assert sorted(reply.facts["absent"]) == ["boss", "second"]
    play.wait(MINUTE)
    assert not people_rung(play) & {"boss", "second"}
    (asked,) = [e.payload or {} for e in play.timeline(DRILL) if e.kind == "AuthorityEstablished"]
    assert asked["holder"] == "head"
    in_force = play.store.read(lambda uow: uow.sites.get(uow.sites.accepted() or ""))
    assert in_force.absences == ()


def test_a_row_by_hand(held: Play) -> None:
    """Ahead of its time or where its condition left it out; never twice."""
    start(held)
    held.do(Acknowledge(by=by("duty"), incident=DRILL))
    held.wait(11 * MINUTE)
    assert shown(held)["skipped"] == ["nobody"]
    held.do(SendRow(by=by("clerk"), incident=DRILL, row="nobody"))
    assert shown(held)["skipped"] == []
    with pytest.raises(BadInput, match="was sent already"):
        held.do(SendRow(by=by("clerk"), incident=DRILL, row="nobody"))
    with pytest.raises(UnknownId):
        held.do(SendRow(by=by("clerk"), incident=DRILL, row="ghost"))
    people_rung(held)


def test_what_evaluators_saw_is_kept_and_late_entries_say_so(held: Play) -> None:
    start(held)
    held.do(Observe(by=by("clerk"), incident=DRILL, text="calm and clear", strength=True))
    held.do(EndDrill(by=by("clerk"), incident=DRILL))
    held.do(Observe(by=by("clerk"), incident=DRILL, text="nobody wrote it down", objective="o"))
    first, second = shown(held)["observations"]
    assert (first["strength"], first["late"]) == (True, False)
    assert (second["objective"], second["late"]) == ("o", True)
    with pytest.raises(UnknownId):
        held.do(Observe(by=by("clerk"), incident=DRILL, text="x", objective="none"))
    (listed,) = held.store.read(lambda uow: drills(uow, held.now))
    assert listed["counts"] == {"done": 0, "late": 0, "partial": 0, "not_done": 1}
    people_rung(held)


def test_a_scenario_edited_meanwhile_changes_nothing_in_it(held: Play) -> None:
    """The drill keeps its own copy (P9)."""
    start(held)
    edited = replace(scenario(), rows={})
    held.do(AcceptSite(by=by("root"), site=firm(edited)))
    held.wait(10 * MINUTE)
    assert "nobody" in shown(held)["sent"]
    people_rung(held)


# After it


def ended(play: Play) -> Play:
    """A drill is over, and its messages are read."""
    start(play)
    play.do(Acknowledge(by=by("duty"), incident=DRILL))
    play.wait(11 * MINUTE)
    play.do(EndDrill(by=by("clerk"), incident=DRILL))
    people_rung(play)
    return play


def test_only_an_approved_plan_is_held(held: Play) -> None:
    """Not before somebody approved it, not after it was edited, and not by its author's word."""
    begin = StartDrill(by=by("clerk"), scenario="s")
    with pytest.raises(BadInput, match="not approved"):
        held.do(begin)
    with pytest.raises(NotAllowed):
        held.do(ApproveDrill(by=by("clerk"), scenario="s"))
    held.do(ApproveDrill(by=by("boss"), scenario="s"))
    held.do(AcceptSite(by=by("root"), site=firm(scenario(lasts=HOUR - MINUTE))))
    with pytest.raises(BadInput, match="changed since"):
        held.do(begin)
    held.do(AcceptSite(by=by("root"), site=firm(scenario(owner="boss"))))
    with pytest.raises(BadInput, match="cannot approve it"):
        held.do(ApproveDrill(by=by("boss"), scenario="s"))


def test_it_is_closed_once_evaluated_and_the_plans_question_answered(held: Play) -> None:
    """In this order, and then nothing of it changes any more."""
    ended(held)
    close = CloseDrill(by=by("clerk"), incident=DRILL)
    with pytest.raises(BadInput, match="not evaluated"):
        held.do(close)
    held.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
    with pytest.raises(BadInput, match="whether the plan changes"):
        held.do(close)
    held.do(AnswerPlanChange(by=by("clerk"), incident=DRILL, change="none"))
    held.do(close)
    for act in (EvaluateDrill, CloseDrill):
        with pytest.raises(BadInput, match="file is closed"):
            held.do(act(by=by("clerk"), incident=DRILL))


def test_what_only_an_evaluator_sees_is_marked_first(held: Play) -> None:
    start(held)
    held.wait(10 * MINUTE)
    held.do(EndDrill(by=by("clerk"), incident=DRILL))
    people_rung(held)
    with pytest.raises(BadInput, match="Not marked yet: seen"):
        held.do(EvaluateDrill(by=by("clerk"), incident=DRILL))


def test_it_counts_as_a_drill_held(held: Play) -> None:
    """With who took part, who approved it, and the authority's receipt; an aborted one does not."""
    ended(held)
    held.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
    held.do(AnswerPlanChange(by=by("clerk"), incident=DRILL, change="section f: grades"))

    def records(uow):
        return drill_records(uow, uow.sites.get(uow.sites.accepted()))

    (one,) = held.store.read(records)
    assert (one.id, one.scenario, one.approved_by) == (DRILL, "s", "boss")
    assert one.on == date(2026, 11, 23)
    assert set(one.participants) == {"duty", "deputy", "head", "clerk"}
    assert one.plan_changes == "section f: grades"
    start(held)
    held.do(AbortDrill(by=by("clerk"), incident="DRL-2026-0002", reason="enough"))
    assert [one.id for one in held.store.read(records)] == [DRILL]
    with pytest.raises(BadInput, match="no related unit"):
        held.do(ReportDrill(by=by("clerk"), incident=DRILL, to="csrc", receipt="1"))
    people_rung(held)


def test_the_year_is_reported_and_filed(held: Play) -> None:
    """One filing stands with every drill of its year; a year without any is told."""
    ended(held)
    found = held.store.read(lambda uow: year_of_drills(uow, held.now, 2026))
    assert [one.id for one in found.drills] == [DRILL]
    assert found.by_half == (0, 1)
    reply = held.do(FileYear(by=by("clerk"), year=2026, receipt="R-1"))
    assert reply.facts == {"to": "bureau", "drills": [DRILL]}
    (one,) = held.store.read(lambda uow: drill_records(uow, firm(scenario())))
    assert (one.reported_on, one.receipt) == (date(2026, 11, 23), "R-1")
    with pytest.raises(BadInput, match="No drill of 2025"):
        held.do(FileYear(by=by("clerk"), year=2025, receipt="R-1"))
    with pytest.raises(NotAllowed):
        held.do(FileYear(by=by("admin"), year=2026, receipt="R-1"))


def test_the_programme_knows_what_was_drilled(held: Play) -> None:
    """The drill just held is in this half-year's cell; those who were not in it are named."""
    ended(held)
    found = held.store.read(lambda uow: drill_programme(uow, held.now))
    assert found.grid["outage"][-1] == 1
    assert found.never == ("admin",)


def test_a_drill_counts_as_it_was_held_whatever_becomes_of_its_file(held: Play) -> None:
    """The scenario is taken out of the site afterwards: plan and title stay on record."""
    ended(held)
    held.do(AcceptSite(by=by("root"), site=replace(firm(scenario()), scenarios={})))
    (one,) = held.store.read(lambda uow: drill_records(uow, small_firm()))
    assert one.title == scenario().title
    assert one.plan == scenario().plan
