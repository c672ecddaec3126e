"""The machine's clock, and the calendar arithmetic of what recurs."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from responder.domain.recurrence import Recurrence
    from responder.engine.clock import SystemClock


def system_clock(at: datetime | None = None) -> "SystemClock":
    """The machine's clock, or one that starts at the instant given."""
    from responder.engine.clock import SystemClock

    return SystemClock(at)


def days_of(rule: "Recurrence", since: date, until: date) -> Iterable[date]:
    """The days of a recurrence in [since, until); what reckons them is loaded when it is asked."""
    from responder.engine.recurrence import days_of as reckoned

    return reckoned(rule, since, until)
