"""What waits for one channel, the most urgent first, and when the next of it may leave."""

from bisect import insort
from itertools import count
from math import ceil, inf

from responder.domain.load import Precedence, Room, precedence
from responder.domain.message import Message
from responder.engine.pacer import Pacer

STOCK_FOR = 2.0
"""Seconds for which a paced channel keeps messages at hand; the rest waits in the outbox."""
MOST_STOCK = 200


class Backlog:
    """Messages by precedence, those alike as they came. Without a pacer each may leave at once."""

    def __init__(self, pacer: Pacer | None = None) -> None:
        self._pacer = pacer
        self._messages: list[tuple[Precedence, int, Message]] = []
        self._arrivals = count()

    def __len__(self) -> int:
        return len(self._messages)

    @property
    def is_paced(self) -> bool:
        """Whether somebody said how fast messages may leave."""
        return self._pacer is not None and self._pacer.pace is not None

    def put(self, message: Message) -> None:
        """Let a message wait for its turn."""
        insort(self._messages, (precedence(message), next(self._arrivals), message))

    def take(self, now: float) -> Message | None:
        """Take out the most urgent message that may leave now, which it then does."""
        pacer = self._pacer
        if pacer is None or not self._messages:
            return self.take_any()
        if pacer.free_at() > now:
            return None
        if pacer.pace is None:
            return self.take_any()
        for place, (*_, message) in enumerate(self._messages):
            if pacer.place_free_at(message.to) <= now:
                pacer.leave(message.to, now)
                return self._messages.pop(place)[-1]
        return None

    def take_any(self) -> Message | None:
        """Take out the most urgent message, whether it may leave or not."""
        return self._messages.pop(0)[-1] if self._messages else None

    def give_back(self) -> Message:
        """Take out the least urgent message."""
        return self._messages.pop()[-1]

    def empty(self) -> list[Message]:
        """Take out everything."""
        messages, self._messages = self._messages, []
        return [message for *_, message in messages]

    def free_at(self) -> float:
        """When the next may leave, by the pace alone."""
        if self._pacer is None or not self._messages:
            return -inf
        return max(
            self._pacer.free_at(), self._pacer.first_free_at(m.to for *_, m in self._messages)
        )

    def delay(self, place: int, now: float) -> float:
        """Seconds until the message at a place may leave, by the pace alone."""
        if self._pacer is None:
            return 0.0
        return max(self._pacer.free_at() - now, 0.0) + self._pacer.lasts(place - 1)

    @property
    def interval(self) -> float:
        """Seconds between two messages at a steady pace."""
        return self._pacer.lasts(1) if self._pacer else 0.0

    def answered(self, left: float, now: float) -> None:
        """What left then is answered now."""
        if self._pacer is not None:
            self._pacer.answered(left, now)

    def pause(self, until: float) -> None:
        """The provider wants nothing before then."""
        if self._pacer is not None:
            self._pacer.pause(until)

    @property
    def room(self) -> Room | None:
        """What there is room for; None for anything, which is so where nobody said a pace.

        Once its stock is half used up it is filled up anew, and not one by one.
        """
        if self._pacer is None or self._pacer.pace is None:
            return None
        stock = min(ceil(STOCK_FOR / self.interval), MOST_STOCK)
        waiting = len(self._messages)
        if waiting <= stock // 2:
            return Room(stock - waiting)
        return Room(stock, before=self._messages[-1][-1].urgency)
