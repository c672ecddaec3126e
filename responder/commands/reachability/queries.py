"""What is known of people's ways and the duty phones: proofs by line, availability by month."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.pursuit import roster_in_force
from responder.commands.reachability.probing import post_name
from responder.commands.workdays import day_of
from responder.domain.masking import masked
from responder.domain.proving import on_call, provable, proved_on, to_prove
from responder.domain.reachability import Probe, line_of, month_of
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork

MONTHS = 12


def ways(uow: UnitOfWork, now: datetime, due: bool = False) -> list[dict[str, Any]]:
    """Every line of everybody on call, masked, and when it was proved last; or those due alone."""
    site = roster_in_force(uow).site
    checks = list(uow.way_checks.all().values())
    proved, today = proved_on(site, checks), day_of(now, site.time_zone)
    lacking = to_prove(site, checks, today)
    return [
        {
            "person": person,
            "via": way.via,
            "to": masked(way.to),
            "proved_on": day.isoformat() if day else None,
            "due": way in lacking.get(person, ()),
        }
        for person in on_call(site)
        for way in provable(site.people[person])
        if not due or way in lacking.get(person, ())
        for day in [proved.get((person, line_of(way.via, way.to)))]
    ]


def availability(uow: UnitOfWork, now: datetime, months: int = MONTHS) -> list[dict[str, Any]]:
    """The duty phones month by month, this one first: probes, answered, by the backup, missed."""
    site = roster_in_force(uow).site
    probes = list(uow.probes.all().values())
    local = now.astimezone(ZoneInfo(site.time_zone))
    found = []
    for back in range(months):
        year, month = divmod(local.year * 12 + local.month - 1 - back, 12)
        one = month_of(probes, year, month + 1, site.time_zone)
        if one.probes:
            found.append(
                {
                    "month": f"{year}-{month + 1:02}",
                    "probes": one.probes,
                    "answered": one.answered,
                    "by_backup": one.by_backup,
                    "missed": one.missed,
                    "slowest_seconds": int(one.slowest.total_seconds()),
                    "per_cent": one.per_cent,
                }
            )
    return found


def probes(uow: UnitOfWork, limit: int = 20) -> list[dict[str, Any]]:
    """The latest probes, newest first."""
    site = roster_in_force(uow).site
    every = list(uow.probes.all().values())
    return [_shown(one, site) for one in reversed(every[-limit:])]


def _shown(one: Probe, site: Site) -> dict[str, Any]:
    post = post_name(site, one.post)
    return {
        "id": one.id,
        "post": one.post,
        "name": {"zh": post.zh, "en": post.en},
        "at": one.at.isoformat(),
        "rung": one.lines[: len(one.rung)],
        "answered_by": one.answered_by or None,
        "answered_at": one.answered_at.isoformat() if one.answered_at else None,
        "missed": one.missed_at is not None,
        "sandbox": one.sandbox,
    }
