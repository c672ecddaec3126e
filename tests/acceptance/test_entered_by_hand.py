"""What was done outside the system is entered by hand: by its true time, by name, until closing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from responder.commands.drills.after_action import after_action
from responder.commands.drills.closing import AnswerPlanChange, CloseDrill, EvaluateDrill
from responder.commands.drills.conducting import EndDrill, MarkExpected, Observe
from responder.commands.drills.entering import EnterAction
from responder.commands.drills.queries import drills
from responder.commands.paging.answering import Acknowledge
from responder.domain.drill import Absence, Condition, DrillScenario, Result
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, firm, people_rung, results, scenario, shown, start
from tests.stage.play import Play, by
from tests.stage.talk import Talk
from tests.unit.drills.test_flaws import TAKE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def held(store) -> Iterator[Play]:
    """A drill of which nobody took the page; eleven minutes in."""
    play = Play.of(store, firm(scenario()), EVENING)
    start(play)
    play.wait(11 * MINUTE)
    yield play
    people_rung(play)
    play.over()


def enter(play: Play, after: timedelta, who: str = "clerk", **fields: Any) -> Any:
    """The duty lead took it by his own phone, some time after the start."""
    usual: dict[str, Any] = {"incident": DRILL, "expected": "take", "person": "duty"}
    usual |= {"at": EVENING + after, "reason": "私人电话接手，通话记录已看"}
    return play.do(EnterAction(by=by(who), **(usual | fields)))


def taken(play: Play) -> dict[str, Any]:
    return next(one for one in shown(play)["expected"] if one["id"] == "take")


def test_what_no_entry_shows_is_entered_by_its_true_time(held: Play) -> None:
    """Not done becomes done, marked with who entered it, when and why."""
    assert taken(held)["result"] == "not_done"
    reply = enter(held, 4 * MINUTE)
    assert "做到（人工补登）" in reply.said.zh
    found = taken(held)
    assert (found["result"], found["who"]) == ("done", "duty")
    assert found["done_at"] == (EVENING + 4 * MINUTE).isoformat()
    at = EVENING + 11 * MINUTE
    reason = "私人电话接手，通话记录已看"
    assert found["by_hand"] == {"by": "clerk", "at": at.isoformat(), "reason": reason}
    assert shown(held)["by_hand"] == 1
    (listed,) = held.store.read(lambda uow: drills(uow, held.now))
    assert listed["by_hand"] == 1
    assert held.kinds(DRILL)[-1] == "ActionEntered"


def test_after_its_limit_it_is_late_by_its_true_time(held: Play) -> None:
    enter(held, 6 * MINUTE)
    assert results(held)["take"] == "late"


def test_entered_again_the_later_entry_counts_and_both_stay(held: Play) -> None:
    """A mistake is mended by another entry, never by taking one away."""
    enter(held, 4 * MINUTE)
    enter(held, 7 * MINUTE)
    assert results(held)["take"] == "late"
    first, second = [e for e in held.timeline(DRILL) if e.kind == "ActionEntered"]
    assert ((first.payload or {})["replaces"], (second.payload or {})["replaces"]) == (0, first.seq)


def test_what_the_record_proves_needs_no_hand(store) -> None:
    """Refused, with the entry that proves it; nothing is written."""
    play = Play.of(store, firm(scenario()), EVENING)
    start(play)
    play.wait(MINUTE)
    play.do(Acknowledge(by=by("duty"), incident=DRILL))
    with pytest.raises(BadInput, match=r"The record shows take as done \(entry \d+\)"):
        enter(play, MINUTE)
    assert "ActionEntered" not in play.kinds(DRILL)
    people_rung(play)
    play.over()


@pytest.mark.parametrize(
    ("after", "fields", "en"),
    [
        (-MINUTE, {}, "is not between"),
        (12 * MINUTE, {}, "is not between"),
        (MINUTE, {"person": "boss"}, "no person in the drill"),
        (MINUTE, {"person": "clerk"}, "what they did themselves"),
        (MINUTE, {"reason": " "}, "The reason is empty"),
        (MINUTE, {"expected": "none"}, "no expected action"),
        (11 * MINUTE, {"expected": "seen"}, "marked by an evaluator"),
    ],
)
def test_what_cannot_have_been_so_is_refused(held: Play, after, fields, en) -> None:
    """Outside the drill's time, by nobody of it, by oneself, without a reason: nothing changes."""
    with pytest.raises((BadInput, UnknownId)) as refused:
        enter(held, after, **fields)
    assert en in str(refused.value)
    assert "ActionEntered" not in held.kinds(DRILL)


@pytest.mark.parametrize("who", ["root", "admin"])
def test_only_who_answers_for_drills_enters(held: Play, who: str) -> None:
    """Nobody who was merely paged vouches for a colleague."""
    with pytest.raises(NotAllowed, match="coordinator"):
        enter(held, MINUTE, who)


def test_who_was_away_in_it_did_nothing_in_it(store) -> None:
    away = Absence(1, ("role:it_lead",))
    play = Play.of(store, firm(scenario(absent=away)), EVENING)
    start(play)
    play.wait(11 * MINUTE)
    with pytest.raises(BadInput, match="was away in this drill"):
        enter(play, MINUTE, person="head")
    people_rung(play)
    play.over()


def test_a_row_that_never_went_out_asked_for_nothing(store) -> None:
    play = Play.of(store, firm(skipped()), EVENING)
    start(play)
    play.wait(11 * MINUTE)
    with pytest.raises(BadInput, match="was never sent"):
        enter(play, MINUTE, expected="again")
    people_rung(play)
    play.over()


def skipped() -> DrillScenario:
    """A row that only comes once the page was taken, and asks for it again."""
    one = scenario()
    row = replace(
        one.rows["nobody"],
        only_if=(Condition("take", Result.DONE),),
        expects=(replace(TAKE, id="again"),),
    )
    return replace(one, rows={**one.rows, "nobody": row})


def test_it_is_entered_until_the_file_is_closed(held: Play) -> None:
    """After the end, and after the evaluation, which then is made anew; never after closing."""
    mark: dict[str, Any] = {"incident": DRILL, "expected": "seen", "why": "on site"}
    held.do(MarkExpected(by=by("clerk"), result=Result.DONE, **mark))
    held.do(EndDrill(by=by("clerk"), incident=DRILL))
    held.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
    held.do(AnswerPlanChange(by=by("clerk"), incident=DRILL, change="none"))
    held.wait(60 * MINUTE)
    with pytest.raises(BadInput, match="is not between"):
        enter(held, 30 * MINUTE)
    assert "Evaluate it anew" in enter(held, 4 * MINUTE).said.en
    with pytest.raises(BadInput, match="not evaluated"):
        held.do(CloseDrill(by=by("clerk"), incident=DRILL))
    held.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
    held.do(CloseDrill(by=by("clerk"), incident=DRILL))
    late: list[Any] = [
        EnterAction(
            by=by("clerk"),
            incident=DRILL,
            expected="take",
            person="duty",
            at=EVENING + MINUTE,
            reason="again",
        ),
        MarkExpected(by=by("clerk"), result=Result.LATE, **mark),
        Observe(by=by("clerk"), incident=DRILL, text="too late"),
    ]
    for command in late:
        with pytest.raises(BadInput, match="file is closed"):
            held.do(command)


def test_the_paper_says_so(held: Play) -> None:
    """How many, and of each who entered it."""
    held.do(EndDrill(by=by("clerk"), incident=DRILL))
    enter(held, 4 * MINUTE)
    found = held.store.read(lambda uow: after_action(uow, DRILL, held.now))
    assert found.by_hand == 1
    by_hand = found.scores["take"].by_hand
    assert by_hand is not None
    assert by_hand.entered_by == "clerk"


@pytest.mark.parametrize(
    "line",
    [
        "补登 take @duty {at} 私人电话接手",
        "补登 take duty 理由=“私人电话接手” 时间={at}",
        'drill enter take @duty {at} "took it by his own phone"',
    ],
)
def test_in_chat_words(held: Play, line: str) -> None:
    """A line, without naming the drill; a word that lacks is asked for."""
    talk = Talk(held)
    at = f"{local(EVENING + 4 * MINUTE):%H:%M}"
    talk.hears("clerk", line.format(at=at))
    found = taken(held)
    assert (found["result"], found["by_hand"]["by"]) == ("done", "clerk")
    heard = talk.hears("clerk", "演练情况")
    assert "人工补登1" in heard
    assert "take 人工补登（" in heard


def local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo("Asia/Shanghai"))
