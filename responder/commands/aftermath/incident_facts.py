"""Gathering what the incident report tells: a query; nothing is decided here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from responder.commands.obligations.owner_hunt import addressed_to
from responder.commands.owed import title_of
from responder.commands.reports.dossier import facts_of, record_of
from responder.domain.incident_facts import (
    Decision,
    IncidentFacts,
    Session,
    people_reached,
    turns,
    ways,
)
from responder.domain.obligation import Obligation
from responder.domain.record import Entry
from responder.domain.request import Request
from responder.domain.site import Site
from responder.domain.what_is_there import Record
from responder.errors import BeyondCalendar
from responder.ports.unit_of_work import UnitOfWork
from responder.regimes.sessions import sessions_between

LONGEST_SHADED = timedelta(days=14)
"""An incident longer than this gets no shaded sessions: they would be a grey."""


def incident_facts(uow: UnitOfWork, id: str, now: datetime) -> IncidentFacts:
    """Everything about one incident. Raises UnknownId, with near misses."""
    record = record_of(uow, id)
    entries, incident = record.entries, record.incident
    people = people_reached(entries)
    moved = list(turns(incident, entries))
    return IncidentFacts(
        made_at=now,
        site=record.site,
        incident=incident,
        entries=entries,
        hub=facts_of(uow, id),
        turns=moved,
        reached=people,
        ways=ways(uow.outbox.of(id), people),
        decisions=list(_decisions(uow, id, entries)),
        tasks=record.tasks,
        obligations=[_worded(one, record.site) for one in uow.obligations.of(id).values()],
        notices=tuple(uow.notices.of(id).values()),
        briefings=tuple(uow.briefings.of(id).values()),
        measures=record.measures,
        investigation=record.investigation,
        exhibits=tuple(uow.exhibits.of(id).values()),
        sessions=list(_sessions(record, now)),
    )


def _worded(one: Obligation, site: Site) -> Obligation:
    """An obligation as it reads: the how-manieth it is, and whom it is owed to by name."""
    return replace(one, title=title_of(one), addressee=addressed_to(one, site))


def _decisions(uow: UnitOfWork, id: str, entries: Sequence[Entry]) -> Iterator[Decision]:
    """Every question asked, with the answer as the record tells it."""
    authority = uow.authorities.get(id)
    for asked in authority.requests.values() if authority else ():
        yield _decision(asked, [e for e in entries if (e.payload or {}).get("request") == asked.id])


def _decision(asked: Request, entries: Sequence[Entry]) -> Decision:
    told = {entry.kind: entry.payload or {} for entry in entries}
    answer, decided = told.get("Answered", {}), told.get("Decided", {})
    return Decision(
        asked.decision,
        asked.opened_at,
        tuple(asked.asked),
        asked.decided_at,
        asked.decided_by,
        str(decided.get("acting_for", "")),
        asked.approved,
        str(answer.get("reason", "")),
        "DecisionToBeSigned" in told and "DecisionSigned" not in told,
    )


def _sessions(record: Record, now: datetime) -> Iterator[Session]:
    """Trading time of the first market hit that a calendar knows, over the incident's days."""
    began = record.first_sign_at - timedelta(hours=1)
    ended = max((entry.at for entry in record.entries), default=now) + timedelta(hours=1)
    calendars = record.site.calendars
    markets = [m for system in record.systems for m in system.markets if m in calendars]
    if not markets or ended - began > LONGEST_SHADED:
        return
    try:
        found = sessions_between(began, ended, calendars[markets[0]])
    except BeyondCalendar:
        return
    for session, starts, ends in found:
        if session.counts:
            yield Session(session.name, starts, ends)
