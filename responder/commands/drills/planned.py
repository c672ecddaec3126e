"""Drills with a day: planned outside sessions, who comes, moved, cancelled (7.1 x)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.inviting import answered, moved, take_back
from responder.commands.drills.plan_at_work import PlanAtWork, when
from responder.commands.drills.scenarios import must_be_sound, scenario_in_force
from responder.commands.firm import require_act
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.domain.planned_drill import PlannedDrill
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.approval import is_approved
from responder.drills.dates import Proposal, proposals
from responder.drills.sessions import met_on
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

SERIES = "DPL"


@dataclass(frozen=True)
class ScheduleDrill(Command):
    """A scenario is to be held at a time; `by_itself` has the engine begin it then."""

    scenario: str
    at: datetime
    in_session: str = ""
    by_itself: bool = False


@dataclass(frozen=True)
class AnswerInvitation(Command):
    """Somebody invited says whether they come; said again, it replaces what was said before.

    `at` is the time that they were asked about, where an invitation was answered.
    """

    plan: str
    comes: bool
    at: datetime | None = None


@dataclass(frozen=True)
class MoveDrill(Command):
    """Another time for a drill to come, and why."""

    plan: str
    at: datetime
    reason: str
    in_session: str = ""


@dataclass(frozen=True)
class CancelDrill(Command):
    """A drill to come will not be held, and why."""

    plan: str
    reason: str


@dataclass(frozen=True)
class TakeOverDrill(Command):
    """Another coordinator leads a drill to come."""

    plan: str


@handles(ScheduleDrill)
def schedule_drill(command: ScheduleDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Plan it and invite. Raises BadInput for a time past or in a session, or planned already."""
    require_act("schedule_drill", command.by, uow, now)
    clean_reason(command.in_session, needed=False)
    site = roster_in_force(uow).site
    scenario = scenario_in_force(site, command.scenario)
    must_be_sound(scenario, site)
    for other in uow.drill_plans.open().values():
        if other.scenario == scenario.id:
            raise BadInput(
                f"该演练已安排：{other.id}，{when(other.starts_at, site)}。",
                f"This drill is planned already: {other.id}, {when(other.starts_at, site)}.",
                f"要改期请执行：drill move {other.id}",
                f"Move it: drill move {other.id}",
            )
    _must_fit(command.at, command.in_session, scenario.id, site, now)
    who = command.by.person
    plan = PlannedDrill(
        number(uow, SERIES, site, now),
        scenario.id,
        command.at,
        now,
        who,
        who,
        command.in_session,
        command.by_itself,
    )
    work = PlanAtWork.of(uow, plan, now)
    work.announce(command.by)
    lacks = not is_approved(scenario, uow.drill_approvals.get(scenario.id))
    zh = "计划尚未批准。" * lacks
    en = " Its plan is not approved yet." * lacks
    at, people = when(command.at, site), len(work.invited)
    return Reply(
        plan.id,
        Words(
            f"{plan.id}已安排：{scenario.title.zh}，{at}，已通知{people}人。{zh}",
            f"{plan.id} is planned: {scenario.title.en}, {at}; {people} people are told.{en}",
        ),
        {"plan": plan.id, "at": command.at.isoformat(), "invited": list(work.invited)},
    )


def _must_fit(at: datetime, in_session: str, scenario: str, site: Site, now: datetime) -> None:
    if at <= now:
        raise BadInput(
            "演练时间已过。", "That time is past.", "请写将来的时间。", "Give one ahead."
        )
    one = site.scenarios[scenario]
    met = met_on(one, site, at)
    if met and not (in_session.strip() or one.in_session.strip()):
        raise BadInput(
            f"该时间{met}有交易时段。",
            f"{met} trades at that time.",
            f"可选日期：drill propose {scenario}；确需此时演练的，用 --in-session 写明理由。",
            f"Free days: drill propose {scenario}; or say why with --in-session.",
        )


@handles(AnswerInvitation)
def answer_invitation(command: AnswerInvitation, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it, and tell the coordinator who cannot come, or can after all.

    Raises BadInput where it has begun, was moved since or is cancelled, and from who is not
    invited. The same answer again changes nothing.
    """
    require_act("answer_drill", command.by, uow, now)
    work = PlanAtWork.load(uow, command.plan, now)
    plan, who = work.plan, command.by.person
    if who not in work.invited:
        raise BadInput("您不在该演练的邀请名单中。", "You are not invited to this drill.")
    if command.at is not None and not plan.is_for(command.at):
        became = moved(plan, work.site)
        raise BadInput(
            f"{became.zh}没有登记。",
            f"{became.en} Nothing is recorded.",
            "请按新的邀请答复。",
            "Answer the new invitation.",
        )
    before = plan.answers.get(who)
    if before is not command.comes:
        plan.answers[who] = command.comes
        work.record("InvitationAnswered", command.by, comes=command.comes)
        _tell_of_change(work, who, before)
        work.save()
    said, at = answered(command.comes), when(plan.starts_at, work.site)
    return Reply(
        plan.id,
        Words(
            f"{said.zh}{work.title.zh}，{at}（{plan.id}）。有变化可以再答复。",
            f"{said.en} {work.title.en}, {at} ({plan.id}). You may answer again.",
        ),
        {"coming": sum(plan.answers.values()), "invited": len(work.invited)},
    )


def _tell_of_change(work: PlanAtWork, who: str, before: bool | None) -> None:
    """Its coordinator plans with those who come: a yes alone changes nothing."""
    zh, en = (work.site.people[who].name.said(language) or who for language in ("zh", "en"))
    if not work.plan.answers[who]:
        what = Words(f"{zh}不能参加演练", f"{en} cannot come to the drill")
    elif before is not None:
        what = Words(f"{zh}又能参加演练", f"{en} can come to the drill after all")
    else:
        return
    work.tell([work.plan.coordinator], what)


@handles(MoveDrill)
def move_drill(command: MoveDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Everybody invited hears of the new time and the reason, and is asked anew."""
    require_act("schedule_drill", command.by, uow, now)
    work = PlanAtWork.load(uow, command.plan, now)
    reason = clean_reason(command.reason)
    scenario_in_force(work.site, work.plan.scenario)
    in_session = command.in_session or work.plan.in_session
    _must_fit(command.at, in_session, work.plan.scenario, work.site, now)
    before, work.plan.in_session = work.plan.starts_at, in_session
    work.plan.move(command.at, reason, command.by.person, now)
    take_back(uow, work.plan)
    facts = {"since": before.isoformat(), "until": command.at.isoformat(), "reason": reason}
    work.record("DrillMoved", command.by, **facts)
    work.invite(Words(f"改期（{reason}）", f"moved ({reason})"))
    work.save()
    at = when(command.at, work.site)
    return Reply(
        work.plan.id,
        Words(f"{work.plan.id}改期至{at}，重新征求意见。", f"{work.plan.id} is moved to {at}."),
        {"at": command.at.isoformat()},
    )


@handles(CancelDrill)
def cancel_drill(command: CancelDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Everybody invited hears that it is off, and why."""
    require_act("schedule_drill", command.by, uow, now)
    work = PlanAtWork.load(uow, command.plan, now)
    work.plan.cancelled = clean_reason(command.reason)
    take_back(uow, work.plan)
    work.record("DrillCancelled", command.by, reason=command.reason)
    work.tell(
        work.invited,
        Words(f"演练取消（{command.reason}）", f"The drill is cancelled ({command.reason})"),
    )
    work.save()
    return Reply(work.plan.id, Words(f"{work.plan.id}已取消。", f"{work.plan.id} is cancelled."))


@handles(TakeOverDrill)
def take_over_drill(command: TakeOverDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """From now on questions and reminders of the coordinator go to whoever says this."""
    require_act("schedule_drill", command.by, uow, now)
    work = PlanAtWork.load(uow, command.plan, now)
    work.hand_to(command.by.person, command.by)
    work.save()
    return Reply(work.plan.id, Words(f"{work.plan.id}由您组织。", f"You lead {work.plan.id} now."))


def proposed(uow: UnitOfWork, scenario: str, now: datetime) -> list[Proposal]:
    """Days on which a scenario could be held. Raises UnknownId."""
    roster = roster_in_force(uow)
    return proposals(scenario_in_force(roster.site, scenario), roster, now)


def planned_drills(uow: UnitOfWork, now: datetime) -> list[dict[str, Any]]:
    """The drills to come, the nearest first."""
    found = sorted(uow.drill_plans.open().values(), key=lambda plan: plan.starts_at)
    return [_shown(PlanAtWork.of(uow, plan, now)) for plan in found]


def _shown(work: PlanAtWork) -> dict[str, Any]:
    plan, title = work.plan, work.title
    return {
        "id": plan.id,
        "scenario": plan.scenario,
        "title": {"zh": title.zh, "en": title.en},
        "at": plan.starts_at.isoformat(),
        "coordinator": plan.coordinator,
        "by_itself": plan.by_itself,
        "approved": work.is_approved,
        "missed": plan.missed or None,
        "occurrence": plan.occurrence.isoformat() if plan.occurrence else None,
        "invited": list(work.invited),
        "coming": [person for person, comes in plan.answers.items() if comes],
        "not_coming": [person for person, comes in plan.answers.items() if not comes],
        "moved": [
            {"before": one.before.isoformat(), "reason": one.reason, "by": one.by}
            for one in plan.moved
        ],
    }
