"""Calls that no machine can make: a human is asked, takes one, says what came of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from responder.commands.incidents.incident import Declare
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.paging.answering import Acknowledge, Page
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.paging.calls_waiting import call_tasks
from responder.documents.paper.press import Press
from responder.domain.call_task import Result
from responder.domain.message import Purpose, State
from responder.domain.people import Way
from responder.domain.playbook import Entry, Step
from responder.domain.record import By
from responder.domain.register import Unit
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from responder.inbound.link_address import address
from responder.inbound.links import Links
from responder.store.tokens import KeyedTokens
from tests.fakes.browser import Browser
from tests.fakes.web import serving
from tests.stage.firm import OUTAGE, person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

TOKENS = KeyedTokens(b"a secret")
MINUTE = timedelta(minutes=1)
EXTENSION = Way("by_hand", "8023", "phone", "总机转")
CLERK = by("clerk")


def firm():
    """The duty lead has an extension first and a mobile later; a step names a related unit."""
    usual = small_firm()
    duty = replace(
        person("duty"), reach=(EXTENSION, Way("voice", "voice:duty"), Way("slack", "slack:duty"))
    )
    guards = [person(id, "sms", department="guarding") for id in ("gate", "patrol")]
    bureau = Unit(
        "bureau",
        name=Words("证监局", "The bureau"),
        reach=(Way("by_hand", "12386", "phone"), Way("by_hand", "fax:1", "fax")),
    )
    steps = (Step(("role:duty_lead",), 3 * MINUTE), Step(("unit:bureau",), 3 * MINUTE))
    return replace(
        usual,
        people=usual.people | {one.id: one for one in (duty, *guards)},
        units={"bureau": bureau},
        profiles={"urgent": (Entry(("by_hand",)), Entry(("slack", "voice"), 2 * MINUTE))},
        playbooks={"outage": replace(OUTAGE, escalation=steps, decisions=())},
    )


@pytest.fixture
def play(store, tmp_path: Path) -> Iterator[Play]:
    from tests.acceptance.conftest import EVENING

    play = Play.of(store, firm(), EVENING)
    yield play
    play.over()


@pytest.fixture
def incident(play: Play) -> str:
    """Declared; the duty lead is on an extension that no machine dials."""
    id = play.do(Declare(by=CLERK, playbook="outage", title="交易中断")).id
    assert play.rings() == ["duty by_hand"]
    assert play.tells() == ["clerk slack call_task"], "whoever declared it is awake, and asked"
    return str(id)


def listed(play: Play, incident: str) -> list[tuple[str, str, bool]]:
    found = play.store.read(lambda uow: call_tasks(uow, play.now, incident))
    return [(call["id"], call["whom"], call["needed"]) for call in found]


def test_the_one_who_takes_it_gets_the_number(play: Play, incident: str) -> None:
    """The list names no number; taking a call gives it, on the record. Others hear who has it."""
    assert listed(play, incident) == [("1", "duty", True)]
    found = play.store.read(lambda uow: call_tasks(uow, play.now, incident))
    assert "8023" not in str(found)
    reply = play.do(TakeCall(by=CLERK, incident=incident, call="1"))
    assert reply.facts["to"] == "8023"
    assert "电话8023（总机转）" in reply.said.zh
    later = play.do(TakeCall(by=by("boss"), incident=incident, call="1"))
    assert later.said == Words("clerk20:15去联系", "Clerk is at it since 20:15")
    kinds = play.kinds(incident)
    assert kinds.index("CallAsked") < kinds.index("CallTaken")
    assert "8023" not in str([entry.payload for entry in play.timeline(incident)])


def test_no_answer_lets_the_next_way_start_at_once(play: Play, incident: str) -> None:
    """P8: the mobile rings now, not at two minutes."""
    play.do(TakeCall(by=CLERK, incident=incident, call="1"))
    play.wait(MINUTE / 2)
    assert play.rings() == []
    play.do(RecordCall(by=CLERK, incident=incident, call="1", result=Result.NO_ANSWER))
    assert play.rings() == ["duty slack", "duty voice"]
    again = play.do(RecordCall(by=CLERK, incident=incident, call="1", result=Result.REACHED))
    assert "无人接听" in again.said.zh, "what is recorded stays"
    failed = [m for m in play.store.read(lambda uow: uow.outbox.to("duty")) if m.via == "by_hand"]
    assert [m.state for m in failed] == [State.FAILED]


def test_a_wrong_number_is_not_tried_again(play: Play, incident: str) -> None:
    """The way is gone for this incident."""
    record = RecordCall(by=CLERK, incident=incident, call="1", result=Result.WRONG_NUMBER)
    play.do(record)
    assert "duty voice" in play.rings()
    play.do(Page(by=by("duty"), incident=incident, target="duty", why="再试"))
    assert "duty by_hand" not in play.rings()
    failed = [e.payload for e in play.timeline(incident) if e.kind == "WayFailed"]
    assert failed[0]
    assert failed[0]["for_good"]


def test_reached_takes_nothing_in_hand(play: Play, incident: str) -> None:
    """P1: who picked up has not acknowledged; who said so, on somebody's word, has."""
    record = RecordCall(
        by=CLERK, incident=incident, call="1", result=Result.REACHED, words="正在赶来"
    )
    reply = play.do(record)
    assert reply.said.zh == "已登记：duty已联系上。"
    assert "Acknowledged" not in play.kinds(incident)
    assert play.incident(incident).commander == ""
    play.wait(2 * MINUTE)
    assert play.rings() == ["duty slack", "duty voice"], "the hunt goes on"


def test_taken_by_word_of_mouth(play: Play, incident: str) -> None:
    """The record says who takes it, who said so and who wrote it down."""
    play.do(
        RecordCall(by=CLERK, incident=incident, call="1", result=Result.REACHED, takes="duty 本人")
    )
    assert play.incident(incident).commander == "duty"
    taken = next(e for e in play.timeline(incident) if e.kind == "Acknowledged")
    assert (taken.actor, taken.payload and taken.payload["person"]) == ("clerk", "duty")
    recorded = next(e for e in play.timeline(incident) if e.kind == "CallRecorded")
    assert recorded.payload
    assert recorded.payload["takes"] == "duty 本人"
    assert listed(play, incident) == [("1", "duty", False)]
    play.tells()


@pytest.mark.parametrize("result", [Result.NO_ANSWER, Result.WRONG_NUMBER, Result.MESSAGE_LEFT])
def test_nobody_takes_it_who_was_not_reached(play: Play, incident: str, result) -> None:
    """A voicemail is no word of anybody (P1)."""
    with pytest.raises(BadInput):
        play.do(RecordCall(by=CLERK, incident=incident, call="1", result=result, takes="本人"))
    assert "CallRecorded" not in play.kinds(incident)


def test_a_call_nobody_needs_any_more(play: Play, incident: str) -> None:
    """Once it is in hand, the list says so."""
    play.do(Acknowledge(by=by("duty"), incident=incident))
    assert listed(play, incident) == [("1", "duty", False)]
    play.tells()


def test_one_call_does_for_two_rings(play: Play, incident: str) -> None:
    """A line that waits to be called is not put on the list twice."""
    play.do(Page(by=by("duty"), incident=incident, target="duty", why="再试"))
    play.rings()
    assert [id for id, *_ in listed(play, incident)] == ["1"]


def test_a_call_nobody_makes_is_told(play: Play, incident: str) -> None:
    """Three minutes without anybody: those at work on it are alarmed, once."""
    play.wait(3 * MINUTE)
    told = [line for line in play.tells() if line.endswith("alarm")]
    assert told == ["clerk slack alarm"]
    assert play.kinds(incident).count("CallNotTaken") == 1
    play.do(TakeCall(by=CLERK, incident=incident, call="1"))
    play.rings(), play.tells()


def test_a_related_unit_is_called_by_a_human(play: Play, incident: str) -> None:
    """A call for each of its lines, with words to say; nobody rings it by machine."""
    play.wait(3 * MINUTE)
    play.rings(), play.tells()
    units = [id for id, whom, _ in listed(play, incident) if whom == "unit:bureau"]
    assert units == ["2", "3"]
    reply = play.do(TakeCall(by=by("duty"), incident=incident, call="2"))
    assert "证监局，电话12386" in reply.said.zh
    assert "示例证券。20:15我单位发生：交易中断" in reply.said.zh
    with pytest.raises(BadInput):
        play.do(
            RecordCall(
                by=by("duty"), incident=incident, call="2", result=Result.REACHED, takes="局方"
            )
        )
    play.do(
        RecordCall(
            by=by("duty"), incident=incident, call="2", result=Result.REACHED, words="值班员 王"
        )
    )
    assert play.kinds(incident)[-1] == "CallRecorded"
    play.rings(), play.tells()


def test_who_may(play: Play, incident: str) -> None:
    """Whoever declared it, was paged, or leads; nobody else gets a number."""
    with pytest.raises(NotAllowed):
        play.do(TakeCall(by=by("root"), incident=incident, call="1"))
    with pytest.raises(UnknownId):
        play.do(TakeCall(by=CLERK, incident=incident, call="9"))
    abroad = play.do(TakeCall(by=By("clerk", "slack"), incident=incident, call="1"))
    assert "8023" not in abroad.said.zh, "no number of anybody's goes abroad"


def test_in_the_language(play: Play, incident: str) -> None:
    """List, take, done: in chat lines, in either language."""
    talk = Talk(play)
    assert talk.hears("clerk", "人工联络") == "1 duty · 电话 · 待办理"
    assert talk.hears("clerk", "call list") == "1 duty · 电话 · 待办理"
    assert "电话8023" in talk.hears("clerk", "去联络 1")
    assert talk.hears("clerk", "人工联络") == "1 duty · 电话 · clerk20:15去联系"
    said = talk.hears("clerk", "联络结果 1 联系上了 马上到 接手=本人")
    assert said.startswith("已登记：duty接手。")
    assert talk.hears("clerk", "人工联络") == "1 duty · 电话 · 已联系上（clerk20:15登记）马上到"
    assert talk.hears("clerk", "call done 1 no answer").startswith("已联系上")
    play.tells()


def test_in_english_with_what_is_missing_asked(play: Play, incident: str) -> None:
    """What is not said is asked; a mistyped verb is met with the nearest."""
    talk = Talk(play)
    talk.hears("clerk", "lang en")
    assert "Say what came of it" in talk.hears("clerk", "call done 1")
    assert talk.hears("clerk", "no answer").startswith("Recorded: Duty: no answer.")
    assert "您是否指：人工联络" in Talk(play).hears("clerk", "人工连络")
    play.rings()


def test_need_help_pages_commander_and_guards(play: Play, incident: str) -> None:
    """The whole guarding department is rung at once, and 119 and 120 are shown."""
    play.do(Acknowledge(by=by("duty"), incident=incident))
    play.do(CallRoll(by=by("duty"), incident=incident, target="admin"))
    play.tells()
    reply = play.do(AnswerRoll(by=by("admin"), incident=incident, safe=False))
    assert "119" in reply.said.zh
    assert "120" in reply.said.en
    sent = [message for _, message in play.outgoing if message.purpose is Purpose.ALARM]
    assert {m.person for m in sent} == {"duty", "gate", "patrol"}
    assert all("119" in m.facts["mend"] for m in sent)
    play.rings(), play.tells()


def test_on_a_one_time_page(play: Play, incident: str) -> None:
    """Whoever is asked takes the call and records its result by the link they were sent."""
    asked = play.store.read(lambda uow: uow.outbox.to("clerk"))[-1]
    assert asked.purpose is Purpose.CALL_TASK
    with serving(Links(Talk(play), TOKENS, Press(apart=False)).routes) as port:
        phone = Browser(port)
        page = phone.open(address("https://er.example.com", TOKENS, asked))
        assert "人工联络1：待办理" in page.text
        assert "8023" not in page.text
        phone.press("由我联络")
        assert "电话8023（总机转）" in phone.press("确认").text
        phone.press("已联系上")
        assert "已登记：duty接手。" in phone.press("确认", reason="马上到", takes="本人").text
        again = phone.open(address("https://er.example.com", TOKENS, asked))
        assert "已联系上（clerk20:15登记）马上到" in again.text
    assert play.incident(incident).commander == "duty"
    play.tells()
