"""The one driver: runs what is due, sends what is ready, says when it wants to be woken next.

`serve`, the demo, rehearsals and tests call the same `cycle`, with the machine's clock or a
virtual one.
"""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from types import MappingProxyType

from responder.commands.firm import HALTED
from responder.domain.message import Message
from responder.engine.clock import EngineClock
from responder.engine.dispatcher import Dispatcher
from responder.engine.garbage import spared
from responder.engine.memory import Execute, Memory, Query, Reached
from responder.engine.pacer import pacer_of
from responder.engine.pulse import Pulse
from responder.engine.recorder import LINGER
from responder.engine.ticker import Ticker
from responder.engine.timers import Timers
from responder.ports.channel import Channels
from responder.ports.renderer import Renderer
from responder.ports.unit_of_work import Changes, UnitOfWork

MOST_ROUNDS = 1000
"""Rounds of one cycle; a rule that arms its own timer for now again and again stops here."""
MOMENT = timedelta(milliseconds=20)
"""Before what somebody else has in hand is looked at again."""
WHILE = timedelta(milliseconds=250)
"""Before what waits for a full channel is, which tells when it has room."""
LOOK_EVERY = 0.05
"""Seconds between two looks at the rows because of commits. Most commits are results of sends, and
to look costs about as much as to record a batch of them."""
AFTER_FAILURE = timedelta(seconds=0.5)
LONGEST_GOODBYE = 15.0
"""Seconds for what is in flight to land when the engine stops."""
MOST_EXPIRED = 100
NO_LIMITS: Mapping[str, int] = MappingProxyType({})
NO_RATES: Mapping[str, float] = MappingProxyType({})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Glance:
    """What the rows say is to come, and the messages whose lease ran out."""

    timer_due: datetime | None = None
    message_ready: datetime | None = None
    expired: tuple[Message, ...] = ()
    halted: bool = False

    @property
    def next_due(self) -> datetime | None:
        """The earliest instant at which something is due."""
        return min((at for at in (self.timer_due, self.message_ready) if at), default=None)


class Engine:
    """Drives timers and messages. Any number of engines on one database do each thing once.

    With `settle`, a cycle returns when all it started is sent and recorded, and what follows
    from that at the same instant too: for a virtual clock, on which nobody waits for a pace.
    Without, sends go on in the background and never hold up a timer. `rates` are the messages a
    second that the site sets for channels.
    """

    def __init__(
        self,
        execute: Execute,
        query: Query,
        clock: EngineClock,
        renderer: Renderer,
        channels: Channels,
        *,
        changes: Changes | None = None,
        settle: bool = False,
        at_once: Mapping[str, int] = NO_LIMITS,
        rates: Mapping[str, float] = NO_RATES,
        reached: Reached = lambda _: None,
    ) -> None:
        self._memory = Memory(execute, query)
        self._clock = clock
        self._renderer = renderer
        self._changes = changes
        self._settle = settle
        self._woken = asyncio.Event()
        self._timers = Timers(self._memory, reached)
        self._pulse = Pulse(self._memory, clock)
        self._dispatcher = Dispatcher(
            self._memory,
            clock,
            renderer,
            channels,
            reached,
            self._woken.set,
            at_once,
            lambda channel: None if settle else pacer_of(channel, rates),
            0 if settle else LINGER,
        )
        self._before = self._seen = Glance()
        self._begun = False
        self._looked_at = -inf
        self._stirring: asyncio.TimerHandle | None = None
        self.last_cycle_at: datetime | None = None

    async def cycle(self, now: datetime) -> datetime | None:
        """Do everything due at `now`; returns the next instant at which something is due."""
        taken_up: set[str] = set()
        glance = Glance()
        for _ in range(MOST_ROUNDS):
            busy = await self._round()
            glance = await self._memory.ask(lambda uow: _glance(uow, now))
            if glance.halted:
                self._dispatcher.hold("halted")
            expired = [message for message in glance.expired if message.id not in taken_up]
            if expired:
                taken_up.update(message.id for message in expired)
                await self._dispatcher.take_up(expired)
            elif not busy:
                break
        else:
            log.error("what is due at %s does not come to an end", now)
        self.last_cycle_at = now
        self._before, self._seen = self._seen, glance
        return glance.next_due

    async def drain(self) -> None:
        """Wait until everything started is sent and recorded."""
        await self._dispatcher.drain()

    async def begin(self) -> None:
        """Before the first cycle: notice and record how long nothing ran."""
        await self._pulse.begin()

    async def beat(self) -> None:
        """Record that the engine runs, and notice when it did not or when the clock jumped."""
        await self._pulse.beat()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`: woken by what is due, by commits, and each second in any case."""
        loop = asyncio.get_running_loop()
        ticker = Ticker(self._woken.set)
        ticker.start()
        stopping = asyncio.create_task(self._wake_on(stop))
        preparing = asyncio.create_task(asyncio.to_thread(self._renderer.prepare))
        with spared(), self._subscribed(loop):
            try:
                while not stop.is_set():
                    self._woken.clear()
                    due = await self._turn()
                    self._looked_at = loop.time()
                    await self._sleep(due)
            finally:
                stopping.cancel()
                preparing.cancel()
                ticker.stop()
        with suppress(TimeoutError):  # what is not recorded by then is in doubt, as after a kill
            async with asyncio.timeout(LONGEST_GOODBYE):
                await self._dispatcher.close()

    async def _round(self) -> bool:
        """One batch of timers and one of messages, in one commit where the store groups them.

        Returns whether there may be more. What fails in one does not keep the other back.
        """
        handled, claimed = await asyncio.gather(
            self._timers.run_due(), self._dispatcher.claim(), return_exceptions=True
        )
        for failed in (handled, claimed):
            if isinstance(failed, BaseException):
                raise failed
        if self._settle:
            await self._dispatcher.drain()
            return bool(handled or claimed or self._dispatcher.has_more)
        return self._timers.has_more or (bool(claimed) and self._dispatcher.has_more)

    async def _turn(self) -> datetime:
        """Beat and cycle; returns when to be woken at the latest.

        An error is logged and tried again in a while: the engine never gives up.
        """
        await self._dispatcher.start_ahead()
        try:
            await (self._pulse.beat() if self._begun else self._pulse.begin())
            self._begun = True
        except Exception:
            log.exception("the pulse failed")
        try:
            await self.cycle(self._clock.now())
        except Exception:
            log.exception("the cycle failed")
            return self._clock.now() + AFTER_FAILURE
        return self._next_turn(self._clock.now())

    def _next_turn(self, now: datetime) -> datetime:
        """When to look again.

        What is due still, and was before this cycle, waits for somebody else: another engine
        that has it in hand, or a channel that is full.
        """
        seen, before = self._seen, self._before
        timer, ready = seen.timer_due, seen.message_ready
        if timer is not None and timer <= now and timer == before.timer_due:
            timer = now + MOMENT
        if ready is not None and ready <= now and ready == before.message_ready:
            ready = now + (WHILE if self._dispatcher.has_full else MOMENT)
        beat = max(self._pulse.next_due, now + MOMENT)
        return min(at for at in (timer, ready, beat) if at)

    async def _sleep(self, until: datetime) -> None:
        """Until an instant, or until something happens."""
        seconds = max((until - self._clock.now()).total_seconds(), 0)
        handle = asyncio.get_running_loop().call_later(seconds, self._woken.set)
        self._dispatcher.rest()
        await self._woken.wait()
        handle.cancel()
        if self._stirring is not None:
            self._stirring.cancel()
            self._stirring = None

    def _stir(self, loop: asyncio.AbstractEventLoop) -> None:
        """Something was committed: look at once if that brought messages, else only so often."""
        waits_for = self._looked_at + LOOK_EVERY - loop.time()
        if self._dispatcher.is_called_for() or waits_for <= 0:
            self._woken.set()
        elif self._stirring is None:
            self._stirring = loop.call_later(waits_for, self._woken.set)

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()

    @contextmanager
    def _subscribed(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Woken by commits, which are told in whatever thread they happen."""

        def wake() -> None:
            loop.call_soon_threadsafe(self._stir, loop)

        with ExitStack() as leaving:
            if self._changes is not None:
                leaving.callback(self._changes.subscribe(wake))
                leaving.callback(self._changes.before_commit(self._dispatcher.claim_ahead))
            yield


def _glance(uow: UnitOfWork, now: datetime) -> Glance:
    halted = bool(uow.notes.get(HALTED))
    return Glance(
        uow.timers.next_due(),
        None if halted else uow.outbox.next_ready(),
        tuple(uow.outbox.expired(now, MOST_EXPIRED)),
        halted,
    )
