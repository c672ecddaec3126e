"""What is owed outside, in words: to whom, by when, how late, by whom."""

from collections.abc import Iterator, Mapping
from typing import Any

from responder.commands.obligations.due_list import STATES, due_list, how_late
from responder.commands.obligations.owner_hunt import lasting
from responder.domain.words import Words
from responder.inbound.language.world import World


def owing_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a report or promise."""
    found = due_list(world.uow, world.now, values["incident"])
    if not found:
        yield world.said("没有应报事项。", "Nothing is owed.")
    for row in found:
        yield owing_line(row, world)


def owing_line(row: Mapping[str, Any], world: World) -> str:
    """One of them."""
    title, whom = (world.words(Words(**row[part])) for part in ("title", "addressee"))
    to = world.said(f"（{whom}）", f" ({whom})") * bool(whom)
    number = f"{row['place']} " if row["place"] else ""
    return f"{number}{title}{to} · " + " · ".join(_how_it_stands(row, world))


def _how_it_stands(row: Mapping[str, Any], world: World) -> Iterator[str]:
    state = world.words(STATES[row["state"]])
    if row["late_s"]:
        state += world.said(*how_late(row["at_once"], row["late_s"]))
    elif row["in_s"] is not None:
        left = lasting(row["in_s"])
        state += world.said(f"，还有{left.zh}", f", {left.en} left")
    yield state
    if row["state"] in ("due", "late"):
        limit = world.said("立即", "at once") if row["at_once"] else world.clock(row["due_at"])
        yield world.said(f"时限{limit}", f"due {limit}")
        held = world.who(row["owner"])
        yield held if row["taken_at"] else world.said(f"{held}未接手", f"{held} has not taken it")
    elif row["done_at"]:
        yield f"{world.who(row['done_by'])} {world.clock(row['done_at'])}"
    elif row["ended_by"]:
        yield world.who(row["ended_by"])


def next_due(subject: str, world: World) -> Iterator[str]:
    """What is late or due next, on one line; nothing where nothing is."""
    found = due_list(world.uow, world.now, subject)
    for row in [one for one in found if one["state"] in ("late", "due")][:1]:
        yield world.said("待报：", "To report: ") + owing_line(row, world)
