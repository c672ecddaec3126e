"""What needs two people: nothing happens until a second one consents."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.matter import Matter, matter_of
from responder.commands.telling import name
from responder.domain.consent import Consent
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Confirm(Command):
    """The second person's consent; `objects` refuses it, with a reason."""

    request: str
    objects: str = ""


Effect = Callable[[Any, Consent, By], Reply]
"""Given the matter (an incident's or warning's case, the firm), the consent, and who gave it."""

VALID_FOR = timedelta(minutes=30)
"""How long a request for anybody's consent stands; one named to confirm may take longer."""
EFFECTS: dict[str, Effect] = {}
OBJECTIONS: dict[str, Effect] = {}
"""What an objection brings about, beside that it is on the record."""


def takes_effect(purpose: str) -> Callable[[Effect], Effect]:
    """Register what a consent of this purpose brings about."""

    def register(effect: Effect) -> Effect:
        EFFECTS[purpose] = effect
        return effect

    return register


def takes_objection(purpose: str) -> Callable[[Effect], Effect]:
    """Register what an objection to a request of this purpose brings about."""

    def register(effect: Effect) -> Effect:
        OBJECTIONS[purpose] = effect
        return effect

    return register


def ask_consent(
    case: Matter, purpose: str, by: By, facts: dict[str, Any], who: tuple[str, ...] = ()
) -> Reply:
    """Ask a second person; nothing else changes until one confirms."""
    until = case.now + VALID_FOR if not who else None
    id = case.uow.token()
    consent = Consent(id, purpose, case.subject.id, by.person, case.now, facts, who, until)
    case.uow.consents.put(consent.id, consent)
    case.record("ConsentAsked", by, consent=consent.id, purpose=purpose, who=list(who))
    case.save()
    return Reply(
        consent.id,
        Words(
            f"需要第二人确认后生效。请另一人执行：confirm {consent.id}",
            f"It takes effect when a second person confirms: confirm {consent.id}",
        ),
        {"incident": case.subject.id, "waits_for": list(who)},
    )


@handles(Confirm)
def confirm(command: Confirm, uow: UnitOfWork, now: datetime) -> Reply:
    """Carry out what was asked for, on a second person's word; or put the objection on record."""
    consent = uow.consents.get(command.request)
    if consent is None or consent.purpose not in EFFECTS:
        raise UnknownId("待确认事项", "request to confirm", command.request, uow.consents.open())
    case = matter_of(uow, consent.incident, now)
    _second_person(case, consent, command.by)
    clean_reason(command.objects, needed=False)
    consent.confirmed_by, consent.confirmed_at = command.by.person, now
    uow.consents.put(consent.id, consent)
    if command.objects:
        case.record(
            "ConsentRefused",
            command.by,
            consent=consent.id,
            purpose=consent.purpose,
            reason=command.objects,
        )
        case.save()
        if consent.purpose in OBJECTIONS:
            return OBJECTIONS[consent.purpose](case, consent, command.by)
        return Reply(consent.id, Words("已登记异议。", "Your objection is on the record."))
    case.record("ConsentGiven", command.by, consent=consent.id, purpose=consent.purpose)
    return EFFECTS[consent.purpose](case, consent, command.by)


def _second_person(case: Matter, consent: Consent, by: By) -> None:
    if consent.withdrawn_at is not None:
        raise BadInput(
            "该事项已收回，无须确认。",
            "This was taken back; there is nothing to confirm.",
        )
    if not consent.is_open:
        raise BadInput(
            f"该事项已由{name(case.site, consent.confirmed_by, 'zh')}确认。",
            f"{name(case.site, consent.confirmed_by, 'en')} has already confirmed this.",
        )
    if consent.until is not None and case.now > consent.until:
        raise BadInput(
            "提请已超过30分钟，不再有效。",
            "This was asked for over 30 minutes ago and is no longer valid.",
            "请重新提出。",
            "Ask for it again.",
        )
    if by.person == consent.asked_by and by.person not in consent.who:
        raise BadInput(
            "提出人不能自己确认。",
            "Whoever asked cannot also confirm.",
            "请另一人确认。",
            "Ask a second person.",
        )
    if not consent.who:
        case.may("consent", by)
    elif by.person not in consent.who:
        names = [name(case.site, p, "zh") for p in consent.who]
        raise BadInput(
            f"该事项须由{'、'.join(names)}确认。",
            f"This waits for {', '.join(name(case.site, p, 'en') for p in consent.who)}.",
        )
