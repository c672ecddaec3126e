"""What leaves the mainland: where a channel's data goes, and how much a message may carry there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MINIMAL = "minimal"
FULL = "full"
CARRIES = (MINIMAL, FULL)
MAINLAND_ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Chongqing",
    "Asia/Chungking",
    "Asia/Harbin",
    "Asia/Kashgar",
    "PRC",
)
"""The time zones of a firm in mainland China."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Carriage:
    """How a channel carries messages.

    `minimal` is an incident's id, its level, what is asked and a link: never another person's
    number, never customers' data. `full` is everything the templates say.
    """

    abroad: bool = False
    carries: str = FULL

    @property
    def is_minimal(self) -> bool:
        """Whether it carries no more than a reference; what is not known is not carried."""
        return self.carries != FULL


USUAL = {name: Carriage(abroad=True, carries=MINIMAL) for name in ("slack", "telegram", "twilio")}
"""Providers whose servers are not in mainland China, unless the site says otherwise."""


def carriage(stated: Mapping[str, Carriage], channel: str) -> Carriage:
    """How a channel of that name carries; `twilio-voice` is as `twilio` where only that is known.

    A channel nobody speaks of stays on the mainland and carries everything: the sandbox, a human,
    the firm's own mail.
    """
    first = _WORD.match(channel)
    for name in (channel, first[0] if first else ""):
        found = stated.get(name) or USUAL.get(name)
        if found is not None:
            return found
    return Carriage()
