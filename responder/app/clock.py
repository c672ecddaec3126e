"""The machine's clock."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from responder.engine.clock import SystemClock


def system_clock(at: datetime | None = None) -> "SystemClock":
    """The machine's clock, or one that starts at the instant given."""
    from responder.engine.clock import SystemClock

    return SystemClock(at)
