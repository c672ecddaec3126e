"""Asking for decisions and answering them (JR/T 0099 7.1: decision mechanism, succession)."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.decisions.asking import open_request, require_entitled
from responder.commands.decisions.spoken import Spoken, write_down
from responder.commands.telling import clock_time
from responder.domain import authority as deciding
from responder.domain.authority import Request
from responder.domain.record import By
from responder.domain.task import Progress, Task
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

LONGEST_REASON = 1000


@dataclass(frozen=True)
class Decide(Command):
    """Answer a decision: for oneself, or for somebody who gave it by other means.

    `reverse` opens the answered decision anew, naming the old one.
    """

    incident: str
    decision: str
    approves: bool
    reason: str
    reverse: bool = False
    person: str = ""
    means: str = ""
    witness: str = ""


@dataclass(frozen=True)
class PassOn(Command):
    """Hand a request down to the next in order."""

    incident: str
    decision: str


@dataclass(frozen=True)
class Extend(Command):
    """Somebody asked is deciding: wait once longer."""

    incident: str
    decision: str


@handles(Decide)
def decide(command: Decide, uow: UnitOfWork, now: datetime) -> Reply:
    """Count an answer; refuse it, naming the holder, from anyone not entitled."""
    case = Case.load(uow, command.incident, now)
    clean_line(command.reason, "理由", "reason", LONGEST_REASON, breaks=True)
    asked = open_request(case, command.decision, command.reverse)
    if command.person and command.person != command.by.person:
        require_entitled(case, asked, command.person)
        said = Spoken(
            command.decision,
            command.approves,
            command.reason,
            command.person,
            command.means,
            command.witness,
        )
        return write_down(case, said, command.by)
    require_entitled(case, asked, command.by.person)
    case.carry_out(
        deciding.answer(
            case.authority,
            case.court,
            asked,
            command.by.person,
            command.approves,
            command.reason,
            now,
        ),
        command.by,
    )
    case.acted(command.by)
    if asked.reverses and not asked.is_open:
        _undo_or_confirm(case, asked)
    case.save()
    return Reply(asked.id, _said(case, asked), _facts(case, asked))


def _undo_or_confirm(case: Case, asked: Request) -> None:
    """A reversal blocks again what the old one freed; each task done meanwhile is looked at."""
    blocked = {t for p in case.playbook.decisions if p.id == asked.decision for t in p.blocks}
    for id in blocked:
        task = case.uow.tasks.get(f"{case.incident.id}/{id}")
        if task is not None and task.progress is Progress.DONE:
            look = Task(
                id=f"undo-{id}-{asked.id}",
                incident=case.incident.id,
                title=Words(
                    f"决策已变更：撤回或确认“{task.title.zh}”",
                    f"The decision changed: undo or confirm “{task.title.en}”",
                ),
                owner=case.incident.commander,
            )
            case.uow.tasks.put(look.key, look)


def _said(case: Case, asked: Request) -> Words:
    if asked.is_open:
        need = case.court.decision(asked.decision).need
        n = len(asked.approvals)
        return Words(
            f"已记录同意（{n}/{need}），还需其他人。",
            f"Approval recorded ({n} of {need}); more are needed.",
        )
    if asked.approved:
        return Words("已决策：同意。", "Decided: approved.")
    return Words("已决策：不同意。", "Decided: rejected.")


def _facts(case: Case, asked: Request) -> dict[str, object]:
    return {
        "incident": case.incident.id,
        "decision": asked.decision,
        "decided": not asked.is_open,
        "approved": asked.approved,
        "by": asked.decided_by or None,
        "acting_for": case.court.acting_for(asked.decided_by) or None,
    }


@handles(PassOn)
def pass_on(command: PassOn, uow: UnitOfWork, now: datetime) -> Reply:
    """Hand the request down at once instead of letting its time run out."""
    case, asked = _as_asked(command.incident, command.decision, command.by, uow, now)
    case.carry_out(
        deciding.pass_on(case.authority, case.court, asked, command.by.person, now), command.by
    )
    case.carry_out(deciding.settle(case.authority, case.court, now))
    case.acted(command.by)
    case.save()
    return Reply(asked.id, Words("已记录，转请下一位。", "Recorded; the next one is being asked."))


@handles(Extend)
def extend(command: Extend, uow: UnitOfWork, now: datetime) -> Reply:
    """Somebody asked says that they are deciding."""
    case, asked = _as_asked(command.incident, command.decision, command.by, uow, now)
    events = deciding.extend(case.court, asked, command.by.person, now)
    case.carry_out(events, command.by)
    case.acted(command.by)
    case.save()
    until = clock_time(asked.clock_at, case.site)
    return Reply(
        asked.id,
        Words(f"请于{until}前答复，逾期转下一位。", f"Answer by {until}, or it goes to the next."),
    )


def _as_asked(
    incident: str, decision: str, by: By, uow: UnitOfWork, now: datetime
) -> tuple[Case, Request]:
    case = Case.load(uow, incident, now)
    asked = open_request(case, decision)
    if by.person not in asked.asked:
        require_entitled(case, asked, by.person)
    return case, asked
