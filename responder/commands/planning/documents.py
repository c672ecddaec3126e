"""What the plan's papers are made from: a version as it was adopted, with what changed in it."""

from datetime import datetime

from responder.commands.planning.versions import kept_or_found, plan_of, site_of
from responder.commands.pursuit import roster_in_force
from responder.domain.plan_change import plan_changes
from responder.domain.plan_document import PlanDocument
from responder.domain.plan_in_force import plan_in_force
from responder.domain.plan_life import PlanVersion
from responder.ports.unit_of_work import UnitOfWork


def plan_document(uow: UnitOfWork, version: str, now: datetime) -> PlanDocument:
    """A version by its number, or the one in force. Raises UnknownId, with near misses."""
    current = roster_in_force(uow).site
    one = kept_or_found(uow, version or plan_of(current).version, now)
    site, before = site_of(uow, one.version, now), _before(uow, one)
    found = plan_in_force(current, [one])
    return PlanDocument(
        site=site,
        version=one.version,
        number=one.number,
        made_at=one.approved_at or one.at,
        sha256=one.document,
        author=one.by or (site.plan.keeper if site.plan else ""),
        approver=one.approver,
        sensitivity=one.sensitivity,
        published_on=one.published_on,
        superseded_by="" if one.is_open else _after(uow, one),
        before=before.version if before else "",
        major=one.major,
        first=found is None or not found.filed_before,
        changes=plan_changes(uow.sites.get(before.site_version), site) if before else (),
    )


def _before(uow: UnitOfWork, one: PlanVersion) -> PlanVersion | None:
    earlier = [v for v in uow.plan_versions.all().values() if v.id < one.id]
    return earlier[-1] if earlier and one.id else None


def _after(uow: UnitOfWork, one: PlanVersion) -> str:
    later = [v for v in uow.plan_versions.all().values() if v.id > one.id]
    return later[0].version if later else plan_of(roster_in_force(uow).site).version
