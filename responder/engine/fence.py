"""The fence at the engine's own gate: no drill gets past it unmarked, or to others (P5)."""

import logging
from datetime import datetime

from responder.domain.fence import breach, is_of_a_drill
from responder.domain.incident import Incident
from responder.domain.message import Message, Outcome, State
from responder.domain.warning import Warning, is_warning
from responder.engine.memory import Memory
from responder.errors import StoreError
from responder.ports.renderer import Text
from responder.ports.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


class Fence:
    """Judges each message of a drill by the drill's own list, which never changes."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._lists: dict[str, tuple[str, ...]] = {}

    @staticmethod
    def concern(message: Message) -> bool:
        """Whether a message has anything to do with a drill."""
        return is_of_a_drill(message)

    async def stop(self, message: Message, text: Text, now: datetime) -> Outcome | None:
        """The outcome of a message that must not leave; without the list, none of a drill does."""
        try:
            why = breach(message, text.body, await self._list(message.incident))
        except StoreError:
            log.exception(
                "the list of %s cannot be read: its message is held back", message.incident
            )
            why = "the drill's list cannot be read"
        if not why:
            return None
        log.error("message %s of %s is kept back: %s", message.id, message.incident, why)
        reason = f"fence: {why}"
        return Outcome(message.id, message.fence, State.FAILED, now, reason=reason, for_good=True)

    async def _list(self, incident: str) -> tuple[str, ...]:
        if incident not in self._lists:
            held = await self._memory.ask(lambda uow: _held(uow, incident))
            self._lists[incident] = held.recipients if held else ()
        return self._lists[incident]


def _held(uow: UnitOfWork, id: str) -> Incident | Warning | None:
    """What bears the list: the drill's incident, or an early warning of the drill."""
    return uow.warnings.get(id) if is_warning(id) else uow.incidents.get(id)
