"""Moving an incident through its phases, reopening and cancelling it (JR/T 0099 7.2, 5.8)."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.aftermath.investigating import begin, refuse_unfinished
from responder.commands.briefings.clocks import cancelled, restored, stood_down, turned
from responder.commands.case import Case
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.obligations.compliance import clarify, refuse_while_due
from responder.commands.obligations.milestones import moved, reopened
from responder.commands.problems.event_log import end_event, reopen_event
from responder.domain import escalation as paging
from responder.domain.consent import Consent
from responder.domain.incident import CANCELLABLE, PHASE_NAMES, Phase
from responder.domain.message import Purpose
from responder.domain.record import ENGINE, By
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SetPhase(Command):
    """Move an incident on. `reason` is needed where restoration is not verified."""

    incident: str
    phase: Phase
    reason: str = ""


@dataclass(frozen=True)
class Reopen(Command):
    """It is not over: page again."""

    incident: str
    reason: str


@dataclass(frozen=True)
class Cancel(Command):
    """A false alarm."""

    incident: str
    reason: str


CLOSE = Words("办结", "closed")
CANCEL = Words("撤销", "cancelled")


@handles(SetPhase)
def set_phase(command: SetPhase, uow: UnitOfWork, now: datetime) -> Reply:
    """Move an incident along its legal way."""
    case = Case.load(uow, command.incident, now)
    case.may("close" if command.phase is Phase.CLOSED else "phase", command.by)
    clean_reason(command.reason, needed=False)
    if command.phase is Phase.RESTORED:
        _verified(case, command)
    before = case.incident.move(command.phase)
    if command.phase is Phase.CLOSED:
        refuse_while_due(uow, command.incident, CLOSE, now)
        refuse_unfinished(case)
    case.record(
        "PhaseChanged",
        command.by,
        phase=command.phase.value,
        before=before.value,
        reason=command.reason,
    )
    if command.phase is Phase.STOOD_DOWN:
        case.stop()
        case.tell(case.escalation.first_paged, _phase_words(case))
        stood_down(case)
    elif command.phase is Phase.RESTORED:
        restored(case)
    elif command.phase is Phase.INVESTIGATING:
        begin(case, command.by)
    case.save()
    _end_event(case)
    moved(uow, case.incident, now)
    return Reply(case.incident.id, _phase_words(case), {"phase": command.phase.value})


def _end_event(case: Case) -> None:
    """What is no longer handled is over in the log of all events too."""
    if not case.incident.is_handled:
        said = PHASE_NAMES[case.incident.phase]
        end_event(case.uow, case.incident.event, case.now, case.site, said)


def _phase_words(case: Case) -> Words:
    phase = PHASE_NAMES[case.incident.phase]
    id, title = case.incident.id, case.incident.title
    return Words(f"{title}（{id}）：{phase.zh}。", f"{title} ({id}) is now {phase.en}.")


def _verified(case: Case, command: SetPhase) -> None:
    """Restored needs the playbook's business verification, or the commander's reason."""
    tasks = case.uow.tasks.of(case.incident.id).values()
    missing = [task for task in tasks if task.verifies_restoration and task.is_open]
    if not missing:
        return
    if command.reason and command.by.person == case.incident.commander:
        return
    raise BadInput(
        f"业务验证任务尚未完成：{'、'.join(task.title.zh for task in missing)}。",
        f"Business verification is not done: {', '.join(task.id for task in missing)}.",
        "请先完成（task done），或由现场指挥写明理由（--reason）。",
        "Do it first (`task done`), or the commander gives a --reason.",
    )


@handles(Reopen)
def reopen(command: Reopen, uow: UnitOfWork, now: datetime) -> Reply:
    """Back to work: a new cycle of paging begins; those who had it are told, not rung."""
    case = Case.load(uow, command.incident, now)
    case.may("phase", command.by)
    clean_reason(command.reason)
    before = case.incident.reopen()
    case.record("Reopened", command.by, before=before.value, reason=command.reason)
    begin_cycle(
        case, Words(f"{case.incident.title}重新启动处置。", f"{case.incident.title} is reopened.")
    )
    turned(case)
    reopen_event(case)
    case.save()
    reopened(uow, case.incident, now)
    return Reply(case.incident.id, _phase_words(case), {"phase": case.incident.phase.value})


def begin_cycle(case: Case, told: Words, anew: bool = False) -> None:
    """Page from round 1, step 1; those who acknowledged before are told, not rung, unless anew."""
    had_it = [] if anew else list(case.escalation.acknowledged)
    case.go_on()
    paging.restart(case.escalation, case.now, had_it)
    case.record("CycleBegan", ENGINE, cycle=case.escalation.cycle)
    case.carry_out(paging.settle(case.escalation, case.policy, case.roster, case.now))
    case.tell([person for person in had_it if person not in case.escalation.first_paged], told)


@handles(Cancel)
def cancel(command: Cancel, uow: UnitOfWork, now: datetime) -> Reply:
    """A false alarm: by the commander or the duty lead, never the declarer alone."""
    case = Case.load(uow, command.incident, now)
    case.may("cancel", command.by)
    clean_reason(command.reason)
    refuse_while_due(uow, command.incident, CANCEL, now)
    incident = case.incident
    alone = command.by.person == incident.declared_by
    if incident.phase in CANCELLABLE and (alone or incident.phase is not Phase.DECLARED):
        return ask_consent(case, "cancel", command.by, {"reason": command.reason})
    return carry_out_cancel(case, command.by, command.reason)


def carry_out_cancel(case: Case, by: By, reason: str) -> Reply:
    """Cancel for good; everyone rung is told once, what is unsent is withdrawn."""
    refuse_while_due(case.uow, case.incident.id, CANCEL, case.now)
    before = case.incident.cancel()
    case.record("Cancelled", by, before=before.value, reason=reason)
    case.stop()
    rung = dict.fromkeys([*case.escalation.first_paged, *_asked(case)])
    case.ring(
        rung,
        Purpose.CANCELLED,
        by=_name(case, by.person),
        reason=reason,
    )
    cancelled(case, reason)
    case.save()
    _end_event(case)
    moved(case.uow, case.incident, case.now)
    clarify(case, reason)
    return Reply(case.incident.id, _phase_words(case), {"phase": case.incident.phase.value})


@takes_effect("cancel")
def _cancel_agreed(case: Case, consent: Consent, by: By) -> Reply:
    return carry_out_cancel(case, By(consent.asked_by, by.door), consent.facts["reason"])


def _asked(case: Case) -> list[str]:
    return [p for request in case.authority.requests.values() for p in request.asked]


def _name(case: Case, person: str) -> Words:
    return case.site.people[person].name if person in case.site.people else Words(person, person)
