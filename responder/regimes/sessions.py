"""A market's sessions: the phase at an instant, its trading day, the trading time affected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from responder.domain.calendar import Calendar, Session
from responder.domain.rota import DAY, instant
from responder.domain.words import Words
from responder.regimes.days import is_working_day, next_working_day, previous_working_day

CLOSED = Words("休市日", "no trading day")
BEFORE_OPEN = Words("开盘前", "before the open")
BREAK = Words("盘间休市", "between sessions")
AFTER_CLOSE = Words("收盘后", "after the close")


@dataclass(frozen=True, slots=True)
class Phase:
    """What a market does at an instant; `counts` tells whether it is trading time.

    `trading_day` is the day that it belongs to; none on a day without trading.
    """

    id: str
    name: Words
    counts: bool = False
    trading_day: date | None = None


class Sitting(NamedTuple):
    """A session of one trading day, over [starts, ends) in UTC."""

    session: Session
    starts: datetime
    ends: datetime


def phase_at(at: datetime, calendar: Calendar) -> Phase:
    """The session running at an instant, or what lies between sessions; raises BeyondCalendar."""
    for day in _days_about(at, calendar):
        for session, starts, ends in sittings(day, calendar):
            if starts <= at < ends:
                return Phase(session.id, session.name, session.counts, day)
    today = _local(at, calendar).date()
    if not is_working_day(today, calendar):
        return Phase("closed", CLOSED)
    by_day = [one for one in sittings(today, calendar) if not one.session.night]
    if by_day and at < by_day[0].starts:
        return Phase("before_open", BEFORE_OPEN, trading_day=today)
    if not by_day or at >= by_day[-1].ends:
        return Phase("after_close", AFTER_CLOSE, trading_day=today)
    return Phase("break", BREAK, trading_day=today)


def trading_day_of(at: datetime, calendar: Calendar) -> date | None:
    """The trading day that an instant belongs to: a night session's is the one after it.

    None on a day without trading; raises BeyondCalendar.
    """
    return phase_at(at, calendar).trading_day


def sessions_between(start: datetime, end: datetime, calendar: Calendar) -> list[Sitting]:
    """The sessions that lie in [start, end), in order, cut to it; raises BeyondCalendar."""
    found: list[Sitting] = []
    for day in _days_between(start, end, calendar):
        for session, starts, ends in sittings(day, calendar):
            cut = Sitting(session, max(starts, start), min(ends, end))
            if cut.starts < cut.ends:
                found.append(cut)
    return found


def affected(intervals: Iterable[tuple[datetime, datetime]], calendar: Calendar) -> timedelta:
    """The trading time that outages fell into; where they overlap it counts once."""
    cut = (
        sitting
        for start, end in _united(intervals)
        for sitting in sessions_between(start, end, calendar)
    )
    return sum((one.ends - one.starts for one in cut if one.session.counts), timedelta())


def sittings(day: date, calendar: Calendar) -> list[Sitting]:
    """The sessions of a trading day, that of the night before first."""
    held = [_held(session, day, calendar) for session in calendar.sessions]
    return sorted((one for one in held if one), key=lambda one: one.starts)


def _held(session: Session, day: date, calendar: Calendar) -> Sitting | None:
    """A session of a trading day as instants; None where it is left out that day."""
    begins_on, ends_at = day, session.ends
    if session.night:
        if day in calendar.no_night:
            return None
        begins_on = previous_working_day(day, calendar)
    elif early := calendar.early.get(day):
        if session.begins >= early:
            return None
        ends_at = min(ends_at, early)
    ends_on = begins_on if session.begins < ends_at else begins_on + DAY
    return Sitting(
        session,
        instant(datetime.combine(begins_on, session.begins), calendar.time_zone),
        instant(datetime.combine(ends_on, ends_at), calendar.time_zone),
    )


def _days_about(at: datetime, calendar: Calendar) -> Iterator[date]:
    """The trading days that may have a session at an instant."""
    today = _local(at, calendar).date()
    if is_working_day(today, calendar):
        yield today
    if _may_be_night(at, calendar):
        yield next_working_day(today, calendar)


def _days_between(start: datetime, end: datetime, calendar: Calendar) -> Iterator[date]:
    """The trading days that may have a session in [start, end)."""
    day, last = _local(start, calendar).date(), _local(end, calendar).date()
    while day <= last:
        if is_working_day(day, calendar):
            yield day
        day += DAY
    if _may_be_night(end, calendar):
        yield next_working_day(last, calendar)


def _may_be_night(at: datetime, calendar: Calendar) -> bool:
    """Whether a night session of a trading day to come may have begun on the day of `at`, or run.

    What is certain by day needs no next trading day: that may lie past the calendar's end.
    """
    local = _local(at, calendar)
    begun = (one.begins for one in calendar.sessions if one.night)
    first: time | None = min(begun, default=None)
    if first is None:
        return False
    return local.time() >= first or not is_working_day(local.date(), calendar)


def _united(intervals: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Intervals without overlaps, in order."""
    united: list[tuple[datetime, datetime]] = []
    for start, end in sorted(intervals):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], end)
        elif start < end:
            united.append((start, end))
    return united


def _local(at: datetime, calendar: Calendar) -> datetime:
    return at.astimezone(ZoneInfo(calendar.time_zone))
