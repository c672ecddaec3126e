"""Keeps what the channels said: outcomes go to the store in batches, not one by one."""

import asyncio
import logging

from responder.commands.paging.outcomes import RecordOutcomes
from responder.domain.message import Outcome
from responder.engine.memory import Memory, Reached
from responder.errors import StoreError

BATCH = 500
LINGER = 0.1
"""Seconds the first outcome of a batch waits for company."""
PAUSE = 1.0
"""Seconds before a store that cannot serve is asked again."""

log = logging.getLogger(__name__)


class Recorder:
    """Records outcomes. None is dropped because the store is out of order for a while."""

    def __init__(self, memory: Memory, reached: Reached, linger: float = LINGER) -> None:
        self._memory = memory
        self._reached = reached
        self._patience = linger
        self._kept: list[Outcome] = []
        self._full = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether everything added is recorded."""
        return not self._kept and self._writing is None

    def add(self, outcome: Outcome) -> None:
        """Keep an outcome; it is recorded soon."""
        self._kept.append(outcome)
        if len(self._kept) >= BATCH:
            self._full.set()
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    def hurry(self) -> None:
        """Nothing more is on its way: what was added need not wait for company."""
        if self._kept:
            self._full.set()

    async def flush(self) -> None:
        """Record everything now."""
        while self._writing is not None:
            self._full.set()
            await asyncio.wait({self._writing})

    async def _write(self) -> None:
        try:
            while self._kept:
                await self._linger()
                batch = self._kept[:BATCH]
                await self._record(batch)
                del self._kept[: len(batch)]
        finally:
            self._writing = None

    async def _linger(self) -> None:
        if self._patience and len(self._kept) < BATCH and not self._full.is_set():
            handle = asyncio.get_running_loop().call_later(self._patience, self._full.set)
            await self._full.wait()
            handle.cancel()
        self._full.clear()

    async def _record(self, batch: list[Outcome]) -> None:
        self._reached("dispatcher.before_record")
        while True:
            try:
                await self._memory.do(RecordOutcomes(outcomes=tuple(batch)))
                break
            except StoreError:
                log.exception("%d outcomes wait for the store", len(batch))
                await asyncio.sleep(PAUSE)
            except Exception:
                log.exception("%d outcomes cannot be recorded", len(batch))
                await self._one_by_one(batch)
                break
        self._reached("dispatcher.recorded")

    async def _one_by_one(self, batch: list[Outcome]) -> None:
        """One outcome that cannot be recorded does not take the others with it."""
        if len(batch) == 1:
            return
        for outcome in batch:
            try:
                await self._memory.do(RecordOutcomes(outcomes=(outcome,)))
            except Exception:
                log.exception("the outcome of message %s is lost", outcome.id)
