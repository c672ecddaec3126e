"""A world for the engine: memory without a database, channels that do as told, a clock by hand."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from responder.commands.command import Command
from responder.commands.engine_work import (
    Heartbeat,
    NoticeClockStep,
    NoticeDowntime,
    PutOff,
    RunDue,
)
from responder.commands.firm import HEARTBEAT
from responder.commands.paging.outcomes import ClaimMessages, RecordOutcomes
from responder.domain.load import AMPLE, Room
from responder.domain.message import FINAL, RANK, Message, Outcome, Purpose, State
from responder.engine.clock import EngineClock, VirtualClock
from responder.engine.cycle import Engine
from responder.ports.channel import Channel, Fate, Receipt
from responder.ports.renderer import Text

START = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)


class Outbox:
    """The outbox, as the port words it."""

    def __init__(self) -> None:
        self.rows: dict[str, Message] = {}

    def add(self, *messages: Message) -> None:
        self.rows |= {message.id: message for message in messages}

    def claim(
        self, now: datetime, until: datetime, limit: int, rooms: Mapping[str, Room] = AMPLE
    ) -> list[Message]:
        ready = [m for m in self.rows.values() if m.state is State.READY and m.ready_at <= now]
        taken: list[Message] = []
        for message in sorted(ready, key=lambda m: (m.urgency, m.ready_at)):
            room = rooms.get(message.via, Room(limit))
            had = sum(one.via == message.via for one in taken)
            fits = room.before is None or message.urgency < room.before
            if fits and had < room.most and len(taken) < limit:
                taken.append(message)
        for message in taken:
            message.state, message.leased_until = State.SENDING, until
            message.attempt += 1
            message.fence += 1
        return [replace(message) for message in taken]

    def expired(self, now: datetime, limit: int) -> list[Message]:
        sending = (m for m in self.rows.values() if m.state is State.SENDING)
        return [replace(m) for m in sending if m.leased_until and m.leased_until <= now][:limit]

    def settle(self, outcome: Outcome) -> bool:
        message = self.rows[outcome.id]
        if outcome.fence != message.fence or message.state in FINAL:
            return False
        if outcome.retry_at is not None and RANK[message.state] < RANK[State.ACCEPTED]:
            message.state, message.ready_at = State.READY, outcome.retry_at
        elif outcome.retry_at is None and RANK[outcome.state] > RANK[message.state]:
            message.state = outcome.state
        else:
            return False
        message.leased_until, message.calling_until = None, outcome.calling_until
        for said in ("provider", "provider_id", "text", "reason"):
            setattr(message, said, getattr(outcome, said) or getattr(message, said))
        return True

    def get(self, id: str) -> Message | None:
        return self.rows.get(id)

    def next_ready(self) -> datetime | None:
        ready = [m.ready_at for m in self.rows.values() if m.state is State.READY]
        leases = [m.leased_until for m in self.rows.values() if m.state is State.SENDING]
        return min((at for at in (*ready, *leases) if at is not None), default=None)


@dataclass
class Timers:
    """Due work, and what is done when it is due."""

    rows: dict[str, tuple[datetime, Callable[[], None]]] = field(default_factory=dict)

    def set(self, name: str, due_at: datetime, do: Callable[[], None] = lambda: None) -> None:
        self.rows[name] = (due_at, do)

    def next_due(self) -> datetime | None:
        return min((due_at for due_at, _ in self.rows.values()), default=None)

    def run(self, now: datetime, limit: int) -> int:
        due, before = self._due(now)[:limit], dict(self.rows)
        try:
            for name in due:
                self.rows.pop(name)[1]()
        except Exception:
            self.rows = before
            raise
        return len(due)

    def put_off(self, now: datetime) -> str:
        name = self._due(now)[0]
        self.rows[name] = (now + timedelta(minutes=1), self.rows[name][1])
        return name

    def _due(self, now: datetime) -> list[str]:
        return [name for name, (due_at, _) in self.rows.items() if due_at <= now]


class Store:
    """Executes the engine's commands; `done` is what was committed, in order."""

    def __init__(self, clock: EngineClock) -> None:
        self.clock = clock
        self.outbox = Outbox()
        self.timers = Timers()
        self.values: dict[str, Any] = {}
        self.done: list[Command] = []
        self.settled: list[Outcome] = []
        self.fails: Callable[[Command], None] = lambda _: None
        self.locked = False

    @property
    def notes(self) -> Any:
        return self.values

    @property
    def incidents(self) -> Any:
        """None is open; a drill has no list of its own."""
        return SimpleNamespace(open=dict, get=lambda _id: SimpleNamespace(recipients=()))

    def execute(self, command: Command) -> "Future[Any]":
        answer: Future[Any] = Future()
        try:
            self.fails(command)
            result = self._carry_out(command)
        except Exception as error:  # noqa: BLE001 - it is the caller's
            answer.set_exception(error)
        else:
            self.done.append(command)
            answer.set_result(result)
        return answer

    def query(self, work: Callable[[Any], Any]) -> Any:
        return work(self)

    def _carry_out(self, command: Command) -> Any:
        now = self.clock.now()
        match command:
            case RunDue():
                return 0 if self.locked else self.timers.run(now, command.limit)
            case PutOff():
                return self.timers.put_off(now)
            case ClaimMessages():
                if self.values.get("halted"):
                    return []
                return self.outbox.claim(now, command.until, command.limit, command.rooms)
            case RecordOutcomes():
                changed = [one for one in command.outcomes if self.outbox.settle(one)]
                self.settled += changed
                return len(changed)
            case Heartbeat():
                self.values[HEARTBEAT] = now.isoformat()
            case NoticeDowntime() | NoticeClockStep():
                pass
        return None

    def kinds(self, *kinds: type[Command]) -> list[Command]:
        return [command for command in self.done if isinstance(command, kinds)]


class Words:
    """A renderer that says the message's id, and marks a drill unless told not to."""

    def __init__(self) -> None:
        self.for_channels: list[str] = []
        self.marks = True

    def prepare(self) -> None:
        """There is nothing to make ready."""

    def message(self, message: Message, channel: str = "") -> Text:
        self.for_channels.append(channel)
        mark = "DRILL · " * (message.drill and self.marks)
        return Text(f"{mark}text of {message.id}")


Behaviour = Callable[[Message], Receipt | float | Exception]


class Wire:
    """A channel that answers as told: a receipt, an error, or seconds before it answers."""

    real = True

    def __init__(self, name: str, *vias: str, behave: Behaviour | None = None) -> None:
        self.name = name
        self.vias = frozenset(vias)
        self.sent: list[str] = []
        self.looked_up: list[str] = []
        self.found: dict[str, Receipt] = {}
        self.behave: Behaviour = behave or (lambda _: Receipt(Fate.ACCEPTED, "ok"))
        self.in_flight = 0
        self.most_in_flight = 0

    async def send(self, message: Message, text: Text) -> Receipt:
        self.sent.append(message.id)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            answer = self.behave(message)
            if isinstance(answer, float | int):
                await asyncio.sleep(answer)
                return Receipt(Fate.ACCEPTED)
            if isinstance(answer, Exception):
                raise answer
            await asyncio.sleep(0)
            return answer
        finally:
            self.in_flight -= 1

    async def close(self) -> None:
        """Nothing is kept open."""

    async def look_up(self, message: Message) -> Receipt | None:
        self.looked_up.append(message.id)
        return self.found.get(message.id)


class Carriers:
    """Which wire carries what."""

    def __init__(self, *wires: Channel) -> None:
        self.wires = wires

    def carrier(self, message: Message, without: Collection[str] = ()) -> Channel | None:
        able = (wire for wire in self.wires if wire.name not in without)
        return next((wire for wire in able if message.via in wire.vias), None)

    def carriers(self, via: str) -> list[Channel]:
        return [wire for wire in self.wires if via in wire.vias]


class World:
    """Everything around an engine."""

    def __init__(self, *wires: Wire, settle: bool = True, **more: Any) -> None:
        self.clock = VirtualClock(START)
        self.store = Store(self.clock)
        self.points: list[str] = []
        self.words = Words()
        self.engine = self.another_engine(*wires, settle=settle, **more)

    def another_engine(self, *wires: Wire, settle: bool = True, **more: Any) -> Engine:
        return Engine(
            self.store.execute,
            self.store.query,
            self.clock,
            self.words,
            Carriers(*wires),
            settle=settle,
            **{"reached": self.points.append} | more,
        )

    def add(self, *ids: str, **more: Any) -> None:
        self.store.outbox.add(*(message(id, **more) for id in ids))

    def states(self) -> dict[str, State]:
        return {id: message.state for id, message in self.store.outbox.rows.items()}

    def row(self, id: str) -> Message:
        return self.store.outbox.rows[id]

    async def at(self, seconds: float) -> datetime | None:
        """Let the clock be so many seconds after the start, and cycle."""
        self.clock.move_to(START + timedelta(seconds=seconds))
        return await self.engine.cycle(self.clock.now())


def message(id: str, via: str = "sms", **more: Any) -> Message:
    facts = {
        "incident": "INC-2026-0001",
        "person": "wang.fang",
        "to": "+8613800138021",
        "purpose": Purpose.PAGE,
        "ready_at": START,
    }
    return Message(id=id, via=via, **{**facts, **more})


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


async def until(condition: Callable[[], object]) -> None:
    """Let the loop run until something is so."""
    while not condition():  # noqa: ASYNC110 - watched from outside, nothing tells
        await asyncio.sleep(0.001)
