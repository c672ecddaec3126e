"""Callee limits: how often a provider lets one number be rung."""

import logging
from datetime import datetime

from responder.domain.load import may_ring
from responder.domain.message import Message
from responder.domain.people import RINGING
from responder.engine.memory import Memory
from responder.errors import StoreError
from responder.ports.channel import Channel
from responder.ports.phone import PhoneProvider

RECENT = 200
"""Messages to a person that are looked through for rings of the last hour."""

log = logging.getLogger(__name__)


class Limits:
    """Knows whether a ring would be one too many."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @staticmethod
    def concern(message: Message) -> bool:
        """Whether a message rings somebody at all."""
        return message.via in RINGING and not message.provider_id

    async def forbid(self, message: Message, channel: Channel, now: datetime) -> bool:
        """Whether a provider's limit keeps a ring back; where the record cannot say, it rings."""
        limit = channel.terms.rings_per_hour if isinstance(channel, PhoneProvider) else None
        if limit is None:
            return False
        try:
            earlier = await self._memory.ask(lambda uow: uow.outbox.to(message.person, RECENT))
        except StoreError:
            log.exception("the callee limit of %s cannot be looked up", channel.name)
            return False
        rung = [one for one in earlier if one.provider == channel.name and one.provider_id]
        return not may_ring(message, rung, limit, now)
