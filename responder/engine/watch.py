"""A time-out for many sends at once: one look at all of them in place of a timer for each."""

import asyncio
from contextlib import suppress
from typing import Any

LOOKS = 20
"""Looks within one time-out: what takes too long is ended by a twentieth of it late at most."""


class Watch:
    """Ends what takes longer than its time-out. Use it as `begin`, `finally: end`.

    What is ended sees a CancelledError; `ended` tells it from one that came from elsewhere, and
    takes that one back.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[asyncio.Task[Any], float] = {}
        self._late: set[asyncio.Task[Any]] = set()
        self._alarm: asyncio.TimerHandle | None = None

    def begin(self) -> asyncio.Task[Any]:
        """The current task begins something; returns the task."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can be watched")
        loop = task.get_loop()
        self._since[task] = loop.time()
        if self._alarm is None:
            self._alarm = loop.call_later(self._seconds / LOOKS, self._look, loop)
        return task

    def end(self, task: asyncio.Task[Any]) -> None:
        """It is done with."""
        with suppress(KeyError):
            del self._since[task]
        self._late.discard(task)

    def ended(self, task: asyncio.Task[Any]) -> bool:
        """Whether it was this that cancelled a task."""
        if task not in self._late:
            return False
        task.uncancel()
        return True

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._alarm = None
        too_long = loop.time() - self._seconds
        for task, since in self._since.items():
            if since <= too_long and task not in self._late:
                self._late.add(task)
                task.cancel()
        if self._since:
            self._alarm = loop.call_later(self._seconds / LOOKS, self._look, loop)
