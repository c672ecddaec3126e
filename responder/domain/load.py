"""Load: who goes first, and one call to a number at a time (semantics, "Load")."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from responder.domain.message import Message, Purpose
from responder.domain.people import RINGING

Precedence = tuple[bool, int, datetime]


def precedence(message: Message) -> Precedence:
    """Sorts what goes first under load: real before drill, then urgency, then age."""
    return (message.drill, message.urgency, message.ready_at)


def rings(message: Message) -> bool:
    """Whether a message makes a telephone ring: what a provider has already is only looked up."""
    return message.via in RINGING and not message.provider_id


@dataclass(frozen=True, slots=True)
class Room:
    """What a way takes for now: so many messages at most, and of those `before` an urgency only.

    That is how a way with a backlog is spared the rest of it, and still gets what cannot wait.
    """

    most: int
    before: int | None = None


def joint(rooms: Sequence[Room]) -> Room:
    """The room on a way that several channels carry, each message by any of them."""
    free = [room.most for room in rooms if room.before is None]
    if free:
        return Room(sum(free))
    before = max(room.before for room in rooms if room.before is not None)
    return Room(max(room.most for room in rooms), before)


AMPLE: Mapping[str, Room] = MappingProxyType({})
"""Room for everything on every way."""


@dataclass(slots=True)
class Shared:
    """Messages sorted out by `share_lines`: those to send, in order, and rings that join a call."""

    send: list[Message] = field(default_factory=list)
    joined: list[Message] = field(default_factory=list)


def share_lines(
    messages: Iterable[Message], calling: Mapping[str, datetime], now: datetime
) -> Shared:
    """Give each number one call at a time, over all incidents.

    `calling` holds the numbers in a call and when it ends. A ring to a number that is in a call
    at `now`, or that an earlier one of these messages rings, joins that call.
    """
    shared, taken = Shared(), {number for number, until in calling.items() if until > now}
    for message in sorted(messages, key=precedence):
        if not rings(message):
            shared.send.append(message)
        elif message.to in taken:
            shared.joined.append(message)
        else:
            taken.add(message.to)
            shared.send.append(message)
    return shared


HOUR = timedelta(hours=1)


def may_ring(message: Message, rung: Iterable[Message], limit: int, now: datetime) -> bool:
    """Whether a ring stays within a callee limit of so many rings of a number an hour.

    `rung` are earlier calls by the same provider. The last of each hour's budget is kept for
    decisions, and for incidents that have not rung this number yet.
    """
    recent = [
        one
        for one in rung
        if one.to == message.to
        and one.via in RINGING
        and one.settled_at is not None
        and one.settled_at > now - HOUR
    ]
    left = limit - len(recent)
    if left != 1:
        return left > 0
    known = any(one.incident == message.incident for one in recent)
    return message.purpose is Purpose.DECISION or not known
