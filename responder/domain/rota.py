"""Rotations, overrides and absences: whose shift it is at an instant."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a start that was left out."""
NEVER = datetime(2900, 1, 1, tzinfo=UTC)
"""Stands for an end that was left out, and for a rotation that does not say when it starts."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """People taking turns; `starts` is local wall time in `time_zone`, without a zone of its own.

    A shift of whole days hands over at the same local time whatever daylight saving does;
    any other length counts elapsed time.
    """

    id: str
    starts: datetime
    time_zone: str = "Asia/Shanghai"
    shift: timedelta = DAY
    people: tuple[str, ...] = ()

    def handover(self, turn: int) -> datetime:
        """The instant at which turn number `turn` (from 0) begins."""
        if self.shift % DAY:
            return instant(self.starts, self.time_zone) + turn * self.shift
        return instant(self.starts + turn * self.shift, self.time_zone)

    def turn(self, at: datetime) -> int:
        """The number of the turn running at `at`; negative before the rotation starts."""
        guess = (at - instant(self.starts, self.time_zone)) // self.shift
        while self.handover(guess + 1) <= at:
            guess += 1
        while self.handover(guess) > at:
            guess -= 1
        return guess

    def on_shift(self, at: datetime) -> str:
        """Who is on shift at `at`, or `""` before the start or with nobody in the list."""
        turn = self.turn(at)
        return self.people[turn % len(self.people)] if turn >= 0 and self.people else ""

    def next_handover(self, after: datetime) -> datetime:
        """The first handover later than `after`."""
        return self.handover(max(self.turn(after) + 1, 0))


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody else takes a rotation over [start, end); instants are UTC."""

    rotation: str
    start: datetime
    end: datetime
    person: str
    reason: str = ""

    def covers(self, at: datetime) -> bool:
        """Whether `at` lies in it."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away over [start, end); instants are UTC."""

    person: str
    start: datetime
    end: datetime
    reason: str = ""

    def covers(self, at: datetime) -> bool:
        """Whether `at` lies in it."""
        return self.start <= at < self.end


@lru_cache(maxsize=4096)
def instant(local: datetime, zone: str) -> datetime:
    """The instant (UTC) of a local wall time.

    A time that the zone skips means the first valid instant after it, a repeated one the first.
    """
    tz = ZoneInfo(zone)
    early = local.replace(tzinfo=tz, fold=0).astimezone(UTC)
    late = local.replace(tzinfo=tz, fold=1).astimezone(UTC)
    if early <= late:
        return early
    return _transition(late, early, tz)


def begins(moment: date | datetime, zone: str) -> datetime:
    """The instant at which what is written as `from: moment` begins."""
    if not isinstance(moment, datetime):
        return instant(datetime.combine(moment, time()), zone)
    if moment.tzinfo is None:
        return instant(moment, zone)
    return moment.astimezone(UTC)


def ends(moment: date | datetime, zone: str) -> datetime:
    """The instant at which what is written as `to: moment` ends; a day includes itself."""
    if not isinstance(moment, datetime):
        return begins(moment + timedelta(days=1), zone)
    return begins(moment, zone)


def _transition(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """The first second in (low, high] with the offset that rules at `high`."""
    settled = high.astimezone(tz).utcoffset()
    seconds = range(int((high - low).total_seconds()) + 1)
    first = bisect_left(
        seconds,
        True,
        key=lambda s: (low + timedelta(seconds=s)).astimezone(tz).utcoffset() == settled,
    )
    return low + timedelta(seconds=first)


def edges(spans: Iterator[Override | Absence], after: datetime) -> Iterator[datetime]:
    """The starts and ends of `spans` that lie later than `after`."""
    for span in spans:
        yield from (edge for edge in (span.start, span.end) if edge > after)
