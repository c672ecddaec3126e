"""What becomes of a message: each state, each retry, each failure of a channel."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from responder.commands.paging.outcomes import RecordOutcomes
from responder.domain.message import Purpose, State
from responder.engine import outcomes, sender
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text
from tests.unit.engine.stand_ins import START, Wire, World, after, message


def cycle(world, *seconds):
    async def story():
        return [await world.at(second) for second in seconds][-1]

    return asyncio.run(story())


def gives(receipt):
    return lambda _message: receipt


@pytest.mark.parametrize("fate", [Fate.ACCEPTED, Fate.DELIVERED])
def test_a_message_is_sent_once_and_recorded(fate):
    """What the provider took is recorded with its words and its id, and nothing is left to do."""
    receipt = Receipt(fate, "SM1", rings_for=timedelta(seconds=25))
    wire = Wire("sms", "sms", behave=gives(receipt))
    world = World(wire)
    world.add("a")
    assert cycle(world, 0) is None
    row = world.row("a")
    assert wire.sent == ["a"]
    assert (row.state.value, row.provider, row.provider_id) == (fate.value, "sms", "SM1")
    assert (row.text, row.calling_until) == ("text of a", after(25))
    cycle(world, 1, 60, 3600)
    assert wire.sent == ["a"]


def test_words_are_made_for_the_channel_that_carries_them():
    """How much a message says depends on where its channel's data goes."""
    world = World(Wire("twilio", "sms"), Wire("slack", "slack"))
    world.add("a")
    world.add("b", via="slack")
    cycle(world, 0)
    assert sorted(world.words.for_channels) == ["slack", "twilio"]


def test_never_is_for_good():
    """A line that does not exist is reported so, and never tried again."""
    wire = Wire("sms", "sms", behave=gives(Receipt(Fate.NEVER, reason="no such number")))
    world = World(wire)
    world.add("a")
    assert cycle(world, 0, 3600) is None
    assert wire.sent == ["a"]
    assert world.states() == {"a": State.FAILED}
    assert world.store.settled[0].for_good
    assert world.row("a").reason == "no such number"


def test_a_refusal_fails_at_once_and_is_retried_beside():
    """A refused message fails now, for the next way to start, and is tried again, not for ever."""
    wire = Wire("sms", "sms", behave=gives(Receipt(Fate.REFUSED, reason="connection refused")))
    world = World(wire)
    world.add("a")
    assert cycle(world, 0) == after(5)
    assert world.store.settled[0].state is State.FAILED
    assert world.states() == {"a": State.READY}
    assert cycle(world, 5) == after(15)
    assert cycle(world, 15, 35, 75, 3600) is None
    assert len(wire.sent) == outcomes.MOST_REFUSALS
    assert world.states() == {"a": State.FAILED}


def test_a_refused_message_gets_through_later():
    """The retry that works is the end of it."""
    answers = iter([Receipt(Fate.REFUSED), Receipt(Fate.ACCEPTED)])
    wire = Wire("sms", "sms", behave=lambda _: next(answers))
    world = World(wire)
    world.add("a")
    assert cycle(world, 0, 5) is None
    assert world.states() == {"a": State.ACCEPTED}


@pytest.mark.parametrize(("seconds", "reported"), [(3, State.READY), (30, State.FAILED)])
def test_a_rate_limit_is_obeyed(seconds, reported):
    """A short pause is no failure; over ten seconds the next way need not wait for it."""
    pause = Receipt(Fate.RETRY_AFTER, after=timedelta(seconds=seconds))
    answers = iter([pause, Receipt(Fate.ACCEPTED)])
    wire = Wire("slack", "slack", behave=lambda _: next(answers))
    world = World(wire)
    world.add("a", via="slack")
    assert cycle(world, 0) == after(seconds)
    assert world.store.settled[0].state is reported
    assert cycle(world, seconds - 0.1) == after(seconds)
    assert wire.sent == ["a"]
    assert cycle(world, seconds) is None
    assert world.states() == {"a": State.ACCEPTED}


class Broken(Exception):
    """Something no channel should raise, with a token in its words."""


@pytest.mark.parametrize("error", [Broken("https://api/bot12:SECRET/send"), OSError(5, "io")])
def test_a_raised_error_is_a_doubt(error):
    """Nobody knows whether it was sent: unknown, and no secret goes on the record."""
    wire = Wire("sms", "sms", behave=lambda _: error)
    world = World(wire)
    world.add("a")
    cycle(world, 0)
    first = world.store.settled[0]
    assert first.state is State.UNKNOWN
    assert first.reason == f"unknown: {type(error).__name__}"


def test_a_doubt_is_looked_up_after_the_lease_and_then_sent_again():
    """Pages are at least once: unknown at once, looked up when the lease is over, then re-sent."""
    answers: Iterator[Receipt | Exception] = iter([Broken(), Receipt(Fate.ACCEPTED, "second")])
    wire = Wire("sms", "sms", behave=lambda _: next(answers))
    world = World(wire)
    world.add("a")
    assert cycle(world, 0) == after(30)
    assert cycle(world, 29) == after(30)
    assert wire.looked_up == []
    assert cycle(world, 30) is None
    assert (wire.looked_up, wire.sent) == (["a"], ["a", "a"])
    assert world.row("a").provider_id == "second"


def test_what_the_provider_has_is_not_sent_again():
    """A look-up that finds the message ends the doubt."""
    wire = Wire("sms", "sms", behave=lambda _: Broken())
    world = World(wire)
    world.add("a")
    cycle(world, 0)
    wire.found["a"] = Receipt(Fate.DELIVERED, "SM1")
    assert cycle(world, 30) is None
    assert wire.sent == ["a"]
    assert world.states() == {"a": State.DELIVERED}


def test_what_stays_unknown_is_shown_as_unknown():
    """After so many doubts the message stays unknown: never sent, never failed."""
    wire = Wire("sms", "sms", behave=lambda _: Broken())
    world = World(wire)
    world.add("a")
    assert cycle(world, *range(0, 30 * outcomes.MOST_DOUBTS, 30), 3600) is None
    assert len(wire.sent) == outcomes.MOST_DOUBTS
    assert world.states() == {"a": State.UNKNOWN}


def test_what_goes_outside_is_never_sent_again(monkeypatch):
    """A doubt about what left the firm is a human's to settle (P3)."""
    monkeypatch.setattr(outcomes, "OUTSIDE", frozenset({Purpose.TOLD}))
    wire = Wire("sms", "sms", behave=lambda _: Broken())
    world = World(wire)
    world.add("a", purpose=Purpose.TOLD)
    assert cycle(world, 0, 30, 3600) is None
    assert wire.sent == ["a"]
    assert world.states() == {"a": State.UNKNOWN}


def test_a_way_nobody_carries_fails_for_good():
    """A site may name a way for which no channel is configured."""
    world = World(Wire("sms", "sms"))
    world.add("a", via="pigeon")
    assert cycle(world, 0) is None
    assert world.states() == {"a": State.FAILED}
    assert world.store.settled[0].for_good


def test_a_lease_that_ran_out_is_a_doubt():
    """What a dead engine had in hand is looked up, then sent again."""
    wire = Wire("sms", "sms")
    world = World(wire)
    world.store.outbox.add(
        message("a", state=State.SENDING, leased_until=START, fence=1, attempt=1),
        message("b", state=State.SENDING, leased_until=after(10), fence=1, attempt=1),
    )
    wire.found["b"] = Receipt(Fate.DELIVERED, "SM2")
    assert cycle(world, 0) == after(10)
    assert (wire.looked_up, wire.sent) == (["a"], ["a"])
    assert cycle(world, 10) is None
    assert (wire.looked_up, wire.sent) == (["a", "b"], ["a"])
    assert world.states() == {"a": State.ACCEPTED, "b": State.DELIVERED}


def test_an_engine_that_lost_its_lease_sends_nothing():
    """A process that was stopped and goes on after its lease leaves its messages to others."""
    wire = Wire("sms", "sms")
    world = World(wire)
    world.add("a")

    def sleeps(point):
        if point == "dispatcher.claimed" and world.clock.now() == START:
            world.clock.move_to(after(31))

    world.engine = world.another_engine(wire, reached=sleeps)
    asyncio.run(world.engine.cycle(START))
    assert wire.sent == []
    assert world.store.settled == []
    cycle(world, 31)
    assert (wire.looked_up, wire.sent) == (["a"], ["a"])


def test_too_little_lease_left_is_handed_back():
    """A sending that could outlast its lease is not begun."""
    wire = Wire("sms", "sms")
    world = World(wire)
    world.add("a")

    def sleeps(point):
        if point == "dispatcher.claimed" and world.row("a").fence == 1:
            world.clock.move_to(after(21))

    world.engine = world.another_engine(wire, reached=sleeps)
    cycle(world, 0)
    first = world.store.settled[0]
    assert (first.state, first.retry_at) == (State.READY, after(21))
    assert wire.sent == ["a"]


def test_the_time_out_is_a_doubt(monkeypatch):
    """A provider that says nothing has ten seconds."""
    monkeypatch.setattr(sender, "TIMEOUT", timedelta(seconds=0.01))
    wire = Wire("sms", "sms", behave=lambda _: 60)
    world = World(wire)
    world.add("a")
    cycle(world, 0)
    assert world.store.settled[0].state is State.UNKNOWN
    assert "no answer" in world.row("a").reason


def test_a_stale_outcome_settles_nothing():
    """Fencing: what an engine reports after another one claimed the message is ignored."""
    world = World(Wire("sms", "sms"))
    world.add("a")
    cycle(world, 0)
    stale = message("a", fence=0)
    late = outcomes.outcome_of(stale, Receipt(Fate.NEVER), Text("late"), "sms", START)
    world.store.execute(RecordOutcomes(outcomes=(late,)))
    assert world.states() == {"a": State.ACCEPTED}


def test_the_kill_points_are_passed_in_order():
    """The points at which a test may kill the process, around every effect."""
    world = World(Wire("sms", "sms"))
    world.add("a")
    cycle(world, 0)
    passed = [point for point in world.points if point.startswith("dispatcher.")]
    assert passed == [
        "dispatcher.claimed",
        "dispatcher.sending",
        "dispatcher.sent",
        "dispatcher.before_record",
        "dispatcher.recorded",
    ]
    assert world.points[0] == "timers.before"
    assert "timers.after" in world.points
