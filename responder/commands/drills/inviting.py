"""Inviting to a drill to come: the question and its two answers, and how the question stands.

A drill to come is no drill yet: its invitations bear no mark, and belong to no `DRL-…`.
"""

from collections.abc import Iterable
from datetime import datetime

from responder.commands.duty.saying import brief_time
from responder.commands.matter import FirmMatter
from responder.commands.telling import Subject, Teller
from responder.domain.message import Message, Purpose
from responder.domain.planned_drill import PlannedDrill
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

NO_LEVEL = 0
"""Nothing has happened to which anybody would respond."""
GONE = Words("该演练安排已不存在。", "That drill is planned no more.")


def invite(
    firm: FirmMatter, plan: PlannedDrill, title: Words, people: Iterable[str], what: Words
) -> None:
    """Ask people quietly whether they come; who said so hears it, and may still change it."""
    at = brief_time(plan.starts_at, firm.site)
    named = title.said(firm.site.language)
    subject = Subject(plan.id, named, None, (), NO_LEVEL, firm.now, "")
    teller = Teller(firm.uow, firm.site, subject, firm.now)
    for person in (firm.site.people[p] for p in people if firm.roster.known(p)):
        language = person.language
        facts = {
            "what": what.said(language),
            "title": title.said(language),
            "at": at.said(language),
            "starts_at": plan.starts_at.isoformat(),
            "comes": "yes" if plan.answers.get(person.id) else "",
        }
        teller.quietly(person, facts, Purpose.INVITATION)


def take_back(uow: UnitOfWork, plan: PlannedDrill) -> None:
    """Invitations not sent yet are not sent."""
    uow.outbox.withdraw(plan.id, None, [Purpose.INVITATION])


def time_of(message: Message) -> datetime | None:
    """The time that an invitation asks about."""
    said = str(message.facts.get("starts_at") or "")
    return datetime.fromisoformat(said) if said else None


def holds(uow: UnitOfWork, message: Message) -> bool:
    """Whether an invitation may be answered, anew too: neither begun, moved nor cancelled since."""
    plan = uow.drill_plans.get(message.incident)
    return plan is not None and plan.is_for(time_of(message))


def is_unanswered(uow: UnitOfWork, message: Message) -> bool:
    """Whether an invitation still waits for this person."""
    plan = uow.drill_plans.get(message.incident)
    return plan is not None and holds(uow, message) and message.person not in plan.answers


def became_of_invitation(uow: UnitOfWork, message: Message, site: Site) -> Words:
    """What became of the drill since somebody was invited to it, or what they answered."""
    plan = uow.drill_plans.get(message.incident)
    if plan is None:
        return GONE
    if not plan.is_open:
        return end_of(plan)
    if not plan.is_for(time_of(message)):
        return moved(plan, site)
    return answered(plan.answers.get(message.person, False))


def answered(comes: bool) -> Words:
    """What somebody answered."""
    if comes:
        return Words("已登记：能参加。", "Recorded: you come.")
    return Words("已登记：不能参加。", "Recorded: you cannot come.")


def end_of(plan: PlannedDrill) -> Words:
    """Why a plan is open no more."""
    id = plan.id
    if plan.drill:
        return Words(f"演练{id}已开始，编号{plan.drill}。", f"{id} has begun: {plan.drill}.")
    return Words(f"演练{id}已取消：{plan.cancelled}。", f"{id} is cancelled: {plan.cancelled}.")


def moved(plan: PlannedDrill, site: Site) -> Words:
    """To when it was moved."""
    at = brief_time(plan.starts_at, site)
    return Words(f"演练{plan.id}已改期至{at.zh}。", f"{plan.id} is moved to {at.en}.")
