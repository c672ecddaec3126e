"""What is open when a shift is handed over, drafted from the record."""

from collections.abc import Iterator

from responder.commands.matter import FirmMatter
from responder.commands.owed import title_of
from responder.commands.telling import clock_time
from responder.domain.duty import Shift
from responder.domain.incident import PHASE_NAMES, Incident
from responder.domain.message import Purpose
from responder.domain.warning import SERIES
from responder.domain.words import Words

MOST_ALARMS = 5


def open_items(firm: FirmMatter, shift: Shift) -> list[Words]:
    """Incidents with tasks and what they owe, warnings, events, problems, alarms of the shift."""
    found = [*_incidents(firm), *_warnings(firm), *_events(firm), *_problems(firm)]
    found += _alarms(firm, shift)
    if shift.missed:
        count = len(shift.missed)
        found.append(Words(f"本班未签到{count}次", f"{count} check-ins were missed"))
    return found


def _incidents(firm: FirmMatter) -> Iterator[Words]:
    for id, one in firm.uow.incidents.open().items():
        phase = PHASE_NAMES[one.phase]
        mark = Words("【演练】", "DRILL ") if one.drill else Words()
        yield Words(
            f"事件 {id} {mark.zh}{one.title}（{phase.zh}）",
            f"Incident {id} {mark.en}{one.title} ({phase.en})",
        )
        yield from _tasks(firm, one)
        yield from _owed(firm, id)


def _tasks(firm: FirmMatter, incident: Incident) -> Iterator[Words]:
    for task in firm.uow.tasks.of(incident.id).values():
        if task.is_open:
            title = task.title
            yield Words(
                f"任务 {incident.id}：{title.zh}", f"Task of {incident.id}: {title.said('en')}"
            )


def _owed(firm: FirmMatter, subject: str) -> Iterator[Words]:
    for row in firm.uow.obligations.of(subject).values():
        if row.is_open and row.is_due:
            title, due = title_of(row), clock_time(row.due_at, firm.site)
            yield Words(
                f"应报 {subject}：{title.zh} {due}".rstrip(),
                f"Due of {subject}: {title.en} {due}".rstrip(),
            )


def _warnings(firm: FirmMatter) -> Iterator[Words]:
    for id, one in firm.uow.warnings.open(SERIES).items():
        yield Words(f"预警 {id} {one.title}", f"Warning {id} {one.title}")


def _events(firm: FirmMatter) -> Iterator[Words]:
    for id, one in firm.uow.logged_events.open().items():
        yield Words(f"未关闭 {id} {one.title}", f"Not closed: {id} {one.title}")


def _problems(firm: FirmMatter) -> Iterator[Words]:
    for id, one in firm.uow.problems.open().items():
        yield Words(f"问题 {id} {one.title}", f"Problem {id} {one.title}")


def _alarms(firm: FirmMatter, shift: Shift) -> Iterator[Words]:
    """The system's alarms to whoever was on shift, each once, the latest."""
    sent = firm.uow.outbox.to(shift.person)
    said = [
        str(message.facts.get("what", ""))
        for message in sent
        if message.purpose is Purpose.ALARM and message.ready_at >= shift.start
    ]
    for what in list(dict.fromkeys(filter(None, said)))[-MOST_ALARMS:]:
        yield Words(f"告警：{what}", f"Alarm: {what}")
