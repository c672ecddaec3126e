"""The engine with real commands on a real database: what people would get, and when."""

import asyncio
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from responder.channels.by_hand import ByHand
from responder.channels.registry import Registry
from responder.channels.sandbox import Sandbox
from responder.commands import handle
from responder.commands.firm import AcceptSite, Halt, Resume
from responder.commands.incidents.incident import Declare
from responder.commands.paging.outcomes import ClaimMessages
from responder.documents.messages import Messages
from responder.domain.message import State
from responder.domain.playbook import Entry
from responder.domain.record import By
from responder.engine.clock import SystemClock, VirtualClock
from responder.engine.cycle import Engine
from responder.ports.channel import Fate, Receipt
from responder.store.opening import open_store
from tests.stage.firm import small_firm

START = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "messages"
UNDER_WAY = (State.READY, State.SENDING)
TWO_MINUTES = timedelta(minutes=2)
CHAT_THEN_VOICE = (Entry(("slack",)), Entry(("voice",), TWO_MINUTES, TWO_MINUTES))


class Failing(Sandbox):
    """A platform that answers everything the same way."""

    real = True

    def __init__(self, name, vias, fate):
        self.name, self.vias, self.fate = name, frozenset(vias), fate
        self.tries = 0

    async def send(self, message, text):
        self.tries += 1
        return Receipt(self.fate, reason="as told")


class House:
    """A firm, its database and its engines."""

    def __init__(self, store, clock, settle, *channels):
        self.store, self.clock, self.settle = store, clock, settle
        self.registry = Registry([*channels, ByHand()], Sandbox())
        self.engine = self.another_engine()

    def another_engine(self):
        return Engine(
            self.submit,
            self.store.read,
            self.clock,
            Messages(TEMPLATES),
            self.registry,
            changes=self.store,
            settle=self.settle,
        )

    def submit(self, command):
        return self.store.submit(lambda uow: handle(command, uow, self.clock.now()))

    def do(self, command):
        return self.submit(command).result()

    def declare(self, **more):
        by = By("clerk", "handset")
        return self.do(Declare(by=by, playbook="outage", title="交易中断", **more)).id

    def messages(self, incident):
        return self.store.read(lambda uow: uow.outbox.of(incident))

    async def at(self, seconds):
        self.clock.move_to(START + timedelta(seconds=seconds))
        return await self.engine.cycle(self.clock.now())


@contextmanager
def house(tmp_path, *channels, clock=None, settle=True, **firm):
    store = open_store(f"sqlite:///{tmp_path}/responder.db")
    try:
        built = House(store, clock or VirtualClock(START), settle, *channels)
        built.do(AcceptSite(by=By("root", "cli"), site=small_firm(**firm)))
        yield built
    finally:
        store.close()


def test_everybody_rung_gets_their_words(tmp_path):
    """Declared, cycled, delivered: each message has its text, its provider and its time."""
    with house(tmp_path) as built:
        incident = built.declare()
        due = asyncio.run(built.at(0))
        messages = built.messages(incident)
        assert due is not None
        assert due > START
        assert {m.state for m in messages} <= {State.DELIVERED, State.SKIPPED}
        assert all(
            m.text and m.provider == "sandbox" for m in messages if m.state is State.DELIVERED
        )
        assert all("交易中断" in m.text or "trading" in m.text.lower() for m in messages if m.text)
        calls = [m for m in messages if m.via == "voice" and m.state is State.DELIVERED]
        assert {m.calling_until for m in calls} == {START + timedelta(seconds=25)}


def test_every_text_of_a_drill_is_marked(tmp_path):
    """P5, end to end: whatever goes out of a drill says so first."""
    with house(tmp_path) as built:
        incident = built.declare(drill=True)
        asyncio.run(built.at(0))
        texts = [m.text for m in built.messages(incident) if m.text]
        assert texts
        assert all(text.startswith(("【演练】", "演练：", "演练，演练。")) for text in texts)


@pytest.mark.parametrize("fate", [Fate.NEVER, Fate.UNKNOWN, Fate.REFUSED])
def test_a_way_that_fails_lets_the_next_one_start_at_once(tmp_path, fate):
    """Chat down, whatever the manner: the phone rings at the same instant, not minutes later."""
    chat = Failing("slack", ("slack",), fate)
    with house(tmp_path, chat, profiles={"urgent": CHAT_THEN_VOICE}) as built:
        incident = built.declare()
        asyncio.run(built.at(0))
        rung = {m.person for m in built.messages(incident) if m.via == "voice"}
        assert {"duty", "admin"} <= rung


def test_halt_and_resume(tmp_path):
    """Halted nothing leaves; resumed it does."""
    with house(tmp_path) as built:
        built.do(Halt(by=By("root", "cli"), reason="wrong number plan"))
        incident = built.declare()

        async def story():
            await built.at(0)
            assert {m.state for m in built.messages(incident)} == {State.READY}
            built.do(Resume(by=By("root", "cli")))
            await built.at(1)

        asyncio.run(story())
        assert State.READY not in {m.state for m in built.messages(incident)}


def test_a_dead_engines_messages_are_taken_up(tmp_path):
    """Leased by an engine that died, they go out once the lease is over, each once."""
    with house(tmp_path) as built:
        incident = built.declare()
        until = START + timedelta(seconds=30)
        dead = {m.id for m in built.do(ClaimMessages(limit=3, until=until))}

        async def story():
            assert await built.at(0) == until
            waiting = {m.id for m in built.messages(incident) if m.state is State.SENDING}
            assert waiting == dead
            built.engine = built.another_engine()
            await built.at(30)

        asyncio.run(story())
        assert {m.state for m in built.messages(incident)} <= {State.DELIVERED, State.SKIPPED}
        assert all(m.attempt == 2 for m in built.messages(incident) if m.id in dead)


def test_a_commit_is_served_at_once(tmp_path):
    """In service a declaration wakes the engine: no poll lies between it and the phone."""

    async def story(built):
        stop = asyncio.Event()
        run = asyncio.create_task(built.engine.run(stop))
        await asyncio.sleep(0.2)
        began = built.clock.now()
        incident = built.declare()
        while any(m.state in UNDER_WAY for m in built.messages(incident)):  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        took = built.clock.now() - began
        stop.set()
        await run
        return took

    with house(tmp_path, clock=SystemClock(), settle=False) as built:
        took = asyncio.run(asyncio.wait_for(story(built), 20))
    assert took < timedelta(seconds=0.9)


def test_work_that_fails_keeps_nobody_else_from_being_paged(tmp_path):
    """One incident that cannot be carried on is put off, told and recorded; the other goes on."""
    with house(tmp_path) as built:
        broken, sound = built.declare(), built.declare(separate="另一机房")
        built.store.run(lambda uow: _break(uow, broken))

        async def story():
            await built.at(0)
            await built.at(60)

        asyncio.run(story())
        rung = [m for m in built.messages(sound) if m.ready_at == START + timedelta(seconds=60)]
        told = [m.purpose.value for m in built.messages(broken) if m.person == "root"]
        record = built.store.read(lambda uow: [e.kind for e in uow.ledger.of(broken)])
    assert rung
    assert "alarm" in told
    assert "DueWorkFailed" in record


def _break(uow, incident):
    found = uow.incidents.get(incident)
    found.site_version = "gone"
    uow.incidents.put(incident, found)
