"""Who holds a role over a time, stretch by stretch.

Found by going from one handover, override or absence to the next, never minute by minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from responder.domain.organisation import Role
from responder.domain.roster import NOBODY, Roster
from responder.domain.site import Site

MOST_STRETCHES = 5000
"""Ninety days of half-hour shifts. Shorter ones are a finding of their own, not worth the wait."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """[start, end) over which nothing changes: whom the rosters name, and who then holds it."""

    start: datetime
    end: datetime
    first: str
    second: str
    holder: str


class Holding(NamedTuple):
    """[start, end) over which a role has one holder and one backup; `""` is nobody.

    The backup is who would hold it if the holder could not be had: known, present, and somebody
    else.
    """

    start: datetime
    end: datetime
    holder: str
    backup: str


def stretches(roster: Roster, role: str, start: datetime, until: datetime) -> Iterator[Stretch]:
    """The stretches of a role from `start` to `until`; none of a role that does not exist."""
    post = roster.site.roles.get(role)
    if post is None:
        return
    for _ in range(MOST_STRETCHES):
        if start >= until:
            return
        end = min(roster.next_change(role, start) or until, until)
        first, second = roster.posted(post, start)
        yield Stretch(start, end, first, second, roster.holder(role, start))
        start = end


def holdings(roster: Roster, role: str, start: datetime, end: datetime) -> list[Holding]:
    """Who holds a role from `start` to `end`, and who backs them up, without a gap between.

    A role that does not exist is held by nobody throughout.
    """
    if role not in roster.site.roles:
        return [Holding(start, end, NOBODY, NOBODY)] if start < end else []
    found: list[Holding] = []
    for one in stretches(roster, role, start, end):
        backup = _backup(roster, one)
        if found and (found[-1].holder, found[-1].backup) == (one.holder, backup):
            found[-1] = found[-1]._replace(end=one.end)
        else:
            found.append(Holding(one.start, one.end, one.holder, backup))
    return found


def _backup(roster: Roster, one: Stretch) -> str:
    if one.second in (NOBODY, one.holder) or not roster.known(one.second):
        return NOBODY
    return NOBODY if roster.absent(one.second, one.start) else one.second


def turns(site: Site, rotation: str, start: datetime, end: datetime) -> Iterator[Holding]:
    """Whom a rotation with its overrides puts on shift, turn by turn; away or not."""
    alone = Roster(replace(site, roles={rotation: Role(rotation, rotation=rotation)}))
    for one in stretches(alone, rotation, start, end):
        yield Holding(one.start, one.end, one.first, NOBODY)
