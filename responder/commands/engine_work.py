"""The engine's own commands: due timers, its own health."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.aftermath import investigation
from responder.commands.aftermath.investigating import SUPPLEMENT
from responder.commands.alert import OPEN_TOO_LONG, VERIFY, Alert
from responder.commands.briefings import clocks as briefing_clocks
from responder.commands.briefings.audience import BRIEFING
from responder.commands.case import AUTHORITY, CARD, STILL_THERE, WATCH, Case
from responder.commands.command import Command, Reply, handles
from responder.commands.daily import DAILY, go_rounds
from responder.commands.drills.conducting import drills_due
from responder.commands.drills.drill_at_work import DRILL
from responder.commands.drills.plan_at_work import PLANNED, planned_due
from responder.commands.duty import check_in, handover, shifts, swap
from responder.commands.firm import FIRM, HEARTBEAT, note_fact
from responder.commands.incidents import leading, roll_call, task
from responder.commands.incidents.room import refresh_cards
from responder.commands.manual.change_notices import CHANGE_NOTICE, send_notices
from responder.commands.measures import reminding as measure_reminding
from responder.commands.measures.at_work import MEASURE
from responder.commands.notices.inquiry import INQUIRY, unanswered
from responder.commands.notices.posting import POSTING, still_to_post
from responder.commands.obligations.owner_hunt import hunt_owners
from responder.commands.owed import OBLIGATION
from responder.commands.paging.calls_waiting import remind
from responder.commands.paging.looking_up import LOOK_UP, ask_providers
from responder.commands.paging.other_ways import STALLED, go_on_without
from responder.commands.problems.event_log import LOGGED_EVENT
from responder.commands.problems.urging import urge
from responder.commands.pursuit import ESCALATION, roster_of
from responder.commands.reachability.probing import PROBE, PROBE_AT, probe_at, ring_on
from responder.commands.telling import CALL_TASK, Subject, Teller
from responder.commands.warnings import report as warning_report
from responder.commands.warnings import warning
from responder.domain import authority as deciding
from responder.domain import escalation as paging
from responder.domain.message import Purpose
from responder.domain.record import ENGINE, Fact
from responder.domain.warning import is_warning
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RunDue(Command):
    """Carry out up to `limit` due timers."""

    limit: int = 200


@dataclass(frozen=True)
class PutOff(Command):
    """The due timer that comes first cannot be carried out: let the others pass."""

    why: str


@dataclass(frozen=True)
class NoticeDowntime(Command):
    """The engine did not run between two instants."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class NoticeClockStep(Command):
    """The wall clock jumped; timers do not follow it."""

    step: timedelta


@dataclass(frozen=True)
class Heartbeat(Command):
    """The engine runs."""


# Due timers


@handles(RunDue)
def run_due(command: RunDue, uow: UnitOfWork, now: datetime) -> int:
    """Carry out what is due, kind by kind; returns how many timers were due."""
    due = uow.timers.claim(now, command.limit)
    subjects: dict[str, list[str]] = defaultdict(list)
    for kind, subject, _ in due:
        subjects[kind].append(subject)
    for kind, carry_out in DUE.items():
        if kind in subjects:
            carry_out(uow, subjects[kind], now)
    return len(due)


@handles(PutOff)
def put_off(command: PutOff, uow: UnitOfWork, now: datetime) -> str:
    """Try it again in a minute, on the record and with an alarm; returns what it is about.

    Work that fails must neither vanish nor keep everybody else from being paged (P2, P8).
    """
    for kind, subject, _ in uow.timers.claim(now, 1):
        uow.timers.set(kind, subject, now + PUT_OFF_FOR)
        payload = {"timer": kind, "why": command.why}
        uow.ledger.append([Fact("DueWorkFailed", subject, ENGINE, now, payload)])
        _alarm_administrators(uow, subject, now)
        return f"{kind} {subject}"
    return ""


def _alarm_administrators(uow: UnitOfWork, subject: str, now: datetime) -> None:
    version = uow.sites.accepted()
    if version is None:
        return
    roster = roster_of(uow, version)
    about = Subject(subject, subject, None, (), 1, now, "")
    teller = Teller(uow, roster.site, about, now)
    people = roster.site.grants.get("administrator", ()) or roster.command_body
    for person in (roster.site.people[p] for p in people if roster.known(p)):
        facts = {key: words.said(person.language) for key, words in DUE_WORK_FAILED.items()}
        teller.tell(person, Purpose.ALARM, person.vias, facts)


PUT_OFF_FOR = timedelta(minutes=1)
DUE_WORK_FAILED = {
    "what": Words("到点的工作无法执行，一分钟后重试。", "Due work cannot be carried out."),
    "mend": Words("请查看服务日志，必要时人工处置。", "Look at the log; work by hand if need be."),
}


def _page_on(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    for case in Case.load_many(uow, ids, now):
        case.carry_out(paging.advance(case.escalation, case.policy, case.roster, now))
        case.save()
    for id in ids:
        if is_warning(id):
            alert = Alert.load(uow, id, now)
            alert.carry_out(paging.advance(alert.escalation, alert.policy, alert.roster, now))
            alert.save()


def _ask_on(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    for case in Case.load_many(uow, ids, now):
        case.carry_out(deciding.advance(case.authority, case.court, now))
        case.save()


DUE: dict[str, Callable[[UnitOfWork, list[str], datetime], None]] = {
    ESCALATION: _page_on,
    AUTHORITY: _ask_on,
    STILL_THERE: leading.look_in,
    WATCH: leading.watch_gap,
    VERIFY: warning.unverified,
    task.TASK: task.overdue,
    roll_call.ROLL_CALL: roll_call.again,
    LOOK_UP: ask_providers,
    STALLED: go_on_without,
    CARD: refresh_cards,
    CALL_TASK: remind,
    POSTING: still_to_post,
    INQUIRY: unanswered,
    OBLIGATION: hunt_owners,
    MEASURE: measure_reminding.remind,
    SUPPLEMENT: investigation.remind,
    BRIEFING: briefing_clocks.clocks,
    OPEN_TOO_LONG: warning_report.open_too_long,
    DAILY: go_rounds,
    LOGGED_EVENT: urge,
    swap.SWAP: swap.expire,
    shifts.SHIFT: shifts.turn_over,
    shifts.CHECK_IN: check_in.due,
    shifts.HANDOVER: handover.chase,
    CHANGE_NOTICE: send_notices,
    DRILL: drills_due,
    PLANNED: planned_due,
    PROBE_AT: probe_at,
    PROBE: ring_on,
}


# The engine's own health


@handles(Heartbeat)
def heartbeat(_command: Heartbeat, uow: UnitOfWork, now: datetime) -> datetime | None:
    """Keep that the engine runs at `now`; returns when it last did."""
    before = _last_beat(uow)
    uow.notes.put(HEARTBEAT, now.isoformat())
    return before


def _last_beat(uow: UnitOfWork) -> datetime | None:
    said = uow.notes.get(HEARTBEAT)
    return datetime.fromisoformat(said) if said else None


@handles(NoticeDowntime)
def notice_downtime(command: NoticeDowntime, uow: UnitOfWork, now: datetime) -> Reply:
    """The time not run does not count towards handing authority down; it goes on the record.

    Where another engine ran meanwhile, only the time that none did counts.
    """
    since = max(command.since, _last_beat(uow) or command.since)
    gap = max(command.until - since, timedelta(0))
    if gap <= paging.LATE:
        return Reply(FIRM, facts={"stopped_for": 0})
    note_fact(
        uow,
        "EngineStopped",
        ENGINE,
        now,
        since=since.isoformat(),
        until=command.until.isoformat(),
    )
    for id, incident in uow.incidents.open().items():
        if not incident.is_handled or incident.frozen:
            continue
        case = Case.load(uow, id, now)
        stopped = min(gap, max(command.until - incident.declared_at, timedelta(0)))
        deciding.postpone(case.authority, stopped)
        case.tell_late(stopped)
        case.save()
    uow.notes.put(HEARTBEAT, now.isoformat())
    return Reply(FIRM, facts={"stopped_for": int(gap.total_seconds())})


@handles(NoticeClockStep)
def notice_clock_step(command: NoticeClockStep, uow: UnitOfWork, now: datetime) -> Reply:
    """A stepped wall clock is recorded, and the administrators of open incidents are alarmed."""
    seconds = int(command.step.total_seconds())
    note_fact(uow, "ClockStepped", ENGINE, now, seconds=seconds)
    for id, incident in uow.incidents.open().items():
        if incident.is_handled:
            case = Case.load(uow, id, now)
            case.alarm(_stepped(seconds))
            case.save()
    return Reply(FIRM, facts={"seconds": seconds})


def _stepped(seconds: int) -> Words:
    return Words(
        f"系统时钟跳变{seconds:+d}秒，计时不受影响。",
        f"The wall clock jumped by {seconds:+d} s; timers are not affected.",
    )
