"""The serving loop: woken by time, by commits and by the tick; it never gives up."""

import asyncio
import threading
from datetime import datetime, timedelta

import pytest

from responder.commands.engine_work import Heartbeat, RunDue
from responder.commands.paging.outcomes import RecordOutcomes
from responder.domain.message import State
from responder.engine import cycle as driver
from responder.engine import pulse, ticker
from responder.engine.clock import SystemClock
from responder.engine.cycle import Engine
from responder.errors import StoreUnreachable
from tests.unit.engine.stand_ins import Carriers, Store, Wire, Words, message, until


class Told:
    """Changes, told from another thread as a store does."""

    def __init__(self):
        self.wakes = []
        self.ahead = lambda: None

    def subscribe(self, wake):
        self.wakes.append(wake)
        return lambda: self.wakes.remove(wake)

    def before_commit(self, ahead):
        self.ahead = ahead
        return lambda: None

    def tell(self):
        threads = [threading.Thread(target=wake) for wake in self.wakes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


class Serving:
    """An engine that serves on the machine's clock."""

    def __init__(self, *wires, at_once=None):
        self.clock = SystemClock()
        self.store = Store(self.clock)
        self.told = Told()
        self.engine = Engine(
            self.store.execute,
            self.store.query,
            self.clock,
            Words(),
            Carriers(*wires),
            changes=self.told,
            at_once=at_once or {},
        )

    def play(self, story):
        async def serve():
            stop = asyncio.Event()
            run = asyncio.create_task(self.engine.run(stop))
            try:
                await story()
            finally:
                stop.set()
                await run

        asyncio.run(asyncio.wait_for(serve(), 20))

    def now(self):
        return self.clock.now()


SOON = timedelta(seconds=10)
"""Without the net only what is tried can wake it: how loaded the machine is changes nothing."""


@pytest.fixture
def no_net(monkeypatch):
    """Neither the tick that finds what nothing told of comes, nor the next heartbeat."""
    monkeypatch.setattr(pulse, "EVERY", timedelta(hours=1))
    monkeypatch.setattr(ticker.Ticker, "start", lambda _: None)
    monkeypatch.setattr(ticker.Ticker, "stop", lambda _: None)


@pytest.mark.usefixtures("no_net")
def test_a_commit_wakes_it():
    """What is committed is sent at once: the store tells, and no poll is waited for."""
    wire = Wire("sms", "sms")
    serving = Serving(wire)
    took = []

    async def story():
        await until(lambda: serving.store.kinds(RunDue))
        before = len(serving.store.kinds(RunDue))
        serving.store.outbox.add(message("a", ready_at=serving.now()))
        began = serving.now()
        serving.told.tell()
        await until(lambda: wire.sent)
        took.append(serving.now() - began)
        assert len(serving.store.kinds(RunDue)) <= before + 3
        await until(lambda: serving.store.outbox.rows["a"].state is State.ACCEPTED)

    serving.play(story)
    assert took[0] < SOON
    assert serving.told.wakes == []


@pytest.mark.usefixtures("no_net")
def test_a_commit_that_a_turn_no_longer_saw_is_looked_at_at_once(monkeypatch):
    """Else what is most urgent waits because the engine happened to be awake."""
    monkeypatch.setattr(driver, "LOOK_EVERY", 100.0)
    wire = Wire("sms", "sms")
    serving = Serving(wire)
    ask = serving.store.query
    added: list[datetime] = []
    took: list[timedelta] = []

    def glance(work):
        found = ask(work)
        if serving.store.kinds(RunDue) and not added:
            added.append(serving.now())
            serving.store.outbox.add(message("a", ready_at=added[0]))
            serving.told.ahead()
        return found

    async def story():
        await until(lambda: added)
        await asyncio.sleep(0.01)
        serving.told.tell()
        await until(lambda: wire.sent)
        took.append(serving.now() - added[0])

    monkeypatch.setattr(serving.engine._memory, "_query", glance)
    serving.play(story)
    assert took[0] < SOON


@pytest.mark.usefixtures("no_net")
def test_what_is_due_wakes_it_on_time_and_never_early():
    """It sleeps to the next due instant, not past it and not short of it."""
    serving = Serving()
    ran = []
    due = serving.now() + timedelta(seconds=0.15)
    serving.store.timers.set("step", due, lambda: ran.append(serving.now()))
    serving.play(lambda: until(lambda: ran))
    assert timedelta(0) <= ran[0] - due < SOON


def test_the_tick_is_the_net():
    """A commit nobody told of is found within about a second."""
    wire = Wire("sms", "sms")
    serving = Serving(wire)

    async def story():
        await until(lambda: serving.store.kinds(RunDue))
        serving.store.outbox.add(message("a", ready_at=serving.now()))
        await until(lambda: wire.sent)

    serving.play(story)
    assert wire.sent == ["a"]


def test_sends_in_flight_hold_up_no_timer():
    """While a provider is slow, what is due is carried out."""
    wire = Wire("sms", "sms", behave=lambda _: 0.4)
    serving = Serving(wire)
    serving.store.outbox.add(message("a", ready_at=serving.now()))
    ran = []

    async def story():
        await until(lambda: wire.sent)
        serving.store.timers.set("step", serving.now(), lambda: ran.append(wire.in_flight))
        serving.told.tell()
        await until(lambda: ran)

    serving.play(story)
    assert ran == [1]
    assert serving.store.outbox.rows["a"].state is State.ACCEPTED


def test_a_thousand_go_out_at_fifty_at_once():
    """A fan-out keeps its channel full, and claims on as room comes."""
    wire = Wire("sms", "sms", behave=lambda _: 0.001)
    serving = Serving(wire)
    now = serving.now()
    serving.store.outbox.add(*(message(f"m{n}", ready_at=now) for n in range(1000)))
    rows = serving.store.outbox.rows

    serving.play(lambda: until(lambda: all(m.state is State.ACCEPTED for m in rows.values())))
    assert len(wire.sent) == len(set(wire.sent)) == 1000
    assert wire.most_in_flight == 50


def test_an_unreachable_store_is_tried_again(caplog):
    """An error is logged and tried again in a while: the engine never gives up."""
    serving = Serving()
    down = [True]

    def fails(command):
        if down and isinstance(command, Heartbeat | RunDue):
            raise StoreUnreachable(where="db", why="refused")

    async def story():
        await until(lambda: len(caplog.records) >= 2)
        down.clear()
        await until(lambda: serving.store.kinds(RunDue) and serving.store.kinds(Heartbeat))

    serving.store.fails = fails
    serving.play(story)
    assert "the pulse failed" in caplog.text
    assert "the cycle failed" in caplog.text


def test_what_another_engine_has_in_hand_is_no_busy_loop():
    """Rows that stay due because somebody else locked them are looked at now and then."""
    serving = Serving()
    serving.store.timers.set("locked", serving.now(), lambda: None)
    serving.store.locked = True

    async def story():
        await until(lambda: serving.store.kinds(RunDue))
        before = len(serving.store.kinds(RunDue))
        await asyncio.sleep(0.3)
        assert len(serving.store.kinds(RunDue)) - before < 30

    serving.play(story)


def test_a_lost_store_does_not_keep_it_from_stopping(monkeypatch):
    """What cannot be recorded at the end is in doubt, as after a kill; the process ends."""
    monkeypatch.setattr(driver, "LONGEST_GOODBYE", 0.05)
    wire = Wire("sms", "sms")
    serving = Serving(wire)

    def fails(command):
        if isinstance(command, RecordOutcomes):
            raise StoreUnreachable(where="db", why="gone")

    serving.store.fails = fails
    serving.store.outbox.add(message("a", ready_at=serving.now()))
    serving.play(lambda: until(lambda: wire.sent))
    assert serving.store.outbox.rows["a"].state is State.SENDING
