"""Questions about incidents, warnings and the engine: pure functions of a unit of work.

Answers are plain values as `--json` prints them; instants are ISO 8601 in UTC.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from responder.commands.firm import HALTED, HEARTBEAT
from responder.commands.pursuit import failing_ways
from responder.domain.escalation import Escalation
from responder.domain.exhibit import Exhibit
from responder.domain.incident import Incident
from responder.domain.record import Entry
from responder.domain.request import Authority, Request
from responder.domain.task import Task
from responder.domain.warning import SERIES, Leg, Warning, is_warning
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

SILENT_AFTER = timedelta(seconds=15)
"""An engine not heard of for this long is taken not to run."""


# Incidents


def incidents(uow: UnitOfWork, everything: bool = False) -> list[dict[str, Any]]:
    """The open incidents, or all of them, oldest first, in one line each."""
    found = uow.incidents.all() if everything else uow.incidents.open()
    escalations = uow.escalations.get_many(list(found))
    return [_brief(one, escalations.get(id)) for id, one in found.items()]


def incident(uow: UnitOfWork, id: str) -> dict[str, Any]:
    """Everything about one incident. Raises UnknownId, with near misses."""
    found = find_incident(uow, id)
    escalation, authority = uow.escalations.get(id), uow.authorities.get(id)
    return {
        **_brief(found, escalation),
        "systems": list(found.systems),
        "declared_by": found.declared_by,
        "reported_by": found.reported_by,
        "provisional": found.provisional or None,
        "watch": found.watch or None,
        "roles": dict(found.roles),
        "offers": [{"what": o.what, "from": o.giver, "to": o.taker} for o in found.offers],
        "paging": _paging(escalation) if escalation else None,
        "failing": failing_ways(uow, id, escalation) if escalation else {},
        "decision_holder": (authority.holder or None) if authority else None,
        "decisions": list(_requests(authority)) if authority else [],
        "tasks": tasks(uow, id),
        "roll_call": _roll_call(found),
        "consents": consents(uow, id),
        "messages": _messages(uow, id),
        "site_version": found.site_version,
    }


def find_incident(uow: UnitOfWork, id: str) -> Incident:
    """The incident with that id. Raises UnknownId, with near misses."""
    found = uow.incidents.get(id)
    if found is None:
        raise UnknownId("事件", "incident", id, uow.incidents.all())
    return found


def exhibit_of(uow: UnitOfWork, incident: str, id: str) -> Exhibit:
    """One exhibit of an incident. Raises UnknownId, with near misses."""
    find_incident(uow, incident)
    found = uow.exhibits.get(f"{incident}/{id}")
    if found is None:
        raise UnknownId("存证", "evidence", id, [e.id for e in uow.exhibits.of(incident).values()])
    return found


def _brief(one: Incident, escalation: Escalation | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "playbook": one.playbook,
        "level": one.level,
        "phase": one.phase.value,
        "drill": one.drill,
        "frozen": one.frozen,
        "declared_at": one.declared_at.isoformat(),
        "commander": one.commander or None,
        "acknowledged": list(escalation.acknowledged) if escalation else [],
        "ringing": _ringing(escalation) if escalation else [],
    }


def _ringing(escalation: Escalation) -> list[str]:
    return list(escalation.runs) if escalation.is_open else []


def _paging(escalation: Escalation) -> dict[str, Any]:
    ends = escalation.step_ends_at if escalation.is_open else None
    done = escalation.completed_at
    return {
        "open": escalation.is_open,
        "cycle": escalation.cycle,
        "round": escalation.round,
        "step": escalation.step,
        "next_step_at": ends.isoformat() if ends else None,
        "acknowledged": {p: at.isoformat() for p, at in escalation.acknowledged.items()},
        "declined": list(escalation.declined),
        "paged": list(escalation.first_paged),
        "complete_at": done.isoformat() if done else None,
        "short": escalation.short,
    }


def _requests(authority: Authority) -> Iterator[dict[str, Any]]:
    for asked in authority.requests.values():
        yield {
            "id": asked.id,
            "decision": asked.decision,
            "open": asked.is_open,
            "asked": list(asked.asked),
            "answer_by": _clock(asked),
            "approvals": asked.approvals,
            "decided_by": asked.decided_by or None,
            "decided_at": asked.decided_at.isoformat() if asked.decided_at else None,
            "approved": None if asked.is_open else asked.approved,
            "reverses": asked.reverses or None,
        }


def _clock(asked: Request) -> str | None:
    return asked.clock_at.isoformat() if asked.clock_at and asked.is_open else None


def _roll_call(found: Incident) -> dict[str, Any] | None:
    roll = found.roll_call
    if roll is None:
        return None
    return {"safe": list(roll.safe), "in_need": list(roll.in_need), "silent": list(roll.silent)}


def _messages(uow: UnitOfWork, id: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for message in uow.outbox.of(id):
        counts[message.state.value] = counts.get(message.state.value, 0) + 1
    return counts


def consents(uow: UnitOfWork, id: str) -> list[dict[str, Any]]:
    """What waits for a second person in an incident or warning."""
    return [
        {"id": one.id, "purpose": one.purpose, "asked_by": one.asked_by, "waits_for": list(one.who)}
        for one in uow.consents.of(id).values()
        if one.is_open
    ]


def tasks(uow: UnitOfWork, id: str) -> list[dict[str, Any]]:
    """The tasks of an incident or a warning, in the playbook's order."""
    return [task_line(task) for task in uow.tasks.of(id).values()]


def task_line(task: Task) -> dict[str, Any]:
    """One task, with its words in both languages."""
    return {
        "id": task.id,
        "title": {"zh": task.title.zh, "en": task.title.en},
        "progress": task.progress.value,
        "role": task.role or None,
        "owner": task.owner or None,
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "safety": task.safety,
        "danger": task.danger,
        "blocked_by": list(task.blocked_by),
        "done_by": task.done_by or None,
        "done_at": task.done_at.isoformat() if task.done_at else None,
    }


# Warnings


def warnings(
    uow: UnitOfWork, everything: bool = False, *, drill: bool = False
) -> list[dict[str, Any]]:
    """The open warnings, or all of them, oldest first; those of drills instead where asked."""
    found = uow.warnings.all() if everything else uow.warnings.open()
    return [_warning(one) for one in found.values() if bool(one.drill) is drill]


def warning(uow: UnitOfWork, id: str) -> dict[str, Any]:
    """Everything about one warning. Raises UnknownId, with near misses."""
    found = uow.warnings.get(id)
    if found is None:
        raise UnknownId("预警", "warning", id, uow.warnings.all())
    addressed = [{"to": a.to, "via": a.via, "at": a.at.isoformat()} for a in found.addressed]
    return {
        **_warning(found),
        "joined": found.joined,
        "addressed": addressed,
        "reported_at": found.reported_at.isoformat() if found.reported_at else None,
        "reporter": found.reporter or None,
        "report_due_at": found.report_due_at.isoformat() if found.report_due_at else None,
        "reported": [_leg(leg) for leg in found.reported],
        "ended_to": [_leg(leg) for leg in found.ended_to],
        "tasks": tasks(uow, id),
        "consents": consents(uow, id),
    }


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "unit": leg.unit,
        "line": leg.line.value,
        "how": leg.how,
        "call": leg.call or None,
        "attempts": leg.attempts,
        "told_at": leg.told_at.isoformat() if leg.told_at else None,
        "given_up": leg.given_up,
        "instead_of": leg.instead_of or None,
    }


def _warning(one: Warning) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "playbook": one.playbook,
        "system": one.system or None,
        "level": one.level,
        "stage": one.stage.value,
        "raised_at": one.raised_at.isoformat(),
        "raised_by": one.raised_by,
        "asked": one.asked or None,
        "verify_by": one.verify_by.isoformat() if one.verify_by else None,
        "escalated": one.escalated,
        "important": one.important,
        "incident": one.incident or None,
        "drill": one.drill or None,
    }


# The record


def timeline(uow: UnitOfWork, id: str) -> list[Entry]:
    """Every entry about an incident or a warning, in order. Raises UnknownId."""
    if is_warning(id):
        warning(uow, id)
    else:
        find_incident(uow, id)
    return uow.ledger.of(id)


def entry_line(entry: Entry) -> dict[str, Any]:
    """One entry as `incident timeline --json` prints it."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "actor": entry.actor,
        "door": entry.door,
        "subject": entry.subject,
        "payload": entry.payload,
        "hash": entry.hash,
    }


# The engine


def engine_seen_at(uow: UnitOfWork) -> datetime | None:
    """When the engine last said that it runs."""
    noted = uow.notes.get(HEARTBEAT)
    return datetime.fromisoformat(noted) if noted else None


def sending(uow: UnitOfWork, now: datetime) -> str:
    """Whether messages go out: `running`, `halted` by somebody, `stopped` for want of an engine."""
    if uow.notes.get(HALTED):
        return "halted"
    seen = engine_seen_at(uow)
    return "running" if seen is not None and now - seen <= SILENT_AFTER else "stopped"


def health(uow: UnitOfWork, now: datetime) -> dict[str, Any]:
    """What the engine and its queues are up to."""
    seen, due, ready = engine_seen_at(uow), uow.timers.next_due(), uow.outbox.next_ready()
    return {
        "sending": sending(uow, now),
        "engine_age": (now - seen).total_seconds() if seen else None,
        "timers_late": _late(due, now),
        "messages_late": _late(ready, now),
        "messages": {state.value: count for state, count in uow.outbox.counts().items()},
        "open_incidents": len(uow.incidents.open()),
        "open_warnings": len(uow.warnings.open(SERIES)),
        "site_version": uow.sites.accepted(),
    }


def _late(due: datetime | None, now: datetime) -> float:
    return max((now - due).total_seconds(), 0.0) if due else 0.0
