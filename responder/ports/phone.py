"""The socket for telephone providers: what they say of themselves beside carrying messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from responder.ports.channel import Channel, Fate

TWILIO = "twilio"
"""The provider whose calls and reports come in by the phone's door."""
EVERYWHERE = ("+",)


@dataclass(frozen=True, slots=True)
class Terms:
    """Where a provider calls, what it can do, what it asks and what it allows.

    Regions are prefixes of numbers in E.164 (`+86`); `spares` are those it does not reach though
    a wider one of `regions` covers them. `hears_keys`: somebody called can answer by a key.
    `rings_per_hour` is how often it lets one number be rung, None for no limit. `cost` is for
    people to read: what a call or a message costs.
    """

    regions: tuple[str, ...] = EVERYWHERE
    spares: tuple[str, ...] = ()
    hears_keys: bool = True
    rings_per_hour: int | None = None
    cost: str = ""

    def reach(self, number: str) -> int:
        """How closely a provider is meant for a number: the length of the prefix, 0 for not."""
        if number.startswith(self.spares):
            return 0
        return max((len(region) for region in self.regions if number.startswith(region)), default=0)


@runtime_checkable
class PhoneProvider(Channel, Protocol):
    """A channel to telephone numbers."""

    @property
    def terms(self) -> Terms:
        """What it says of itself."""
        ...


@dataclass(frozen=True, slots=True)
class Gateway:
    """A provider described as data: one request that sends, and where its answer holds the id.

    Blanks in `headers` and `body` are `{to}`, `{national}` (the number without its region's
    prefix), `{text}`, `{id}`, `{via}`, `{language}`, `{code}`, and `{secret.NAME}` for a secret of
    the surroundings.
    `success` is the text that stands at `success_at` where a message was taken; without it, a
    2xx is success. Paths are keys and places joined by points (`data.0.id`). `per_minute` is how
    many messages it takes, 0 where nobody knows. `calls_from` are the numbers that people see.
    """

    id: str
    vias: tuple[str, ...]
    terms: Terms
    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    as_json: bool = True
    id_at: str = ""
    success_at: str = ""
    success: str = ""
    per_minute: int = 0
    calls_from: tuple[str, ...] = ()


FATES: Mapping[str, Fate] = MappingProxyType(
    {
        "queued": Fate.ACCEPTED,
        "initiated": Fate.ACCEPTED,
        "ringing": Fate.ACCEPTED,
        "accepted": Fate.ACCEPTED,
        "scheduled": Fate.ACCEPTED,
        "sending": Fate.ACCEPTED,
        "sent": Fate.ACCEPTED,
        "answered": Fate.DELIVERED,
        "in-progress": Fate.DELIVERED,
        "completed": Fate.DELIVERED,
        "delivered": Fate.DELIVERED,
        "read": Fate.DELIVERED,
        "busy": Fate.MISSED,
        "no-answer": Fate.MISSED,
        "canceled": Fate.MISSED,
        "failed": Fate.MISSED,
        "undelivered": Fate.MISSED,
    }
)
"""How far a call or message got, by the word for it (Twilio: "Call status values", "Message
Status Values"). A call picked up is delivered and no more: no acknowledgement (P1)."""
CALL_IS_OVER = frozenset({"completed", "busy", "no-answer", "canceled", "failed"})
"""The words after which nobody is on the line."""
GONE_FOR_GOOD = frozenset({13223, 13224, 21211, 21214, 21217, 21610, 21614, 30005, 30006})
"""Twilio's codes for a number that is none, takes no such message, or wants none
(https://www.twilio.com/docs/api/errors): not tried again in the incident."""
