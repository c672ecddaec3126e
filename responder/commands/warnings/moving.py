"""A warning moves on: verified, lifted, dismissed, or come true (JR/T 0099 7.2)."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.alert import Alert
from responder.commands.case import Case
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.incidents.incident import Declare, declare
from responder.commands.obligations.compliance import refuse_while_due
from responder.commands.problems.event_log import end_event
from responder.commands.telling import clock_time
from responder.commands.warnings.path import report_end
from responder.domain.consent import Consent
from responder.domain.record import By
from responder.domain.warning import STAGE_NAMES, Stage
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

DISMISS = Words("认定不成立", "dismissed")
LIFT = Words("解除", "lifted")


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
