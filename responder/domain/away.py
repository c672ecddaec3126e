"""What leave and overrides may not bring about: lead and backup never away together (5.1).

Judged over whole stretches, so that one minute is enough, and on the roster as it would be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from responder.domain.coverage import Stretch, stretches, turns
from responder.domain.organisation import Role
from responder.domain.roster import NOBODY, Roster
from responder.domain.rota import Absence, Override
from responder.domain.site import Site


class Trouble(StrEnum):
    """What is wrong: nobody is left; one person twice; on shift while away; on two shifts."""

    BOTH_AWAY = "both_away"
    OWN_BACKUP = "own_backup"
    WHILE_AWAY = "while_away"
    TWO_SHIFTS = "two_shifts"


@dataclass(frozen=True, slots=True)
class Clash:
    """[start, end) in which something is wrong with a role, and who is in it."""

    trouble: Trouble
    role: str
    start: datetime
    end: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """[start, end) of a role that somebody leaves; `person` then holds it, `""` is nobody."""

    role: str
    start: datetime
    end: datetime
    person: str


def with_absence(roster: Roster, absence: Absence) -> Roster:
    """The roster with one more absence."""
    site = roster.site
    return replace(roster, site=replace(site, absences=(*site.absences, absence)))


def with_overrides(roster: Roster, overrides: Iterable[Override]) -> Roster:
    """The roster with overrides added; the last listed wins."""
    site = roster.site
    return replace(roster, site=replace(site, overrides=(*site.overrides, *overrides)))


def both_away(roster: Roster, role: str, start: datetime, end: datetime) -> Iterator[Clash]:
    """When nobody whom the rosters name for a role is there; a role nobody is named for is no case.

    A role without a backup counts: its one person's absence leaves nobody.
    """
    empty = (one for one in stretches(roster, role, start, end) if _deserted(roster, one))
    return _joined(Trouble.BOTH_AWAY, role, empty)


def _deserted(roster: Roster, one: Stretch) -> bool:
    named = {one.first, one.second} - {NOBODY}
    return bool(named) and all(
        not roster.known(person) or roster.absent(person, one.start) for person in named
    )


def _joined(trouble: Trouble, role: str, found: Iterable[Stretch]) -> Iterator[Clash]:
    """Stretches of the same people that touch, as one."""
    last: Clash | None = None
    for one in found:
        people = tuple(p for p in dict.fromkeys((one.first, one.second)) if p)
        if last and last.end == one.start and last.people == people:
            last = replace(last, end=one.end)
            continue
        if last:
            yield last
        last = Clash(trouble, role, one.start, one.end, people)
    if last:
        yield last


def absence_clashes(roster: Roster, absence: Absence) -> tuple[Clash, ...]:
    """What one more absence would leave without anybody, role by role."""
    after = with_absence(roster, absence)
    return tuple(
        clash
        for role in roster.site.roles
        for clash in both_away(after, role, absence.start, absence.end)
        if absence.person in clash.people
    )


def stand_ins(roster: Roster, absence: Absence) -> tuple[StandIn, ...]:
    """The shifts that an absence leaves, and who holds each role instead."""
    after, found = with_absence(roster, absence), list[StandIn]()
    for role in roster.site.roles:
        for one in stretches(after, role, absence.start, absence.end):
            if roster.holder(role, one.start) != absence.person:
                continue
            last = found[-1] if found else None
            if last and (last.role, last.end, last.person) == (role, one.start, one.holder):
                found[-1] = replace(last, end=one.end)
            else:
                found.append(StandIn(role, one.start, one.end, one.holder))
    return tuple(found)


def override_clashes(roster: Roster, overrides: Iterable[Override]) -> tuple[Clash, ...]:
    """What overrides would bring about in their own times."""
    added = tuple(overrides)
    after = with_overrides(roster, added)
    return tuple(dict.fromkeys(clash for one in added for clash in _of_override(after, one)))


def _of_override(after: Roster, one: Override) -> Iterator[Clash]:
    for role in using(after.site, one.rotation):
        yield from both_away(after, role.id, one.start, one.end)
        found = stretches(after, role.id, one.start, one.end)
        same = (s for s in found if s.first and s.first == s.second)
        yield from _joined(Trouble.OWN_BACKUP, role.id, same)
        if role.rotation == one.rotation:
            yield from _elsewhere(after, role, one)
    yield from _put_on_while_away(after, one)


def _elsewhere(after: Roster, role: Role, one: Override) -> Iterator[Clash]:
    """When the person is on shift of another rotation at the same time."""
    for other in after.site.roles.values():
        if other.id == role.id or not other.rotation or other.rotation == role.rotation:
            continue
        for turn in turns(after.site, other.rotation, one.start, one.end):
            if turn.holder == one.person:
                yield Clash(Trouble.TWO_SHIFTS, other.id, turn.start, turn.end, (one.person,))


def _put_on_while_away(after: Roster, one: Override) -> Iterator[Clash]:
    for absence in after.site.absences:
        start, end = max(one.start, absence.start), min(one.end, absence.end)
        if absence.person == one.person and start < end:
            role = next((role.id for role in using(after.site, one.rotation)), "")
            yield Clash(Trouble.WHILE_AWAY, role, start, end, (one.person,))


def using(site: Site, rotation: str) -> tuple[Role, ...]:
    """The roles that a rotation fills, as primary or as backup."""
    return tuple(
        role
        for role in site.roles.values()
        if rotation and rotation in (role.rotation, role.backup_rotation)
    )


def exchanged(
    site: Site, rotation: str, one: str, other: str, start: datetime, end: datetime, reason: str
) -> tuple[Override, ...]:
    """The overrides by which two people change places over a time.

    The rotation's pair goes with it, so that whoever backs the other up does not back up
    themselves: where one led and the other was the backup, it is the other way round.
    """
    places, found = {one: other, other: one}, list[Override]()
    for id in _paired(site, rotation):
        for turn in turns(site, id, start, end):
            if turn.holder in places:
                found.append(Override(id, turn.start, turn.end, places[turn.holder], reason))
    return tuple(found)


def _paired(site: Site, rotation: str) -> tuple[str, ...]:
    names = [rotation]
    for role in using(site, rotation):
        names += [role.rotation, role.backup_rotation]
    return tuple(name for name in dict.fromkeys(names) if name in site.rotations)
