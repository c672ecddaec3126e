"""What was to be put right and is late goes up: owner, lead, compliance and the head, by weeks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from responder.commands.daily import StartRounds
from responder.commands.firm import HEARTBEAT, AcceptSite, RemovePerson
from responder.commands.measures.listed import measures
from responder.commands.measures.measure import (
    AddMeasure,
    DropMeasure,
    ExtendMeasure,
    HandMeasure,
    MeasureDone,
    VerifyMeasure,
)
from responder.commands.readiness.looking import assessed, situation
from responder.documents.timeline import line
from responder.domain.measure import Origin
from responder.domain.organisation import Body
from responder.domain.record import ENGINE
from responder.domain.rota import Absence
from responder.domain.site import Site
from responder.errors import BadInput, NotAllowed, UnknownId
from responder.readiness.control import Light
from tests.acceptance.test_the_investigation import stood_down
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

DAY = timedelta(days=1)
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DUE = date(2026, 12, 4)
M = "M-2026-0001"


def firm(**more: Any) -> Site:
    """With an executing body, compliance, and a head who can be written to."""
    site = small_firm()
    people = {**site.people, **{id: person(id, "slack") for id in ("law", "boss", "second")}}
    grants = {"administrator": ("root",), "compliance": ("law",), "coordinator": ("clerk",)}
    usual = {"people": people, "grants": grants, "execution_body": Body("head", ("duty", "admin"))}
    return small_firm(**usual | more)


@pytest.fixture
def play(store: Any) -> Play:
    return Play.of(store, firm(), START)


def late(play: Play, *, drill: bool = False) -> str:
    """A measure of the administrator's, due on Friday 4 December 2026."""
    fields: dict[str, Any] = {"owner": "admin", "due_on": DUE, "title": "更换报盘网关"}
    measure: str = play.do(
        AddMeasure(by=by("law"), incident=stood_down(play, drill=drill), **fields)
    ).id
    return measure


def until(play: Play, day: str) -> dict[str, dict[str, Any]]:
    """What each was told of it since last asked, up to the evening of a day of 2026 or 2027."""
    play.outgoing.clear()
    play.wait(datetime.fromisoformat(f"{day}T12:00+00:00") - play.now)
    told = {m.person: m.facts for _, m in play.outgoing if m.incident == M}
    play.outgoing.clear()
    return told


def register(play: Play, **wanted: Any) -> list[dict[str, Any]]:
    return play.store.read(lambda uow: measures(uow, play.now, **wanted))


@pytest.mark.parametrize("drill", [False, True], ids=["incident", "drill"])
def test_each_week_up_and_everybody_knows_who_is_next(play: Play, drill: bool) -> None:
    """Of an incident and of a drill alike; each message says who hears of it next, and when."""
    assert late(play, drill=drill) == M
    assert register(play)[0]["origin"] == (Origin.DRILL if drill else Origin.INCIDENT)
    told = until(play, "2026-11-27")
    assert set(told) == {"admin"}
    assert told["admin"]["what"] == "您负责的整改应于2026-12-04前完成：更换报盘网关（M-2026-0001）"
    told = until(play, "2026-12-07")
    assert set(told) == {"admin"}
    assert told["admin"]["what"].startswith("您负责的整改已逾期3天")
    assert "再过7天（2026-12-14）未完成将报head" in told["admin"]["asks"]
    told = until(play, "2026-12-14")
    assert set(told) == {"admin", "head"}
    assert told["head"]["what"].startswith("admin负责的整改已逾期10天")
    assert "已同时报head" in told["admin"]["asks"]
    assert "再过14天（2026-12-28）未完成将报law、boss" in told["head"]["asks"]
    assert set(until(play, "2026-12-21")) == {"admin", "head"}
    told = until(play, "2026-12-28")
    assert set(told) == {"admin", "head", "law", "boss"}
    assert "将报" not in told["admin"]["asks"]
    assert set(until(play, "2027-01-04")) == {"admin", "head", "law", "boss"}
    [one] = register(play, overdue=True)
    assert [raised["person"] for raised in one["raised"]] == ["head", "law", "boss"]
    assert "逾期，已报head、law、boss" in Talk(play).hears("law", "整改")


def test_every_step_is_on_the_record(play: Play) -> None:
    """Each reminder with whom it reached; each rise once, with the days it was late by then."""
    late(play)
    until(play, "2027-01-04")
    incident = register(play)[0]["from"]
    said = [
        line(entry, firm(), "zh")
        for entry in play.timeline(incident)
        if entry.kind in ("MeasureReminded", "MeasureRaised")
    ]
    assert said[0] == "提醒admin：整改M-2026-0001（更换报盘网关）"
    assert [one for one in said if "上报" in one] == [
        "整改M-2026-0001（更换报盘网关）上报head；逾期10天",
        "整改M-2026-0001（更换报盘网关）上报law、boss；逾期24天",
    ]
    assert len(said) == 9


def test_done_is_silent_and_sent_back_goes_on_where_it_stood(play: Play) -> None:
    """Said to be done nobody is nagged; the proof rejected, all of them hear again."""
    late(play)
    until(play, "2026-12-28")
    play.do(MeasureDone(by=by("admin"), measure=M, proof="变更单"))
    assert until(play, "2027-01-08") == {}
    play.do(VerifyMeasure(by=by("law"), measure=M, objects="没有回归测试"))
    assert set(until(play, "2027-01-11")) == {"admin", "head", "law", "boss"}
    play.do(MeasureDone(by=by("admin"), measure=M, proof="回归报告"))
    play.do(VerifyMeasure(by=by("law"), measure=M))
    assert until(play, "2027-03-01") == {}


def test_dropped_is_silent_and_more_time_begins_below(play: Play) -> None:
    """A later day given with a reason: late again, it goes up again from its owner."""
    late(play)
    until(play, "2026-12-28")
    day = date(2027, 1, 8)
    play.do(ExtendMeasure(by=by("law"), measure=M, due_on=day, reason="等厂商"))
    assert set(until(play, "2027-01-11")) == {"admin"}
    assert register(play)[0]["raised"] == []
    assert set(until(play, "2027-01-18")) == {"admin", "head"}
    play.do(DropMeasure(by=by("law"), measure=M, reason="另案处理"))
    assert until(play, "2027-03-01") == {}


def test_it_is_handed_to_somebody_else(play: Play) -> None:
    """Both hear of it; the day stays, and from then on the new owner is reminded."""
    late(play)
    hand = HandMeasure(by=by("law"), measure=M, owner="deputy", reason="原负责人调岗")
    play.outgoing.clear()
    play.do(hand)
    play.wait(timedelta(minutes=1))
    told = {m.person: m.facts["what"] for _, m in play.outgoing if m.incident == M}
    assert told["deputy"].startswith("现由您负责整改")
    assert told["admin"].startswith("整改已移交他人")
    [one] = register(play)
    assert (one["owner"], one["due_on"]) == ("deputy", DUE.isoformat())
    assert set(until(play, "2026-12-07")) == {"deputy"}
    with pytest.raises(BadInput, match="already"):
        play.do(hand)
    with pytest.raises(UnknownId):
        play.do(replace(hand, owner="nobody"))
    with pytest.raises(NotAllowed):
        play.do(replace(hand, by=by("deputy"), owner="admin"))
    play.do(MeasureDone(by=by("deputy"), measure=M, proof="变更单"))
    with pytest.raises(BadInput, match="waits to be verified"):
        play.do(replace(hand, owner="admin"))
    play.outgoing.clear()


def test_who_is_away_or_gone_is_passed_over(play: Play) -> None:
    """The lead on leave, then the owner leaves the firm: others hear, and never nobody."""
    late(play)
    from_day = datetime(2026, 12, 10, tzinfo=UTC)
    leave = Absence("head", from_day, from_day + 30 * DAY, "请假")
    play.do(AcceptSite(site=replace(firm(), absences=(leave,))))
    told = until(play, "2026-12-07")
    assert "未完成将报law" in told["admin"]["asks"], "the head is away by then"
    assert set(until(play, "2026-12-14")) == {"admin", "law"}
    play.do(RemovePerson(by=by("root"), person="admin", reason="离职"))
    told = until(play, "2026-12-21")
    assert set(told) == {"law", "boss"}
    assert "负责人不在岗，请移交他人：整改移交 M-2026-0001" in told["law"]["asks"]
    for one in ("law", "boss", "second", "head", "duty", "deputy", "clerk"):
        play.do(RemovePerson(by=by("root"), person=one, reason="离职"))
    assert set(until(play, "2026-12-28")) == {"root"}
    entry = [e for e in play.timeline(register(play)[0]["from"]) if e.kind == "MeasureReminded"][-1]
    assert {"admin", "law", "boss"} <= set((entry.payload or {})["passed_over"])


def test_a_tick_doubled_reminds_once(play: Play) -> None:
    """However often the clock strikes that day, it is said once."""
    late(play)
    until(play, "2026-12-07")
    play.store.run(lambda uow: uow.timers.set("measure", M, play.now))
    play.wait(timedelta(hours=1))
    assert [m for _, m in play.outgoing if m.incident == M] == []


def test_leaders_and_readiness_name_owner_and_days(play: Play) -> None:
    """Of a drill: 7.1-z is red, and the weekly digest says whose it is and how late."""
    late(play, drill=True)
    play.store.run(lambda uow: uow.notes.put(HEARTBEAT, play.now.isoformat()))
    play.do(StartRounds(by=ENGINE))
    play.wait(datetime(2026, 12, 7, 12, 0, tzinfo=UTC) - play.now)
    found = play.store.read(lambda uow: assessed(situation(uow, play.now)))
    control = next(one for one in found if one.id == "7.1-z")
    assert control.light is Light.RED
    assert any(
        "整改措施M-2026-0001已逾期3天（2026-12-04前，admin（admin）负责）" in gap.what.zh
        for gap in control.gaps
    )
    weekly = [
        str(m.facts["what"])
        for _, m in play.outgoing
        if m.person == "boss" and "应急准备每周情况" in m.facts.get("what", "")
    ]
    assert "逾期整改1项：更换报盘网关（M-2026-0001），admin（admin）负责，逾期3天" in weekly[-1]
