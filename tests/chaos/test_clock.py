"""Time goes wrong: the wall clock is set, the engine stands still, ticks come twice (P10)."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from responder.commands import Command
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.paging.answering import Acknowledge
from responder.commands.subjects import handle
from responder.domain.message import Message, Purpose
from responder.domain.record import By, Entry
from responder.engine.clock import VirtualClock
from responder.engine.cycle import Engine
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text
from responder.store.opening import open_store
from responder.store.proofs import verify_ledger
from responder.store.store import Store
from tests.fakes.postgres import Postgres
from tests.stage.firm import small_firm

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
BEAT = timedelta(seconds=5)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
CLERK, HEAD = By("clerk", "handset"), By("head", "handset")
OUTAGE = Declare(by=CLERK, playbook="outage", title="Orders fail")
INCIDENT = "INC-2026-0001"
RUNGS = (Purpose.PAGE, Purpose.DECISION)


@dataclass
class Phones:
    """Every phone of the firm: rung and written to at once, and all of it remembered."""

    clock: VirtualClock
    got: list[tuple[datetime, Message]] = field(default_factory=list)
    name: str = "phones"
    vias: frozenset[str] = frozenset({"slack", "sms", "voice"})
    real: bool = False

    def carrier(self, message: Message, without: Collection[str] = ()) -> "Phones | None":
        """They carry everything."""
        return None if without else self

    def carriers(self, via: str) -> list["Phones"]:
        """They carry everything."""
        return [self] if via in self.vias else []

    async def send(self, message: Message, text: Text) -> Receipt:
        """Taken, after a turn in which others get theirs."""
        self.got.append((self.clock.now(), message))
        await asyncio.sleep(0)
        return Receipt(Fate.ACCEPTED, message.id)

    async def close(self) -> None:
        """Nothing is kept open."""

    async def look_up(self, message: Message) -> Receipt | None:
        """Nothing is ever in doubt here."""
        raise AssertionError(f"nobody doubts {message}")

    def rings(self) -> list[tuple[int, str, str]]:
        """Seconds, person and way of each page and each request for a decision."""
        return sorted(
            (int((at - EVENING) / SECOND), m.person, m.via)
            for at, m in self.got
            if m.purpose in RUNGS
        )

    def alarms(self) -> list[str]:
        """What the administrators were told."""
        return [m.facts["what"] for _, m in self.got if m.purpose is Purpose.ALARM]


class Plain:
    """Words enough for a test."""

    def prepare(self) -> None:
        """There is nothing to make ready."""

    def message(self, message: Message, channel: str = "") -> Text:
        """What it is about."""
        return Text(message.purpose.value)


class Firm:
    """Engines on one database and one clock, each with a store of its own."""

    def __init__(self, *stores: Store) -> None:
        self.clock = VirtualClock(EVENING)
        self.phones = Phones(self.clock)
        self.stores = stores
        self.engines = [self.engine(store) for store in stores]
        self.do(AcceptSite(site=small_firm()))

    def engine(self, store: Store) -> Engine:
        """An engine as the demo runs it: a cycle ends when all it started is recorded."""

        def execute(command: Command) -> Future[Any]:
            return store.submit(lambda uow: handle(command, uow, self.clock.now()))

        return Engine(execute, store.read, self.clock, Plain(), self.phones, settle=True)

    def do(self, command: Command) -> None:
        """Somebody's command."""
        self.stores[0].run(lambda uow: handle(command, uow, self.clock.now()))

    async def begin(self) -> None:
        """All engines start."""
        await asyncio.gather(*(engine.begin() for engine in self.engines))

    async def work(self, span: timedelta, ticks: int = 1) -> None:
        """All engines run for a while, each ticked so many times at each instant, all at once."""
        until = self.clock.now() + span
        while True:
            dues = await asyncio.gather(*(e.cycle(self.clock.now()) for e in self.engines * ticks))
            if self.clock.now() >= until:
                break
            instants = (due for due in dues if due is not None and due > self.clock.now())
            self.clock.move_to(min((*instants, self.clock.now() + BEAT, until)))
            await asyncio.gather(*(engine.beat() for engine in self.engines))

    def record(self, *kinds: str) -> list[Entry]:
        """The whole ledger, or the entries of some kinds; its times never decrease."""
        assert verify_ledger(self.stores[0]).ok
        entries = self.stores[0].read(lambda uow: uow.ledger.all(0, 100_000))
        assert all(before.at <= after.at for before, after in pairwise(entries))
        return [entry for entry in entries if not kinds or entry.kind in kinds]

    def seconds(self, *kinds: str) -> list[int]:
        """When entries of some kinds count, in seconds from the beginning."""
        return [int((entry.at - EVENING) / SECOND) for entry in self.record(*kinds)]


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    """One engine on a SQLite file."""
    with closing(open_store(f"sqlite:///{tmp_path / 'responder.db'}")) as store:
        yield Firm(store)


@pytest.fixture
def replicas(server: Postgres) -> Iterator[Firm]:
    """Two engines on one PostgreSQL database."""
    name = server.create()
    with ExitStack() as stack:
        stores = [stack.enter_context(closing(open_store(server.url(name)))) for _ in range(2)]
        yield Firm(*stores)
    server.drop(name)


async def outage(firm: Firm, ticks: int = 1) -> None:
    """A story of seven minutes: declared, nobody answers, handed down, the head takes it."""
    await firm.begin()
    firm.do(OUTAGE)
    await firm.work(6 * MINUTE, ticks)
    firm.do(Acknowledge(by=HEAD, incident=INCIDENT))
    await firm.work(MINUTE, ticks)


@dataclass(frozen=True, slots=True)
class AsEver:
    """What the phones heard of that story with nothing going wrong, and what was recorded."""

    rings: list[tuple[int, str, str]]
    rang: list[int]


@pytest.fixture(scope="module")
def as_ever(tmp_path_factory: pytest.TempPathFactory) -> AsEver:
    """The story undisturbed."""
    path = tmp_path_factory.mktemp("undisturbed") / "responder.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        firm = Firm(store)
        asyncio.run(outage(firm))
        return AsEver(firm.phones.rings(), firm.seconds("Rang"))


# The wall clock is set


@pytest.mark.parametrize("step", [HOUR, -HOUR])
def test_a_stepped_wall_clock_moves_no_timer(firm: Firm, as_ever: AsEver, step: timedelta) -> None:
    """Every ring comes when it would have come; the step is recorded and alarmed, once."""

    async def story() -> None:
        await firm.begin()
        firm.do(OUTAGE)
        await firm.work(90 * SECOND)
        firm.clock.step_wall(step)
        await firm.work(270 * SECOND)
        firm.do(Acknowledge(by=HEAD, incident=INCIDENT))
        await firm.work(MINUTE)

    asyncio.run(story())
    assert firm.phones.rings() == as_ever.rings
    (stepped,) = firm.record("ClockStepped")
    assert stepped.payload == {"seconds": int(step.total_seconds())}
    assert EVENING + 90 * SECOND <= stepped.at <= EVENING + 90 * SECOND + BEAT
    (alarm,) = firm.phones.alarms()
    assert f"{step.total_seconds():+.0f}" in alarm


def test_a_clock_set_right_again_is_recorded_again(firm: Firm) -> None:
    """There and back are two steps; small corrections are none."""

    async def story() -> None:
        await firm.begin()
        for step in (HOUR, timedelta(0), -HOUR, 2 * SECOND, -SECOND):
            firm.clock.step_wall(step)
            await firm.work(2 * BEAT)

    asyncio.run(story())
    steps = [(entry.payload or {})["seconds"] for entry in firm.record("ClockStepped")]
    assert steps == [3600, -3600]


# The engine stands still


def test_twenty_minutes_of_downtime(firm: Firm) -> None:
    """One ring a way, one step, and authority waits as long as it would have (Downtime, 4)."""

    async def story() -> None:
        await firm.begin()
        firm.do(OUTAGE)
        await firm.work(90 * SECOND)
        firm.clock.pass_by(20 * MINUTE)
        firm.phones.got.clear()
        firm.engines[:] = [firm.engine(firm.stores[0])]
        await firm.begin()
        await firm.work(210 * SECOND)

    asyncio.run(story())
    back = 90 + 20 * 60
    (stopped,) = firm.record("EngineStopped")
    assert stopped.payload == {
        "since": (EVENING + 90 * SECOND).isoformat(),
        "until": (EVENING + back * SECOND).isoformat(),
    }
    at_once = Counter(ring[1:] for ring in firm.phones.rings() if ring[0] == back)
    step_two = {("head", via): 1 for via in ("slack", "sms", "voice")}
    assert at_once == {**step_two, **{(who, "voice"): 1 for who in ("duty", "admin", "boss")}}
    assert firm.seconds("StepStarted") == [0, back, back + 180]
    assert firm.seconds("HandedDown") == [back + 300 - 90]
    assert any("1200" in alarm for alarm in firm.phones.alarms())


def test_a_short_stop_is_made_up(firm: Firm, as_ever: AsEver) -> None:
    """Work up to ten seconds late counts as at its due time, and is no downtime."""

    async def story() -> None:
        await firm.begin()
        firm.do(OUTAGE)
        await firm.work(55 * SECOND)
        firm.clock.pass_by(9 * SECOND)
        firm.engines[:] = [firm.engine(firm.stores[0])]
        await firm.begin()
        await firm.work(296 * SECOND)
        firm.do(Acknowledge(by=HEAD, incident=INCIDENT))
        await firm.work(MINUTE)

    asyncio.run(story())
    late = [(64 if at == 60 else at, who, via) for at, who, via in as_ever.rings]
    assert firm.phones.rings() == sorted(late)
    assert firm.seconds("Rang") == as_ever.rang
    assert not firm.record("EngineStopped", "Late")


# Ticks come twice


def test_doubled_ticks_change_nothing(firm: Firm, as_ever: AsEver) -> None:
    """Three cycles at each instant, all at once, do each thing once."""
    asyncio.run(outage(firm, ticks=3))
    assert firm.phones.rings() == as_ever.rings


@pytest.mark.postgres
def test_two_engines_do_each_thing_once(replicas: Firm, as_ever: AsEver) -> None:
    """Two replicas, each ticked twice at each instant, are as one."""
    asyncio.run(outage(replicas, ticks=2))
    assert replicas.phones.rings() == as_ever.rings
    assert max(Counter(message.id for _, message in replicas.phones.got).values()) == 1
    assert len(replicas.record("Acknowledged", "Completed")) == 2
    assert not replicas.record("EngineStopped", "Late")


@pytest.mark.postgres
def test_one_replica_standing_still_is_no_downtime(replicas: Firm, as_ever: AsEver) -> None:
    """While another engine runs, nothing is late and nothing is reported."""

    async def story() -> None:
        await replicas.begin()
        stopped = replicas.engines.pop()
        replicas.do(OUTAGE)
        await replicas.work(6 * MINUTE)
        replicas.engines.append(stopped)
        await stopped.beat()
        replicas.do(Acknowledge(by=HEAD, incident=INCIDENT))
        await replicas.work(MINUTE)

    asyncio.run(story())
    assert replicas.phones.rings() == as_ever.rings
    assert not replicas.record("EngineStopped", "Late")
