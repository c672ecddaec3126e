"""Which lines of whom are proved, and which are to be proved anew (JR/T 0099 7.1 n, q)."""

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from responder.domain.people import BY_HAND, RINGING, WRITTEN, Person, Way
from responder.domain.reachability import WayCheck, line_of
from responder.domain.site import Site


def on_call(site: Site) -> tuple[str, ...]:
    """Everybody who may be rung for what they are: holders, backups, bodies, liaisons.

    Everyone in a rotation's list is: their turn comes within the horizon, or an override's does.
    """
    rotas = {name for role in site.roles.values() for name in (role.rotation, role.backup_rotation)}
    turns = (site.rotations[name].people for name in rotas if name in site.rotations)
    found = dict.fromkeys(
        [
            *(p for role in site.roles.values() for p in (role.primary, role.backup)),
            *(person for people in turns for person in people),
            *(over.person for over in site.overrides if over.rotation in rotas),
            *site.command.succession,
            *site.command.body.everyone,
            *(one.person for one in site.liaisons),
        ]
    )
    return tuple(person for person in found if person in site.people)


def is_reached_two_ways(person: Person) -> bool:
    """Whether a ringing way and a written one lead there, so that one may fail (7.1 n)."""
    return any(via in RINGING for via in person.vias) and any(v in WRITTEN for v in person.vias)


def provable(person: Person) -> tuple[Way, ...]:
    """The lines that can be proved: all but those that a human dials."""
    return tuple(way for way in person.reach if way.via != BY_HAND)


def proved_on(site: Site, checks: Iterable[WayCheck]) -> dict[tuple[str, str], date]:
    """The day on which each line of each person was proved last, by person and line."""
    zone = ZoneInfo(site.time_zone)
    found: dict[tuple[str, str], date] = {}
    for key, day in (*_before(site), *_here(checks, zone)):
        found[key] = max(found.get(key, day), day)
    return found


def _before(site: Site) -> Iterator[tuple[tuple[str, str], date]]:
    for one in site.ways_proved:
        person = site.people.get(one.person)
        for way in provable(person) if person else ():
            if one.via in ("", way.via) and one.to in ("", way.to):
                yield (one.person, line_of(way.via, way.to)), one.on


def _here(checks: Iterable[WayCheck], zone: ZoneInfo) -> Iterator[tuple[tuple[str, str], date]]:
    for one in checks:
        if one.counts and one.proved_at:
            yield (one.person, one.line), one.proved_at.astimezone(zone).date()


def to_prove(site: Site, checks: Iterable[WayCheck], today: date) -> dict[str, list[Way]]:
    """Of everybody on call, the lines never proved or proved too long ago."""
    proved = proved_on(site, checks)
    since = today - site.probe_rules.prove_every
    found = {
        person: [
            way
            for way in provable(site.people[person])
            if proved.get((person, line_of(way.via, way.to)), date.min) <= since
        ]
        for person in on_call(site)
    }
    return {person: ways for person, ways in found.items() if ways}
