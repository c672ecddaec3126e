"""A drill gets a day: outside sessions, its people asked, reminded, moved; begun in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from responder.commands.daily import StartRounds
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.plan_at_work import planned_due
from responder.commands.drills.planned import (
    AnswerInvitation,
    CancelDrill,
    MoveDrill,
    ScheduleDrill,
    TakeOverDrill,
    planned_drills,
    proposed,
)
from responder.commands.drills.starting import StartDrill
from responder.commands.duty.dates import sheet_for
from responder.commands.firm import AcceptSite, RemovePerson
from responder.commands.incidents.incident import Declare
from responder.commands.pursuit import roster_in_force
from responder.domain.duty import Feed
from responder.domain.message import Message
from responder.domain.record import ENGINE
from responder.domain.site import Site
from responder.errors import BadInput, NotAllowed
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import firm, scenario
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PLAN = "DPL-2026-0001"
TO_COME = EVENING + DAY + 2 * HOUR
EVERYBODY = {"duty", "deputy", "head", "clerk"}


def site(**fields: Any) -> Site:
    """The small firm with two coordinators."""
    made = firm(scenario(**fields))
    return replace(made, grants={**made.grants, "coordinator": ("clerk", "admin")})


@pytest.fixture
def play(opened: Callable[..., Any]) -> Play:
    """In the evening, on either database."""
    return Play.of(opened(), site(), EVENING)


def plan(play: Play, at: datetime = TO_COME, **fields: Any) -> Any:
    return play.do(ScheduleDrill(by=by("clerk"), scenario="s", at=at, **fields))


def approve(play: Play) -> None:
    play.do(ApproveDrill(by=by("boss"), scenario="s"))


def seen(play: Play) -> list[dict[str, Any]]:
    return play.store.read(lambda uow: planned_drills(uow, play.now))


def said(play: Play) -> list[tuple[str, str]]:
    """To whom what was said since last asked, each once."""
    told: list[Message] = [message for _, message in play.outgoing]
    play.outgoing.clear()
    return list(dict.fromkeys((one.person, one.facts.get("what", "")) for one in told))


def told(play: Play, word: str) -> set[str]:
    """Who was told something with a word in it."""
    return {person for person, what in said(play) if word in what}


def test_five_days_are_offered(play: Play) -> None:
    """From tomorrow on, at the scenario's time of day."""
    found = play.store.read(lambda uow: proposed(uow, "s", play.now))
    assert [(one.at - found[0].at) // DAY for one in found] == [0, 1, 2, 3, 4]
    assert found[0].at > play.now


def test_its_people_are_asked_and_answer(play: Play) -> None:
    """Everybody on the list; a no is told to who leads it; the latest answer counts."""
    reply = plan(play)
    assert reply.id == PLAN
    assert "计划尚未批准" in reply.said.zh
    assert told(play, "演练安排") == EVERYBODY
    play.do(AnswerInvitation(by=by("duty"), plan=PLAN, comes=True))
    play.do(AnswerInvitation(by=by("head"), plan=PLAN, comes=True))
    play.do(AnswerInvitation(by=by("head"), plan=PLAN, comes=False))
    play.wait(MINUTE)
    assert told(play, "不能参加") == {"clerk"}
    (one,) = seen(play)
    assert (one["coming"], one["not_coming"]) == (["duty"], ["head"])
    with pytest.raises(BadInput):
        play.do(AnswerInvitation(by=by("boss"), plan=PLAN, comes=True))


def test_of_an_unannounced_drill_controllers_alone_hear(store) -> None:
    """Neither invited nor reminded, nor in anybody else's calendar."""
    play = Play.of(store, site(unannounced=True), EVENING)
    plan(play)
    play.wait(2 * HOUR + MINUTE)
    assert {person for person, _ in said(play)} == {"clerk"}
    assert dates(play, "clerk") == [PLAN]
    assert dates(play, "duty") == []
    assert "没有已安排的演练" in Talk(play).hears("duty", "演练安排")


def dates(play: Play, person: str) -> list[str]:
    """The planned drills in somebody's calendar."""
    feed = Feed("f", person, play.now)

    def look(uow: Any) -> list[str]:
        sheet = sheet_for(uow, roster_in_force(uow), feed, play.now)
        return [one.said for one in sheet.dates if one.uid.startswith("drill-DPL")]

    return play.store.read(look)


def test_a_day_and_an_hour_before_it_is_said_again(play: Play) -> None:
    """To who did not say no; that it is not approved, to who leads it."""
    plan(play)
    play.do(AnswerInvitation(by=by("head"), plan=PLAN, comes=False))
    play.wait(2 * HOUR - MINUTE)
    said(play)
    play.wait(2 * MINUTE)
    found = said(play)
    assert {p for p, what in found if "演练提醒" in what} == EVERYBODY - {"head"}
    assert {p for p, what in found if "尚未批准" in what} == {"clerk"}
    approve(play)
    play.wait(23 * HOUR)
    found = said(play)
    assert {p for p, what in found if "一小时内" in what} == EVERYBODY - {"head"}
    assert not [what for _, what in found if "尚未批准" in what]


def test_it_begins_by_itself(play: Play) -> None:
    """At its time, once approved, in its coordinator's name; then it is planned no more."""
    approve(play)
    plan(play, by_itself=True)
    play.wait(TO_COME - play.now + MINUTE)
    runs = play.store.read(lambda uow: uow.drill_runs.open())
    assert [(run.scenario, run.started_by) for run in runs.values()] == [("s", "clerk")]
    assert seen(play) == []


@pytest.mark.parametrize("why", ["未经批准", "真实事件"])
def test_what_keeps_it_from_beginning_is_told(play: Play, why: str) -> None:
    """It stays planned, with the reason, until somebody moves it."""
    plan(play, by_itself=True)
    if why == "真实事件":
        approve(play)
        play.wait(TO_COME - play.now - MINUTE)
        play.do(Declare(by=by("duty"), playbook="leak", title="泄露"))
    play.wait(TO_COME - play.now + MINUTE)
    assert "clerk" in told(play, "演练未能开始")
    (one,) = seen(play)
    assert why in one["missed"]
    play.do(MoveDrill(by=by("clerk"), plan=PLAN, at=TO_COME + DAY, reason="另择日期"))
    assert seen(play)[0]["missed"] is None


def test_after_downtime_nothing_begins_at_night(play: Play) -> None:
    """The engine was down at its time: hours later it begins nothing, and says so."""
    approve(play)
    plan(play, by_itself=True)
    later = TO_COME + 5 * HOUR
    play.store.run(lambda uow: planned_due(uow, [PLAN], later))
    (one,) = seen(play)
    assert "错过" in one["missed"]
    assert play.store.read(lambda uow: uow.drill_runs.all()) == {}


def test_a_scenario_that_is_gone_is_told(play: Play) -> None:
    """Its file was taken away meanwhile: it does not begin, and who leads it hears why."""
    plan(play, by_itself=True)
    play.do(AcceptSite(by=by("root"), site=replace(site(), scenarios={})))
    play.wait(TO_COME - play.now + MINUTE)
    assert "clerk" in told(play, "演练未能开始")
    assert seen(play)[0]["missed"]


def test_begun_by_hand_it_is_the_planned_one(play: Play) -> None:
    """An hour early is still it."""
    approve(play)
    plan(play)
    play.wait(TO_COME - play.now - HOUR)
    id = play.do(StartDrill(by=by("clerk"), scenario="s")).id
    found = play.store.read(lambda uow: uow.drill_plans.all())
    assert found[PLAN].drill == id


def test_moved_everybody_is_asked_anew(play: Play) -> None:
    """The reason is told, answers to the old time count no more; the calendar follows."""
    plan(play)
    play.do(AnswerInvitation(by=by("duty"), plan=PLAN, comes=True))
    said(play)
    play.do(MoveDrill(by=by("clerk"), plan=PLAN, at=TO_COME + DAY, reason="版本推迟"))
    play.wait(MINUTE)
    assert told(play, "版本推迟") == EVERYBODY
    (one,) = seen(play)
    assert (one["coming"], one["moved"][0]["reason"]) == ([], "版本推迟")
    assert one["at"] == (TO_COME + DAY).isoformat()


def test_cancelled_with_its_reason(play: Play) -> None:
    """Everybody hears; nothing is said of it again, and it cannot be moved."""
    plan(play)
    said(play)
    play.do(CancelDrill(by=by("clerk"), plan=PLAN, reason="全员值守"))
    play.wait(MINUTE)
    assert told(play, "全员值守") == EVERYBODY
    play.wait(DAY + 3 * HOUR)
    assert not [what for _, what in said(play) if "演练" in what]
    assert dates(play, "duty") == []
    with pytest.raises(BadInput, match="is cancelled: 全员值守"):
        play.do(MoveDrill(by=by("clerk"), plan=PLAN, at=TO_COME + 9 * DAY, reason="x"))


def test_nothing_is_lost_with_its_coordinator(play: Play) -> None:
    """Removed from the firm: the next coordinator leads it from the next morning, and is told."""
    plan(play)
    said(play)
    play.do(RemovePerson(by=by("root"), person="clerk", reason="离职"))
    play.do(StartRounds(by=ENGINE))
    play.wait(13 * HOUR)
    assert told(play, "请您接手") == {"admin"}
    (one,) = seen(play)
    assert (one["coordinator"], one["at"]) == ("admin", TO_COME.isoformat())


def test_another_coordinator_takes_it_over(play: Play) -> None:
    """Nobody else may."""
    plan(play)
    with pytest.raises(NotAllowed):
        play.do(TakeOverDrill(by=by("duty"), plan=PLAN))
    play.do(TakeOverDrill(by=by("admin"), plan=PLAN))
    assert seen(play)[0]["coordinator"] == "admin"


def test_what_cannot_be_planned(play: Play) -> None:
    """A time past, the same scenario twice, by who may not."""
    with pytest.raises(BadInput, match="past"):
        plan(play, EVENING - HOUR)
    with pytest.raises(NotAllowed):
        play.do(ScheduleDrill(by=by("duty"), scenario="s", at=TO_COME))
    plan(play)
    with pytest.raises(BadInput, match="planned already"):
        plan(play, TO_COME + DAY)


def test_in_chat_words(play: Play) -> None:
    """Planned, answered, moved and cancelled without naming the one that is planned."""
    talk = Talk(play)
    assert "2026-11-2" in talk.hears("clerk", "演练日期 s")
    assert f"{PLAN}已安排" in talk.hears("clerk", "安排演练 s 2026-11-26T20:00")
    assert "已登记：能参加" in talk.hears("duty", "参加演练")
    assert "已登记：不能参加" in talk.hears("head", "drill no")
    assert "参加1/4" in talk.hears("clerk", "演练安排")
    assert "改期至2026-11-27 20:00" in talk.hears("clerk", "演练改期 2026-11-27T20:00 会议冲突")
    assert "由您组织" in talk.hears("admin", "接手演练")
    assert "已取消" in talk.hears("admin", "取消演练 版本推迟")
