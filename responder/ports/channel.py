"""The socket for doors out: a channel sends one message and reports what became of it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from responder.domain.message import Message
from responder.ports.renderer import Text


class Fate(StrEnum):
    """What a provider did with a message, in the order of how far it got.

    `refused`, `retry_after` and `never` promise that nothing was sent: refused this time, not
    before a while, and not by this line at all. `unknown` is everything that leaves a doubt: a
    time-out, a broken connection, an answer that cannot be read (P3).
    """

    REFUSED = "refused"
    RETRY_AFTER = "retry_after"
    NEVER = "never"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A channel's report. `reason` is for the record: no secret, no contact detail.

    `after` goes with `retry_after`; `rings_for` is how long a call occupies its line.
    """

    fate: Fate
    provider_id: str = ""
    reason: str = ""
    after: timedelta | None = None
    rings_for: timedelta | None = None


class Channel(Protocol):
    """A door out of one platform. It sends what it is told and decides nothing."""

    @property
    def name(self) -> str:
        """What the record calls it."""
        ...

    @property
    def vias(self) -> frozenset[str]:
        """The kinds of way it carries."""
        ...

    @property
    def real(self) -> bool:
        """Whether what it sends leaves the machine."""
        ...

    async def send(self, message: Message, text: Text) -> Receipt:
        """Send once, marked so that `look_up` can find it. An error it raises counts as unknown."""
        ...

    async def look_up(self, message: Message) -> Receipt | None:
        """What became of a message whose outcome is unknown, found by its mark.

        None when the provider holds no trace of it; `unknown` when it cannot say.
        """
        ...

    async def close(self) -> None:
        """Let go of connections kept; nothing is sent afterwards."""
        ...


class Channels(Protocol):
    """Which channel carries a message."""

    def carrier(self, message: Message) -> Channel | None:
        """The channel for a message's way, None where nothing carries it."""
        ...
