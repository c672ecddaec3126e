"""What became of a question that no longer waits, for somebody who hears it late."""

from datetime import datetime

from responder.commands.alert import pursuit_of
from responder.commands.drills.feedback import CLOSED
from responder.commands.drills.inviting import became_of_invitation
from responder.commands.paging.answering import ended, taken_by, yours
from responder.commands.pursuit import Pursuit, roster_in_force
from responder.commands.telling import clock_time, name
from responder.domain.keys import MENUS
from responder.domain.message import Message, Purpose
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

SETTLED = Words("此事已有结果，您不用再处理。", "This is settled; you need do nothing.")
PASSED_ON = Words("您已转下一位。", "You passed it on.")
SAFE = Words("已登记您平安。", "It is recorded that you are safe.")
IN_NEED = Words("已登记您需要救助。", "It is recorded that you need help.")


def asks(message: Message) -> bool:
    """Whether a message asks for an answer; others only tell."""
    return message.purpose in MENUS


def became_of(uow: UnitOfWork, message: Message, now: datetime) -> Words:
    """What became of it, as far as this person is concerned."""
    if message.purpose is Purpose.INVITATION:
        return became_of_invitation(uow, message, roster_in_force(uow).site)
    if message.purpose is Purpose.HOT_WASH:
        return CLOSED
    if not message.incident.startswith(("INC-", "DRL-", "WRN-")):
        return SETTLED
    try:
        chase = pursuit_of(uow, message.incident, now)
    except UnknownId:
        return SETTLED
    match message.purpose:
        case Purpose.PAGE | Purpose.VERIFY_WARNING:
            return _page(chase, message.person)
        case Purpose.DECISION:
            return _decision(uow, chase, str(message.facts.get("decision", "")))
        case Purpose.DUE:
            return _due(uow, chase, message.person)
        case Purpose.ROLL_CALL:
            return _roll_call(chase, message.person)
        case _:
            return SETTLED


def _page(chase: Pursuit, person: str) -> Words:
    if over := ended(chase):
        return over
    if person in chase.escalation.acknowledged:
        return yours(chase, person)
    if chase.escalation.is_open and person in chase.escalation.declined:
        return PASSED_ON
    return taken_by(chase) or SETTLED


def _decision(uow: UnitOfWork, chase: Pursuit, decision: str) -> Words:
    authority = uow.authorities.get(chase.subject.id)
    requests = authority.requests.values() if authority else ()
    for asked in reversed([one for one in requests if one.decision == decision]):
        if asked.is_open:
            continue
        at = clock_time(asked.decided_at, chase.site)
        zh, en = (name(chase.site, asked.decided_by, language) for language in ("zh", "en"))
        return Words(
            f"{zh}已于{at}决策：{'同意' if asked.approved else '不同意'}。",
            f"{en} decided at {at}: {'approved' if asked.approved else 'rejected'}.",
        )
    return ended(chase) or SETTLED


def _due(uow: UnitOfWork, chase: Pursuit, person: str) -> Words:
    rows = [row for row in uow.obligations.of(chase.subject.id).values() if row.is_due]
    mine = [row for row in rows if row.owner == person and row.taken_at]
    held = mine or [row for row in rows if row.taken_at]
    if not held:
        return SETTLED
    at = clock_time(held[0].taken_at, chase.site)
    if mine:
        return Words(f"已由您于{at}接手报送。", f"You have it since {at}.")
    zh, en = (name(chase.site, held[0].owner, language) for language in ("zh", "en"))
    return Words(f"已由{zh}于{at}接手报送。", f"{en} has it since {at}.")


def _roll_call(chase: Pursuit, person: str) -> Words:
    incident = chase.incident_or_none
    roll = incident.roll_call if incident else None
    if roll is not None and person in roll.in_need:
        return IN_NEED
    return SAFE if roll is not None and person in roll.safe else ended(chase) or SETTLED
