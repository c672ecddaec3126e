"""Bulkheads: each channel has a lane of its own, so that one that is stuck holds up no other."""

import asyncio
from bisect import insort
from collections.abc import Callable, Coroutine
from typing import Any

from responder.domain.load import precedence
from responder.domain.message import Message
from responder.engine.breaker import Breaker
from responder.ports.channel import Channel

AT_ONCE = 50
"""How many messages a channel has in flight."""
PATIENCE = 5.0
"""Seconds a message may wait for a channel before it is handed back to the outbox."""
BRISK = 0.25
"""Seconds within which a channel gets through what waits, to be worth waiting for."""
WEIGHT = 0.2
"""How much the latest sending counts in the pace."""


class Lane:
    """What waits for one channel and what is in flight, the most urgent first."""

    def __init__(
        self,
        channel: Channel,
        send: Callable[[Message, "Lane"], Coroutine[Any, Any, None]],
        done: Callable[[], None],
        at_once: int = AT_ONCE,
    ) -> None:
        self.channel = channel
        self.breaker = Breaker()
        self._send = send
        self._done = done
        self._at_once = at_once
        self._waiting: list[Message] = []
        self._flying: dict[asyncio.Task[None], float] = {}
        self._pace = 0.0

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        """What is in flight."""
        return set(self._flying)

    @property
    def is_worth_waiting_for(self) -> bool:
        """Whether it is full but will soon have room: claiming more can wait for that."""
        return len(self._waiting) >= self._at_once and self._delay(len(self._waiting)) <= BRISK

    def put(self, message: Message) -> None:
        """Send a message as soon as there is a place for it."""
        insort(self._waiting, message, key=precedence)
        self._fill()

    def overflow(self) -> list[tuple[Message, float]]:
        """Take out what would wait too long, the least urgent, with the seconds it would wait."""
        over = []
        while self._waiting and (delay := self._delay(len(self._waiting))) > PATIENCE:
            over.append((self._waiting.pop(), delay))
        return over

    def empty(self) -> list[Message]:
        """Take out everything that waits."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def _delay(self, place: int) -> float:
        """Seconds until the message at a place of the queue starts, as things go."""
        if len(self._flying) < self._at_once:
            return 0.0
        eldest = asyncio.get_running_loop().time() - min(self._flying.values())
        return place * max(self._pace, eldest) / self._at_once

    def _fill(self) -> None:
        while self._waiting and len(self._flying) < self._at_once:
            task = asyncio.create_task(self._send(self._waiting.pop(0), self))
            self._flying[task] = asyncio.get_running_loop().time()
            task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        took = asyncio.get_running_loop().time() - self._flying.pop(task)
        if task.cancelled():
            return  # the loop is closing; what waits keeps its lease until that runs out
        self._pace += WEIGHT * (took - self._pace)
        self._fill()
        self._done()
