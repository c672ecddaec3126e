"""Reminders of a measure, and the years of a record: to the day, over weekends and leap days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.measure import next_reminder
from responder.domain.retention import kept_until

ZONE = "Asia/Shanghai"
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=1800)).map(lambda span: FIRST + span)


def weekday(day: date) -> bool:
    return day.weekday() < 5


def days(due: date, since: date, count: int) -> list[str]:
    """The local days of the next reminders."""
    at, found = datetime(since.year, since.month, since.day, tzinfo=ZoneInfo(ZONE)), []
    for _ in range(count):
        at = next_reminder(due, at, ZONE, weekday)
        found.append(at.astimezone(ZoneInfo(ZONE)).strftime("%m-%d %H:%M"))
    return found


def test_seven_days_one_day_and_then_weekly():
    """Due on Friday 18 December 2026."""
    assert days(date(2026, 12, 18), date(2026, 11, 23), 5) == [
        "12-11 09:30",
        "12-17 09:30",
        "12-21 09:30",  # the 19th is a Saturday
        "12-28 09:30",
        "01-04 09:30",
    ]


def test_before_it_is_due_a_day_off_means_the_day_before():
    """Due on Monday 14 December: a day before is a Sunday, so it is said on Friday."""
    assert days(date(2026, 12, 14), date(2026, 12, 1), 2) == ["12-07 09:30", "12-11 09:30"]


@given(DAYS, MOMENTS)
def test_there_is_always_a_next_one_in_working_hours(due, now):
    """Later than now, on a working day, within ten days once overdue."""
    at = next_reminder(due, now, ZONE, weekday)
    local = at.astimezone(ZoneInfo(ZONE))
    assert at > now
    assert next_reminder(due, at, ZONE, weekday).date() > at.date(), "once a day at most"
    assert weekday(local.date())
    assert (local.hour, local.minute) == (9, 30)
    if now.astimezone(ZoneInfo(ZONE)).date() > due:
        assert at - now <= timedelta(days=10)


@pytest.mark.parametrize(
    ("ended", "years", "until"),
    [
        ("2026-11-23", 2, "2028-11-23"),
        ("2028-02-29", 2, "2030-03-01"),
        ("2028-02-29", 4, "2032-02-29"),
        ("2026-11-23", 1, "2028-11-23"),
        ("2026-11-23", 0, "2028-11-23"),
        ("2026-11-23", 20, "2046-11-23"),
    ],
)
def test_never_less_than_two_years(ended, years, until):
    at = datetime.fromisoformat(f"{ended}T08:00:00+00:00")
    assert kept_until(at, years).isoformat()[:10] == until
