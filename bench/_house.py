"""The product as it serves: a firm, a database on disk, the engine's loop, a channel over HTTP."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bench._provider import Arrival, Provider, arrivals
from responder.channels.registry import Registry
from responder.commands import Command
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.paging.outcomes import RecordOutcomes
from responder.commands.subjects import handle
from responder.documents.messages import Messages
from responder.domain.message import Message
from responder.domain.people import VIAS, Person, Way
from responder.domain.playbook import Entry, Playbook, Step
from responder.domain.record import By
from responder.domain.site import Firm, Site
from responder.domain.words import Words
from responder.engine.clock import EngineClock, SystemClock
from responder.engine.cycle import Engine
from responder.ports.channel import Channel, Fate, Receipt
from responder.ports.renderer import Text
from responder.store.opening import open_store
from responder.store.store import Store

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates" / "messages"
HOUR = timedelta(hours=1)
DECLARER = By("clerk", "handset")
EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
UP_AFTER = 1.0
"""Seconds after which a service that was started has made ready what it can."""


@contextmanager
def folder() -> Iterator[Path]:
    """A fresh folder on the disk that the benchmarks are run on."""
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as path:
        yield Path(path)


# The firm


def person(id: str) -> Person:
    """Somebody with one line of one way."""
    return Person(id, Words(f"员工{id}", id.title()), "technology", reach=(Way("sms", f"+86{id}"),))


def firm(*steps: tuple[str, ...], wait: timedelta = HOUR) -> Site:
    """A firm whose one playbook has these steps; each pages its people once, by SMS."""
    people = [person(id) for id in ("clerk", *(id for step in steps for id in step))]
    escalation = tuple(Step(tuple(f"person:{id}" for id in step), wait) for step in steps)
    title = Words("交易中断", "Trading outage")
    outage = Playbook(
        "outage", title, "outage", level=2, profile={0: "once"}, escalation=escalation
    )
    return Site(
        firm=Firm(Words("示例证券", "Example Securities")),
        people={one.id: one for one in people},
        profiles={"once": (Entry(("sms",)),)},
        playbooks={"outage": outage},
    )


def declaration(playbook: str = "outage", by: By = DECLARER) -> Declare:
    """A new incident, whatever else is open."""
    return Declare(by=by, playbook=playbook, title="集中交易系统无法登录", separate="bench")


# The channel


class Http:
    """Carries every way to the provider, over one pooled session."""

    name = "bench"
    vias = frozenset(VIAS)
    real = False

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def send(self, message: Message, text: Text) -> Receipt:
        body = {"id": message.id, "to": message.to, "text": text.body}
        async with self._session.post(self._url, json=body) as response:
            sent = await response.json()
        return Receipt(Fate.ACCEPTED, sent["sid"])

    async def close(self) -> None:
        """Nothing is kept open."""

    async def look_up(self, message: Message) -> Receipt | None:  # noqa: ARG002 - nothing is kept
        return Receipt(Fate.UNKNOWN)


# The house


class SteadyClock:
    """An instant of our choice, and the machine's steady time from then on."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._started = time.monotonic_ns()

    def now(self) -> datetime:
        return self._at + timedelta(microseconds=(time.monotonic_ns() - self._started) // 1000)

    def drift(self) -> timedelta:
        return timedelta(0)


@dataclass
class House:
    """A serving product. `watch` is told, in any thread, of each command once it is durable."""

    store: Store
    clock: EngineClock
    watch: Callable[[Command, Any], None] = lambda _command, _result: None
    settled: int = 0
    _awaited: "tuple[int, Future[None]]" = field(default_factory=lambda: (0, Future()))

    def execute(self, command: Command) -> "Future[Any]":
        """As the doors and the engine carry out commands."""
        answer = self.store.submit(lambda uow: handle(command, uow, self.clock.now()))
        answer.add_done_callback(lambda done: self._note(command, done.result()))
        return answer

    async def do(self, command: Command) -> Any:
        return await asyncio.wrap_future(self.execute(command))

    async def settle(self, messages: int) -> None:
        """Wait until the outcomes of so many messages are durable, from the beginning."""
        self._awaited = messages, Future()
        self._tell()
        await asyncio.wrap_future(self._awaited[1])

    def _note(self, command: Command, result: Any) -> None:
        if isinstance(command, RecordOutcomes):
            self.settled += result
            self._tell()
        self.watch(command, result)

    def _tell(self) -> None:
        messages, told = self._awaited
        if self.settled >= messages:
            with suppress(InvalidStateError):  # told already, in the other thread
                told.set_result(None)


@contextmanager
def opened(database: Path, clock: EngineClock) -> Iterator[House]:
    """A house on a database, its engine not yet running."""
    store = open_store(f"sqlite:///{database}")
    try:
        yield House(store, clock)
    finally:
        store.close()


@contextmanager
def house(where: Path, site: Site, clock: EngineClock | None = None) -> Iterator[House]:
    """A house on a new database in a folder, with a site in force."""
    with opened(where / "responder.db", clock or SystemClock()) as built:
        built.execute(AcceptSite(site=site)).result()
        yield built


@asynccontextmanager
async def serving(
    built: House, channel: Channel, templates: Path = TEMPLATES
) -> AsyncIterator[None]:
    """The house's engine at work, as `serve` runs it."""
    engine = Engine(
        built.execute,
        built.store.read,
        built.clock,
        Messages(templates),
        Registry([channel]),
        changes=built.store,
    )
    stop = asyncio.Event()
    running = asyncio.create_task(engine.run(stop))
    await asyncio.sleep(UP_AFTER)
    try:
        yield
    finally:
        stop.set()
        await running


async def taken(session: aiohttp.ClientSession, provider: Provider) -> list[Arrival]:
    """What the provider got since it was last asked."""
    async with session.get(provider.url) as response:
        return arrivals(await response.json())
