"""Days as regulators count them: spans after an instant, and limits that fall on a day off.

How a span of days ends, where neither the rule nor `Span.ends` says it:

- Calendar days and months end at the same local time of day. Where a law lets them run to the end
  of their last day (Regulation (EEC) 1182/71 Art. 3(2)) this is early, never late.
- Working and trading days end with their last day, the day of the event not counted (Civil Code
  of the PRC Art. 201, 203; 1182/71 Art. 3(1)): at `Calendar.day_ends`, where papers are taken
  only so long (17 CFR 232.13(a)(2): 17:30), else with its last second, so that a screen shows
  the day that is meant.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from responder.domain.calendar import Calendar
from responder.domain.regime import Ends, Roll, Span, Unit
from responder.domain.rota import DAY, instant
from responder.errors import BeyondCalendar, NoCalendar

NOON = time(12)
LAST_SECOND = time(23, 59, 59)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether a calendar has work, or trading, on a day; raises BeyondCalendar."""
    if not calendar.knows(day):
        raise BeyondCalendar(calendar.id, day, calendar.since, calendar.until)
    if day in calendar.working:
        return True
    return day.weekday() not in calendar.weekend and day not in calendar.off


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day, or trading day, later than `day`."""
    day += DAY
    while not is_working_day(day, calendar):
        day += DAY
    return day


def previous_working_day(day: date, calendar: Calendar) -> date:
    """The last working day, or trading day, earlier than `day`."""
    day -= DAY
    while not is_working_day(day, calendar):
        day -= DAY
    return day


def after(start: datetime, span: Span, zone: str, calendars: Mapping[str, Calendar]) -> datetime:
    """The instant (UTC) a span after `start`; days are those of `zone`.

    Minutes and hours are time elapsed. A local time that the zone skips means the first instant
    after it. Raises BeyondCalendar, and NoCalendar where the span names one that is not there.
    """
    match span.unit:
        case Unit.MINUTES:
            return start.astimezone(UTC) + timedelta(minutes=span.amount)
        case Unit.HOURS:
            return start.astimezone(UTC) + timedelta(hours=span.amount)
        case Unit.DAYS:
            return _at_the_end(start, _local(start, zone).date() + span.amount * DAY, span, zone)
        case Unit.MONTHS:
            day = _months_later(_local(start, zone).date(), span.amount)
            return _at_the_end(start, day, span, zone)
        case Unit.WORKING_DAYS | Unit.TRADING_DAYS:
            return _days_later(start, span, zone, _named(span.calendar, calendars))


def rolled(at: datetime, roll: Roll, zone: str, calendar: Calendar) -> datetime:
    """A limit moved off a day off, to noon or the same time of the next day of the calendar.

    DORA (Del. Reg. 2025/301 Art. 5) has noon; Art. 203 of the Civil Code moves the day alone.
    """
    local = _local(at, zone)
    if roll is Roll.NONE or is_working_day(local.date(), calendar):
        return at
    clock = NOON if roll is Roll.NOON_NEXT_WORKING_DAY else local.time()
    return instant(datetime.combine(next_working_day(local.date(), calendar), clock), zone)


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def _named(id: str, calendars: Mapping[str, Calendar]) -> Calendar:
    if id not in calendars:
        raise NoCalendar(id)
    return calendars[id]


def _days_later(start: datetime, span: Span, zone: str, calendar: Calendar) -> datetime:
    """So many days of work after the day of `start`; none means that day, if it is one."""
    day = _local(start, zone).date()
    if span.amount == 0 and not is_working_day(day, calendar):
        day = next_working_day(day, calendar)
    for _ in range(span.amount):
        day = next_working_day(day, calendar)
    return _at_the_end(start, day, span, zone, calendar)


def _at_the_end(
    start: datetime, day: date, span: Span, zone: str, calendar: Calendar | None = None
) -> datetime:
    """The instant on its last day at which a span ends."""
    to_the_end = span.ends is Ends.END_OF_DAY or (span.ends is Ends.USUAL and calendar is not None)
    if not to_the_end:
        return instant(datetime.combine(day, _local(start, zone).time()), zone)
    closing = calendar.day_ends if calendar else None
    return instant(datetime.combine(day, closing or LAST_SECOND), zone)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
