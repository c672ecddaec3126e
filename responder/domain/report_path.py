"""Along which lines a warning is reported, in which order; and its end along the same (7.2).

Phone first, then in writing: a unit is phoned in its turn, written to once the phone is done.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from responder.domain.people import BY_HAND, Way
from responder.domain.register import Unit
from responder.domain.warning import Leg, Line

SPOKEN = frozenset({"phone", "voice", "in_person", "in person", "person"})
MOST_ATTEMPTS = 3
"""So many calls that reach nobody, and other means have to be found."""


def line_of(way: Way) -> Line:
    """Whether a way is spoken or written."""
    how = (way.how or way.via).casefold()
    return Line.PHONE if how in SPOKEN else Line.WRITTEN


def lines(unit: Unit, line: Line) -> list[Way]:
    """A unit's ways of one kind, those that a human uses first."""
    found = [way for way in unit.reach if line_of(way) is line]
    return sorted(found, key=lambda way: way.via != BY_HAND)


def path_of(units: Iterable[Unit]) -> list[Leg]:
    """A leg for each unit's first phone, and for its first written line, in order."""
    return [
        Leg(unit.id, line, way.how or way.via, way.to)
        for unit in units
        for line in Line
        for way in lines(unit, line)[:1]
    ]


def to_ask(legs: Sequence[Leg]) -> Iterator[Leg]:
    """The legs whose turn it is and that nobody is asked to call yet.

    A unit's first leg has its turn when every first leg before it has been tried; its written one
    when its phone is done with.
    """
    tried = True
    before: dict[str, Leg] = {}
    for leg in legs:
        phone = before.get(leg.unit)
        turn = tried if phone is None else not phone.is_open
        if turn and leg.is_open and not leg.call:
            yield leg
        if phone is None:
            tried = tried and (leg.attempts > 0 or not leg.is_open)
        before.setdefault(leg.unit, leg)


def again(leg: Leg, unit: Unit | None) -> None:
    """Nobody was reached: the next line of the kind has its turn, or it is given up."""
    leg.call, leg.attempts = "", leg.attempts + 1
    if leg.attempts >= MOST_ATTEMPTS:
        leg.given_up = True
    elif unit is not None and (ways := lines(unit, leg.line)):
        way = ways[leg.attempts % len(ways)]
        leg.how, leg.to = way.how or way.via, way.to


def end_path(
    legs: Iterable[Leg], known: Mapping[str, Unit], live: Mapping[str, Unit]
) -> tuple[list[Leg], list[Leg]]:
    """The path along which a warning's end is reported, and the legs for which nobody stands in.

    It is the lines actually used, in the same order. What the register in force (`live`) no longer
    holds is replaced: by the unit's first line of the kind, else by another unit of its kind that
    was not told of the warning. `known` are the units as they were.
    """
    used = [leg for leg in legs if leg.told_at is not None]
    taken = {leg.unit for leg in used}
    stand_ins: dict[str, str] = {}
    path: list[Leg] = []
    gone: list[Leg] = []
    for leg in used:
        if leg.unit not in live and leg.unit not in stand_ins:
            kind = known[leg.unit].kind if leg.unit in known else ""
            others = (one.id for one in live.values() if kind and one.kind == kind)
            stand_ins[leg.unit] = next((id for id in others if id not in taken), "")
            taken.add(stand_ins[leg.unit])
        unit = live.get(stand_ins.get(leg.unit, leg.unit))
        now = _in_service(leg, unit) if unit else None
        (path if now else gone).append(now or leg)
    return path, gone


def _in_service(leg: Leg, unit: Unit) -> Leg | None:
    """The same line where the unit still has it, else its first one of the kind."""
    ways = [(way.how or way.via, way.to) for way in lines(unit, leg.line)]
    if not ways:
        return None
    same = unit.id == leg.unit and (leg.how, leg.to) in ways
    how, to = (leg.how, leg.to) if same else ways[0]
    return Leg(unit.id, leg.line, how, to, instead_of="" if same else leg.unit)
