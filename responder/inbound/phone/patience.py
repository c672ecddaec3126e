"""Callers wait three seconds for the house, then hear that it takes a moment, and ask again."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

AT_ONCE = 3.0
"""Seconds of silence on the line; Twilio itself gives up after fifteen."""
MOST_UNDER_WAY = 1000


class StillWorking(Exception):
    """It is not done yet; asked for again under the same name, it is not begun twice."""


class Patience:
    """Work on the house, in threads, each under a name of its own."""

    def __init__(self) -> None:
        self._under_way: OrderedDict[str, asyncio.Task[Any]] = OrderedDict()

    async def result(self, name: str, work: Callable[[], Any]) -> Any:
        """What the work comes to. Raises StillWorking while it takes longer than anybody waits."""
        task = self._under_way.get(name)
        if task is None:
            task = asyncio.create_task(asyncio.to_thread(work))
            self._under_way[name] = task
        done, _ = await asyncio.wait({task}, timeout=AT_ONCE)
        if not done:
            while len(self._under_way) > MOST_UNDER_WAY:
                self._under_way.popitem(last=False)
            raise StillWorking
        self._under_way.pop(name, None)
        return task.result()
