"""A circuit breaker: a provider that keeps failing is left alone for a while."""

from datetime import datetime, timedelta

FAILURES = 5
"""In a row; then the breaker opens."""
REST = timedelta(seconds=15)


class Breaker:
    """Counts failures in a row. Open, it lets one message through each `REST`, as a probe.

    A provider that asks for a rest itself gets it, and needs no probe afterwards.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._closed_at: datetime | None = None
        self._asked_until: datetime | None = None

    @property
    def is_at_rest(self) -> bool:
        """Whether all is well: nothing failed of late, and nobody asked for a rest."""
        return self._closed_at is None and self._asked_until is None

    def is_open(self, now: datetime) -> bool:
        """Whether the next message would be refused."""
        return any(until and now < until for until in (self._closed_at, self._asked_until))

    def refuses(self, now: datetime) -> datetime | None:
        """Until when nothing may be sent; None where it may. A probe is let through once."""
        if self._asked_until is not None and now < self._asked_until:
            return self._asked_until
        if self._closed_at is None:
            return None
        if now < self._closed_at:
            return self._closed_at
        self._closed_at = now + REST
        return None

    def rest(self, until: datetime) -> None:
        """The provider asks to be left alone until then."""
        self._asked_until = max(until, self._asked_until or until)

    def succeeded(self) -> None:
        """The provider answered: close."""
        self._failures, self._closed_at = 0, None

    def failed(self, now: datetime) -> None:
        """The provider did not."""
        self._failures += 1
        if self._failures >= FAILURES:
            self._closed_at = now + REST
