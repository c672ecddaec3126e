"""Notices that something is due; what is to be done is a command's affair."""

from responder.commands.engine_work import RunDue
from responder.engine.memory import Memory, Reached

BATCH = 200


class Timers:
    """Due rows become commands. Where the rows say nothing is due, nothing is done (P10)."""

    def __init__(self, memory: Memory, reached: Reached) -> None:
        self._memory = memory
        self._reached = reached
        self.has_more = False

    async def run_due(self) -> int:
        """Carry out a batch of what is due, earliest first; returns how much that was."""
        self._reached("timers.before")
        handled: int = await self._memory.do(RunDue(limit=BATCH))
        self.has_more = handled >= BATCH
        self._reached("timers.after")
        return handled
