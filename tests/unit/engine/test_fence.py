"""The engine's own gate: what a drill must not say, or not to them, is never given to a channel."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from responder.domain.message import State
from responder.engine.fence import Fence
from responder.errors import StoreError
from responder.ports.renderer import Text
from tests.unit.engine.stand_ins import START, Wire, World, message

DRILL = "DRL-2026-0001"
WARNED = "DRL-WRN-2026-0001"


class Memory:
    """Holds one drill's list, and that of its early warning; `broken` it cannot be read."""

    def __init__(self, *recipients: str, broken: bool = False) -> None:
        self.asked = 0
        self._broken = broken
        self._incident = SimpleNamespace(recipients=recipients)

    async def ask(self, query):
        self.asked += 1
        if self._broken:
            raise StoreError(what_zh="坏", what_en="broken")
        held = {"incidents": {DRILL: self._incident}, "warnings": {WARNED: self._incident}}
        return query(SimpleNamespace(**held))


def stopped(memory, words, **fields):
    wanted: dict[str, Any] = {"incident": DRILL, "drill": True} | fields
    one = message("m", **wanted)
    fence = Fence(cast("Any", memory))
    return asyncio.run(fence.stop(one, Text(words), START))


def test_what_is_marked_and_meant_for_the_list_passes():
    assert stopped(Memory("li.na"), "【演练】接手", person="li.na") is None


@pytest.mark.parametrize(
    ("words", "fields"),
    [("接手", {}), ("【演练】接手", {"person": "boss"}), ("【演练】接手", {"drill": False})],
)
def test_a_breach_fails_for_good(words, fields):
    """Unmarked, or for somebody else: it is not tried again, and the reason is on the record."""
    outcome = stopped(Memory("li.na"), words, **({"person": "li.na"} | fields))
    assert outcome.state is State.FAILED
    assert outcome.for_good
    assert outcome.reason.startswith("fence: ")


def test_what_its_early_warning_says_stays_on_the_list_too():
    """A drill's warning bears the drill's list."""
    memory = Memory("li.na")
    assert stopped(memory, "【演练】请核实", incident=WARNED, person="li.na") is None
    assert stopped(memory, "【演练】请核实", incident=WARNED, person="boss") is not None


def test_without_its_list_nothing_of_a_drill_leaves():
    """Where the store cannot say who takes part, silence is the safe side."""
    assert "cannot be read" in stopped(Memory(broken=True), "【演练】接手", person="li.na").reason


def test_the_list_is_read_once():
    """It never changes while the drill runs."""
    memory = Memory("li.na")
    fence = Fence(cast("Any", memory))
    one = message("m", incident=DRILL, drill=True, person="li.na")
    for _ in range(3):
        asyncio.run(fence.stop(one, Text("【演练】接手"), START))
    assert memory.asked == 1


def test_no_channel_is_given_an_unmarked_word():
    """A renderer that forgot the mark: the message fails before any channel hears of it."""
    wire = Wire("sms", "sms")
    world = World(wire)
    world.words.marks = False
    world.add("a", incident=DRILL, drill=True)
    asyncio.run(world.at(0))
    assert wire.sent == []
    assert world.row("a").reason.startswith("fence: ")
