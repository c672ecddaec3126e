"""What a role has to do in an incident, as lines of text."""

from collections.abc import Iterator

from responder.commands.case import Case
from responder.commands.telling import clock_time
from responder.domain.playbook import Task as Planned
from responder.domain.task import Task
from responder.domain.words import Words

LATEST = "9"
"""Sorts behind every instant in ISO 8601."""


def open_tasks(case: Case, role: str) -> list[Task]:
    """What a role still has to do: people's safety first, then what is dangerous, then by time."""
    found = case.uow.tasks.of(case.incident.id).values()
    return sorted((t for t in found if t.is_open and t.role == role), key=_urgency)


def _urgency(task: Task) -> tuple[bool, bool, str]:
    due = task.due_at.isoformat() if task.due_at else LATEST
    return not task.safety, not task.danger, due


def role_tasks(case: Case, role: str, language: str) -> Iterator[str]:
    """A line for each open task of a role, with the number by which it is reported done."""
    numbers = {id: n for n, id in enumerate(_ids(case), 1)}
    tasks = open_tasks(case, role)
    for task in tasks:
        yield f"{numbers[task.id]} {mark(task, language)}{_line(case, task, language)}"
    if tasks:
        yield Words("做完请发送：完成 编号", "When one is done, send: done NUMBER").said(language)


def _ids(case: Case) -> list[str]:
    return [task.id for task in case.uow.tasks.of(case.incident.id).values()]


def mark(task: Task | Planned, language: str) -> str:
    """What stands before a task that people's safety hangs on, or that can do harm."""
    safety, danger = Words("【人身安全】", "[SAFETY] "), Words("【危险】", "[DANGEROUS] ")
    return safety.said(language) * task.safety + danger.said(language) * task.danger


def _line(case: Case, task: Task, language: str) -> str:
    at = clock_time(task.due_at, case.site)
    due = Words(f"，{at}前", f", by {at}").said(language) if at else ""
    back = task.rollback.said(language) if task.danger else ""
    back = Words(f"；回退：{back}", f"; to roll back: {back}").said(language) if back else ""
    return f"{task.title.said(language) or task.id}{due}{back}"
