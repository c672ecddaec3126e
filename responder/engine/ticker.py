"""A tick each second, from APScheduler. It may tick, never remember: the rows decide."""

from collections.abc import Callable
from datetime import UTC

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

SECONDS = 1


class Ticker:
    """Calls `tick` each second in the running loop: a net under the engine's own waking."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone=UTC,
        )
        self._scheduler.add_job(self._sweep, "interval", seconds=SECONDS)

    def start(self) -> None:
        """Begin to tick; called in the loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)

    async def _sweep(self) -> None:
        self._tick()
