"""What people say about duty, as commands; and which of two handovers they mean."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from responder.commands.command import Command
from responder.commands.duty.check_in import CheckIn
from responder.commands.duty.handover import AcceptShift, DeclineShift, OfferShift
from responder.commands.duty.on_shift import TickArea
from responder.commands.duty.rota import CancelAbsence, RecordAbsence
from responder.commands.duty.swap import AcceptSwap, AskSwap, RefuseSwap
from responder.domain.record import By
from responder.domain.rota import instant
from responder.domain.words import Words
from responder.errors import BadInput
from responder.inbound.language.naming import Known, named
from responder.inbound.language.parse import Said
from responder.inbound.language.text import plain, tidy
from responder.inbound.language.verb import Slot
from responder.inbound.language.words import BY_NAME
from responder.inbound.language.world import World

Values = Mapping[str, str]


def _span(values: Values, world: World) -> tuple[datetime, datetime]:
    """From and to; where both are whole days the last one is included."""
    start, end = (datetime.fromisoformat(values[key]) for key in ("from", "to"))
    zone = ZoneInfo(world.site.time_zone)
    local = [at.astimezone(zone) for at in (start, end)]
    if all(at.time() == time() for at in local):
        after = local[1].date() + timedelta(days=1)
        end = instant(datetime.combine(after, time()), world.site.time_zone)
    return start, end


def _leave(values: Values, by: By, world: World) -> Command:
    start, end = _span(values, world)
    return RecordAbsence(by=by, person=by.person, start=start, end=end, reason=values["reason"])


def _swap(values: Values, by: By, _world: World) -> Command:
    start, end = (datetime.fromisoformat(values[key]) for key in ("from", "to"))
    return AskSwap(
        by=by,
        rotation=values["rotation"],
        start=start,
        end=end,
        other=values["other"],
        reason=values.get("reason", ""),
    )


DUTY_ACTS: dict[str, Callable[[Values, By, World], Command]] = {
    "duty swap": _swap,
    "swap accept": lambda v, by, _: AcceptSwap(by=by, swap=v["swap"]),
    "swap refuse": lambda v, by, _: RefuseSwap(by=by, swap=v["swap"], reason=v.get("reason", "")),
    "leave ask": _leave,
    "leave cancel": lambda _v, by, _w: CancelAbsence(by=by, person=by.person),
    "tick": lambda v, by, _: TickArea(by=by, area=v["area"], note=v.get("text", "")),
    "duty handover": lambda v, by, _: OfferShift(by=by, note=v.get("text", "")),
    "duty accept": lambda v, by, _: AcceptShift(by=by, shift=v.get("shift", "")),
    "duty refuse": lambda v, by, _: DeclineShift(
        by=by, shift=v["shift"], reason=v.get("reason", "")
    ),
    "checkin": lambda _v, by, _w: CheckIn(by=by),
}


# What is named


def rotations(_slot: Slot, world: World, _values: Values) -> Iterator[Known]:
    """The rotations by their own names and by those of the posts they fill."""
    for id in world.site.rotations:
        roles = world.site.roles.values()
        first = next((role.name for role in roles if role.rotation == id), None)
        second = next((role.name for role in roles if role.backup_rotation == id), None)
        behind = Words(f"{second.zh}备岗", f"{second.en} backup") if second else Words()
        yield named(id, first or behind, world)


def swaps(_slot: Slot, world: World, _values: Values) -> Iterator[Known]:
    """The swaps that wait, those of the speaker first; each has its number."""
    found = world.uow.swaps.open().values()
    mine = sorted(found, key=lambda one: world.person not in (one.giver, one.taker))
    for one in mine:
        label = f"{one.id} {world.people([one.giver, one.taker])}"
        yield Known(one.id, label, _numbered(one.id))


def shifts(_slot: Slot, world: World, _values: Values) -> Iterator[Known]:
    """The shifts that are offered, those to the speaker first."""
    found = [one for one in world.uow.shifts.open().values() if one.offered_at is not None]
    for one in sorted(found, key=lambda one: one.handed_to != world.person):
        yield Known(one.id, f"{one.id} {world.who(one.person)}", _numbered(one.id))


def _numbered(id: str) -> tuple[str, ...]:
    number = id.rpartition("-")[2]
    return plain(id), number, number.lstrip("0")


# Which of two


INSTEAD = {"接班": "duty accept", "交班": "duty handover", "暂不能接班": "duty refuse"}
"""Words for command as well as for a shift, each with the verb that means the shift."""
BOTH = {
    "接班": Words(
        "有班次和现场指挥都请您接：接班次请说“值班接班”，接指挥请说“接指挥”。",
        "A shift and an incident both wait for you: say “duty accept”, or “take”.",
    ),
    "交班": Words(
        "您在值班，也在指挥：交班次请说“值班交班”，移交指挥请说“移交 @姓名”。",
        "You are on shift and in command: say “duty handover”, or “handover @name”.",
    ),
    "暂不能接班": Words(
        "有班次和现场指挥都请您接：不接班次请说“暂不能接班次”，不接指挥请写明事件编号。",
        "A shift and an incident both wait for you: say “duty refuse”, or name the incident.",
    ),
}


def meant(said: Said, world: World) -> Said:
    """The same, or the verb about the shift where the bare word can only mean that.

    Raises BadInput, naming both, where it may mean either.
    """
    word = plain(tidy(said.line))
    if said.tokens or word not in INSTEAD or said.verb.name in INSTEAD.values():
        return said
    duty = _my_shifts(world) if word == "交班" else _offered(world)
    if not duty:
        return said
    if any(_concerns(world, word)):
        raise BadInput(BOTH[word].zh, BOTH[word].en)
    given = {"shift": duty[0]} if len(duty) == 1 and word != "交班" else {}
    return replace(said, verb=BY_NAME[INSTEAD[word]], given=given)


def _my_shifts(world: World) -> list[str]:
    open_ = world.uow.shifts.open().items()
    return [id for id, one in open_ if one.person == world.person]


def _offered(world: World) -> list[str]:
    open_ = world.uow.shifts.open().items()
    return [id for id, s in open_ if s.offered_at is not None and s.handed_to == world.person]


def _concerns(world: World, word: str) -> Iterable[bool]:
    """For each open incident, whether the word may be about it."""
    for one in world.incidents.values():
        leads = world.person in (one.commander, one.provisional, one.watch)
        offered = any(offer.taker == world.person for offer in one.offers)
        yield one.is_handled and (leads if word == "交班" else offered)
