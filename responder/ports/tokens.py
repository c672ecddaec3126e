"""The socket for tokens: short words that only we could have written, good until an instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says: what it is about, and when it stops being good."""

    about: str
    until: datetime


class Tokens(Protocol):
    """Issues tokens of lower-case letters and digits, and knows its own again.

    A token is good `within` what it was issued within (a form of one link, say) and nowhere else.
    """

    def issue(self, about: str, until: datetime, within: str = "") -> str:
        """A token about something named by lower-case letters and digits."""
        ...

    def read(self, token: str, within: str = "") -> Claim | None:
        """What a token of ours says, whether or not it is still good; None for any other text."""
        ...
