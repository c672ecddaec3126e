"""Bulkheads: each channel has a lane of its own, so that one that is stuck holds up no other."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from itertools import islice
from math import inf
from typing import Any, cast

from responder.domain.load import Room
from responder.domain.message import Message
from responder.engine.backlog import Backlog
from responder.engine.breaker import Breaker
from responder.engine.outcomes import SOON
from responder.engine.pacer import Pacer
from responder.ports.channel import Channel

AT_ONCE = 50
"""How many messages a channel has in flight."""
STOCK = 4
"""How many times as many may wait as are in flight. A claim takes its time, and meanwhile the
channel must not run dry."""
AT_HAND = 0.1
"""Seconds of work that a fast channel keeps at hand, however many messages that is: many at a
time cost less, and no more wait for a lease to run out than that if this process dies."""
PATIENCE = 5.0
"""Seconds a message may wait for a channel before it is handed back to the outbox."""
LONGEST_TURN = 15.0
"""Seconds it may wait for its turn where the pace is known: its lease outlasts that."""
LONGEST_BACK = 15.0
"""Seconds after which a channel is tried again whose pace is not known."""
BRISK = 0.25
"""Seconds within which a channel gets through what waits, to be worth waiting for."""
WEIGHT = 0.2
"""How much the latest sending counts in the pace."""
SLOW = 1.0
"""Seconds after which a sending on a paced channel gives up its place to another: what will time
out does not slow the others down."""
MOST_SLOW = 3
"""How many times as many as there are places may be in flight then."""
EARLY = 0.002
"""Seconds by which a selector may wake late: from then on each turn of the loop looks."""


class Lane:
    """What waits for one channel and what is in flight, the most urgent first.

    What waits leaves at the channel's pace; at once while its breaker is open, for then nothing
    is sent and the next ways are to start.
    """

    def __init__(
        self,
        channel: Channel,
        send: Callable[[Message, "Lane"], Coroutine[Any, Any, None]],
        done: Callable[["Lane"], None],
        now: Callable[[], datetime],
        at_once: int = AT_ONCE,
        pacer: Pacer | None = None,
    ) -> None:
        self.channel = channel
        self.breaker = Breaker()
        self._send = send
        self._done = done
        self._now = now
        self._at_once = at_once
        self._backlog = Backlog(pacer)
        spared = self._backlog.is_paced and at_once >= AT_ONCE
        self._most = at_once * MOST_SLOW if spared else at_once
        self._loop = asyncio.get_running_loop()
        self._time = self._loop.time
        self._flying: dict[asyncio.Task[None], float] = {}  # since when, the eldest first
        self._pace = 0.0
        self._alarm: asyncio.Handle | None = None
        self._given_back_until = 0.0

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        """What is in flight."""
        return set(self._flying)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in flight, nor waits."""
        return not self._flying and not self.waits

    @property
    def waits(self) -> bool:
        """Whether something waits for its turn."""
        return len(self._backlog) > 0

    @property
    def is_worth_waiting_for(self) -> bool:
        """Whether it is full but will soon have room: claiming more can wait for that."""
        waiting = len(self._backlog)
        return (
            waiting >= STOCK * self._at_once
            and not self._backlog.is_paced
            and AT_HAND <= self._delay(waiting) <= BRISK
        )

    @property
    def room(self) -> Room | None:
        """What it has room for; None for anything."""
        return self._backlog.room

    def put(self, message: Message) -> None:
        """Send a message as soon as there is a place for it."""
        self._backlog.put(message)
        self._fill()

    def pause(self, duration: timedelta) -> None:
        """The provider asks for a pause. A long one fails what waits, so that other ways start."""
        if duration > SOON:
            self.breaker.rest(self._now() + duration)
        else:
            self._backlog.pause(self._time() + duration.total_seconds())

    def overflow(self) -> list[tuple[Message, float]]:
        """Take out what would wait too long, the least urgent, with the seconds it would wait.

        At a known pace each comes back at its turn, behind those given back before.
        """
        over, now = [], self._time()
        while waiting := len(self._backlog):
            delay, turn = self._delay(waiting), self._backlog.delay(waiting, now)
            if turn > LONGEST_TURN:
                turn = max(turn, self._given_back_until - now)
                self._given_back_until = now + turn + self._backlog.interval
                over.append((self._backlog.give_back(), turn))
            elif delay > PATIENCE:
                over.append((self._backlog.give_back(), min(delay, LONGEST_BACK)))
            else:
                break
        return over

    def empty(self) -> list[Message]:
        """Take out everything that waits."""
        return self._backlog.empty()

    def _delay(self, place: int) -> float:
        """Seconds until there is room for the message at a place of the queue, as things go."""
        if self._place_free_at() <= self._time():
            return 0.0
        eldest = self._time() - next(iter(self._flying.values()))
        return place * max(self._pace, eldest) / self._at_once

    def _place_free_at(self) -> float:
        """From when on one more may be in flight, unless one lands before."""
        flying = len(self._flying)
        if flying < self._at_once:
            return -inf
        if flying >= self._most:
            return inf
        latest = islice(reversed(self._flying.values()), self._at_once - 1, None)
        return next(latest) + SLOW

    def _next(self, now: float) -> Message | None:
        if not self.breaker.is_at_rest and self.breaker.is_open(self._now()):
            return self._backlog.take_any()
        return self._backlog.take(now)

    def _fill(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        while (free_at := self._place_free_at()) <= (now := self._time()):
            message = self._next(now)
            if message is None:
                break
            task = asyncio.create_task(self._work(message))
            self._flying[task] = now
            task.add_done_callback(self._landed)
        if self.waits and free_at < inf:
            self._look_again(max(free_at, self._backlog.free_at()))

    def _look_again(self, at: float) -> None:
        if at - self._time() > EARLY:
            self._alarm = self._loop.call_at(at - EARLY, self._fill)
        else:
            self._alarm = self._loop.call_soon(self._fill)

    async def _work(self, message: Message) -> None:
        """Send a message, and whatever waits after it."""
        me = cast("asyncio.Task[None]", asyncio.current_task())
        while True:
            await self._send(message, self)
            now = self._time()
            self._pace += WEIGHT * (now - self._flying[me] - self._pace)
            self._backlog.answered(self._flying[me], now)
            following = self._next(now)
            if following is None:
                return
            message = following
            del self._flying[me]
            self._flying[me] = now
            self._done(self)

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        if task.cancelled():
            return  # the loop is closing; what waits keeps its lease until that runs out
        self._fill()
        self._done(self)
