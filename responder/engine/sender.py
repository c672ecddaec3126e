"""Sends one message: words, look-up after a doubt, the channel, and what it said."""

import asyncio
import logging
from datetime import timedelta

from responder.domain.message import Message, Outcome
from responder.engine.fence import Fence
from responder.engine.lane import Lane
from responder.engine.limits import Limits
from responder.engine.memory import Reached
from responder.engine.outcomes import handed_back, in_doubt, outcome_of, over_limit, resting
from responder.engine.watch import Watch
from responder.ports.channel import Channel, Fate, Receipt
from responder.ports.clock import Clock
from responder.ports.renderer import Renderer, Text

TIMEOUT = timedelta(seconds=10)
"""How long a provider has to answer."""
KNOWN = (Fate.ACCEPTED, Fate.MISSED, Fate.DELIVERED)
"""What was sent, whatever became of it, is not sent again."""
FAILING = (Fate.UNKNOWN, Fate.REFUSED)

log = logging.getLogger(__name__)


class Sender:
    """Takes a claimed message as far as it gets. It never raises: an error is an outcome."""

    def __init__(
        self, clock: Clock, renderer: Renderer, limits: Limits, fence: Fence, reached: Reached
    ) -> None:
        self._clock = clock
        self._renderer = renderer
        self._limits = limits
        self._fence = fence
        self._reached = reached
        self._watch = Watch(TIMEOUT.total_seconds())

    async def send(self, message: Message, lane: Lane) -> Outcome | None:
        """The outcome; None where somebody else may have the message by now."""
        now = self._clock.now()
        until = message.leased_until or now
        if until <= now:
            return None
        if until - now < TIMEOUT:
            return handed_back(message, now, now, "no time left on the lease")
        rests_until = lane.breaker.refuses(now)
        if rests_until is not None:
            return resting(message, lane.channel.name, now, rests_until)
        if self._limits.concern(message) and await self._limits.forbid(message, lane.channel, now):
            return over_limit(message, lane.channel.name, now)
        text = self._renderer.message(message, lane.channel.name)
        if self._fence.concern(message) and (kept := await self._fence.stop(message, text, now)):
            return kept
        receipt = await self._send(message, text, lane.channel)
        at = self._clock.now()
        if receipt.for_all and receipt.after is not None:
            lane.pause(receipt.after)
        if receipt.fate in FAILING:
            lane.breaker.failed(at)
        else:
            lane.breaker.succeeded()
        return outcome_of(message, receipt, text, lane.channel.name, at)

    async def _send(self, message: Message, text: Text, channel: Channel) -> Receipt:
        """One answer within one time-out, the look-up included: the lease allows no second."""
        self._reached("dispatcher.sending")
        task = self._watch.begin()
        try:
            found = await channel.look_up(message) if in_doubt(message) else None
            if found is not None and (found.fate in KNOWN or message.provider_id):
                return found
            receipt = await channel.send(message, text)
        except asyncio.CancelledError:
            if not self._watch.ended(task):
                raise
            receipt = Receipt(Fate.UNKNOWN, reason=f"no answer in {TIMEOUT.seconds} s")
        except Exception as error:
            # Its words may carry an address or a token: only its kind goes on the record.
            log.exception("%s failed at message %s", channel.name, message.id)
            receipt = Receipt(Fate.UNKNOWN, reason=type(error).__name__)
        finally:
            self._watch.end(task)
        self._reached("dispatcher.sent")
        return receipt
