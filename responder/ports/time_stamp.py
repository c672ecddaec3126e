"""The socket for time stamps: an authority vouches that something existed then (RFC 3161)."""

from typing import Protocol


class TimeStamps(Protocol):
    """A time-stamping authority."""

    def stamp(self, data: bytes) -> bytes:
        """Its response about these bytes, DER-encoded. Raises NotStamped.

        Only their hash leaves the house.
        """
        ...
