"""Which channel carries a message: the real one where there is one, else the stand-in."""

from collections.abc import Collection, Iterable, Sequence

from responder.domain.message import DOUBT, Message
from responder.domain.people import RINGING, Person
from responder.ports.channel import Channel
from responder.ports.phone import PhoneProvider

SANDBOX = "sandbox"


class Registry:
    """Channels by kind of way.

    Where several reach a number, the one whose region names it most closely comes first;
    successive rings of a phone, and successive tries of any message, alternate between them, so
    that a provider that takes calls and does not connect them is not the only one asked. A
    message in doubt goes to the one that may have sent it. The stand-in (the sandbox) carries
    what no other does; without one, such a message has no carrier.
    """

    def __init__(self, channels: Iterable[Channel], stand_in: Channel | None = None) -> None:
        self._by_via: dict[str, list[Channel]] = {}
        self._stand_in = stand_in
        self._rung_by: dict[str, str] = {}
        for channel in channels:
            for via in sorted(channel.vias):
                self._by_via.setdefault(via, []).append(channel)
        self._sorted = {
            via: any(isinstance(one, PhoneProvider) for one in carriers)
            for via, carriers in self._by_via.items()
        }

    def carrier(self, message: Message, without: Collection[str] = ()) -> Channel | None:
        """The channel for a message's way, None where nothing carries it."""
        carriers = self._by_via.get(message.via)
        if carriers is not None:
            if self._sorted[message.via]:
                carriers = in_order(carriers, message.to)
            able = [one for one in carriers if one.name not in without]
            return self._in_turn(message, able) if able else None
        stand_in = self._stand_in
        if stand_in is None or message.via not in stand_in.vias or stand_in.name in without:
            return None
        return stand_in

    def carriers(self, via: str) -> Sequence[Channel]:
        """Every channel that may carry messages of a way."""
        stand_in = self._stand_in
        instead = [stand_in] if stand_in is not None and via in stand_in.vias else []
        return self._by_via.get(via, instead)

    def _in_turn(self, message: Message, able: Sequence[Channel]) -> Channel:
        names = [one.name for one in able]
        if message.reason.startswith(DOUBT) and message.provider in names:
            return able[names.index(message.provider)]
        if message.via not in RINGING:
            return able[(max(message.attempt, 1) - 1) % len(able)]
        last = self._rung_by.get(message.to)
        chosen = able[(names.index(last) + 1) % len(able) if last in names else 0]
        self._rung_by[message.to] = chosen.name
        return chosen


def sandbox_apart(channels: Iterable[Channel]) -> tuple[list[Channel], Channel | None]:
    """The channels, and the sandbox among them, which only stands in for others."""
    known = {one.name: one for one in channels}
    stand_in = known.pop(SANDBOX, None)
    return list(known.values()), stand_in


def in_order(channels: Iterable[Channel], number: str) -> list[Channel]:
    """Those that reach a number, the one meant for its region first; others as they stand."""
    reach = {
        one.name: one.terms.reach(number) if isinstance(one, PhoneProvider) else 1
        for one in channels
    }
    able = [one for one in channels if reach[one.name]]
    return sorted(able, key=lambda one: -reach[one.name])


def out_of_reach(channels: Iterable[Channel], people: Iterable[Person]) -> list[tuple[Person, str]]:
    """People with a line that none of the channels for such lines reaches, and what kind it is."""
    carriers = list(channels)
    return [
        (person, via)
        for person in people
        for via in person.vias
        if (able := [one for one in carriers if via in one.vias])
        and not all(in_order(able, way.to) for way in person.lines(via))
    ]
