"""The log of all events (运维事件, JR/T 0099 5.8): what incidents, warnings and alerts leave in it.

Whatever is declared, warned of or reported by monitoring is one event, however often it is heard
of again; what a drill does is none.
"""

from datetime import datetime

from responder.commands.alert import Alert
from responder.commands.case import Case
from responder.commands.numbering import number
from responder.commands.problems.lessons import symptom_of_playbook
from responder.commands.problems.recurrence import propose_if_recurring
from responder.commands.rights import MONITORING_DOOR
from responder.domain.logged_event import (
    INCIDENT,
    MONITORING,
    OF_LEVEL,
    WARNING,
    LoggedEvent,
)
from responder.domain.record import ENGINE, By, Fact
from responder.domain.site import Site
from responder.domain.warning import is_warning
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

SERIES = "EVT"
LOGGED_EVENT = "logged_event"


def keep_event(uow: UnitOfWork, event: LoggedEvent, site: Site) -> None:
    """Write it back, and arm the clock that urges."""
    uow.logged_events.put(event.id, event)
    uow.timers.set(LOGGED_EVENT, event.id, event.nag_at(site.event_rules))


def log_event(
    uow: UnitOfWork,
    site: Site,
    now: datetime,
    by: By,
    *,
    title: str,
    system: str,
    symptom: str,
    rank: tuple[int, int],
    source: str,
    owner: str = "",
    became: str = "",
) -> LoggedEvent:
    """A new event, on record; one that comes again, or is major, proposes a problem."""
    event = LoggedEvent(
        id=number(uow, SERIES, site, now),
        title=title,
        system=system,
        symptom=symptom,
        impact=rank[0],
        scope=rank[1],
        priority=site.event_rules.priority(*rank),
        at=now,
        by=by.person,
        source=source,
        owner=owner,
        became=became,
    )
    facts = {"title": title, "system": system, "priority": event.priority, "from": source}
    fact = Fact("EventLogged", event.id, by, now, {**facts, "owner": owner, "became": became})
    uow.ledger.append([fact])
    keep_event(uow, event, site)
    propose_if_recurring(uow, event, now)
    return event


def log_warning(alert: Alert, by: By) -> None:
    """A warning is an event from the first, a drill's is none; monitoring is the source of what it
    raises.
    """
    warning = alert.warning
    if warning.drill:
        return
    event = log_event(
        alert.uow,
        alert.site,
        alert.now,
        by,
        title=warning.title,
        system=warning.system,
        symptom=symptom_of_playbook(alert.playbook),
        rank=OF_LEVEL[warning.level],
        source=MONITORING if by.door == MONITORING_DOOR else WARNING,
        became=warning.id,
    )
    warning.event = event.id


def log_incident(case: Case, by: By, came_from: str) -> None:
    """An incident is the event it came from, or a new one; a drill is none."""
    incident = case.incident
    if incident.drill:
        return
    before = event_of(case.uow, came_from)
    if before is None:
        before = log_event(
            case.uow,
            case.site,
            case.now,
            by,
            title=incident.title,
            system=next(iter(incident.systems), ""),
            symptom=symptom_of_playbook(case.playbook),
            rank=OF_LEVEL[incident.level],
            source=INCIDENT,
            became=incident.id,
        )
    else:
        _became(case, before)
    incident.event = before.id


def _became(case: Case, event: LoggedEvent) -> None:
    event.became, event.closed_at, event.outcome = case.incident.id, None, ""
    facts = {"incident": event.became}
    case.uow.ledger.append([Fact("EventBecame", event.id, ENGINE, case.now, facts)])
    if not event.symptom or event.symptom != symptom_of_playbook(case.playbook):
        event.symptom = symptom_of_playbook(case.playbook)
    event.system = event.system or next(iter(case.incident.systems), "")
    _rank(case.uow, event, case.incident.level, case.site, case.now)


def rank_anew(case: Case) -> None:
    """The response level was changed: a graver event is ranked as such, never a lesser one."""
    event = event_of(case.uow, case.incident.event)
    if event is not None:
        _rank(case.uow, event, case.incident.level, case.site, case.now)


def _rank(uow: UnitOfWork, event: LoggedEvent, level: int, site: Site, now: datetime) -> None:
    impact, scope = OF_LEVEL[level]
    graver = site.event_rules.priority(impact, scope)
    if graver < event.priority:
        event.impact, event.scope, event.priority = impact, scope, graver
    keep_event(uow, event, site)
    propose_if_recurring(uow, event, now)


def event_of(uow: UnitOfWork, id: str) -> LoggedEvent | None:
    """The event that a warning or an event's own id stands for, if there is one."""
    warning = uow.warnings.get(id) if is_warning(id) else None
    return uow.logged_events.get(warning.event if warning else id) if id else None


def heard_again(uow: UnitOfWork, id: str, times: int = 1) -> None:
    """The same was reported once more: it is no event of its own (a logged dedupe)."""
    event = uow.logged_events.get(id) if id else None
    if event is not None:
        event.heard += times
        uow.logged_events.put(event.id, event)


def merge_event(case: Case, came_from: str) -> None:
    """What was reported turned out to be a running incident: its own event ends in that one's."""
    event = event_of(case.uow, came_from)
    if event is not None and event.id != case.incident.event:
        heard_again(case.uow, case.incident.event, 1 + event.heard)
        said = Words(f"并入{case.incident.id}", f"part of {case.incident.id}")
        event.became = case.incident.id
        case.uow.logged_events.put(event.id, event)
        end_event(case.uow, event.id, case.now, case.site, said)


def end_event(uow: UnitOfWork, id: str, now: datetime, site: Site, outcome: Words) -> None:
    """What became of it is over, and so is the event."""
    event = uow.logged_events.get(id) if id else None
    if event is None or not event.is_open:
        return
    event.closed_at, event.outcome = now, outcome.said(site.language)
    facts = {"text": event.outcome}
    uow.ledger.append([Fact("EventClosed", event.id, ENGINE, now, facts)])
    keep_event(uow, event, site)


def reopen_event(case: Case) -> None:
    """Handling goes on: so does the event."""
    event = event_of(case.uow, case.incident.event)
    if event is not None and not event.is_open:
        event.closed_at, event.closed_by, event.outcome = None, "", ""
        case.uow.ledger.append([Fact("EventReopened", event.id, ENGINE, case.now, {})])
        keep_event(case.uow, event, case.site)
