"""Answering pages, and paging beside the policy (promises P1 and P7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from responder.commands.alert import Alert, pursuit_of
from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.pursuit import Pursuit
from responder.commands.targets import whom
from responder.commands.telling import clock_time, name
from responder.commands.warnings.verification import (
    may_verify,
    pass_verification_on,
    take_verification,
)
from responder.domain import escalation as paging
from responder.domain.incident import PHASE_NAMES
from responder.domain.message import Purpose
from responder.domain.record import By
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.errors import NotAllowed
from responder.ports.unit_of_work import UnitOfWork

LONGEST_WHY = 200
FROZEN = Words("已冻结", "frozen")


@dataclass(frozen=True)
class Acknowledge(Command):
    """A human takes the page. `incident` may be a warning's id."""

    incident: str


@dataclass(frozen=True)
class Decline(Command):
    """A human passes the page on; `sure` where nobody else holds the role."""

    incident: str
    sure: bool = False


@dataclass(frozen=True)
class Page(Command):
    """Call somebody in, beside the policy."""

    incident: str
    target: str
    why: str


@handles(Acknowledge)
def acknowledge(command: Acknowledge, uow: UnitOfWork, now: datetime) -> Reply:
    """Count the answer of those asked; record everybody else's as seen."""
    chase = pursuit_of(uow, command.incident, now)
    person = command.by.person
    if not chase.roster.known(person):
        raise NotAllowed(
            person=person,
            what_zh="接手",
            what_en="take this",
            who_zh="应急处置联络手册中的人员",
            who_en="people in the contact manual",
        )
    escalation = chase.escalation
    if person in escalation.acknowledged:
        said = ended(chase) or yours(chase, person)
        return Reply(chase.subject.id, said, {"counted": True})
    if isinstance(chase, Alert) and chase.waits and may_verify(chase, command.by):
        return take_verification(chase, command.by)
    if not escalation.is_open or not counts(chase, person):
        chase.record("Seen", command.by)
        chase.save()
        return Reply(chase.subject.id, _seen(chase), {"counted": False})
    count(chase, person, command.by)
    chase.save()
    facts = {"counted": True, "complete": not escalation.is_open}
    return Reply(chase.subject.id, _taken(chase), facts)


def count(chase: Pursuit, person: str, by: By) -> None:
    """A person takes it: by their own act, or on the word of whoever reached them."""
    chase.carry_out(
        paging.acknowledge(chase.escalation, chase.policy, chase.roster, person, chase.now), by
    )
    if isinstance(chase, Case):
        chase.acted(by)
    chase.uow.outbox.withdraw(chase.subject.id, [person], [chase.purpose])
    chase.carry_out(paging.settle(chase.escalation, chase.policy, chase.roster, chase.now))


def counts(chase: Pursuit, person: str) -> bool:
    """Whether this answer counts: paged in this cycle, holder of a named role, command body."""
    named = (Target.parse(target) for step in chase.policy.steps for target in step.page)
    roles = [target.id for target in named if target.kind == "role"]
    return (
        person in chase.escalation.first_paged
        or person in chase.roster.command_body
        or any(chase.roster.holder(role, chase.now) == person for role in roles)
    )


def _taken(chase: Pursuit) -> Words:
    at, code = clock_time(chase.now, chase.site), chase.subject.code
    return Words(
        f"已登记，{at}由您接手，编号{code}。请先确认现场人员安全，再按应急工作卡片处置。",
        f"Recorded: you took it at {at}, code {code}. First make sure people are safe,"
        " then work your card.",
    )


def yours(chase: Pursuit, person: str) -> Words:
    """That somebody took it already."""
    at = clock_time(chase.escalation.acknowledged[person], chase.site)
    return Words(f"您已于{at}接手。", f"You took it at {at} already.")


def taken_by(chase: Pursuit) -> Words | None:
    """Who took it and when, None while it is open or where nobody did."""
    takers = list(chase.escalation.acknowledged)
    if chase.escalation.is_open or not takers:
        return None
    taker = chase.escalation.commander or takers[0]
    at = clock_time(chase.escalation.acknowledged.get(taker), chase.site)
    return Words(
        f"{name(chase.site, taker, 'zh')}已于{at}接手，您不用再处理。",
        f"{name(chase.site, taker, 'en')} took it at {at}; you need do nothing.",
    )


def ended(chase: Pursuit) -> Words | None:
    """That an incident is over, or a drill frozen; None while it is handled."""
    if isinstance(chase, Alert) and chase.warning.frozen:
        id = chase.warning.id
        return Words(
            f"{id}所属演练已停，您不用再处理。",
            f"The drill of {id} stands still or is over; you need do nothing.",
        )
    incident = chase.incident_or_none
    if incident is None or (incident.is_handled and not incident.frozen):
        return None
    state = PHASE_NAMES[incident.phase] if not incident.is_handled else FROZEN
    return Words(
        f"{incident.id}{state.zh}，您不用再处理。",
        f"{incident.id} is {state.en}; you need do nothing.",
    )


def _seen(chase: Pursuit) -> Words:
    became = ended(chase) or taken_by(chase)
    if became is not None:
        return Words(f"{became.zh}已记录您看到。", f"{became.en} That you saw it is on the record.")
    if not chase.escalation.is_open:
        return Words(
            "呼叫已结束，已记录您看到。", "Paging is over; it is recorded that you saw it."
        )
    asked = [p for p in chase.escalation.first_paged if p in chase.escalation.runs]
    return Words(
        f"已记录您看到，但不计入接手；正在呼叫：{_names(chase, asked, 'zh')}。",
        f"Recorded as seen, not counted: {_names(chase, asked, 'en')} are being paged.",
    )


def _names(chase: Pursuit, people: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(name(chase.site, p, language) for p in people)


@handles(Decline)
def decline(command: Decline, uow: UnitOfWork, now: datetime) -> Reply:
    """Pass the page on for the rest of the round."""
    chase = pursuit_of(uow, command.incident, now)
    person = command.by.person
    if isinstance(chase, Alert) and chase.waits and person == chase.warning.asked:
        return pass_verification_on(chase, command.by)
    if not chase.escalation.is_open or person not in chase.escalation.first_paged:
        chase.record("Seen", command.by)
        chase.save()
        return Reply(chase.subject.id, _seen(chase), {"counted": False})
    if not command.sure and only_holder(chase, person):
        alone = Words(
            "该岗位只有您可联系。确不能接手，请再确认一次（--sure）。",
            "You are the only one for this post. If you cannot take it, say so again (--sure).",
        )
        return Reply(chase.subject.id, alone, {"counted": False}, ask="sure")
    chase.carry_out(paging.decline(chase.escalation, person, now), command.by)
    if isinstance(chase, Case):
        chase.acted(command.by)
    chase.uow.outbox.withdraw(chase.subject.id, [person], [chase.purpose])
    chase.carry_out(paging.settle(chase.escalation, chase.policy, chase.roster, now))
    chase.save()
    return Reply(chase.subject.id, _passed(chase), {"counted": True})


def only_holder(chase: Pursuit, person: str) -> bool:
    """Whether a role was paged through this person and nobody else can hold it now."""
    for role, held in chase.escalation.roles.items():
        post = chase.site.roles.get(role)
        if held.holder == person and post is not None:
            others = {*chase.roster.posted(post, chase.now)} - {person}
            return not any(
                chase.roster.known(p) and not chase.roster.absent(p, chase.now) for p in others
            )
    return False


def _passed(chase: Pursuit) -> Words:
    (_, zh), (_, en) = chase.what_follows("zh"), chase.what_follows("en")
    return Words(
        f"已记录，现在呼叫{zh}。" if zh else "已记录，转下一位。",
        f"Recorded; now calling {en}." if en else "Recorded; the next one is being called.",
    )


@handles(Page)
def page(command: Page, uow: UnitOfWork, now: datetime) -> Reply:
    """Call people in: by the profile while the incident is being paged, else by every way once."""
    case = Case.load(uow, command.incident, now)
    case.may("page", command.by)
    clean_line(command.why, "事由", "reason", LONGEST_WHY)
    people = whom(case, command.target)
    case.record("PagedByHand", command.by, target=command.target, why=command.why, people=people)
    for person in people:
        if case.escalation.is_open:
            case.carry_out(
                paging.summon(case.escalation, case.policy, case.roster, person, now), command.by
            )
        else:
            case.ring([person], Purpose.PAGE, next="", deadline="")
    case.save()
    return Reply(
        case.incident.id,
        Words(f"正在呼叫：{_names(case, people, 'zh')}。", f"Paging {_names(case, people, 'en')}."),
        {"people": people},
    )
