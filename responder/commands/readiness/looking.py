"""The question of readiness: everything the controls look at, from one unit of work."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from responder.commands.drills.records import drill_records
from responder.commands.manual.printing import manuals_placed
from responder.commands.pursuit import GONE
from responder.commands.queries import engine_seen_at
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork
from responder.readiness.control import Standing, assess
from responder.readiness.controls import every_control
from responder.readiness.situation import Situation


def situation(uow: UnitOfWork, now: datetime, files: Site | None = None) -> Situation:
    """The register in force and the records that controls look at.

    A database that holds no site yet is judged by the files given; without any, by an empty one.
    Of what is over and done only so much is loaded as a control asks for.
    """
    version = uow.sites.accepted()
    site = uow.sites.get(version) if version else files or Site()
    return Situation(
        site=replace(site, drills_held=drill_records(uow, site)),
        at=now,
        gone=frozenset(uow.notes.get(GONE) or ()),
        stored=True,
        heartbeat_at=engine_seen_at(uow),
        revisions=tuple(uow.revisions.all().values()),
        change_notices=tuple(uow.change_notices.all().values()),
        unit_checks=tuple(uow.unit_checks.all().values()),
        issued_cards=tuple(uow.issued_cards.all().values()),
        manuals_placed=manuals_placed(uow),
        shifts=tuple(uow.shifts.all().values()),
        swaps=tuple(uow.swaps.all().values()),
        way_checks=tuple(uow.way_checks.all().values()),
        probes=tuple(uow.probes.all().values()),
        plan_versions=tuple(uow.plan_versions.all().values()),
        readings=tuple(uow.readings.all().values()),
        sessions=tuple(uow.sessions.all().values()),
        provision_checks=tuple(uow.provision_checks.all().values()),
        logged_events=tuple(uow.logged_events.all().values()),
        problems=tuple(uow.problems.all().values()),
        event_reviews=tuple(uow.event_reviews.all().values()),
        assessments=tuple(uow.assessments.all().values()),
        **_at_work(uow),
    )


def _at_work(uow: UnitOfWork) -> dict[str, Any]:
    """What incidents and warnings left to do."""
    return {
        "incidents": tuple(uow.incidents.open().values()),
        "warnings": tuple(one for one in uow.warnings.all().values() if not one.drill),
        "investigations": tuple(uow.investigations.all().values()),
        "measures": tuple(uow.measures.open().values()),
        "obligations": tuple(uow.obligations.open().values()),
        "reports": tuple(uow.reports.open().values()),
        "briefings": tuple(uow.briefings.open().values()),
        "inquiries": tuple(uow.inquiries.open().values()),
    }


def assessed(seen: Situation) -> tuple[Standing, ...]:
    """How every control stands, in the order of the standard."""
    return assess(seen, every_control())
