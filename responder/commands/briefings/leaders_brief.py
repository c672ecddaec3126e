"""What the leaders' five lines are written from: an incident as the record knows it now."""

import re
from contextlib import suppress
from datetime import datetime

from responder.commands.case import Case
from responder.commands.telling import clock_time, name
from responder.domain.dossier import UNKNOWN, Value
from responder.domain.five_lines import FiveLines, Situation, five_lines
from responder.domain.obligation import Obligation
from responder.domain.task import Progress, Task
from responder.domain.words import Words

NONE = Words()
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def leaders_brief(
    case: Case,
    *,
    next_at: datetime | None,
    changed: bool | None = None,
    wanted: str = "",
    over: Words = NONE,
) -> FiveLines:
    """The five lines. `wanted` is what somebody asks of the leaders, `over` that it is over."""
    tasks = list(case.uow.tasks.of(case.incident.id).values())
    left = sorted((one for one in tasks if one.is_open), key=_by_due)
    done = [one for one in tasks if one.progress is Progress.DONE and one.done_at]
    last = max(done, key=lambda one: one.done_at or case.now, default=None)
    report = _next_report(case)
    found = Situation(
        title=_title(case),
        level=case.incident.level,
        phase=case.incident.phase,
        since=clock_time(case.incident.declared_at, case.site),
        lasted=case.now - case.incident.declared_at,
        systems=_systems(case),
        customers=_customers(case),
        affected=_affected(case),
        expected=_expected(case),
        commander=_person(case, case.incident.commander or case.incident.provisional),
        done=len(done),
        tasks=len(tasks),
        last_done=last.title if last else Words(),
        left=tuple((one.title, clock_time(one.due_at, case.site)) for one in left),
        overdue=sum(one.due_at is not None and one.due_at < case.now for one in left),
        decisions=tuple(_decisions(case)),
        report=_both(report.title) if report else Words(),
        report_by=clock_time(report.due_at, case.site) if report else "",
        changed=changed,
        wanted=wanted,
        next_brief=clock_time(next_at, case.site),
        over=over,
    )
    return five_lines(found)


def _by_due(task: Task) -> tuple[bool, float]:
    return task.due_at is None, task.due_at.timestamp() if task.due_at else 0.0


def _title(case: Case) -> Words:
    """The title; a Chinese one means nothing to who reads English, there the playbook's stands."""
    title = case.incident.title
    return Words(title, case.playbook.title.en if CHINESE.search(title) else title)


def _systems(case: Case) -> tuple[Words, ...]:
    known = case.site.systems
    return tuple(_both(known[id].name, id) for id in case.incident.systems if id in known)


def _customers(case: Case) -> int:
    """The customers of the largest system hit: those of several are mostly the same people."""
    known = case.site.systems
    return max((known[id].customers for id in case.incident.systems if id in known), default=0)


def _affected(case: Case) -> Words:
    """How many customers are hit, as somebody established or estimates it."""
    value = _told(case, "customers")
    if value is None or not value.said.isdecimal():
        return Words()
    many = f"{int(value.said):,}"
    zh, en = ("（估计）", " (estimate)") if value.estimate else ("", "")
    return Words(f"受影响客户{many}户{zh}", f"{many} customers hit{en}")


def _expected(case: Case) -> str:
    """When normal service is expected, as somebody said it."""
    value = _told(case, "expected_normal_at")
    with suppress(ValueError):
        return clock_time(datetime.fromisoformat(value.said), case.site) if value else ""
    return ""


def _told(case: Case, name: str) -> Value | None:
    """What somebody entered of a hub field; None while it is open."""
    dossier = case.uow.dossiers.get(case.incident.id)
    value = dossier.values.get(name) if dossier else None
    return None if value is None or value.said == UNKNOWN else value


def _person(case: Case, id: str) -> Words:
    return Words(name(case.site, id, "zh"), name(case.site, id, "en")) if id else Words()


def _decisions(case: Case) -> list[tuple[Words, Words, str]]:
    """What waits to be decided: the question, by whom, and when it is handed down."""
    return [
        (
            _both(case.court.decision(asked.decision).question, asked.decision),
            _person(case, next(reversed(asked.asked), "")),
            clock_time(asked.clock_at, case.site),
        )
        for asked in case.authority.requests.values()
        if asked.is_open
    ]


def _next_report(case: Case) -> Obligation | None:
    """What is owed outside first."""
    owed = case.uow.obligations.of(case.incident.id).values()
    due = [one for one in owed if one.is_open and one.due_at is not None]
    return min(due, key=lambda one: one.due_at or case.now, default=None)


def _both(words: Words, otherwise: str = "") -> Words:
    return Words(words.said("zh") or otherwise, words.said("en") or otherwise)
