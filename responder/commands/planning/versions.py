"""Versions of the plan: the one in force, what differs between two, and when the register departs.

The plan is a part of the site, so that each version is a version of the site; here stands which
of those were adopted as a plan, by whom, and what became of them.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.firm import require_act
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.domain.plan_change import PlanChange, plan_changes, reasons
from responder.domain.plan_in_force import plan_in_force
from responder.domain.plan_life import REFILE_WITHIN, PlanVersion, Reading
from responder.domain.plan_lines import digest
from responder.domain.plan_readers import readers
from responder.domain.record import By
from responder.domain.register import Plan
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

SERIES = "PLN"
KIND = "plan"
"""The kind of the revisions that the plan's own commands make."""
NOW = "now"
"""What the plan is called as it stands, adopted or not."""


def plan_of(site: Site) -> Plan:
    """The plan of a site. Raises BadInput where there is none."""
    if site.plan is None or not site.plan.version:
        raise BadInput(
            "没有应急预案，或者没有写明版本。",
            "There is no emergency plan, or it has no version.",
            "请编写 playbooks/plan.yaml。",
            "Write playbooks/plan.yaml.",
        )
    return site.plan


def today(site: Site, now: datetime) -> date:
    """The day in the site's zone."""
    return now.astimezone(ZoneInfo(site.time_zone)).date()


def keeper_of(site: Site) -> tuple[str, ...]:
    """Who sees to the plan: its keeper, else compliance."""
    plan = site.plan
    keeper = plan.keeper if plan else ""
    return (keeper,) if keeper in site.people else tuple(site.grants.get("compliance", ()))


def require_plan_act(act: str, by: By, uow: UnitOfWork, now: datetime) -> None:
    """Raise NotAllowed unless somebody may; whoever sees to the plan may as such."""
    keeper = ["plan_keeper"] if by.person in keeper_of(roster_in_force(uow).site) else []
    require_act(act, by, uow, now, *keeper)


def kept_version(uow: UnitOfWork, site: Site, version: str, now: datetime) -> PlanVersion:
    """The version in force as it is kept; on first sight it is taken from the site's file."""
    plan = plan_of(site)
    for one in reversed(uow.plan_versions.open().values()):
        if one.version == plan.version:
            return one
    one = _from_file(site, version, now)
    one.id = number(uow, SERIES, site, now)
    uow.plan_versions.put(one.id, one)
    return one


def _from_file(site: Site, version: str, now: datetime) -> PlanVersion:
    plan, found = plan_of(site), plan_in_force(site, ())
    filing = found.filing if found else None
    return PlanVersion(
        id="",
        version=plan.version,
        site_version=version,
        at=now,
        by="",
        approver=plan.approver,
        sensitivity=plan.sensitivity,
        number=plan.number,
        document=digest(site),
        published_on=plan.published_on,
        filed_on=filing.on if filing else None,
        filed_to=filing.to if filing else "",
        receipt=filing.receipt if filing else "",
        channel=filing.channel if filing else "",
        proof=filing.proof if filing else "",
        refile_by=found.refile_by if found else None,
    )


def version_in_force(uow: UnitOfWork, now: datetime) -> PlanVersion:
    """The same of the site in force."""
    site = roster_in_force(uow).site
    return kept_version(uow, site, uow.sites.accepted() or "", now)


def succeed(
    uow: UnitOfWork, old: PlanVersion, site: Site, new: PlanVersion, changes: list[PlanChange]
) -> None:
    """Put a version in the place of another: that is withdrawn, and everybody is asked to read."""
    new.document, new.number = digest(site), plan_of(site).number
    new.reasons = [*new.reasons, *(r for r in reasons(changes) if r not in new.reasons)]
    new.refile_by = _refile_by(old, new, site)
    old.withdrawn_at, old.departures, old.departed_at = new.at, [], None
    old.refile_by = old.revise_by = None
    uow.plan_versions.put(old.id, old)
    uow.plan_versions.put(new.id, new)
    ask_to_read(uow, readers(site), new, new.at)


def _refile_by(old: PlanVersion, new: PlanVersion, site: Site) -> date | None:
    """A major version is filed again; what was owed already stays owed, by the same day."""
    owed = old.refile_by
    if not new.major:
        return owed
    by = today(site, new.at) + REFILE_WITHIN
    return min(owed, by) if owed else by


def ask_to_read(
    uow: UnitOfWork, people: Iterable[str], version: PlanVersion, now: datetime
) -> None:
    """Ask people who have not confirmed it; who was asked already is not asked again."""
    matter = FirmMatter.load(uow, now)
    before = {one.person for one in matter.site.plan_read if one.version == version.version}
    asked = [Reading(person, version.version, asked_at=now) for person in people]
    new = [one for one in asked if one.person not in before and not uow.readings.get(one.key)]
    for reading in new:
        uow.readings.put(reading.key, reading)
    matter.tell(
        [reading.person for reading in new if reading.person != version.by],
        Words(
            f"应急预案{version.version}版：请研读，十四天内回复“已读预案”并完成“预案测验”。",
            f"Version {version.version} of the emergency plan: read it, and within fourteen days"
            " answer “plan read” and take the “plan quiz”.",
        ),
    )


# Questions


def versions(uow: UnitOfWork, now: datetime) -> list[dict[str, Any]]:
    """All versions, the newest first; the one in force stands even before it is kept."""
    found = list(uow.plan_versions.all().values())
    site = roster_in_force(uow).site
    if all(one.version != plan_of(site).version for one in found):
        found.append(_from_file(site, uow.sites.accepted() or "", now))
    return [_facts(one) for one in reversed(found)]


def _facts(one: PlanVersion) -> dict[str, Any]:
    return {
        "version": one.version,
        "number": one.number or None,
        "published_on": one.published_on.isoformat() if one.published_on else None,
        "author": one.by or None,
        "approver": one.approver or None,
        "sensitivity": one.sensitivity or None,
        "major": one.major,
        "reasons": [{"zh": r.zh, "en": r.en} for r in one.reasons],
        "references": list(one.references),
        "filed_on": one.filed_on.isoformat() if one.filed_on else None,
        "receipt": one.receipt or None,
        "refile_by": one.refile_by.isoformat() if one.refile_by else None,
        "withdrawn": not one.is_open,
        "changed": [
            {"section": d.section, "zh": d.said.zh, "en": d.said.en, "major": d.major}
            for d in one.departures
        ],
        "sha256": one.document or None,
    }


def kept_or_found(uow: UnitOfWork, version: str, now: datetime) -> PlanVersion:
    """A version by its number. Raises UnknownId, with near misses."""
    known = {one.version: one for one in uow.plan_versions.all().values()}
    if version in known:
        return known[version]
    site = roster_in_force(uow).site
    if plan_of(site).version == version:
        return _from_file(site, uow.sites.accepted() or "", now)
    raise UnknownId("预案版本", "version of the plan", version, known)


def site_of(uow: UnitOfWork, version: str, now: datetime) -> Site:
    """The site that a version of the plan was adopted with; `now` is as things stand."""
    if version == NOW:
        return roster_in_force(uow).site
    return uow.sites.get(kept_or_found(uow, version, now).site_version)


def differences(uow: UnitOfWork, old: str, new: str, now: datetime) -> tuple[PlanChange, ...]:
    """What differs between two versions, by section; by itself, what departs from the one in force.

    Raises UnknownId, with near misses.
    """
    old = old or plan_of(roster_in_force(uow).site).version
    return plan_changes(site_of(uow, old, now), site_of(uow, new or NOW, now))
