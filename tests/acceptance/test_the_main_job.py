"""The main job, told as stories: declare, page, escalate, hand down, acknowledge, record."""

from datetime import timedelta
from typing import Any

import pytest

from responder.commands.decisions.decision import Decide
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import Cancel, SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.paging.answering import Acknowledge, Decline
from responder.domain.incident import Phase
from responder.errors import BadInput, NotAllowed
from tests.stage.play import Play, by

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
EVERY_WAY = ("slack", "sms", "voice")


def declare(play: Play, **more: Any) -> str:
    """The clerk declares an outage."""
    command = Declare(by=by("clerk"), playbook="outage", title="集中交易系统中断", **more)
    return str(play.do(command).id)


def everything(person: str) -> list[str]:
    return [f"{person} {via}" for via in EVERY_WAY]


def test_at_once_the_first_step_and_the_decider_are_rung(play: Play) -> None:
    """Declaration rings the duty lead and the key post by every way, and asks the principal."""
    declare(play)
    assert play.rings() == [*everything("duty"), *everything("admin"), "boss voice"]


def test_the_worked_example_of_the_semantics(play: Play) -> None:
    """Duty lead unreachable, the administrator declines, the head of IT takes it: to the second."""
    id = declare(play)
    play.rings()
    play.wait(40 * SECOND)
    play.do(Decline(by=by("admin"), incident=id, sure=True))
    assert play.rings() == []
    play.wait(20 * SECOND)
    assert play.rings() == ["duty voice", "boss voice"]
    play.wait(MINUTE)
    assert play.rings() == ["duty voice", "boss voice"]
    play.wait(MINUTE)
    assert play.rings() == ["duty voice", *everything("head"), "boss voice"]
    play.wait(59 * SECOND)
    reply = play.do(Acknowledge(by=by("head"), incident=id))
    assert reply.facts == {"counted": True, "complete": True}
    assert play.tells() == [
        "duty slack told",
        "duty sms told",
        "admin slack told",
        "admin sms told",
    ]
    play.wait(MINUTE)
    assert play.rings() == ["boss voice"], "only the decision still rings"


def test_the_third_in_succession_decides(play: Play) -> None:
    """Nobody earlier can be reached: authority goes down the order, five minutes each."""
    id = declare(play)
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.wait(10 * MINUTE)
    assert "second voice" in play.rings()
    reply = play.do(
        Decide(by=by("head"), incident=id, decision="halt-orders", approves=True, reason="止损")
    )
    assert (reply.facts["by"], reply.facts["acting_for"]) == ("head", "boss")
    kinds = play.kinds(id)
    assert kinds.count("HandedDown") == 2
    assert kinds[kinds.index("Answered") + 1] == "Decided"
    play.tells()
    play.wait(20 * MINUTE)
    assert play.rings() == [], "a decided request rings nobody"
    play.tells()


def test_somebody_without_authority_is_refused_and_it_is_on_the_record(play: Play) -> None:
    """A refusal names the holder, changes nothing, and is kept (7.1: decision mechanism)."""
    id = declare(play)
    play.rings()
    with pytest.raises(NotAllowed, match="Boss"):
        play.do(
            Decide(by=by("admin"), incident=id, decision="halt-orders", approves=True, reason="x")
        )
    assert play.kinds(id)[-1] == "Refused"
    assert "Answered" not in play.kinds(id)


def test_a_blocked_task_waits_for_its_decision(play: Play) -> None:
    """A task that a decision blocks can be prepared, not completed, before it."""
    id = declare(play)
    play.do(Acknowledge(by=by("duty"), incident=id))
    prepared = play.do(DoTask(by=by("duty"), incident=id, task="halt"))
    assert prepared.facts["progress"] == "prepared"
    play.do(
        Decide(by=by("boss"), incident=id, decision="halt-orders", approves=True, reason="止损")
    )
    done = play.do(DoTask(by=by("duty"), incident=id, task="halt"))
    assert done.facts["progress"] == "done"
    play.rings(), play.tells()


def test_restored_needs_the_business_verified(play: Play) -> None:
    """Restored is refused until the verifying task is done; then the firm stands down."""
    id = declare(play)
    play.do(Acknowledge(by=by("duty"), incident=id))
    with pytest.raises(BadInput, match="verify"):
        play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.RESTORED))
    play.do(DoTask(by=by("head"), incident=id, task="verify"))
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.RESTORED))
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.STOOD_DOWN))
    play.rings(), play.tells()
    play.wait(timedelta(hours=3))
    assert play.rings() == play.tells() == [], "after stand-down nobody is disturbed"


def test_a_second_report_of_the_same_event_joins_the_first(play: Play) -> None:
    """Declaring while the same playbook is open adds a reporter and rings nobody anew."""
    id = declare(play)
    play.rings()
    assert declare(play) == id
    assert play.rings() == []
    assert declare(play, separate="另一机房") != id
    play.rings()


def test_a_false_alarm_is_told_once_to_everyone_rung(play: Play) -> None:
    """Cancelled by the duty lead: everything unsent is withdrawn, those rung are told."""
    id = declare(play)
    play.rings()
    play.do(Cancel(by=by("duty"), incident=id, reason="演练误报"))
    told = play.tells()
    assert {line.split()[0] for line in told} == {"duty", "admin", "boss"}
    play.wait(timedelta(hours=1))
    assert play.rings() == play.tells() == []


def test_when_a_way_fails_the_next_starts_at_once(play: Play) -> None:
    """Every way of the duty lead is dead: the step does not wait for them."""
    play.broken = {("duty", via) for via in EVERY_WAY} | {("admin", via) for via in EVERY_WAY}
    declare(play)
    assert "head voice" in play.rings(), "nobody of step one can be reached: step two is rung"
