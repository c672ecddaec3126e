"""What a person's sandbox phone shows: what rings, what waits for an answer, what came in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from responder.commands.drills.feedback import is_unjudged, may_judge
from responder.commands.drills.inviting import holds, is_unanswered
from responder.commands.pursuit import roster_of
from responder.commands.reachability.self_test import still_waits
from responder.domain.hunt import is_sought
from responder.domain.incident import Incident
from responder.domain.keys import BY_BUTTON
from responder.domain.message import JOINED, Message, Purpose, State
from responder.domain.people import RINGING
from responder.domain.warning import Stage
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

ARRIVED = (State.ACCEPTED, State.DELIVERED)
PROVIDERS = ("sandbox", "by_hand")
"""What really went out is on a real phone, and is answered there."""
LATEST = 40


@dataclass(frozen=True, slots=True)
class Call:
    """Something that waits for the person's answer, by its latest message; `rings` while called."""

    message: Message
    rings: bool

    @property
    def subject(self) -> tuple[str, str, str]:
        """What it is about: one question has one answer, however many messages asked it."""
        message = self.message
        about = message.facts.get("decision") or message.facts.get("briefs") or ""
        return (message.incident, message.purpose.value, str(about))


@dataclass(frozen=True, slots=True)
class Screen:
    """A phone at an instant: what waits, the most urgent first, and all messages, latest last."""

    person: str
    calls: tuple[Call, ...]
    messages: tuple[Message, ...]


def screen(uow: UnitOfWork, now: datetime, person: str) -> Screen:
    """What a person's phone shows at an instant. Raises UnknownId."""
    version = uow.sites.accepted()
    people = roster_of(uow, version).site.people if version else {}
    if person not in people:
        raise UnknownId("人员", "person", person, people)
    sent = uow.outbox.to(person, LATEST)
    messages = [m for m in sent if m.state in ARRIVED and m.provider in PROVIDERS]
    ringing = {Call(m, True).subject for m in messages if _rings(m, now)}
    latest = {call.subject: call for call in (Call(m, False) for m in messages if m.text)}
    waiting = [
        Call(call.message, call.subject in ringing)
        for call in latest.values()
        if waits(uow, call.message)
    ]
    waiting.sort(key=lambda call: (not call.rings, call.message.urgency))
    return Screen(person, tuple(waiting), tuple(messages))


def _rings(message: Message, now: datetime) -> bool:
    until = message.calling_until
    return message.via in RINGING and until is not None and until > now


def waits(uow: UnitOfWork, message: Message) -> bool:
    """Whether what a message asks still waits for this person's answer."""
    if message.purpose in OF_NO_INCIDENT:
        return OF_NO_INCIDENT[message.purpose](uow, message)
    incident = uow.incidents.get(message.incident)
    if incident is None or not incident.is_handled or incident.frozen:
        return False
    match message.purpose:
        case Purpose.PAGE:
            return _page_waits(uow, message)
        case Purpose.DECISION:
            return _decision_waits(uow, message)
        case Purpose.BRIEF_DUE:
            return _brief_waits(uow, message)
        case _:
            return _incident_waits(incident, message)


def may_answer(uow: UnitOfWork, message: Message) -> bool:
    """Whether what a message asks may be answered: while it waits, or may be answered anew."""
    match message.purpose:
        case Purpose.INVITATION:
            return holds(uow, message)
        case Purpose.HOT_WASH:
            return may_judge(uow, message)
        case _:
            return waits(uow, message)


def _warning_waits(uow: UnitOfWork, message: Message) -> bool:
    warning = uow.warnings.get(message.incident)
    if warning is None or warning.frozen:
        return False
    escalation = uow.escalations.get(message.incident)
    answered = {warning.verifier}
    if escalation is not None:
        answered.update(escalation.acknowledged, escalation.declined)
    return warning.stage is Stage.RAISED and message.person not in answered


def _due_waits(uow: UnitOfWork, message: Message) -> bool:
    """Whether something owed here is still to be taken by whoever was asked."""
    rows = uow.obligations.of(message.incident).values()
    return any(is_sought(row) and message.person in (row.owner, *row.asked) for row in rows)


def _duty_waits(uow: UnitOfWork, message: Message) -> bool:
    """Whether a swap, a handover, leave or a check-in still waits for this person."""
    if consent := message.facts.get("consent"):
        asked = uow.consents.get(str(consent))
        return asked is not None and asked.is_open
    if swap := uow.swaps.get(message.incident):
        return swap.is_open and message.person not in swap.accepted
    shift = uow.shifts.get(message.incident)
    if shift is None:
        return False
    if message.purpose is Purpose.CHECK_IN:
        return shift.asked_at is not None and shift.person == message.person
    return shift.is_open and shift.handed_to == message.person


def _test_waits(uow: UnitOfWork, message: Message) -> bool:
    return still_waits(uow, message.person, message.incident, message.via)


OF_NO_INCIDENT: dict[Purpose, Callable[[UnitOfWork, Message], bool]] = {
    Purpose.DUE: _due_waits,
    Purpose.VERIFY_WARNING: _warning_waits,
    Purpose.TEST: _test_waits,
    Purpose.ASSENT: _duty_waits,
    Purpose.CHECK_IN: _duty_waits,
    Purpose.INVITATION: is_unanswered,
    Purpose.HOT_WASH: is_unjudged,
}
"""What may be asked whether or not an incident is handled."""


def _page_waits(uow: UnitOfWork, message: Message) -> bool:
    escalation = uow.escalations.get(message.incident)
    if escalation is None or not escalation.is_open:
        return False
    answered = (*escalation.acknowledged, *escalation.declined)
    return message.person in escalation.first_paged and message.person not in answered


def _decision_waits(uow: UnitOfWork, message: Message) -> bool:
    authority = uow.authorities.get(message.incident)
    if authority is None or authority.stopped:
        return False
    decision = message.facts.get("decision")
    return any(
        request.is_open and message.person in request.asked and request.decision == decision
        for request in authority.requests.values()
    )


def _brief_waits(uow: UnitOfWork, message: Message) -> bool:
    """Whether the audience was told nothing since the reminder."""
    briefing = uow.briefings.get(f"{message.incident}/{message.facts.get('briefs')}")
    return briefing is not None and str(briefing.number + 1) == message.facts.get("number")


def _incident_waits(incident: Incident, message: Message) -> bool:
    person = message.person
    match message.purpose:
        case Purpose.ROLL_CALL:
            return incident.roll_call is not None and person in incident.roll_call.silent
        case Purpose.HANDOVER:
            return any(offer.taker == person for offer in incident.offers)
        case Purpose.STILL_THERE:
            return incident.asked_still_there_at is not None and incident.commander == person
        case _:
            return False


def open_requests(uow: UnitOfWork, person: str, number: str = "") -> list[Message]:
    """What waits for a person's answer, the latest message of each, the most urgent first.

    With a `number`, only what was sent or rung there.
    """
    reached = (m for m in reached_by(uow, person, number) if m.purpose not in BY_BUTTON)
    latest = {Call(m, False).subject: m for m in reached}
    waiting = [message for message in latest.values() if waits(uow, message)]
    return sorted(waiting, key=lambda message: message.urgency)


def reached_by(uow: UnitOfWork, person: str, number: str = "") -> list[Message]:
    """What a person got lately, at that number if one is given, the latest last.

    A ring that joined a call counts as rung.
    """
    return [
        message
        for message in uow.outbox.to(person, LATEST)
        if number in ("", message.to) and (message.state in ARRIVED or message.reason == JOINED)
    ]
