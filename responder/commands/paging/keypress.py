"""A key pressed in answer to a message, as the command it stands for."""

from responder.commands.briefings.briefing import Brief
from responder.commands.command import Command
from responder.commands.consent import Confirm
from responder.commands.decisions.decision import Decide, Extend, PassOn
from responder.commands.drills.feedback import GiveFeedback
from responder.commands.drills.inviting import time_of
from responder.commands.drills.planned import AnswerInvitation
from responder.commands.duty.check_in import CheckIn
from responder.commands.duty.handover import AcceptShift, DeclineShift
from responder.commands.duty.swap import AcceptSwap, RefuseSwap
from responder.commands.incidents.leading import COMMAND, Take
from responder.commands.incidents.presence import RefuseHandover, StillHere
from responder.commands.incidents.roll_call import AnswerRoll
from responder.commands.obligations.reporting import TakeObligation
from responder.commands.paging.answering import Acknowledge, Decline
from responder.commands.reachability.self_test import AnswerTest
from responder.domain.keys import NAMES, SCORES, Act
from responder.domain.message import Message, Purpose
from responder.domain.record import By

BY_KEY = {"zh": "按键答复：", "en": "answered by key: "}


def command_of(act: Act, message: Message, by: By) -> Command | None:
    """The command of an act; None where nothing but words is wanted (repeat, help, wrong key)."""
    incident = message.incident
    match act:
        case Act.TAKE if message.purpose is Purpose.DUE:
            return TakeObligation(by=by, incident=incident)
        case Act.TAKE:
            return Acknowledge(by=by, incident=incident)
        case Act.DECLINE | Act.DECLINE_SURELY:
            return Decline(by=by, incident=incident, sure=act is Act.DECLINE_SURELY)
        case Act.SAFE | Act.NEED_HELP:
            return AnswerRoll(by=by, incident=incident, safe=act is Act.SAFE)
        case Act.HERE:
            return StillHere(by=by, incident=incident)
        case Act.ACCEPT:
            what = str(message.facts.get("offer", COMMAND))
            return Take(by=by, incident=incident, what=what)
        case Act.REFUSE:
            return RefuseHandover(by=by, incident=incident)
        case Act.RECEIVED:
            return AnswerTest(by=by, test=incident, via=message.via, message=message.id)
        case Act.NO_CHANGE:
            return Brief(by=by, incident=incident, audience=str(message.facts.get("briefs", "")))
        case _:
            others = (_of_duty, _of_drill, _decision)
            return next(filter(None, (other(act, message, by) for other in others)), None)


def _of_drill(act: Act, message: Message, by: By) -> Command | None:
    """Coming to a drill, or not; having known what to do in one."""
    if act in (Act.COME, Act.STAY_AWAY):
        comes, at = act is Act.COME, time_of(message)
        return AnswerInvitation(by=by, plan=message.incident, comes=comes, at=at)
    if act in SCORES:
        return GiveFeedback(by=by, incident=message.incident, knew=SCORES[act])
    return None


def _of_duty(act: Act, message: Message, by: By) -> Command | None:
    """Being at the post; agreeing to a swap, to take a shift over, to leave, or not."""
    if act is Act.ON_POST:
        return CheckIn(by=by)
    if act not in (Act.AGREE, Act.DISAGREE):
        return None
    agrees, about = act is Act.AGREE, message.incident
    consent = str(message.facts.get("consent", ""))
    if consent:
        objects = "" if agrees else BY_KEY["zh"] + NAMES[Act.DISAGREE].zh
        return Confirm(by=by, request=consent, objects=objects)
    if about.startswith("SWP-"):
        return AcceptSwap(by=by, swap=about) if agrees else RefuseSwap(by=by, swap=about)
    return AcceptShift(by=by, shift=about) if agrees else DeclineShift(by=by, shift=about)


def _decision(act: Act, message: Message, by: By) -> Command | None:
    incident, decision = message.incident, str(message.facts.get("decision", ""))
    match act:
        case Act.APPROVE | Act.REJECT:
            language = "en" if message.language == "en" else "zh"
            return Decide(
                by=by,
                incident=incident,
                decision=decision,
                approves=act is Act.APPROVE,
                reason=BY_KEY[language] + NAMES[act].said(language),
            )
        case Act.DECIDING:
            return Extend(by=by, incident=incident, decision=decision)
        case Act.HAND_DOWN:
            return PassOn(by=by, incident=incident, decision=decision)
        case _:
            return None
