"""All of one incident, as an inspector reads it: plain values, names still to be said."""

from dataclasses import dataclass, replace
from typing import Any

from responder.commands.queries import incident as incident_facts
from responder.commands.records.evidence import exhibits
from responder.domain.inspection import Inspection
from responder.domain.investigation import Investigation
from responder.domain.measure import Measure
from responder.domain.notice import Notice
from responder.domain.obligation import Obligation
from responder.domain.record import Entry
from responder.domain.report import Report
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork

AT_ONCE = 500
"""Entries of the record on one page."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What there is of an incident; of the record, a page after an entry.

    Accountability is not among it: whoever is authorised hands that over in person.
    """

    leave: Inspection
    incident: dict[str, Any]
    site: Site
    entries: list[Entry]
    earlier: bool
    following: int
    total: int
    evidence: list[dict[str, Any]]
    obligations: list[Obligation]
    reports: list[Report]
    notices: list[Notice]
    measures: list[Measure]
    investigation: Investigation | None


def inspected(uow: UnitOfWork, leave: Inspection, after: int) -> Inspected:
    """Everything of the one incident that the leave is for."""
    id = leave.incident
    facts = incident_facts(uow, id)
    entries = uow.ledger.of(id)
    rest = [entry for entry in entries if entry.seq > after]
    page = rest[:AT_ONCE]
    return Inspected(
        leave=leave,
        incident=facts,
        site=uow.sites.get(facts["site_version"]),
        entries=page,
        earlier=len(rest) < len(entries),
        following=page[-1].seq if len(rest) > len(page) else 0,
        total=len(entries),
        evidence=exhibits(uow, id),
        obligations=list(uow.obligations.of(id).values()),
        reports=list(uow.reports.of(id).values()),
        notices=list(uow.notices.of(id).values()),
        measures=list(uow.measures.of(id).values()),
        investigation=_without_accountability(uow.investigations.get(id)),
    )


def _without_accountability(one: Investigation | None) -> Investigation | None:
    return replace(one, accountability=[]) if one else None
