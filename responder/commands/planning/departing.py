"""What the register's changes mean for the plan: it departs, or a version came by the files."""

from datetime import datetime

from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.planning.versions import (
    KIND,
    SERIES,
    ask_to_read,
    keeper_of,
    kept_version,
    plan_of,
    succeed,
    today,
)
from responder.commands.revising import follows_revision
from responder.domain.plan_change import is_major, plan_changes
from responder.domain.plan_in_force import plan_in_force
from responder.domain.plan_life import REFILE_WITHIN, Departure, PlanVersion
from responder.domain.plan_readers import readers
from responder.domain.record import ENGINE, THE_FIRM, Fact
from responder.domain.revision import Revision
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


@follows_revision
def plan_departs(
    uow: UnitOfWork, before: Site, after: Site, revision: Revision, now: datetime
) -> None:
    """Mark the plan as changed since it was adopted, or take a version that came by the files."""
    if revision.kind == KIND or before.plan is None or after.plan is None:
        return
    if not (before.plan.version and after.plan.version):
        return
    kept = kept_version(uow, before, revision.before, now)
    if after.plan.version != before.plan.version:
        _taken_from_files(uow, kept, after, revision, now)
        return
    ask_to_read(uow, [who for who in readers(after) if who not in readers(before)], kept, now)
    changes = plan_changes(uow.sites.get(kept.site_version), after)
    first = bool(changes) and not kept.departures
    was_grave = kept.departs_gravely
    kept.departures = [Departure(one.section, one.said, one.major) for one in changes]
    kept.departed_at = (kept.departed_at or now) if changes else None
    if kept.departs_gravely:
        kept.refile_by = kept.refile_by or today(after, now) + REFILE_WITHIN
    elif was_grave and not (kept.major and kept.filed_on is None):
        kept.refile_by = None
    uow.plan_versions.put(kept.id, kept)
    if first or (kept.departs_gravely and not was_grave):
        _tell_of_departure(uow, kept, revision, now)


def _tell_of_departure(
    uow: UnitOfWork, kept: PlanVersion, revision: Revision, now: datetime
) -> None:
    facts = {"version": kept.version, "revision": revision.id, "major": kept.departs_gravely}
    uow.ledger.append([Fact("PlanDeparted", THE_FIRM, ENGINE, now, facts)])
    matter, by = FirmMatter.load(uow, now), kept.refile_by
    due = Words(
        f"属重大变化，须于{by}前发布新版本并重新报备。" if kept.departs_gravely else "",
        f" The change is major: adopt a new version and file it by {by}."
        if kept.departs_gravely
        else "",
    )
    matter.tell(
        keeper_of(matter.site),
        Words(
            f"预案{kept.version}版与现行登记不一致（{revision.id}），用 plan diff 查看。{due.zh}",
            f"The register departs from version {kept.version} of the plan ({revision.id});"
            f" see `plan diff`.{due.en}",
        ),
    )


def _taken_from_files(
    uow: UnitOfWork, kept: PlanVersion, after: Site, revision: Revision, now: datetime
) -> None:
    plan, changes = plan_of(after), plan_changes(uow.sites.get(kept.site_version), after)
    if plan.version in {one.version for one in uow.plan_versions.all().values()}:
        _reinstated(uow, kept, plan.version, now)
        return
    new = PlanVersion(
        id=number(uow, SERIES, after, now),
        version=plan.version,
        site_version=revision.after,
        at=now,
        by=revision.by,
        approver=plan.approver,
        sensitivity=plan.sensitivity,
        published_on=plan.published_on,
        major=is_major(changes),
        references=list(plan.references),
    )
    succeed(uow, kept, after, new, list(changes))
    filing = found.filing if (found := plan_in_force(after, ())) else None
    if filing is not None:
        new.filed_on, new.filed_to, new.receipt = filing.on, filing.to, filing.receipt
        new.refile_by = None
        uow.plan_versions.put(new.id, new)


def _reinstated(uow: UnitOfWork, kept: PlanVersion, version: str, now: datetime) -> None:
    """An adoption was undone: the version before it is in force again, the other withdrawn."""
    again = [one for one in uow.plan_versions.all().values() if one.version == version][-1]
    kept.withdrawn_at, again.withdrawn_at = now, None
    again.refile_by = again.refile_by or kept.refile_by
    for one in (kept, again):
        uow.plan_versions.put(one.id, one)
