"""A house on a clock that only moves when told, whatever platforms stand beside it."""

import asyncio
from dataclasses import dataclass
from typing import Any

from responder.app import App, Stage
from responder.commands import Command
from responder.domain.record import Entry


@dataclass
class Moved:
    """The house, and the stage that moves its clock."""

    house: App
    stage: Stage

    async def do(self, command: Command) -> Any:
        """Somebody acts by another door; what follows is sent."""
        reply = await asyncio.to_thread(self.house.execute, command)
        await self.turn()
        return reply

    async def turn(self) -> None:
        """Do what is due now, and send it."""
        await self.stage.engine.cycle(self.stage.clock.now())

    def record(self, subject: str, *kinds: str) -> list[Entry]:
        """What the record says about something."""
        entries = self.house.store.read(lambda uow: uow.ledger.of(subject))
        return [one for one in entries if not kinds or one.kind in kinds]

    def payloads(self, subject: str, kind: str) -> list[dict[str, Any]]:
        """The payloads of one kind of entry."""
        return [one.payload or {} for one in self.record(subject, kind)]
