"""Clocks: the machine's, which only here is read, and one that is moved by hand."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from responder.ports.clock import Clock


class EngineClock(Clock, Protocol):
    """A clock that also knows whether the wall's has been moved."""

    def drift(self) -> timedelta:
        """How far the wall clock is ahead of this one."""
        ...


def _elapsed() -> int:
    """Nanoseconds that only grow, the time a laptop sleeps included where the system counts it."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if boot is None else time.clock_gettime_ns(boot)


class SystemClock:
    """The wall clock's reading at the start, and steady time from then on.

    Stepping the wall clock does not move it: timers keep their distances, and `drift` tells.
    """

    def __init__(self) -> None:
        self._started_at = datetime.now(UTC)
        self._started = _elapsed()

    def now(self) -> datetime:
        """The present instant."""
        return self._started_at + timedelta(microseconds=(_elapsed() - self._started) // 1000)

    def drift(self) -> timedelta:
        """How far the wall clock is ahead of this one."""
        return datetime.now(UTC) - self.now()


class VirtualClock:
    """A clock for stories and tests: it stands still until moved, and never goes back."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._drift = timedelta(0)

    def now(self) -> datetime:
        """The instant it was moved to last."""
        return self._at

    def drift(self) -> timedelta:
        """By how much the wall clock was stepped."""
        return self._drift

    def move_to(self, at: datetime) -> None:
        """Let it be `at`; an earlier instant changes nothing."""
        self._at = max(self._at, at)

    def pass_by(self, duration: timedelta) -> None:
        """Let time pass."""
        self.move_to(self._at + duration)

    def step_wall(self, by: timedelta) -> None:
        """Pretend that somebody set the wall clock."""
        self._drift += by
