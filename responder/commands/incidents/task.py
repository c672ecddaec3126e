"""Tasks: done, prepared, assigned, overdue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.decisions.asking import ask_after
from responder.commands.telling import name
from responder.domain.record import ENGINE
from responder.domain.task import Progress, Task
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

TASK = "task"


@dataclass(frozen=True)
class DoTask(Command):
    """A task is done. `sure` for a dangerous one; `break_glass` completes before its decision."""

    incident: str
    task: str
    sure: bool = False
    break_glass: str = ""


@dataclass(frozen=True)
class WaiveTask(Command):
    """A task turned out not to be needed, for a reason. Verification is never waived."""

    incident: str
    task: str
    reason: str


@dataclass(frozen=True)
class AssignTask(Command):
    """Give a task to somebody."""

    incident: str
    task: str
    to: str


@handles(DoTask)
def do_task(command: DoTask, uow: UnitOfWork, now: datetime) -> Reply:
    """Complete a task, or prepare it where a decision still blocks it."""
    case = Case.load(uow, command.incident, now)
    task = case.task(command.task)
    case.may("task", command.by, *(["owner"] if task.owner == command.by.person else []))
    if not task.is_open:
        by_zh, by_en = (name(case.site, task.done_by, lang) for lang in ("zh", "en"))
        return _reply(case, task, Words(f"{by_zh}已完成。", f"{by_en} did it already."))
    if task.danger and not command.sure:
        return _reply(case, task, _danger(task), ask="sure")
    waiting = _undecided(case, task)
    if waiting and not command.break_glass:
        return _prepare(case, task, waiting, command)
    if waiting:
        case.may("break_glass", command.by)
        clean_line(command.break_glass, "理由", "reason", 1000, breaks=True)
    task.progress, task.done_by, task.done_at = Progress.DONE, command.by.person, now
    case.record(
        "TaskDone", command.by, **_named(task), break_glass=command.break_glass, danger=task.danger
    )
    uow.timers.set(TASK, task.key, None)
    uow.tasks.put(task.key, task)
    ask_after(case, task.id)
    case.save()
    return _reply(case, task, Words(f"已完成：{task.title.zh}。", f"Done: {task.title.en}."))


@handles(WaiveTask)
def waive_task(command: WaiveTask, uow: UnitOfWork, now: datetime) -> Reply:
    """Close a task as not needed, by the commander or its owner."""
    case = Case.load(uow, command.incident, now)
    task = case.task(command.task)
    case.may("task", command.by, *(["owner"] if task.owner == command.by.person else []))
    clean_line(command.reason, "理由", "reason", 1000, breaks=True)
    if task.verifies_restoration or task.safety:
        raise BadInput(
            f"“{task.title.zh}”不能免做。",
            f"“{task.title.en}” cannot be waived.",
            "请完成后用 task done 登记。",
            "Do it and record it with `task done`.",
        )
    task.progress, task.done_by, task.done_at = Progress.NOT_NEEDED, command.by.person, now
    case.record("TaskWaived", command.by, **_named(task), reason=command.reason)
    uow.timers.set(TASK, task.key, None)
    uow.tasks.put(task.key, task)
    case.save()
    return _reply(case, task, Words(f"不需要：{task.title.zh}。", f"Not needed: {task.title.en}."))


def _undecided(case: Case, task: Task) -> list[str]:
    """The decisions that still block a task: asked for last and not approved."""
    last = {r.decision: r for r in case.authority.requests.values()}
    return [d for d in task.blocked_by if d not in last or not last[d].approved]


def _prepare(case: Case, task: Task, waiting: list[str], command: DoTask) -> Reply:
    task.progress = Progress.PREPARED
    case.uow.tasks.put(task.key, task)
    case.record("TaskPrepared", command.by, **_named(task), waits_for=waiting)
    case.save()
    questions = [case.site.decisions[d].question for d in waiting if d in case.site.decisions]
    return _reply(
        case,
        task,
        Words(
            f"已登记为准备就绪；须先决策：{'、'.join(q.zh for q in questions)}。"
            "现场指挥可写明理由先行完成（--break-glass）。",
            f"Recorded as prepared; it waits for: {', '.join(q.en for q in questions)}."
            " The commander may complete it with a reason (--break-glass).",
        ),
    )


def _danger(task: Task) -> Words:
    return Words(
        f"危险操作：{task.title.zh}。回退办法：{task.rollback.zh or '无'}。确认请加 --sure。",
        f"Dangerous: {task.title.en}. To roll back: {task.rollback.en or 'none'}."
        " If it is done, say so with --sure.",
    )


def _reply(case: Case, task: Task, said: Words, ask: str = "") -> Reply:
    facts = {"task": task.id, "progress": task.progress.value}
    return Reply(case.incident.id, said, facts, ask)


@handles(AssignTask)
def assign_task(command: AssignTask, uow: UnitOfWork, now: datetime) -> Reply:
    """Give a task to somebody and tell them."""
    case = Case.load(uow, command.incident, now)
    task = case.task(command.task)
    case.may("task", command.by, *(["owner"] if task.owner == command.by.person else []))
    if not case.roster.known(command.to):
        raise UnknownId("人员", "person", command.to, case.site.people)
    before, task.owner = task.owner, command.to
    uow.tasks.put(task.key, task)
    case.record("TaskAssigned", command.by, **_named(task), to=command.to, before=before)
    case.tell([command.to], _yours(task))
    case.save()
    zh, en = name(case.site, command.to, "zh"), name(case.site, command.to, "en")
    return _reply(case, task, Words(f"已交{zh}办理。", f"Given to {en}."))


def _named(task: Task) -> dict[str, Any]:
    """What the record calls a task: it must be readable without the playbook."""
    return {"task": task.id, "title": {"zh": task.title.zh, "en": task.title.en}}


def _yours(task: Task) -> Words:
    return Words(f"请您办理：{task.title.zh}。", f"Please do this: {task.title.en}.")


def overdue(uow: UnitOfWork, keys: list[str], now: datetime) -> None:
    """Tasks past their time: the owner and the commander are told, once."""
    for task in uow.tasks.get_many(keys).values():
        if not task.is_open or task.warned_at is not None:
            continue
        case = Case.load(uow, task.incident, now)
        task.warned_at = now
        uow.tasks.put(task.key, task)
        case.record("TaskOverdue", ENGINE, **_named(task), owner=task.owner)
        if case.incident.is_handled and not case.incident.frozen:
            people = [p for p in (task.owner, case.incident.commander) if p]
            case.tell(people, _late(task))
        case.save()


def _late(task: Task) -> Words:
    return Words(
        f"任务逾期：{task.title.zh}。请办理或报告困难。",
        f"Overdue: {task.title.en}. Do it or say why not.",
    )
