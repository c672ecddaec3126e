"""Events by hand (运维事件): logged in seconds, ranked by the matrix, assigned, noted, closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import require_act
from responder.commands.matter import FirmMatter
from responder.commands.problems.event_log import keep_event, log_event
from responder.commands.problems.lessons import lessons_of, seen_before, symptom_of_playbook
from responder.commands.pursuit import roster_in_force
from responder.commands.telling import clock_time, name
from responder.commands.workdays import day_of
from responder.domain.logged_event import (
    LEVELS,
    PERSON,
    EventNote,
    EventRules,
    LoggedEvent,
    symptom_of,
)
from responder.domain.record import By, Fact
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_TITLE, LONGEST_TEXT = 200, 1000


@dataclass(frozen=True)
class LogEvent(Command):
    """Something happened, an emergency or not; `symptom` is a playbook's id or in one's words."""

    title: str
    impact: int
    scope: int
    system: str = ""
    symptom: str = ""
    owner: str = ""


@dataclass(frozen=True)
class AssignEvent(Command):
    """Somebody sees to it from now on."""

    event: str
    to: str


@dataclass(frozen=True)
class NoteEvent(Command):
    """What was done about it, or found."""

    event: str
    text: str


@dataclass(frozen=True)
class CloseEvent(Command):
    """It is over; `outcome` says how."""

    event: str
    outcome: str


@handles(LogEvent)
def log_by_hand(command: LogEvent, uow: UnitOfWork, now: datetime) -> Reply:
    """Put it in the log with its priority; the answer shows what was learnt of a like one."""
    require_act("log_event", command.by, uow, now)
    site = roster_in_force(uow).site
    _check(command, uow, site)
    symptom = _symptom(command, site)
    event = log_event(
        uow,
        site,
        now,
        command.by,
        title=command.title,
        system=command.system,
        symptom=symptom,
        rank=(command.impact, command.scope),
        source=PERSON,
        owner=command.owner,
    )
    if command.owner and command.owner != command.by.person:
        _tell_owner(uow, event, now)
    nag_at = event.nag_at(site.event_rules)
    learnt = seen_before(lessons_of(uow, [command.system], symptom))
    until = _by_when(nag_at, now, site)
    return Reply(
        event.id,
        Words(
            f"{event.id} 已登记，优先级{event.priority}，{until}前须有进展。"
            f"{learnt.zh and learnt.zh + '。'}",
            f"{event.id} is logged, priority {event.priority}; something has to be done by {until}."
            f"{learnt.en and f' {learnt.en}.'}",
        ),
        {"priority": event.priority, "urged_at": nag_at.isoformat() if nag_at else None},
    )


def _by_when(at: datetime | None, now: datetime, site: Site) -> str:
    """Its time of day, with its day where that is not today."""
    if at is None:
        return "—"
    day = day_of(at, site.time_zone)
    clock = clock_time(at, site)
    return clock if day == day_of(now, site.time_zone) else f"{day:%m-%d} {clock}"


def _check(command: LogEvent, uow: UnitOfWork, site: Site) -> None:
    clean_line(command.title, "事件内容", "text of the event", LONGEST_TITLE)
    if command.symptom:
        clean_line(command.symptom, "现象", "symptom", LONGEST_TITLE)
    if command.impact not in LEVELS or command.scope not in LEVELS:
        raise BadInput(
            "影响程度和影响范围应为1至3，1最重、最广。",
            "Impact and scope are 1 to 3; 1 is the most.",
            "请写 --impact 2 --scope 2。",
            "Give --impact 2 --scope 2.",
        )
    if command.system and command.system not in site.systems:
        raise UnknownId("系统", "system", command.system, site.systems)
    if command.owner:
        _known(command.owner, uow)


def _symptom(command: LogEvent, site: Site) -> str:
    """A playbook's fault where one is named; else the words, compared by their letters."""
    playbook = site.playbooks.get(command.symptom)
    if playbook is not None:
        return symptom_of_playbook(playbook)
    faults = {symptom_of_playbook(one) for one in site.playbooks.values()}
    if command.symptom in faults:
        return command.symptom
    return symptom_of(command.symptom or command.title)


def _known(person: str, uow: UnitOfWork) -> None:
    roster = roster_in_force(uow)
    if not roster.known(person):
        raise UnknownId("人员", "person", person, roster.site.people)


@handles(AssignEvent)
def assign_event(command: AssignEvent, uow: UnitOfWork, now: datetime) -> Reply:
    """The owner is told, and urged when nothing happens."""
    event, site = _open(uow, command.event, command.by, now)
    _known(command.to, uow)
    event.owner = command.to
    _keep(uow, event, site, command.by, now, "EventAssigned", owner=command.to)
    if command.to != command.by.person:
        _tell_owner(uow, event, now)
    zh, en = (name(site, command.to, language) for language in ("zh", "en"))
    said = Words(f"{event.id} 由{zh}办理。", f"{event.id} is {en}'s.")
    return Reply(event.id, said, {"owner": command.to})


def _tell_owner(uow: UnitOfWork, event: LoggedEvent, now: datetime) -> None:
    said = Words(
        f"运维事件交您办理：{event.id} {event.title}（优先级{event.priority}）。",
        f"This event is yours: {event.id} {event.title} (priority {event.priority}).",
    )
    FirmMatter.load(uow, now).tell([event.owner], said)


@handles(NoteEvent)
def note_event(command: NoteEvent, uow: UnitOfWork, now: datetime) -> Reply:
    """Something was done: it is not idle."""
    event, site = _open(uow, command.event, command.by, now)
    text = clean_line(command.text, "记录", "note", LONGEST_TEXT, breaks=True)
    event.notes.append(EventNote(now, command.by.person, text))
    _keep(uow, event, site, command.by, now, "EventNoted", text=text)
    return Reply(event.id, Words(f"已记入{event.id}。", f"Noted on {event.id}."))


@handles(CloseEvent)
def close_event(command: CloseEvent, uow: UnitOfWork, now: datetime) -> Reply:
    """One that a warning or an incident handles ends with it, not by hand."""
    event, site = _open(uow, command.event, command.by, now)
    outcome = clean_line(command.outcome, "处理结果", "outcome", LONGEST_TEXT, breaks=True)
    if event.is_elsewhere:
        raise BadInput(
            f"{event.id}已转为{event.became}，随其办结。",
            f"{event.id} became {event.became} and ends with it.",
        )
    event.closed_at, event.closed_by, event.outcome = now, command.by.person, outcome
    _keep(uow, event, site, command.by, now, "EventClosed", text=outcome)
    return Reply(event.id, Words(f"{event.id} 已办结。", f"{event.id} is closed."))


def _keep(
    uow: UnitOfWork,
    event: LoggedEvent,
    site: Site,
    by: By,
    now: datetime,
    kind: str,
    **payload: Any,
) -> None:
    event.acted_at, event.nagged = now, []
    uow.ledger.append([Fact(kind, event.id, by, now, payload)])
    keep_event(uow, event, site)


def _open(uow: UnitOfWork, id: str, by: By, now: datetime) -> tuple[LoggedEvent, Site]:
    event = find_event(uow, id)
    owns = ["event_owner"] if event.owner == by.person != "" else []
    require_act("event", by, uow, now, *owns)
    if not event.is_open:
        raise BadInput(
            f"{id}已办结。", f"{id} is closed.", "再次发生请另行登记。", "Log it anew if it recurs."
        )
    return event, roster_in_force(uow).site


# Asking


def find_event(uow: UnitOfWork, id: str) -> LoggedEvent:
    """The event of that id. Raises UnknownId, with near misses."""
    found = uow.logged_events.get(id)
    if found is None:
        raise UnknownId("运维事件", "logged event", id, uow.logged_events.open())
    return found


def events_logged(
    uow: UnitOfWork,
    now: datetime,
    *,
    month: str = "",
    owner: str = "",
    overdue: bool = False,
    everything: bool = False,
) -> list[dict[str, Any]]:
    """The log, oldest first: the open ones, or all (of a month, such as 2026-10)."""
    site = roster_in_force(uow).site
    every = everything or bool(month)
    found = uow.logged_events.all() if every else uow.logged_events.open()
    rules, zone = site.event_rules, site.time_zone
    return [
        event_line(one, rules, now)
        for one in found.values()
        if (not owner or one.owner == owner)
        and (not month or f"{day_of(one.at, zone):%Y-%m}" == month)
        and (not overdue or one.is_overdue(rules, now))
    ]


def event_line(one: LoggedEvent, rules: EventRules, now: datetime) -> dict[str, Any]:
    """One event as `--json` prints it."""
    nag_at = one.nag_at(rules)
    return {
        "id": one.id,
        "title": one.title,
        "system": one.system or None,
        "symptom": one.symptom or None,
        "impact": one.impact,
        "scope": one.scope,
        "priority": one.priority,
        "at": one.at.isoformat(),
        "by": one.by,
        "source": one.source,
        "owner": one.owner or None,
        "became": one.became or None,
        "heard": one.heard,
        "open": one.is_open,
        "overdue": one.is_overdue(rules, now),
        "urged_at": nag_at.isoformat() if nag_at else None,
        "outcome": one.outcome or None,
        "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        "notes": [{"at": n.at.isoformat(), "by": n.by, "text": n.text} for n in one.notes],
    }
