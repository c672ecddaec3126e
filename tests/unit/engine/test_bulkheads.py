"""One failed way never blocks the others (P8), and a number has one call at a time."""

import asyncio
from datetime import timedelta

import pytest

from responder.domain.message import Purpose, State
from responder.engine import lane, sender
from responder.engine.breaker import FAILURES, REST, Breaker
from responder.engine.outcomes import OUTSIDE
from responder.ports.channel import Fate, Receipt
from tests.unit.engine.stand_ins import START, Wire, World, after

CALL = Receipt(Fate.ACCEPTED, rings_for=timedelta(seconds=25))


def cycle(world, *seconds):
    async def story():
        return [await world.at(second) for second in seconds][-1]

    return asyncio.run(story())


def test_a_black_hole_holds_up_no_other_channel():
    """With SMS hanging and more SMS waiting than its lane holds, calls go out at once."""
    sms, voice = Wire("sms", "sms", behave=lambda _: 60.0), Wire("phone", "voice")
    world = World(sms, voice, settle=False)
    world.add(*(f"sms{n}" for n in range(400)), urgency=0)
    world.add("call", via="voice", urgency=5)

    async def story():
        for _ in range(200):
            await world.engine.cycle(world.clock.now())
            await asyncio.sleep(0.005)
            if voice.sent:
                break

    asyncio.run(asyncio.wait_for(story(), 5))
    assert voice.sent == ["call"]
    assert len(sms.sent) == 50


def test_what_waits_too_long_is_handed_back_untouched(monkeypatch):
    """A lane keeps the most urgent; the rest goes back to the outbox and costs nobody a way."""
    monkeypatch.setattr(lane, "BRISK", 0)
    monkeypatch.setattr(lane, "PATIENCE", 0)
    sms = Wire("sms", "sms", behave=lambda _: 0.05)
    world = World(sms, settle=False, at_once={"sms": 1})
    for n in range(10):
        world.add(f"m{n}", urgency=n)

    async def story():
        await world.engine.cycle(START)
        await world.engine.drain()

    asyncio.run(story())
    back = [o for o in world.store.settled if o.state is State.READY]
    assert sms.sent == ["m0"]
    assert {o.id for o in back} == {f"m{n}" for n in range(1, 10)}
    assert all(o.retry_at is not None and o.retry_at >= START for o in back)


def test_the_urgent_goes_first():
    """Real before drill, then urgency, then age, whatever the order in the outbox."""
    sms = Wire("sms", "sms")
    world = World(sms, at_once={"sms": 1})
    world.add("drill", drill=True)
    world.add("roll-call", urgency=60)
    world.add("page 2", urgency=2)
    world.add("page 1", urgency=1, ready_at=START)
    world.add("older page 1", urgency=1, ready_at=START - timedelta(seconds=1))
    cycle(world, 0)
    assert sms.sent == ["older page 1", "page 1", "page 2", "roll-call", "drill"]


def test_a_provider_that_keeps_failing_rests(monkeypatch):
    """After five failures in a row the next ways start at once; one probe finds out."""
    answers = {"fails": Receipt(Fate.REFUSED), "works": Receipt(Fate.ACCEPTED)}
    state = ["fails"]
    sms = Wire("sms", "sms", behave=lambda _: answers[state[0]])
    world = World(sms, at_once={"sms": 1})
    world.add(*(f"m{n}" for n in range(20)))
    cycle(world, 0)
    assert len(sms.sent) == FAILURES
    resting = [o for o in world.store.settled if o.reason == "breaker open"]
    assert len(resting) == 20 - FAILURES
    assert {o.state for o in resting} == {State.FAILED}
    state[0] = "works"
    cycle(world, 15, 30, 45, 60)
    assert set(world.states().values()) == {State.ACCEPTED}


def test_the_breaker_lets_one_probe_through():
    """Half open, one message in each rest finds out whether the provider is back."""
    breaker = Breaker()
    for _ in range(FAILURES - 1):
        breaker.failed(START)
    assert breaker.refuses(START) is None
    breaker.failed(START)
    assert breaker.refuses(START) == START + REST
    assert breaker.refuses(after(15)) is None
    assert breaker.refuses(after(15)) == after(30)
    breaker.succeeded()
    assert breaker.refuses(after(16)) is None


def test_a_number_has_one_call_over_all_incidents():
    """A ring due during a call joins it; at its end the line is free again."""
    phone = Wire("phone", "voice", behave=lambda _: CALL)
    world = World(phone)
    world.add("one", "two", via="voice", incident="INC-1")
    world.add("three", via="voice", incident="INC-2", ready_at=after(24))
    world.add("other", via="voice", to="+8613800138022")
    world.add("later", via="voice", ready_at=after(25))
    cycle(world, 0, 24, 25)
    assert phone.sent == ["one", "other", "later"]
    assert world.row("two").reason == world.row("three").reason == "joined"
    assert world.states() == {
        "one": State.ACCEPTED,
        "two": State.SKIPPED,
        "three": State.SKIPPED,
        "other": State.ACCEPTED,
        "later": State.ACCEPTED,
    }


def test_the_call_is_the_most_urgent_ring():
    """Whoever is rung for several things at once is rung for the gravest, the real one first."""
    phone = Wire("phone", "voice", behave=lambda _: CALL)
    world = World(phone)
    world.add("drill", via="voice", drill=True, urgency=0)
    world.add("level 2", via="voice", urgency=2)
    world.add("level 1", via="voice", urgency=1)
    cycle(world, 0)
    assert phone.sent == ["level 1"]


def test_a_ring_that_would_have_joined_a_failed_call_rings_itself():
    """Nobody joins a call that did not get through."""
    receipts = {"one": Receipt(Fate.NEVER), "two": Receipt(Fate.REFUSED), "three": CALL}
    phone = Wire("phone", "voice", behave=lambda m: receipts[m.id])
    world = World(phone)
    world.add("one", via="voice", urgency=1)
    world.add("two", via="voice", urgency=2)
    world.add("three", via="voice", urgency=3)
    world.add("four", via="voice", urgency=4)
    cycle(world, 0)
    assert phone.sent == ["one", "two", "three"]
    assert world.states()["four"] is State.SKIPPED


def test_rings_nobody_carries_hold_no_line():
    """Without a telephone every ring fails by itself."""
    world = World(Wire("sms", "sms"))
    world.add("one", "two", "three", via="voice")
    cycle(world, 0)
    assert set(world.states().values()) == {State.FAILED}


def test_a_call_that_ended_early_frees_its_line():
    """Once the store knows that somebody hung up, the next ring is a call of its own."""
    phone = Wire("phone", "voice", behave=lambda _: CALL)
    world = World(phone)
    world.add("one", via="voice")
    cycle(world, 0)
    world.row("one").calling_until = None
    world.add("two", via="voice", ready_at=after(10))
    cycle(world, 10)
    assert phone.sent == ["one", "two"]


async def close(world):
    await world.engine._dispatcher.close()


async def halt(world):
    world.store.values["halted"] = True
    await world.engine.cycle(START)
    await world.engine.drain()


STOPS = {"close": close, "halt": halt}


@pytest.mark.parametrize("how", STOPS)
def test_stopping_hands_back_what_waits(how):
    """Stopped or halted: what is in flight lands, and what waits is anybody's again."""
    sms = Wire("sms", "sms", "voice", behave=lambda _: 0.02)
    world = World(sms, settle=False, at_once={"sms": 2})
    world.add(*(f"m{n}" for n in range(10)))
    world.add("c1", "c2", via="voice", urgency=-1)

    async def story():
        await world.engine.cycle(START)
        await asyncio.sleep(0.005)
        await STOPS[how](world)

    asyncio.run(story())
    states = world.states()
    assert sum(state is State.ACCEPTED for state in states.values()) == len(sms.sent) == 2
    assert sum(state is State.READY for state in states.values()) == 10


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - OUTSIDE))
def test_a_bug_in_a_renderer_costs_one_lease_and_no_line(monkeypatch, purpose):
    """Whatever breaks while sending, the lease runs out and the message is taken up again."""
    phone = Wire("phone", "voice", behave=lambda _: CALL)
    world = World(phone)
    real = sender.Sender.send
    broken = iter([True])

    async def send(self, message, lane):
        if next(broken, False):
            raise ZeroDivisionError
        return await real(self, message, lane)

    monkeypatch.setattr(sender.Sender, "send", send)
    world.add("one", via="voice", purpose=purpose)
    cycle(world, 0)
    assert world.states() == {"one": State.SENDING}
    cycle(world, 30)
    assert phone.sent == ["one"]
    assert world.states() == {"one": State.ACCEPTED}


@pytest.mark.parametrize("purpose", sorted(OUTSIDE))
def test_what_leaves_the_firm_is_not_taken_up_again_on_a_doubt(monkeypatch, purpose):
    """A bug while sending leaves a doubt that no machine settles (P3)."""
    phone = Wire("phone", "voice", behave=lambda _: CALL)
    world = World(phone)

    async def send(_self, _message, _lane):
        raise ZeroDivisionError

    monkeypatch.setattr(sender.Sender, "send", send)
    world.add("one", via="voice", purpose=purpose)
    for seconds in (0, 30, 60, 600):
        cycle(world, seconds)
    assert phone.sent == []
    assert world.states() == {"one": State.UNKNOWN}
