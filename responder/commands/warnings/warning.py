"""Early warnings: raised, verified, lifted along the same path (JR/T 0099 7.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.alert import Alert
from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.incidents.incident import LONGEST_TITLE, Declare, declare
from responder.commands.numbering import number
from responder.commands.obligations.compliance import refuse_while_due
from responder.commands.problems.event_log import end_event, heard_again, log_warning
from responder.commands.pursuit import roster_of
from responder.commands.rights import capacities, require
from responder.commands.telling import clock_time
from responder.commands.warnings.path import report_end
from responder.domain import escalation as paging
from responder.domain.consent import Consent
from responder.domain.organisation import DUTY_LEAD
from responder.domain.playbook import LEVELS
from responder.domain.record import ENGINE, By
from responder.domain.roster import Roster
from responder.domain.task import Task
from responder.domain.warning import SERIES, STAGE_NAMES, Stage, Warning
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


@dataclass(frozen=True)
class MoveWarning(Command):
    """Verify, lift or dismiss a warning."""

    warning: str
    stage: Stage
    reason: str = ""


@dataclass(frozen=True)
class ConvertWarning(Command):
    """The risk has come true: declare the incident."""

    warning: str
    title: str = ""
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


DISMISS = Words("认定不成立", "dismissed")
LIFT = Words("解除", "lifted")


@handles(MoveWarning)
def move_warning(command: MoveWarning, uow: UnitOfWork, now: datetime) -> Reply:
    """Verify or lift at once; dismissing waits for a second person."""
    alert = Alert.load(uow, command.warning, now)
    alert.may("verify", command.by)
    alert.must_run()
    clean_reason(command.reason, needed=command.stage is not Stage.VERIFIED)
    if command.stage is Stage.DISMISSED:
        refuse_while_due(uow, command.warning, DISMISS, now)
    if command.stage is Stage.LIFTED and alert.warning.reported_at is None:
        refuse_while_due(uow, command.warning, LIFT, now)
    if command.stage is Stage.DISMISSED and alert.warning.stage is Stage.RAISED:
        return ask_consent(alert, "dismiss", command.by, {"reason": command.reason})
    return _move(alert, command.stage, command.reason, command.by)


def _move(alert: Alert, stage: Stage, reason: str, by: By) -> Reply:
    before = alert.warning.move(stage)
    reached, units = [], []
    if stage is not Stage.VERIFIED:
        reached = alert.same_path(_lift_words(alert, reason))
        units = report_end(alert, _end_words(alert, stage, reason), by)
    alert.record(
        "WarningMoved",
        by,
        stage=stage.value,
        before=before.value,
        reason=reason,
        reported_to=reached,
        units=units,
    )
    if not alert.warning.is_open:
        end_event(alert.uow, alert.warning.event, alert.now, alert.site, STAGE_NAMES[stage])
    alert.escalation.stopped = True
    alert.uow.outbox.withdraw(alert.warning.id, None, [alert.purpose])
    alert.save()
    name = STAGE_NAMES[stage]
    said = Words(f"{alert.warning.id}：{name.zh}。", f"{alert.warning.id}: {name.en}.")
    facts = {"stage": stage.value, "reported_to": reached, "units": units}
    return Reply(alert.warning.id, said, facts)


def _lift_words(alert: Alert, reason: str) -> Words:
    title, id = alert.warning.title, alert.warning.id
    return Words(
        f"预警解除：{title}（{id}）。原因：{reason}",
        f"Warning lifted: {title} ({id}). Reason: {reason}",
    )


def _end_words(alert: Alert, stage: Stage, reason: str) -> Words:
    """How it ended, as a unit that was told of it hears."""
    at, why = clock_time(alert.now, alert.site), reason.rstrip("。.")
    if stage is Stage.DISMISSED:
        return Words(f"经核实不成立：{why}。", f"It proved to be nothing: {why}.")
    return Words(
        f"风险已消除，{at}解除预警。处置情况：{why}。",
        f"The danger is over and the warning was lifted at {at}: {why}.",
    )


@takes_effect("dismiss")
def _dismissed(alert: Alert, consent: Consent, by: By) -> Reply:
    alert.must_run()
    refuse_while_due(alert.uow, alert.warning.id, DISMISS, alert.now)
    asker = By(consent.asked_by, by.door)
    return _move(alert, Stage.DISMISSED, consent.facts["reason"], asker)


@handles(ConvertWarning)
def convert_warning(command: ConvertWarning, uow: UnitOfWork, now: datetime) -> Reply:
    """Declare the incident; those warned are told, by the same lines.

    A drill's warning becomes the drill that runs, and declares nothing (P5).
    """
    alert = Alert.load(uow, command.warning, now)
    alert.may("verify", command.by)
    alert.must_run()
    before = alert.warning.move(Stage.CONVERTED)
    declared = _of_the_drill(alert) if alert.warning.drill else _declared(alert, command)
    alert.warning.incident = declared.id
    id = alert.warning.id
    told = Words(
        f"预警{id}已转为事件{declared.id}：{alert.warning.title}。后续按事件报告。",
        f"Warning {id} became incident {declared.id}: {alert.warning.title}.",
    )
    reached = alert.same_path(told)
    report_end(
        alert,
        Words(
            f"该风险已转为事件（{declared.id}），后续按事件报告。",
            f"It has become an incident ({declared.id}), which is reported as such from now on.",
        ),
        command.by,
    )
    alert.record(
        "WarningMoved",
        command.by,
        stage=Stage.CONVERTED.value,
        before=before.value,
        incident=declared.id,
        reported_to=reached,
    )
    alert.escalation.stopped = True
    alert.save()
    case = Case.load(uow, declared.id, now)
    case.record("ConvertedFrom", command.by, warning=id)
    case.save()
    return declared


def _declared(alert: Alert, command: ConvertWarning) -> Reply:
    warning = alert.warning
    declared: Reply = declare(
        Declare(
            by=command.by,
            playbook=warning.playbook,
            title=command.title or warning.title,
            level=command.level or warning.level,
            systems=(warning.system,) if warning.system else (),
            came_from=warning.id if warning.event else "",
        ),
        alert.uow,
        alert.now,
    )
    return declared


def _of_the_drill(alert: Alert) -> Reply:
    id, drill = alert.warning.id, alert.warning.drill
    said = Words(
        f"{id}已转为演练事件{drill}，没有发起真实事件。",
        f"{id} became the drill’s own incident {drill}; nothing real is declared.",
    )
    return Reply(drill, said, {"joined": True})
