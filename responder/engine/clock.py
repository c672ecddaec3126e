"""Clocks: the machine's, which only here is read, and one that is moved by hand."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from responder.ports.clock import Clock


class EngineClock(Clock, Protocol):
    """A clock that also knows whether the wall's has been moved."""

    def drift(self) -> timedelta:
        """How far the wall clock was moved since this one started."""
        ...


def _elapsed() -> int:
    """Nanoseconds that only grow, the time a laptop sleeps included where the system counts it."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if boot is None else time.clock_gettime_ns(boot)


class SystemClock:
    """A clock's reading at the start, the wall's unless another is given, and steady time on.

    Stepping the wall clock does not move it: timers keep their distances, and `drift` tells.
    Replicas start by the clock of the database they share, so that none takes another's lease
    for run out because its own machine's clock is ahead.
    """

    def __init__(self, at: datetime | None = None) -> None:
        wall = datetime.now(UTC)
        self._started_at = at or wall
        self._ahead = wall - self._started_at
        self._started = _elapsed()

    def now(self) -> datetime:
        """The present instant."""
        return self._started_at + timedelta(microseconds=(_elapsed() - self._started) // 1000)

    def drift(self) -> timedelta:
        """How far the wall clock was moved since the start."""
        return datetime.now(UTC) - self.now() - self._ahead


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
