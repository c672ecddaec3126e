"""Early warnings, roll-calls, decisions by word of mouth, halting."""

from datetime import timedelta
from typing import Any

import pytest

from responder.commands.consent import Confirm
from responder.commands.decisions.decision import Decide
from responder.commands.drills.conducting import ResumeDrill
from responder.commands.engine_work import NoticeDowntime
from responder.commands.firm import Halt, Resume
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.paging.answering import Acknowledge
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.warning import Stage
from responder.errors import BadInput, NotAllowed
from tests.stage.play import Play, by

MINUTE = timedelta(minutes=1)


def warn(play: Play, **more: Any) -> str:
    command = RaiseWarning(
        by=by("clerk"), title="磁盘即将写满", playbook="outage", system="core", **more
    )
    return str(play.do(command).id)


def test_a_warning_asks_the_duty_lead_and_its_lift_goes_the_same_way(play: Play) -> None:
    """The lift reaches exactly those asked, by the same lines, in the same order (7.2)."""
    id = warn(play)
    assert play.rings() == ["duty slack", "duty sms", "duty voice"]
    play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.VERIFIED))
    reply = play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.LIFTED, reason="已扩容"))
    assert reply.facts["reported_to"] == ["duty"]
    assert [line for line in play.tells() if line.startswith("duty slack")] == ["duty slack told"]


def test_an_unverified_warning_runs_the_playbooks_escalation(play: Play) -> None:
    """Five minutes without a word: more people are paged; then the lift tells them all."""
    id = warn(play)
    play.rings()
    play.wait(5 * MINUTE)
    assert "admin voice" in play.rings()
    play.do(Acknowledge(by=by("admin"), incident=id))
    play.rings(), play.tells()
    play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.VERIFIED))
    reply = play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.LIFTED, reason="已扩容"))
    assert reply.facts["reported_to"][:2] == ["duty", "admin"]
    play.rings(), play.tells()


def test_the_same_system_within_ten_minutes_is_one_warning(play: Play) -> None:
    """A second report joins, and rings nobody anew."""
    id = warn(play)
    play.rings()
    assert warn(play) == id
    assert play.rings() == []
    assert warn(play, level=1) == id
    assert play.rings() == ["duty slack", "duty sms", "duty voice"], "a higher level rings anew"


def test_dismissing_takes_two(play: Play) -> None:
    """A dismissal waits for a second person and gives its reason."""
    id = warn(play)
    play.rings()
    asked = play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.DISMISSED, reason="误报"))
    play.do(Confirm(by=by("head"), request=asked.id))
    assert play.warning(id).stage is Stage.DISMISSED
    play.tells()


def test_a_warning_come_true_is_declared_and_told(play: Play) -> None:
    """Conversion declares the incident and tells those who were warned."""
    id = warn(play)
    play.rings()
    declared = play.do(ConvertWarning(by=by("duty"), warning=id))
    assert declared.id.startswith("INC-")
    assert "duty slack told" in play.tells()
    play.rings()


def test_the_silent_are_asked_again_and_listed(play: Play) -> None:
    """Roll-call: all ways at once, again at 5 and 10 minutes, names to the commander at 15."""
    id = play.do(Declare(by=by("clerk"), playbook="leak", title="机房烟雾")).id
    play.do(Acknowledge(by=by("head"), incident=id))
    play.rings(), play.tells()
    play.do(CallRoll(by=by("head"), incident=id, target="team:technology"))
    asked = play.tells()
    assert "admin voice roll_call" in asked
    for person in ("duty", "deputy", "head", "root", "clerk"):
        play.do(AnswerRoll(by=by(person), incident=id, safe=True))
    play.wait(5 * MINUTE)
    assert play.tells() == [f"admin {via} roll_call" for via in ("slack", "sms", "voice")]
    play.wait(5 * MINUTE)
    assert len(play.tells()) == 3
    play.wait(5 * MINUTE)
    assert play.tells() == [f"head {via} alarm" for via in ("slack", "sms", "voice")]


def test_need_help_reaches_the_commander_at_once(play: Play) -> None:
    """Nobody waits for a round."""
    id = play.do(Declare(by=by("clerk"), playbook="leak", title="机房烟雾")).id
    play.do(Acknowledge(by=by("head"), incident=id))
    play.do(CallRoll(by=by("head"), incident=id, target="admin"))
    play.rings(), play.tells()
    play.do(AnswerRoll(by=by("admin"), incident=id, safe=False))
    assert "head voice alarm" in play.tells()


def test_a_spoken_decision_needs_its_witness_then_a_signature(play: Play) -> None:
    """Effective when the witness confirms, marked to be signed; the author signs or objects."""
    id = play.do(Declare(by=by("clerk"), playbook="outage", title="中断")).id
    asked = play.do(
        Decide(
            by=by("duty"),
            incident=id,
            decision="halt-orders",
            approves=True,
            reason="电话同意",
            person="boss",
            means="phone",
            witness="admin",
        )
    )
    assert "Decided" not in play.kinds(id)
    with pytest.raises(BadInput, match="waits for Admin"):
        play.do(Confirm(by=by("head"), request=asked.id))
    signing = play.do(Confirm(by=by("admin"), request=asked.id)).facts["sign"]
    kinds = play.kinds(id)
    assert kinds.index("Decided") < kinds.index("DecisionToBeSigned")
    play.do(Confirm(by=by("boss"), request=signing))
    assert play.kinds(id)[-1] == "DecisionSigned"
    play.rings(), play.tells()


def test_halted_nothing_is_sent_and_the_call_list_is_printed(play: Play) -> None:
    """One command stops everything outgoing; people are then called by hand."""
    play.do(Declare(by=by("clerk"), playbook="outage", title="中断"))
    play.rings()
    reply = play.do(Halt(by=by("duty"), reason="误发"))
    people = [line["person"] for line in reply.facts["call_list"]]
    assert people == ["duty", "admin", "boss"]
    play.wait(10 * MINUTE)
    assert play.rings() == []
    with pytest.raises(NotAllowed):
        play.do(Resume(by=by("clerk")))
    play.do(Resume(by=by("duty")))
    play.rings(), play.tells()


def test_a_real_declaration_freezes_the_drill(play: Play) -> None:
    """The drill rings nobody until somebody resumes it by hand, after the real event."""
    drill = play.do(Declare(by=by("duty"), playbook="leak", title="泄露演练", drill=True)).id
    assert drill.startswith("DRL-")
    play.rings()
    play.do(Declare(by=by("clerk"), playbook="outage", title="真实中断"))
    play.wait(2 * MINUTE)
    assert all(not message.drill for _, message in play.outgoing)
    with pytest.raises(BadInput, match="real incident"):
        play.do(ResumeDrill(by=by("duty"), incident=drill))
    play.rings(), play.tells()


def test_after_downtime_one_ring_a_way_one_step_and_one_person_at_most(play: Play) -> None:
    """Twenty minutes of downtime in mid-escalation are not made up, and go on the record."""
    id = play.do(Declare(by=by("clerk"), playbook="outage", title="中断")).id
    play.wait(2 * MINUTE)
    play.rings()
    stopped = play.now
    play.sleep(20 * MINUTE)
    play.do(NoticeDowntime(since=stopped, until=play.now))
    assert play.tells() == ["root sms alarm"]
    play.wait(timedelta(0))
    assert "root sms alarm" not in play.tells(), "paging and asking are both late: one alarm"
    rung = play.rings()
    assert rung.count("duty voice") == rung.count("head voice") == 1
    assert "second voice" not in rung, "authority had three more minutes to run"
    play.wait(3 * MINUTE)
    assert "second voice" in play.rings()
    assert "EngineStopped" in [e.kind for e in play.timeline("FIRM")]
    assert "Late" in play.kinds(id)
    play.tells()
