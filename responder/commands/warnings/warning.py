"""Early warnings, raised: joined, given out, pursued until somebody verifies (JR/T 0099 7.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.alert import Alert
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.incidents.incident import LONGEST_TITLE
from responder.commands.numbering import number
from responder.commands.problems.event_log import heard_again, log_warning
from responder.commands.pursuit import roster_of
from responder.commands.rights import capacities, require
from responder.commands.telling import clock_time
from responder.domain import escalation as paging
from responder.domain.organisation import DUTY_LEAD
from responder.domain.playbook import LEVELS
from responder.domain.record import ENGINE, By
from responder.domain.roster import Roster
from responder.domain.task import Task
from responder.domain.warning import SERIES, Stage, Warning
from responder.domain.words import Words
from responder.errors import BadInput, NoSite, UnknownId
from responder.ports.unit_of_work import UnitOfWork

SAME_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class RaiseWarning(Command):
    """Somebody saw a risk. `playbook` is the one that would fit."""

    title: str
    playbook: str
    system: str = ""
    level: int | None = None


@handles(RaiseWarning)
def raise_warning(command: RaiseWarning, uow: UnitOfWork, now: datetime) -> Reply:
    """Open a warning and ask the duty lead to verify it; a like one is joined instead."""
    version = uow.sites.accepted()
    if version is None:
        raise NoSite
    roster = roster_of(uow, version)
    require("warn", command.by, set(capacities(command.by.person, roster, now)))
    _check(command, roster)
    same = _same(uow, command, now)
    if same is not None:
        return _join(Alert.load(uow, same.id, now), command)
    playbook = roster.site.playbooks[command.playbook]
    lead = roster.holder(DUTY_LEAD, now)
    warning = Warning(
        id=number(uow, SERIES, roster.site, now),
        title=command.title,
        playbook=command.playbook,
        raised_at=now,
        raised_by=command.by.person,
        site_version=version,
        system=command.system,
        level=command.level or playbook.level,
        verify_by=now + playbook.verify_within,
        asked=lead,
    )
    return open_warning(Alert.of(uow, now, warning), command.by, asked_already(uow, warning))


def _check(command: RaiseWarning, roster: Roster) -> None:
    clean_line(command.title, "标题", "title", LONGEST_TITLE)
    if command.playbook not in roster.site.playbooks:
        raise UnknownId("处置方案", "playbook", command.playbook, roster.site.playbooks)
    if command.system and command.system not in roster.site.systems:
        raise UnknownId("系统", "system", command.system, roster.site.systems)
    if command.level is not None and command.level not in LEVELS:
        raise BadInput("响应级别应为1至4。", "The level is 1, 2, 3 or 4.")


def _same(uow: UnitOfWork, command: RaiseWarning, now: datetime) -> Warning | None:
    """The open warning of the same system raised within ten minutes: it is one; never a drill's."""
    for warning in uow.warnings.open(SERIES).values():
        fresh = warning.raised_at > now - SAME_WITHIN
        if fresh and command.system and warning.system == command.system:
            return warning
    return None


def asked_already(uow: UnitOfWork, new: Warning) -> bool:
    """One open verification a duty lead: further ones join it, ringing only for a higher level.

    What is asked in a drill asks nothing real, and the other way round (P5).
    """
    return any(
        w.stage is Stage.RAISED
        and w.drill == new.drill
        and w.asked == new.asked
        and w.level <= new.level
        for w in uow.warnings.open().values()
    )


def _join(alert: Alert, command: RaiseWarning) -> Reply:
    if command.by.person not in alert.warning.joined:
        alert.warning.joined.append(command.by.person)
    alert.record("WarningJoined", command.by, title=command.title)
    heard_again(alert.uow, alert.warning.event)
    raise_level(alert, command.level, command.by)
    alert.save()
    id = alert.warning.id
    said = Words(f"已并入预警{id}。", f"Added to warning {id}.")
    return Reply(id, said, {"joined": True})


def raise_level(alert: Alert, level: int | None, by: By) -> None:
    """A graver report of the same danger: whoever verifies is asked anew."""
    if level is None or level >= alert.warning.level:
        return
    alert.warning.level = level
    alert.record("WarningLevelRaised", by, level=level)
    if alert.warning.stage is Stage.RAISED:
        alert.address([alert.warning.asked])


def open_warning(alert: Alert, by: By, quiet: bool) -> Reply:
    """Put a new warning on record, give its precautions out and ask for its verification.

    `quiet` where whoever would be asked is asked about another one already.
    """
    warning = alert.warning
    alert.record(
        "WarningRaised",
        by,
        title=warning.title,
        playbook=warning.playbook,
        system=warning.system,
        level=warning.level,
        asked=warning.asked,
    )
    log_warning(alert, by)
    _give_out_precautions(alert)
    if warning.asked and not quiet:
        alert.address([warning.asked])
    if not warning.asked:
        pursue(alert)
    alert.save()
    said = Words(
        f"{warning.id} 已登记，正在请值班负责人核实；{_by(alert)}前未核实将扩大呼叫。",
        f"{warning.id} is on the record; the duty lead is asked to verify it by {_by(alert)},"
        " else more people are paged.",
    )
    return Reply(warning.id, said, {"joined": False})


def _by(alert: Alert) -> str:
    return clock_time(alert.warning.verify_by, alert.site)


def _give_out_precautions(alert: Alert) -> None:
    """Precautions come with the verification (7.2: take them at once)."""
    wanted = set(alert.playbook.precautions)
    for task in (t for t in alert.playbook.tasks if t.id in wanted):
        given = Task(
            id=task.id,
            incident=alert.warning.id,
            title=task.title,
            role=task.role,
            owner=alert.roster.holder(task.role, alert.now),
            detail=task.detail,
            safety=task.safety,
            danger=task.danger,
        )
        alert.uow.tasks.put(given.key, given)


def pursue(alert: Alert) -> None:
    """Nobody verified it: the proposed playbook's escalation runs."""
    alert.warning.escalated = True
    alert.escalation = paging.start(alert.warning.id, alert.now)
    alert.record("WarningUnverified", ENGINE)
    alert.carry_out(paging.settle(alert.escalation, alert.policy, alert.roster, alert.now))


def unverified(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """The time to verify ran out."""
    for id in ids:
        alert = Alert.load(uow, id, now)
        if alert.warning.stage is Stage.RAISED and not alert.warning.escalated:
            pursue(alert)
            alert.save()
