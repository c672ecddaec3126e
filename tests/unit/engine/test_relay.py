"""A second provider takes over, by region, in turn, within the callee limits."""

import asyncio
from datetime import UTC, datetime, timedelta

from responder.channels.registry import Registry
from responder.domain.load import may_ring
from responder.domain.message import Message, Outcome, Purpose, State
from responder.engine.relay import Relay
from responder.ports.channel import Fate, Receipt
from responder.ports.phone import Terms
from tests.unit.engine.stand_ins import START, Wire, World, message

NOW = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
MAINLAND, ABROAD = "+8613800138021", "+85251230001"


class Provider(Wire):
    """A provider of calls with terms of its own."""

    def __init__(self, name, *vias, terms, behave=None):
        super().__init__(name, *vias, behave=behave)
        self.terms = terms


def ring(id="m", to=MAINLAND, **more):
    return Message(id, "INC-1", "p", "voice", to, Purpose.PAGE, NOW, **more)


def carried(registry, *messages):
    return [one.name if one else None for one in map(registry.carrier, messages)]


def test_the_one_meant_for_the_region_goes_first():
    """The longest prefix wins, whatever the order; who spares a region is never asked."""
    twilio = Provider("twilio", "voice", terms=Terms(spares=("+86",)))
    anywhere = Provider("anywhere", "voice", terms=Terms())
    mainland = Provider("mainland", "voice", terms=Terms(("+86",)))
    one = Registry([twilio, anywhere, mainland])
    assert carried(one, ring()) == ["mainland"]
    assert carried(one, ring(to=ABROAD)) == ["twilio"]
    assert carried(Registry([twilio]), ring()) == [None]


def test_successive_rings_alternate():
    """A provider that takes calls and connects none is not the only one asked."""
    registry = Registry(
        [Provider("a", "voice", terms=Terms()), Provider("b", "voice", terms=Terms())]
    )
    rings = [ring(str(n)) for n in range(3)]
    assert carried(registry, *rings, ring("x", ABROAD)) == ["a", "b", "a", "a"]


def test_a_doubt_goes_to_whoever_may_have_sent_it():
    """Only they can be asked; another one would ring a second time."""
    registry = Registry(
        [Provider("a", "voice", terms=Terms()), Provider("b", "voice", terms=Terms())]
    )
    doubtful = ring(reason="unknown: no answer", provider="b", attempt=2)
    assert carried(registry, doubtful, doubtful) == ["b", "b"]


def take_over(first, second):
    """One message over two wires; the wires, and the world afterwards."""
    found = World()
    registry = Registry([first, second])
    found.engine = found.another_engine(first, second)
    found.engine._dispatcher._relay = Relay(registry)
    found.add("a", via="voice")
    asyncio.run(found.engine.cycle(START))
    return found


def test_the_second_takes_over_what_the_first_refused():
    """At once, in the same sending; the record names the first and why."""
    first = Wire("a", "voice", behave=lambda _: Receipt(Fate.REFUSED, reason="no credit"))
    second = Wire("b", "voice")
    found = take_over(first, second)
    assert (first.sent, second.sent) == (["a"], ["a"])
    (settled,) = found.store.settled
    assert (settled.state, settled.provider) == (State.ACCEPTED, "b")
    assert settled.reason == "after a: no credit"


def test_a_doubt_is_never_passed_on():
    """What may have rung is not rung by another (P3)."""
    first = Wire("a", "voice", behave=lambda _: Receipt(Fate.UNKNOWN))
    second = Wire("b", "voice")
    take_over(first, second)
    assert second.sent == []


def test_for_good_only_where_all_say_so():
    """One provider's never is not the number's end while another may yet reach it."""
    first = Wire("a", "voice", behave=lambda _: Receipt(Fate.NEVER))
    second = Wire("b", "voice", behave=lambda _: Receipt(Fate.REFUSED))
    (settled,) = take_over(first, second).store.settled
    assert not settled.for_good
    assert settled.retry_at is not None
    second.behave = lambda _: Receipt(Fate.NEVER)
    (settled,) = take_over(first, second).store.settled
    assert settled.for_good
    assert settled.retry_at is None


# Callee limits


def rung(n, minutes_ago=10, incident="INC-1", to=MAINLAND):
    return [
        ring(f"r{k}", to, settled_at=NOW - timedelta(minutes=minutes_ago + k)) for k in range(n)
    ]


def test_the_last_of_the_hour_is_kept():
    """For decisions, and for an incident that has not rung this number yet."""
    known = ring()
    other = Message("m", "INC-2", "p", "voice", MAINLAND, Purpose.PAGE, NOW)
    decision = Message("m", "INC-1", "p", "voice", MAINLAND, Purpose.DECISION, NOW)
    assert may_ring(known, rung(3), 5, NOW)
    assert not may_ring(known, rung(4), 5, NOW)
    assert may_ring(other, rung(4), 5, NOW)
    assert may_ring(decision, rung(4), 5, NOW)
    assert not may_ring(decision, rung(5), 5, NOW)


def test_an_hour_ago_and_other_numbers_do_not_count():
    """The limit is so many an hour, and of one number."""
    assert may_ring(ring(), rung(5, minutes_ago=60), 5, NOW)
    assert may_ring(ring(), rung(5, to=ABROAD), 5, NOW)


def test_a_skipped_ring_is_a_way_that_failed():
    """On the record as skipped, and the next way starts; a ring that joined a call is not."""
    over = Outcome("m", 1, State.SKIPPED, NOW, reason="callee limit")
    joined = Outcome("m", 1, State.SKIPPED, NOW, reason="joined")
    assert over.way_failed
    assert not joined.way_failed


def test_the_engine_keeps_to_the_limit(monkeypatch):
    """The third ring of the hour is skipped where two are allowed."""
    found = World()
    phone = Provider("phone", "voice", terms=Terms(rings_per_hour=2))
    found.engine = found.another_engine(phone)
    earlier = [
        message(id, "voice", provider="phone", provider_id=id, settled_at=START)
        for id in ("x", "y")
    ]
    monkeypatch.setattr(found.store.outbox, "to", lambda *_: earlier, raising=False)
    found.add("a", via="voice")
    asyncio.run(found.engine.cycle(START))
    assert phone.sent == []
    assert found.states() == {"a": State.SKIPPED}
