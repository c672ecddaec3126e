"""Who a role's rosters name over the coming weeks, stretch by stretch.

Found by going from one handover, override or absence to the next, never minute by minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from responder.domain.roster import Roster

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


def stretches(roster: Roster, role: str, start: datetime, until: datetime) -> Iterator[Stretch]:
    """The stretches of a role from `start` to `until`."""
    post = roster.site.roles[role]
    for _ in range(MOST_STRETCHES):
        if start >= until:
            return
        end = min(roster.next_change(role, start) or until, until)
        first, second = roster.posted(post, start)
        yield Stretch(start, end, first, second, roster.holder(role, start))
        start = end
