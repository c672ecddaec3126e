"""Load: who goes first, and one call to a number at a time (semantics, "Load")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from responder.domain.message import Message
from responder.domain.people import RINGING


def precedence(message: Message) -> tuple[bool, int, datetime, str]:
    """Sorts what goes first under load: real before drill, then urgency, then age."""
    return (message.drill, message.urgency, message.ready_at, message.id)


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
        if message.via not in RINGING:
            shared.send.append(message)
        elif message.to in taken:
            shared.joined.append(message)
        else:
            taken.add(message.to)
            shared.send.append(message)
    return shared
