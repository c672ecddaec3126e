"""The hunt for an obligation's owner: who is asked to take it, is warned, is paged, and when.

Whoever holds nothing yet is asked early enough that everybody who may report can be asked before
it is due: one after the other, `wait` apart, in shorter steps where there is less time, never under
60 s; below that all together. What is due at once has no time before it: the liaison officers are
asked together, the succession one by one 60 s apart. Pure: instants in, acts out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.domain.obligation import Obligation
from responder.domain.roster import Roster

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LEAST_WAIT = MINUTE
TAKEN_FOR = timedelta(minutes=30)
"""How long somebody who took what is late is left to it before others are asked again."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Who may be asked, in order: the first `officers` of them are liaison officers."""

    order: tuple[str, ...]
    officers: int
    wait: timedelta

    @classmethod
    def of(cls, roster: Roster, at: datetime) -> "Chain":
        """Authority to report: the liaison officers and then the succession.

        Those who are away or have no way are passed over; where that leaves nobody, nobody is.
        """
        liaisons = [liaison.person for liaison in roster.site.liaisons]
        named = [*liaisons, *roster.site.command.succession] or roster.command_body
        able = [person for person in dict.fromkeys(named) if roster.vias(person)]
        there = [person for person in able if not roster.absent(person, at)] or able
        officers = sum(person in liaisons for person in there)
        wait = max(roster.site.command.hand_down_after, LEAST_WAIT)
        return cls(tuple(there), officers, wait)

    def left(self, owed: Obligation) -> tuple[str, ...]:
        """Those not yet asked in this round, its owner first."""
        order = sorted(self.order, key=lambda person: person != owed.owner)
        return tuple(person for person in order if person not in owed.asked)


def begins(owed: Obligation, chain: Chain) -> datetime | None:
    """From when others than the first are asked; None while its clock does not run."""
    limit = owed.limit
    if limit is None:
        return None
    start = owed.started_at or limit
    needed = chain.wait * (len(chain.order) + 1)
    return max(start, limit - max(needed, min((limit - start) / 2, DAY)))


def is_sought(owed: Obligation) -> bool:
    """Whether somebody is still to take it: nobody did, or nobody since it became late."""
    if not owed.is_due:
        return False
    if owed.taken_at is None:
        return True
    return owed.breached_at is not None and owed.taken_at < owed.breached_at


def asks_at(owed: Obligation, chain: Chain) -> datetime | None:
    """When the next is asked to take it; None where nobody is to be."""
    limit, begun = owed.limit, begins(owed, chain)
    if limit is None or begun is None or not is_sought(owed):
        return None
    if owed.asked_at is None:
        return owed.breached_at or owed.started_at or limit
    asked_at, left = owed.asked_at, len(chain.left(owed))
    if not left:
        return asked_at + max(chain.wait, (limit - asked_at) / 2)
    since = max(asked_at, begun)
    if limit <= since:
        return asked_at + LEAST_WAIT
    share = max((limit - since) / (left + 1), LEAST_WAIT)
    return max(asked_at + min(chain.wait, share), begun)


def to_ask(owed: Obligation, chain: Chain, now: datetime) -> tuple[str, ...]:
    """Who is asked now, of those left; everybody again where nobody is left."""
    left, limit = chain.left(owed), owed.limit
    if not left or limit is None:
        return chain.order
    if limit <= now:
        officers = tuple(person for person in left if person in chain.order[: chain.officers])
        return officers or left[:1]
    return left[:1] if (limit - now) / len(left) >= LEAST_WAIT else left


def warns_at(owed: Obligation) -> Iterator[datetime]:
    """When its owner is warned, earliest first: sooner or later before it is due by its span.

    A half-hour clock warns 5 minutes before, an hour's 10; longer ones at half time and 10 minutes
    before, those over a day also a day and an hour before.
    """
    limit, start = owed.limit, owed.started_at
    if limit is None or start is None or limit <= start:
        return
    span = limit - start
    before = [span / 2, 10 * MINUTE]
    if span <= 10 * MINUTE:
        before = [span / 2]
    elif span <= HOUR:
        before = [span / 6]
    elif span > DAY:
        before += [HOUR] + [DAY] * (span > 2 * DAY)
    yield from sorted(limit - each for each in before)


def breaches_at(owed: Obligation, chain: Chain) -> datetime | None:
    """When it is paged as late: with the first second; what was due at once, after one wait."""
    if owed.limit is None or owed.breached_at is not None:
        return None
    return owed.limit + (chain.wait if owed.is_at_once and not owed.postponed_to else SECOND)


def renewed_at(owed: Obligation) -> datetime | None:
    """When others are asked again about what is late, and taken, and still not done."""
    if owed.breached_at is None or owed.taken_at is None or is_sought(owed):
        return None
    return owed.taken_at + TAKEN_FOR


def next_warning(owed: Obligation) -> datetime | None:
    """The next warning not given yet."""
    since = owed.warned_at or owed.started_at
    return next((at for at in warns_at(owed) if since is None or at > since), None)


def next_at(owed: Obligation, chain: Chain) -> datetime | None:
    """When something is to be done about it next; None where nothing is."""
    if not owed.is_due:
        return None
    found = (
        asks_at(owed, chain),
        next_warning(owed) if owed.breached_at is None else None,
        breaches_at(owed, chain),
        renewed_at(owed),
    )
    return min((at for at in found if at is not None), default=None)
