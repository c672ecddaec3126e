"""Undoing one's own last reversible act, for ten minutes, as a new entry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from responder.commands.case import Case
from responder.commands.command import Command, Reply, handles
from responder.commands.incidents.leading import change_level
from responder.commands.incidents.role import give_back
from responder.domain import escalation as paging
from responder.domain.record import By
from responder.domain.task import Progress
from responder.domain.warning import is_warning
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

UNDOABLE_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Undo(Command):
    """Take back my last act."""


@handles(Undo)
def undo(command: Undo, uow: UnitOfWork, now: datetime) -> Reply:
    """Reverse the actor's latest reversible act of the last ten minutes."""
    done = uow.ledger.by(command.by.person, now - UNDOABLE_FOR)
    undone = {(e.payload or {}).get("seq") for e in done if e.kind == "Undone"}
    open_to_it = (e for e in reversed(done) if e.kind in REVERSALS and e.seq not in undone)
    last = next((e for e in open_to_it if not is_warning(e.subject)), None)
    if last is None:
        raise BadInput(
            "十分钟内没有可以撤销的操作。",
            "You did nothing in the last ten minutes that can be undone.",
            "可撤销：记录、任务完成、提高级别、接任指挥、担任岗位、接手。",
            "Notes, tasks done, levels raised, command or roles taken, acknowledgements can be.",
        )
    case = Case.load(uow, last.subject, now)
    case.record("Undone", command.by, seq=last.seq, undone=last.kind)
    REVERSALS[last.kind](case, last.payload or {}, command.by)
    case.save()
    said = Words(f"已撤销：{NAMES[last.kind].zh}。", f"Undone: {NAMES[last.kind].en}.")
    return Reply(last.subject, said, {"seq": last.seq, "kind": last.kind})


def _note(_case: Case, _was: dict[str, Any], _by: By) -> None:
    """The note stays readable; the new entry says that it was withdrawn."""


def _task(case: Case, was: dict[str, Any], _by: By) -> None:
    task = case.task(was["task"])
    task.progress, task.done_by, task.done_at = Progress.OPEN, "", None
    case.uow.tasks.put(task.key, task)


def _level(case: Case, was: dict[str, Any], by: By) -> None:
    change_level(case, was["before"], "undo", by)


def _command(case: Case, was: dict[str, Any], by: By) -> None:
    before = was["before"]
    if case.incident.commander == by.person and before:
        case.command(before, by)
    elif case.incident.commander == by.person:
        case.incident.commander = ""


def _acknowledgement(case: Case, _was: dict[str, Any], by: By) -> None:
    incident = case.incident
    goes_on = paging.withdraw(case.escalation, case.policy, by.person, case.now)
    if incident.commander == by.person:
        incident.commander = case.escalation.commander
    if incident.provisional == by.person:
        incident.provisional = next(iter(case.escalation.acknowledged), "")
    if goes_on:
        case.carry_out(paging.settle(case.escalation, case.policy, case.roster, case.now))


Reversal = Callable[[Case, dict[str, Any], By], None]

REVERSALS: dict[str, Reversal] = {
    "Noted": _note,
    "TaskDone": _task,
    "LevelRaised": _level,
    "CommandTaken": _command,
    "RoleTaken": give_back,
    "Acknowledged": _acknowledgement,
}
NAMES = {
    "Noted": Words("记录", "the note"),
    "TaskDone": Words("任务完成", "the task done"),
    "LevelRaised": Words("提高级别", "the raised level"),
    "CommandTaken": Words("接任指挥", "taking command"),
    "RoleTaken": Words("担任岗位", "taking the role"),
    "Acknowledged": Words("接手", "the acknowledgement"),
}
