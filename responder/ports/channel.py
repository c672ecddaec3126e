"""The socket for doors out: a channel sends one message and reports what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from responder.domain.message import Message
from responder.ports.renderer import Text


class Fate(StrEnum):
    """What a provider did with a message, in the order of how far it got.

    `refused`, `retry_after` and `never` promise that nothing was sent: refused this time, not
    before a while, and not by this line at all. `unknown` is everything that leaves a doubt: a
    time-out, a broken connection, an answer that cannot be read (P3). `missed` was sent and did
    not get through: busy, no answer, undeliverable.
    """

    REFUSED = "refused"
    RETRY_AFTER = "retry_after"
    NEVER = "never"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    MISSED = "missed"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A channel's report. `reason` is for the record: no secret, no contact detail.

    `after` goes with `retry_after`. `rings_for` is how long a call occupies its line at most, and
    `ask_after` how long to wait for the provider to say more before it is asked. `for_all` says
    that nothing else of the account may be sent before `after` either: its rate was exceeded.
    """

    fate: Fate
    provider_id: str = ""
    reason: str = ""
    after: timedelta | None = None
    rings_for: timedelta | None = None
    ask_after: timedelta | None = None
    for_all: bool = False


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


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a provider takes the messages of one account.

    `rate` is messages a second, `burst` how many it takes at once after a rest. `gaps` are the
    seconds it wants between two messages to one place, by how the place's address begins: the
    longest beginning counts. A topic of a group (`GROUP/TOPIC`) counts as the group.
    """

    rate: float
    burst: int = 1
    gaps: Mapping[str, float] = field(default_factory=dict)


@runtime_checkable
class Paced(Channel, Protocol):
    """A channel whose provider refuses what comes too fast. Others are sent to as fast as we can.

    All that is sent on one account goes through one channel, so that one pace holds for it.
    """

    @property
    def pace(self) -> Pace | None:
        """How fast it may be sent to; None where nobody says."""
        ...


class Channels(Protocol):
    """Which channel carries a message."""

    def carrier(self, message: Message, without: Collection[str] = ()) -> Channel | None:
        """The channel for a message's way, None where nothing carries it.

        `without` names those that could not send it just now: another takes over, if there is one.
        """
        ...

    def carriers(self, via: str) -> Sequence[Channel]:
        """Every channel that may carry messages of a way."""
        ...
