"""Declaring an incident and moving it through its phases (JR/T 0099 7.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.briefings.clocks import turned
from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.decisions.asking import ask_after
from responder.commands.incidents.room import open_rooms
from responder.commands.notices.promises import owe_first_notice
from responder.commands.numbering import number
from responder.commands.obligations.obligation import reconcile
from responder.commands.problems.event_log import event_of, heard_again, log_incident, merge_event
from responder.commands.problems.lessons import lessons_of, seen_before, symptom_of_playbook
from responder.commands.pursuit import roster_of
from responder.commands.rights import capacities, require
from responder.domain import escalation as paging
from responder.domain.incident import Incident, Phase
from responder.domain.playbook import LEVELS, Playbook
from responder.domain.problem import Problem
from responder.domain.record import ENGINE
from responder.domain.regime import Milestone
from responder.domain.role import filler
from responder.domain.site import Site
from responder.domain.task import Task
from responder.domain.words import Words
from responder.errors import BadInput, NoSite, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_TITLE = 200
DECLARER_SPARED = timedelta(seconds=60)


@dataclass(frozen=True)
class Declare(Command):
    """An event has happened: activate the plan at once.

    `came_from` is the warning or the logged event that turned into it.
    """

    playbook: str
    title: str
    level: int | None = None
    systems: tuple[str, ...] = ()
    drill: bool = False
    separate: str = ""
    came_from: str = ""


@handles(Declare)
def declare(command: Declare, uow: UnitOfWork, now: datetime) -> Reply:
    """Open an incident, or add to the open one of the same playbook or system."""
    version = uow.sites.accepted()
    if version is None:
        raise NoSite
    roster = roster_of(uow, version)
    require("declare", command.by, set(capacities(command.by.person, roster, now)))
    playbook = _playbook(roster.site, command.playbook)
    _check(command, roster.site)
    _check_origin(command, uow)
    systems = command.systems or playbook.systems
    same = None if command.separate else _open_one(uow, playbook.id, systems, command.drill)
    if same is not None:
        return _also_reported(Case.load(uow, same.id, now), command)
    return open_incident(uow, now, command, playbook, systems, version)


def _playbook(site: Site, id: str) -> Playbook:
    if id not in site.playbooks:
        raise UnknownId("处置方案", "playbook", id, site.playbooks)
    return site.playbooks[id]


def _check(command: Declare, site: Site) -> None:
    clean_line(command.title, "标题", "title", LONGEST_TITLE)
    clean_reason(command.separate, needed=False)
    if command.level is not None and command.level not in LEVELS:
        raise BadInput(
            f"响应级别{command.level}不存在。",
            f"There is no level {command.level}.",
            "请用1、2、3或4。",
            "Use 1, 2, 3 or 4.",
        )
    for system in command.systems:
        if system not in site.systems:
            raise UnknownId("系统", "system", system, site.systems)


def _check_origin(command: Declare, uow: UnitOfWork) -> None:
    if not command.came_from:
        return
    event = event_of(uow, command.came_from)
    if event is None:
        known = uow.logged_events.open()
        raise UnknownId("运维事件", "logged event", command.came_from, known)
    if event.became.startswith("INC-"):
        raise BadInput(
            f"{event.id}已转为{event.became}。",
            f"{event.id} has become {event.became} already.",
            f"请在该事件中处置：ack {event.became}。",
            f"Work on that one: ack {event.became}.",
        )


def _open_one(
    uow: UnitOfWork, playbook: str, systems: tuple[str, ...], drill: bool
) -> Incident | None:
    """The handled incident of the same playbook or system, the oldest first."""
    for incident in uow.incidents.open("DRL" if drill else "INC").values():
        alike = incident.playbook == playbook or set(incident.systems) & set(systems)
        if incident.is_handled and alike and not _told_over(uow, incident):
            return incident
    return None


def _told_over(uow: UnitOfWork, incident: Incident) -> bool:
    """Whether its restoration was reported outside: what happens now is owed reports of its own."""
    if incident.phase is not Phase.RESTORED:
        return False
    rows = uow.obligations.of(incident.id).values()
    return any(Milestone.RESTORED in row.states for row in rows)


def _also_reported(case: Case, command: Declare) -> Reply:
    if command.by.person not in case.incident.reported_by:
        case.incident.reported_by.append(command.by.person)
    case.record("AlsoReported", command.by, title=command.title)
    _take_over_regimes(case, command.playbook)
    heard_again(case.uow, case.incident.event)
    merge_event(case, command.came_from)
    case.save()
    reconcile(case.uow, case.incident.id, case.now)
    id = case.incident.id
    return Reply(
        id,
        Words(
            f"已有同一事件{id}（{case.incident.title}），已登记您的报告。"
            "确系另一事件请加 --separate。",
            f"{id} ({case.incident.title}) is already open; your report is added to it."
            " If it is another event, add --separate.",
        ),
        {"joined": True, "level": case.incident.level},
    )


def _take_over_regimes(case: Case, playbook: str) -> None:
    """A report that is joined here loses none of the regimes its own playbook names."""
    named = case.site.playbooks.get(playbook)
    brought = [one for one in (named.regimes if named else ()) if one not in case.playbook.regimes]
    case.incident.regimes = tuple(dict.fromkeys([*case.incident.regimes, *brought]))


def open_incident(
    uow: UnitOfWork,
    now: datetime,
    command: Declare,
    playbook: Playbook,
    systems: tuple[str, ...],
    version: str,
    recipients: tuple[str, ...] = (),
) -> Reply:
    """Open it, by a version of the site; a drill among its `recipients` alone."""
    site = uow.sites.get(version)
    series = "DRL" if command.drill else "INC"
    incident = Incident(
        id=number(uow, series, site, now),
        playbook=playbook.id,
        title=command.title,
        level=command.level or playbook.level,
        declared_at=now,
        declared_by=command.by.person,
        site_version=version,
        systems=tuple(systems),
        drill=command.drill,
        recipients=recipients,
        separate=command.separate,
    )
    escalation = paging.start(incident.id, now)
    escalation.spared[command.by.person] = now + DECLARER_SPARED
    case = Case.of(uow, now, incident, escalation)
    _record_declaration(case, command)
    _give_out_tasks(case)
    if not command.drill:
        _freeze_drills(uow, now)
    activate(case)
    turned(case)
    log_incident(case, command.by, command.came_from)
    _show_lessons(case)
    open_rooms(case)
    case.save()
    reconcile(uow, incident.id, now)
    owe_first_notice(case)
    return Reply(incident.id, _declared(case), {"joined": False, "level": incident.level})


def _record_declaration(case: Case, command: Declare) -> None:
    incident = case.incident
    case.record(
        "Declared",
        command.by,
        playbook=incident.playbook,
        title=incident.title,
        level=incident.level,
        systems=list(incident.systems),
        drill=incident.drill,
        separate=incident.separate,
        site=incident.site_version,
        os_user=command.by.detail,
    )


def activate(case: Case) -> None:
    """Declaration activates the plan: the first step pages, the playbook's decisions are asked."""
    case.carry_out(paging.settle(case.escalation, case.policy, case.roster, case.now))
    if case.authority.holder:
        case.record("AuthorityEstablished", ENGINE, holder=case.authority.holder)
    ask_after(case, "")


def _give_out_tasks(case: Case) -> None:
    blocks = {task: point.id for point in case.playbook.decisions for task in point.blocks}
    for task in case.playbook.tasks:
        given = Task(
            id=task.id,
            incident=case.incident.id,
            title=task.title,
            role=task.role,
            owner=filler(case.incident, case.roster, task.role, case.now),
            due_at=case.now + task.due if task.due is not None else None,
            detail=task.detail,
            rollback=task.rollback,
            safety=task.safety,
            danger=task.danger,
            verifies_restoration=task.verifies_restoration,
            blocked_by=(blocks[task.id],) if task.id in blocks else (),
        )
        case.uow.tasks.put(given.key, given)
        case.uow.timers.set("task", given.key, given.due_at)


def _freeze_drills(uow: UnitOfWork, now: datetime) -> None:
    """A real declaration freezes every running drill of the site; it is resumed by hand (P5)."""
    for incident in uow.incidents.open("DRL").values():
        if incident.is_handled and not incident.frozen:
            case = Case.load(uow, incident.id, now)
            case.freeze()
            case.save()


def _declared(case: Case) -> Words:
    incident, paged = case.incident, case.escalation.first_paged
    names = [case.site.people[p].name for p in paged if p in case.site.people]
    learnt = seen_before(_lessons(case))
    zh, en = "、".join(n.zh for n in names), ", ".join(n.en for n in names)
    return Words(
        f"{incident.id} 已发起，预案已启动，正在呼叫：{zh or '无人，正在扩大范围'}。"
        f"由您接手请执行 ack {incident.id}。{learnt.zh and learnt.zh + '。'}",
        f"{incident.id} is declared, the plan is active, now paging: {en or 'nobody; widening'}."
        f" To take it yourself: ack {incident.id}.{learnt.en and f' {learnt.en}.'}",
    )


def _lessons(case: Case) -> list[Problem]:
    symptom = symptom_of_playbook(case.playbook)
    return lessons_of(case.uow, case.incident.systems, symptom)


def _show_lessons(case: Case) -> None:
    """What was learnt from a like event is on the record of this one (5.8)."""
    if found := _lessons(case):
        case.record("SeenBefore", ENGINE, problems=[problem.id for problem in found])
