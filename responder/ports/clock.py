"""The socket for time."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the instant, in UTC; within a process it never runs backwards."""

    def now(self) -> datetime:
        """The present instant, zone-aware, UTC."""
        ...
