"""A key pressed in answer to a message, as the command it stands for."""

from responder.commands.briefing import Brief
from responder.commands.command import Command
from responder.commands.decision import Decide, Extend, PassOn
from responder.commands.leading import COMMAND, Take
from responder.commands.paging import Acknowledge, Decline
from responder.commands.presence import RefuseHandover, StillHere
from responder.commands.reporting import TakeObligation
from responder.commands.roll_call import AnswerRoll
from responder.commands.self_test import AnswerTest
from responder.domain.keys import NAMES, Act
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
            return AnswerTest(by=by, test=incident, via=message.via)
        case Act.NO_CHANGE:
            return Brief(by=by, incident=incident, audience=str(message.facts.get("briefs", "")))
        case _:
            return _decision(act, message, by)


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
