"""The driver: what one cycle promises, on a clock that only moves when told."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from responder.commands.engine_work import RunDue
from responder.commands.paging.outcomes import ClaimMessages
from responder.domain.message import State
from responder.engine import cycle as driver
from responder.engine import recorder
from responder.errors import StoreFull
from responder.ports.channel import Fate, Receipt
from tests.unit.engine.stand_ins import START, Wire, World, after


def test_it_says_when_it_wants_to_be_woken():
    """The next due instant is the earliest of timers and messages; None when nothing is to come."""
    world = World(Wire("sms", "sms"))

    async def story():
        assert await world.at(0) is None
        world.add("a", ready_at=after(60))
        assert await world.at(0) == after(60)
        world.store.timers.set("step", after(30))
        assert await world.at(0) == after(30)
        assert await world.at(30) == after(60)
        assert await world.at(60) is None

    asyncio.run(story())
    assert world.states() == {"a": State.ACCEPTED}


def test_a_cycle_ends_when_everything_due_now_is_done():
    """What a due timer enqueues is sent and recorded, and what follows from that as well."""
    fates = {"sms": Fate.NEVER, "voice": Fate.ACCEPTED}
    wire = Wire("sms", "sms", "voice", behave=lambda m: Receipt(fates[m.via]))
    world = World(wire)

    def page():
        world.add("by sms", ready_at=after(180))

    def next_way(command):
        if any(o.state is State.FAILED for o in getattr(command, "outcomes", ())):
            world.store.timers.set("next", after(180), lambda: world.add("by voice", via="voice"))

    world.store.timers.set("step", after(180), page)
    world.store.fails = next_way
    asyncio.run(world.at(180))
    assert wire.sent == ["by sms", "by voice"]
    assert world.states() == {"by sms": State.FAILED, "by voice": State.ACCEPTED}


def test_nothing_due_does_nothing():
    """A doubled tick, a second engine, a restart: the rows decide, nothing is done twice (P10)."""
    wire = Wire("sms", "sms")
    world = World(wire)
    world.add("a")
    second = world.another_engine(wire)

    async def story():
        await asyncio.gather(world.engine.cycle(START), second.cycle(START), second.cycle(START))
        await world.another_engine(wire).cycle(START)

    asyncio.run(story())
    assert wire.sent == ["a"]


def test_halted_nothing_goes_out_and_timers_run_on():
    """Halt stops what is outgoing at once; it is all sent once resumed."""
    wire = Wire("sms", "sms")
    world = World(wire)
    world.add("a")
    world.store.values["halted"] = True
    ran: list[Any] = []
    world.store.timers.set("step", START, lambda: ran.append("step"))

    async def story():
        assert await world.at(0) is None
        assert (wire.sent, ran) == ([], ["step"])
        world.store.values["halted"] = False
        await world.at(1)

    asyncio.run(story())
    assert wire.sent == ["a"]


def test_timers_and_messages_are_asked_for_together():
    """One commit carries both, so that a declaration waits for one transaction and no second."""
    world = World(Wire("sms", "sms"))
    order = []
    world.store.fails = lambda command: order.append(type(command))
    asyncio.run(world.at(0))
    assert order[:2] == [RunDue, ClaimMessages]


@given(st.integers(0, 450), st.integers(0, 450))
@settings(max_examples=20, deadline=None)
def test_any_number_is_worked_off(timers, messages):
    """More than one batch of timers and messages is done in one cycle, each once."""
    wire = Wire("sms", "sms")
    world = World(wire)
    ran: list[Any] = []
    for n in range(timers):
        world.store.timers.set(f"t{n}", START, partial(ran.append, n))
    world.add(*(f"m{n}" for n in range(messages)))
    assert asyncio.run(world.at(0)) is None
    assert sorted(ran) == list(range(timers))
    assert sorted(wire.sent) == sorted(f"m{n}" for n in range(messages))
    assert set(world.states().values()) <= {State.ACCEPTED}
    assert wire.most_in_flight <= 50


def test_a_rule_without_end_does_not_stop_the_engine(monkeypatch, caplog):
    """A timer that arms itself for now for ever ends the cycle with an error on the log."""
    monkeypatch.setattr(driver, "MOST_ROUNDS", 5)
    world = World()

    def again():
        world.store.timers.set("again", START, again)

    again()
    assert asyncio.run(world.at(0)) == START
    assert "does not come to an end" in caplog.text


def test_a_failing_timer_keeps_nobody_back():
    """What fails is put off; what else is due is carried out, what is ready is sent."""
    carried_out = []
    wire = Wire("sms", "sms")
    world = World(wire)
    world.add("a")

    def broken():
        raise ZeroDivisionError

    world.store.timers.set("broken", START, broken)
    world.store.timers.set("sound", START, lambda: carried_out.append("sound"))

    async def story():
        due = await world.at(0)
        await world.engine.drain()
        return due

    assert asyncio.run(story()) == START + timedelta(minutes=1)
    assert wire.sent == ["a"]
    assert carried_out == ["sound"]


def test_outcomes_wait_for_a_store_that_is_full(monkeypatch):
    """What was sent is recorded once the store serves again; nothing is sent twice for that."""
    monkeypatch.setattr(recorder, "PAUSE", 0)
    wire = Wire("sms", "sms")
    world = World(wire)
    world.add("a")
    refusals = iter(range(3))

    def full(command):
        if hasattr(command, "outcomes") and next(refusals, None) is not None:
            raise StoreFull(where="responder.db")

    world.store.fails = full
    asyncio.run(world.at(0))
    assert wire.sent == ["a"]
    assert world.states() == {"a": State.ACCEPTED}


def test_one_outcome_that_cannot_be_recorded_takes_no_other_with_it():
    """A batch that fails is recorded one by one."""
    wire = Wire("sms", "sms")
    world = World(wire)
    world.add("a", "b", "c")

    def poisoned(command):
        if any(outcome.id == "b" for outcome in getattr(command, "outcomes", ())):
            raise ZeroDivisionError

    world.store.fails = poisoned
    asyncio.run(world.at(0))
    assert world.states() == {"a": State.ACCEPTED, "b": State.SENDING, "c": State.ACCEPTED}


def test_outcomes_are_recorded_in_batches():
    """A fan-out of a thousand is no thousand transactions."""
    wire = Wire("sms", "sms")
    world = World(wire, settle=False)

    async def story():
        world.add(*(f"m{n}" for n in range(1000)))
        for _ in range(100):
            await world.engine.cycle(START)
            await world.engine.drain()

    asyncio.run(story())
    records = [c for c in world.store.done if hasattr(c, "outcomes")]
    assert sum(len(c.outcomes) for c in records) == 1000
    assert len(records) <= 40
