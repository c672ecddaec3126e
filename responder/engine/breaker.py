"""A circuit breaker: a provider that keeps failing is left alone for a while."""

from datetime import datetime, timedelta

FAILURES = 5
"""In a row; then the breaker opens."""
REST = timedelta(seconds=15)


class Breaker:
    """Counts failures in a row. Open, it lets one message through each `REST`, as a probe."""

    def __init__(self) -> None:
        self._failures = 0
        self._closed_at: datetime | None = None

    def refuses(self, now: datetime) -> datetime | None:
        """Until when nothing may be sent; None where it may. A probe is let through once."""
        if self._closed_at is None:
            return None
        if now < self._closed_at:
            return self._closed_at
        self._closed_at = now + REST
        return None

    def succeeded(self) -> None:
        """The provider answered: close."""
        self._failures, self._closed_at = 0, None

    def failed(self, now: datetime) -> None:
        """The provider did not."""
        self._failures += 1
        if self._failures >= FAILURES:
            self._closed_at = now + REST
