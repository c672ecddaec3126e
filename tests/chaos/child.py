"""A process that may be killed at any moment: store, engine and an HTTP channel under load.

It takes up the load where the journal says that the last process left it, and ends with status 0
when all is done.
"""

import asyncio
import faulthandler
import os
import sys
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from responder.commands import Command, Reply
from responder.commands.subjects import handle
from responder.domain.message import Message, State
from responder.engine.clock import EngineClock, SystemClock, VirtualClock
from responder.engine.cycle import Engine
from responder.errors import StoreError
from responder.ports.channel import Channel
from responder.ports.renderer import Text
from responder.store.opening import open_store
from responder.store.store import Store
from tests.chaos import load
from tests.chaos.journal import Journal
from tests.chaos.points import Visits
from tests.fakes.http_channel import HttpChannel

MOST_TURNS = 200
MOMENT = 0.01
STRIDE = timedelta(seconds=5)
"""The longest step of the virtual clock: the engine is to be woken for each beat of its pulse."""
PATIENCE = timedelta(minutes=3)
"""How long after its end the load may take to come to rest."""
BUSY = (State.READY, State.SENDING)
STUCK = 3
"""The status of a process that could not finish."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a process is to do. `kill` names a point and a visit; `at` is when it starts.

    `live`: by the machine's clock, set to `at`, for that many seconds at most, as `serve` runs;
    else by a virtual clock, which spares waiting.
    """

    database: str
    provider: str
    journal: str
    at: str
    kill: tuple[str, int] = ("", 0)
    live: float = 0.0


@dataclass(frozen=True, slots=True)
class Plain:
    """Words enough for a test."""

    clock: EngineClock

    def prepare(self) -> None:
        """There is nothing to make ready."""

    def message(self, message: Message, channel: str = "") -> Text:
        """What for, about what, and when it was sent."""
        at = self.clock.now().isoformat()
        return Text(f"{message.purpose.value} {message.incident} {at}")


@dataclass(frozen=True, slots=True)
class One:
    """One channel for everything."""

    channel: Channel

    def carrier(self, message: Message, without: Collection[str] = ()) -> Channel | None:
        """That channel."""
        return None if without else self.channel

    def carriers(self, via: str) -> list[Channel]:
        """That channel."""
        return [self.channel] if via in self.channel.vias else []


@dataclass(frozen=True, slots=True)
class House:
    """A store and the engine on it."""

    store: Store
    clock: EngineClock
    engine: Engine

    @classmethod
    def around(
        cls, store: Store, clock: EngineClock, channel: Channel, reached: Callable[[str], None]
    ) -> "House":
        """Compose an engine that keeps sending in the background, as `serve` does."""

        def execute(command: Command) -> Any:
            return store.submit(lambda uow: handle(command, uow, clock.now()))

        engine = Engine(
            execute, store.read, clock, Plain(clock), One(channel), changes=store, reached=reached
        )
        return cls(store, clock, engine)

    async def do(self, command: Command) -> Reply:
        """A person's command, answered once it is durable."""
        work = self.store.submit(lambda uow: handle(command, uow, self.clock.now()))
        reply: Reply = await asyncio.wrap_future(work)
        return reply

    def dues(self) -> list[datetime]:
        """When timers and messages are due next."""
        instants = self.store.read(lambda uow: (uow.timers.next_due(), uow.outbox.next_ready()))
        return [at for at in instants if at is not None]

    def is_quiet(self) -> bool:
        """Whether nothing is on its way any more."""
        counts = self.store.read(lambda uow: uow.outbox.counts())
        return not any(counts.get(state) for state in BUSY)


class Crowd:
    """The people: each does what the load says, again and again until it is confirmed."""

    def __init__(self, house: House, journal: Journal) -> None:
        self._house = house
        self._journal = journal
        self._confirmed = journal.confirmed()

    @property
    def is_done(self) -> bool:
        """Whether everything is confirmed."""
        return all(act.name in self._confirmed for act in load.acts())

    def due_at(self, act: load.Act) -> datetime | None:
        """When somebody does it; None while what it follows is not known to be done."""
        if act.follows and act.follows not in self._confirmed:
            return None
        follows = self._confirmed[act.follows][1] if act.follows else load.EVENING
        return follows + act.after

    def waiting(self) -> list[tuple[datetime, load.Act]]:
        """What is not confirmed and may be done, with its instants."""
        open_ones = [act for act in load.acts() if act.name not in self._confirmed]
        instants = [(self.due_at(act), act) for act in open_ones]
        return [(at, act) for at, act in instants if at is not None]

    def has_work(self) -> bool:
        """Whether somebody has something to do now."""
        return any(at <= self._house.clock.now() for at, _ in self.waiting())

    async def act(self) -> None:
        """Everybody whose time has come acts at once."""
        now = self._house.clock.now()
        await asyncio.gather(*(self._do(act) for at, act in self.waiting() if at <= now))

    async def _do(self, act: load.Act) -> None:
        id = self._confirmed[act.follows][0] if act.follows else ""
        with suppress(StoreError):  # whoever acts is told that it is not done, and tries again
            reply = await self._house.do(act.command(id))
            at = self._house.clock.now()
            self._journal.write(confirmed=act.name, id=reply.id, at=at.isoformat())
            self._confirmed[act.name] = (reply.id, at)


async def virtually(house: House, clock: VirtualClock, crowd: Crowd, journal: Journal) -> bool:
    """Work through the load by a clock that moves when nothing is left to do at its instant."""
    ends_at = load.EVENING + load.ENDS
    await house.engine.begin()
    while clock.now() <= ends_at + PATIENCE:
        due = await _at_this_instant(house, crowd)
        if clock.now() >= ends_at and crowd.is_done and house.is_quiet():
            return True
        clock.move_to(min((*due, clock.now() + STRIDE)))
        journal.write(at=clock.now().isoformat())
        await house.engine.beat()
    return False


async def _at_this_instant(house: House, crowd: Crowd) -> list[datetime]:
    """People and the engine at once, until nothing more is due; returns what is due later."""
    now = house.clock.now()
    for _ in range(MOST_TURNS):
        await asyncio.gather(crowd.act(), house.engine.cycle(now))
        await house.engine.drain()
        due = [*house.dues(), *(at for at, _ in crowd.waiting())]
        if all(at > now for at in due):
            return due
    raise RuntimeError(f"what is due at {now} does not come to an end")


async def lively(house: House, crowd: Crowd, seconds: float) -> bool:
    """Serve as in earnest until nobody has anything to do for now; the database may fail."""
    stop = asyncio.Event()
    running = asyncio.create_task(house.engine.run(stop))
    quiet = False
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not quiet:
                await crowd.act()
                await asyncio.sleep(MOMENT)
                with suppress(StoreError):
                    quiet = not crowd.has_work() and await asyncio.to_thread(house.is_quiet)
    stop.set()
    await running
    return quiet


async def work(orders: Orders, reached: Callable[[str], None]) -> bool:
    """Open the house and work through the load; returns whether all of it is done."""
    journal, at = Journal(Path(orders.journal)), datetime.fromisoformat(orders.at)
    with closing(open_store(orders.database, reached=reached)) as store:
        store.engine_lock().acquire()
        async with HttpChannel(orders.provider) as channel:
            clock = SystemClock(at) if orders.live else VirtualClock(at)
            house = House.around(store, clock, channel, reached)
            crowd = Crowd(house, journal)
            journal.write(at=at.isoformat())
            if isinstance(clock, VirtualClock):
                return await virtually(house, clock, crowd, journal)
            return await lively(house, crowd, orders.live)


def main(orders: Orders) -> None:
    """Obey the orders; whatever goes wrong is told where the journal says."""
    journal, visits = Journal(Path(orders.journal)), Visits(*orders.kill)
    with journal.errors.open("a", encoding="utf-8") as errors:
        os.dup2(errors.fileno(), sys.stderr.fileno())
    faulthandler.enable()
    done = asyncio.run(work(orders, visits))
    journal.write(at=orders.at, visits=dict(visits.counts))
    sys.exit(0 if done else STUCK)
