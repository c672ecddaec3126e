"""Notices that something is due; what is to be done is a command's affair."""

import logging

from responder.commands.engine_work import PutOff, RunDue
from responder.engine.memory import Memory, Reached
from responder.errors import StoreError

BATCH = 200

log = logging.getLogger(__name__)


class Timers:
    """Due rows become commands. Where the rows say nothing is due, nothing is done (P10)."""

    def __init__(self, memory: Memory, reached: Reached) -> None:
        self._memory = memory
        self._reached = reached
        self.has_more = False

    async def run_due(self) -> int:
        """Carry out a batch of what is due, earliest first; returns how much that was."""
        self._reached("timers.before")
        try:
            handled: int = await self._memory.do(RunDue(limit=BATCH))
        except StoreError:
            raise
        except Exception:
            log.exception("a batch of due work failed; one by one")
            handled = await self._one_by_one()
        self.has_more = handled >= BATCH
        self._reached("timers.after")
        return handled

    async def _one_by_one(self) -> int:
        """Carry out each alone, so that one that fails keeps back nobody else."""
        for handled in range(BATCH):
            try:
                if not await self._memory.do(RunDue(limit=1)):
                    return handled
            except StoreError:
                raise
            except Exception as error:
                log.exception("due work failed")
                about = await self._memory.do(PutOff(why=type(error).__name__))
                log.warning("put off: %s", about)
        return BATCH
