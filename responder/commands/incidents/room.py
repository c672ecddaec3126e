"""Rooms: on each connected platform an incident is spoken about in a place of its own.

A room shows one card that is edited in place, never a stream. What a platform needs to open and
name a place is decided here; how, is the channel's affair.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.case import Case
from responder.commands.command import Command, handles
from responder.commands.firm import note_fact
from responder.commands.incidents.card import card_of
from responder.commands.linked import address
from responder.domain.carriage import carriage
from responder.domain.incident import Room
from responder.domain.message import FOR_ROOMS, Message, Outcome, Purpose, State
from responder.domain.record import ENGINE, Fact
from responder.domain.talk import Talk
from responder.evidence.canonical import canonical
from responder.ports.unit_of_work import UnitOfWork

PLATFORMS = "rooms.platforms"
MOST_OPENED = 3
"""A place that keeps vanishing is not opened for ever."""
ARRIVED = (State.ACCEPTED, State.DELIVERED)
UNDER_WAY = (State.READY, State.SENDING)
"""What is in doubt is ready again as long as it is tried; in doubt for good, it is over."""
ASK_AGAIN_AFTER = timedelta(minutes=1)
"""After a platform has refused a room for as long as a message is tried."""
LONGEST_NAME = 80


@dataclass(frozen=True)
class ConnectPlatforms(Command):
    """The platforms that rooms are opened on from now on, each with the place they lie in."""

    platforms: dict[str, str]


@handles(ConnectPlatforms)
def connect_platforms(command: ConnectPlatforms, uow: UnitOfWork, now: datetime) -> None:
    """Keep them; what is as it was leaves no trace."""
    if (uow.notes.get(PLATFORMS) or {}) == command.platforms:
        return
    uow.notes.put(PLATFORMS, command.platforms)
    platforms = sorted(command.platforms)
    note_fact(uow, "PlatformsConnected", command.by, now, platforms=platforms)


# Opening


def open_rooms(case: Case) -> None:
    """Ask every connected platform for a place of its own for a new incident."""
    for platform, lies_in in (case.uow.notes.get(PLATFORMS) or {}).items():
        case.incident.rooms[platform] = Room()
        _open(case, platform, lies_in)


def _open(case: Case, platform: str, lies_in: str) -> None:
    case.incident.rooms[platform].opened += 1
    _ask(case, platform, lies_in, case.now)


def _ask(case: Case, platform: str, lies_in: str, at: datetime) -> None:
    attempt = case.incident.rooms[platform].opened
    facts = {"name": _name(case, platform), "attempt": attempt}
    case.teller.post(platform, lies_in, Purpose.ROOM, facts, at)


def _name(case: Case, platform: str) -> str:
    """`inc-20261123-0007-trading-outage`: what it is, when, which one, and about what.

    The last is left out where no more than a reference may leave the mainland.
    """
    incident = case.incident
    kind = "drill" if incident.drill else "inc"
    day = incident.declared_at.astimezone(ZoneInfo(case.site.time_zone)).strftime("%Y%m%d")
    number = incident.id.rpartition("-")[2]
    name = f"{kind}-{day}-{number}"
    if carriage(case.site.channels, platform).is_minimal:
        return name
    return f"{name}-{incident.playbook}"[:LONGEST_NAME]


# What became of it


def settle_rooms(
    uow: UnitOfWork, messages: Iterable[Message], said: Mapping[str, Outcome], now: datetime
) -> None:
    """Keep the ids that platforms gave; open a place anew that is gone."""
    for message in messages:
        outcome = said[message.id]
        if message.purpose in FOR_ROOMS:
            _settle(uow, message, outcome, now)


def _settle(uow: UnitOfWork, message: Message, outcome: Outcome, now: datetime) -> None:
    case = Case.load(uow, message.incident, now)
    room = case.incident.rooms.get(message.via)
    if room is None:
        return
    if message.purpose is Purpose.ROOM:
        if message.state in ARRIVED:
            _enter(case, message.via, room, message.provider_id)
        elif message.state not in UNDER_WAY and not outcome.for_good:
            _ask_again(case, message.via)
    elif message.id == room.sending and message.state not in UNDER_WAY:
        room.sending = ""
        if message.state in ARRIVED:
            room.card = message.provider_id
        elif outcome.for_good:
            _lost(case, message.via, room)
        else:
            room.shown = ""
    case.save()


def _enter(case: Case, platform: str, room: Room, place: str) -> None:
    case.incident.rooms[platform] = Room(place, opened=room.opened)
    case.uow.talks.put(f"{platform}:{place}", Talk(incident=case.incident.id))
    fact = {"platform": platform}
    case.uow.ledger.append([Fact("RoomOpened", case.incident.id, ENGINE, case.now, fact)])


def _ask_again(case: Case, platform: str) -> None:
    """The platform is down for longer than a message is tried; a room is wanted all the same."""
    connected = case.uow.notes.get(PLATFORMS) or {}
    if case.incident.is_handled and platform in connected:
        _ask(case, platform, connected[platform], case.now + ASK_AGAIN_AFTER)


def _lost(case: Case, platform: str, room: Room) -> None:
    room.place = ""
    fact = {"platform": platform}
    case.uow.ledger.append([Fact("RoomLost", case.incident.id, ENGINE, case.now, fact)])
    connected = case.uow.notes.get(PLATFORMS) or {}
    if room.opened < MOST_OPENED and platform in connected:
        _open(case, platform, connected[platform])


# The card


def refresh_cards(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """Show what has changed since the cards were last edited; who is new is asked in."""
    for case in Case.load_many(uow, ids, now):
        facts = card_of(case)
        for platform, room in case.incident.rooms.items():
            if room.place and not room.sending:
                _show(case, platform, room, facts)
        uow.incidents.put(case.incident.id, case.incident)


def _show(case: Case, platform: str, room: Room, facts: dict[str, Any]) -> None:
    """One edit is under way at a time, so that an older state never overwrites a newer one."""
    invited = _accounts(case, platform, room)
    shown = digest(facts)
    if shown == room.shown and not invited:
        return
    room.shown, room.shown_at = shown, case.now
    room.invited.extend(invited)
    sent = facts | {"card": room.card, "invite": invited}
    room.sending = case.teller.post(platform, room.place, Purpose.CARD, sent)


def digest(facts: dict[str, Any]) -> str:
    """What tells one state of the card from another."""
    return sha256(canonical(facts)).hexdigest()[:16]


def _accounts(case: Case, platform: str, room: Room) -> list[str]:
    """The accounts of those concerned that have not been asked in yet."""
    concerned = dict.fromkeys([*case.escalation.first_paged, case.incident.declared_by])
    people = [case.site.people[id] for id in concerned if case.roster.known(id)]
    found = [address(case.uow, person, way) for person in people for way in person.lines(platform)]
    return [account for account in found if account and account not in room.invited]
