"""Which channel carries a message: the real one where there is one, else the stand-in."""

from collections.abc import Iterable

from responder.domain.message import Message
from responder.ports.channel import Channel


class Registry:
    """Channels by kind of way.

    Where several carry a way, successive tries of a message alternate between them, so that a
    provider that takes calls and does not connect them is not the only one asked. The stand-in
    (the sandbox) carries what no other does; without one, such a message has no carrier.
    """

    def __init__(self, channels: Iterable[Channel], stand_in: Channel | None = None) -> None:
        self._by_via: dict[str, list[Channel]] = {}
        self._stand_in = stand_in
        for channel in channels:
            for via in sorted(channel.vias):
                self._by_via.setdefault(via, []).append(channel)

    def carrier(self, message: Message) -> Channel | None:
        """The channel for a message's way, None where nothing carries it."""
        carriers = self._by_via.get(message.via)
        if carriers:
            return carriers[(max(message.attempt, 1) - 1) % len(carriers)]
        stand_in = self._stand_in
        return stand_in if stand_in is not None and message.via in stand_in.vias else None
