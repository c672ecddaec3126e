"""Spans and rolled limits against dates counted by hand from printed calendars."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.calendar import Calendar
from responder.domain.regime import Ends, Roll, Span, Unit
from responder.errors import BeyondCalendar, NoCalendar
from responder.regimes.days import after, is_working_day, rolled
from responder.site.calendars import shipped_calendar

SHANGHAI, NEW_YORK, LONDON = "Asia/Shanghai", "America/New_York", "Europe/London"
SYDNEY, KOLKATA, BRUSSELS = "Australia/Sydney", "Asia/Kolkata", "Europe/Brussels"


def calendar(id: str) -> Calendar:
    found = shipped_calendar(id)
    assert found is not None
    return found


CALENDARS = {id: calendar(id) for id in ("cn", "XSHG", "XSGE", "XNSE", "us_federal", "uk", "au")}


def local(written: str, zone: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


def utc(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}+00:00")


WORKING = [
    # 2026: Mid-Autumn 09-25 to 27, National Day 10-01 to 07; worked: Sun 09-20, Sat 10-10
    ("cn", SHANGHAI, "2026-09-24T16:00", 5, "2026-10-09"),  # 28 29 30 | 8 9
    ("cn", SHANGHAI, "2026-09-30T23:59", 5, "2026-10-13"),  # 8 9 10(Sat) | 12 13
    ("cn", SHANGHAI, "2026-09-18T09:00", 5, "2026-09-24"),  # 20(Sun) 21 22 23 24
    ("cn", SHANGHAI, "2026-09-16T18:00", 15, "2026-10-13"),  # 17 18 20-24 28-30 8-10 12 13
    ("cn", SHANGHAI, "2026-10-03T12:00", 1, "2026-10-08"),  # on a day off
    ("cn", SHANGHAI, "2026-10-10T12:00", 1, "2026-10-12"),  # on a Saturday that is worked
    ("cn", SHANGHAI, "2026-10-11T12:00", 5, "2026-10-16"),  # on a Sunday
    # Spring Festival 02-15 to 23; worked: Sat 02-14, Sat 02-28
    ("cn", SHANGHAI, "2026-02-13T15:00", 5, "2026-02-27"),  # 14(Sat) | 24 25 26 27
    ("cn", SHANGHAI, "2026-02-24T15:00", 5, "2026-03-02"),  # 25 26 27 28(Sat) | 2
    # New Year 01-01 to 03; worked: Sun 01-04.  Labour Day 05-01 to 05; worked: Sat 05-09
    ("cn", SHANGHAI, "2025-12-31T15:00", 2, "2026-01-05"),
    ("cn", SHANGHAI, "2026-04-30T15:00", 4, "2026-05-09"),  # 6 7 8 9(Sat)
    # 2025: 10-01 to 08; worked: Sun 09-28, Sat 10-11
    ("cn", SHANGHAI, "2025-09-25T15:00", 5, "2025-10-09"),  # 26 28(Sun) 29 30 | 9
    ("cn", SHANGHAI, "2025-09-30T15:00", 5, "2025-10-14"),  # 9 10 11(Sat) | 13 14
    ("cn", SHANGHAI, "2026-09-24T16:00", 0, "2026-09-24"),
    ("cn", SHANGHAI, "2026-09-25T16:00", 0, "2026-09-28"),
    # Christmas Day and, in lieu of Boxing Day, Mon 12-28
    ("uk", LONDON, "2026-12-18T09:00", 5, "2026-12-29"),
    ("au", SYDNEY, "2026-12-18T09:00", 5, "2026-12-29"),
]


@pytest.mark.parametrize(("id", "zone", "start", "amount", "last"), WORKING)
def test_working_days_end_with_their_last_day(id, zone, start, amount, last):
    """The day of the event does not count; make-up days do."""
    found = after(local(start, zone), Span(amount, Unit.WORKING_DAYS, id), zone, CALENDARS)
    assert found == local(f"{last}T23:59:59", zone)


TRADING = [
    ("XSHG", SHANGHAI, "2026-09-30T10:00", "2026-10-08"),
    ("XSHG", SHANGHAI, "2026-10-02T10:00", "2026-10-08"),
    ("XSHG", SHANGHAI, "2026-10-09T10:00", "2026-10-12"),  # Sat 10-10 is worked, not traded
    ("XSHG", SHANGHAI, "2026-10-10T10:00", "2026-10-12"),
    ("XNSE", KOLKATA, "2026-10-16T10:00", "2026-10-19"),
    ("XNSE", KOLKATA, "2026-10-19T10:00", "2026-10-21"),  # Dussehra on Tue 20
    ("XNSE", KOLKATA, "2026-12-24T10:00", "2026-12-28"),  # Christmas on Fri 25
]


@pytest.mark.parametrize(("id", "zone", "start", "last"), TRADING)
def test_the_next_trading_day(id, zone, start, last):
    """T+1 over weekends and holidays."""
    found = after(local(start, zone), Span(1, Unit.TRADING_DAYS, id), zone, CALENDARS)
    assert found == local(f"{last}T23:59:59", zone)


EDGAR = [
    ("2026-11-25T10:00", 4, "2026-12-02T22:30"),  # Thanksgiving: 27 30 1 2, 17:30 winter time
    ("2026-07-02T10:00", 4, "2026-07-09T21:30"),  # Independence Day on Fri 3: 6 7 8 9, summer time
    ("2026-10-09T18:00", 4, "2026-10-16T21:30"),  # Columbus Day on Mon 12: 13 14 15 16
]


@pytest.mark.parametrize(("start", "amount", "due"), EDGAR)
def test_a_day_ends_when_papers_are_no_longer_taken(start, amount, due):
    """The SEC takes them until 17:30."""
    span = Span(amount, Unit.WORKING_DAYS, "us_federal")
    assert after(local(start, NEW_YORK), span, NEW_YORK, CALENDARS) == utc(due)


CLOCKS = [
    # Summer time begins: New York 2026-03-08, London and Brussels 03-29, Sydney 10-04
    (NEW_YORK, "2026-03-07T12:00", Span(1, Unit.DAYS), "2026-03-08T16:00"),
    (NEW_YORK, "2026-03-07T12:00", Span(24, Unit.HOURS), "2026-03-08T17:00"),
    (NEW_YORK, "2026-03-07T02:30", Span(1, Unit.DAYS), "2026-03-08T07:00"),  # 02:30 is skipped
    (LONDON, "2026-03-28T01:30", Span(1, Unit.DAYS), "2026-03-29T01:00"),  # 01:30 is skipped
    (SYDNEY, "2026-10-03T02:30", Span(1, Unit.DAYS), "2026-10-03T16:00"),  # 02:30 is skipped
    (SYDNEY, "2026-10-03T09:00", Span(72, Unit.HOURS), "2026-10-05T23:00"),
    (SYDNEY, "2026-10-03T09:00", Span(3, Unit.DAYS), "2026-10-05T22:00"),
    # and ends: New York 2026-11-01, London 10-25, Sydney 04-05
    (NEW_YORK, "2026-10-31T01:30", Span(1, Unit.DAYS), "2026-11-01T05:30"),  # the first 01:30
    (NEW_YORK, "2026-10-31T12:00", Span(36, Unit.HOURS), "2026-11-02T04:00"),
    (LONDON, "2026-10-24T12:00", Span(2, Unit.DAYS), "2026-10-26T12:00"),
    (SYDNEY, "2026-04-04T12:00", Span(1, Unit.DAYS), "2026-04-05T02:00"),
    # Months end with theirs
    (SHANGHAI, "2026-01-31T18:00", Span(1, Unit.MONTHS), "2026-02-28T10:00"),
    (SHANGHAI, "2028-01-31T18:00", Span(1, Unit.MONTHS), "2028-02-29T10:00"),
    (SHANGHAI, "2026-08-31T18:00", Span(1, Unit.MONTHS), "2026-09-30T10:00"),
    (SHANGHAI, "2026-12-31T07:00", Span(2, Unit.MONTHS), "2027-02-27T23:00"),
    (BRUSSELS, "2026-03-10T09:00", Span(1, Unit.MONTHS), "2026-04-10T07:00"),
    (NEW_YORK, "2026-02-08T02:30", Span(1, Unit.MONTHS), "2026-03-08T07:00"),
    # A day of a zone need not be one of UTC
    (SHANGHAI, "2026-05-01T07:59", Span(14, Unit.DAYS), "2026-05-14T23:59"),
    (
        SHANGHAI,
        "2026-05-01T07:59",
        Span(14, Unit.DAYS, ends=Ends.END_OF_DAY),
        "2026-05-15T15:59:59",
    ),
    (
        SHANGHAI,
        "2026-05-01T07:59",
        Span(1, Unit.MONTHS, ends=Ends.END_OF_DAY),
        "2026-06-01T15:59:59",
    ),
    (
        SHANGHAI,
        "2026-09-30T07:59",
        Span(1, Unit.WORKING_DAYS, "cn", Ends.SAME_TIME),
        "2026-10-07T23:59",
    ),
    (SHANGHAI, "2026-10-01T00:30", Span(1, Unit.WORKING_DAYS, "cn"), "2026-10-08T15:59:59"),
    (SHANGHAI, "2026-05-01T07:59", Span(0, Unit.MINUTES), "2026-04-30T23:59"),
    (SHANGHAI, "2026-05-01T07:59:59", Span(30, Unit.MINUTES), "2026-05-01T00:29:59"),
]


@pytest.mark.parametrize(("zone", "start", "span", "due"), CLOCKS)
def test_spans_by_the_clock_and_by_the_calendar(zone, start, span, due):
    """Hours elapse; days keep the time of day, whatever summer time does."""
    assert after(local(start, zone), span, zone, CALENDARS) == utc(due)


ROLLED = [
    ("eu_target", BRUSSELS, "2026-10-10T15:00", Roll.NOON_NEXT_WORKING_DAY, "2026-10-12T10:00"),
    ("eu_target", BRUSSELS, "2026-04-03T15:00", Roll.NOON_NEXT_WORKING_DAY, "2026-04-07T10:00"),
    ("eu_target", BRUSSELS, "2026-03-28T15:00", Roll.NOON_NEXT_WORKING_DAY, "2026-03-30T10:00"),
    ("eu_target", BRUSSELS, "2026-12-25T09:00", Roll.NOON_NEXT_WORKING_DAY, "2026-12-28T11:00"),
    ("eu_target", BRUSSELS, "2026-10-09T23:59", Roll.NOON_NEXT_WORKING_DAY, "2026-10-09T21:59"),
    ("eu_target", BRUSSELS, "2026-10-10T15:00", Roll.NONE, "2026-10-10T13:00"),
    ("cn", SHANGHAI, "2026-10-03T09:15", Roll.NEXT_WORKING_DAY, "2026-10-08T01:15"),
    ("cn", SHANGHAI, "2026-10-10T09:15", Roll.NEXT_WORKING_DAY, "2026-10-10T01:15"),
    ("XSHG", SHANGHAI, "2026-10-10T09:15", Roll.NEXT_TRADING_DAY, "2026-10-12T01:15"),
    ("cn", SHANGHAI, "2026-02-20T23:59:59", Roll.NEXT_WORKING_DAY, "2026-02-24T15:59:59"),
]


@pytest.mark.parametrize(("id", "zone", "at", "roll", "due"), ROLLED)
def test_a_limit_on_a_day_off_moves(id, zone, at, roll, due):
    """To noon where the rule says so, else to the same time; on a day of work it stays."""
    assert rolled(local(at, zone), roll, zone, calendar(id)) == utc(due)


@pytest.mark.parametrize(
    ("start", "amount", "day"),
    [("2026-12-28T09:00", 4, "2027-01-01"), ("2024-12-31T09:00", 0, "2024-12-31")],
)
def test_nothing_is_guessed_past_what_a_calendar_knows(start, amount, day):
    """It is said which calendar, which day, and where the notice belongs."""
    span = Span(amount, Unit.WORKING_DAYS, "cn")
    with pytest.raises(BeyondCalendar) as caught:
        after(local(start, SHANGHAI), span, SHANGHAI, CALENDARS)
    for language, words in (("zh", "只收录2025-01-01至2026-12-31"), ("en", "2026-12-31 only")):
        said = caught.value.said(language)
        assert words in said
        assert day in said
        assert "playbooks/calendars/cn.yaml" in said


def test_a_limit_rolled_past_the_end_is_told():
    """The last day of the year is a Thursday; the weekend after it lies beyond."""
    with pytest.raises(BeyondCalendar):
        rolled(local("2027-01-02T09:00", SHANGHAI), Roll.NEXT_WORKING_DAY, SHANGHAI, calendar("cn"))


def test_a_calendar_that_is_not_there_is_told():
    """It is one of those that do not reach far enough, and is named."""
    with pytest.raises(NoCalendar) as caught:
        after(local("2026-12-28T09:00", SHANGHAI), Span(1, Unit.WORKING_DAYS, "mars"), SHANGHAI, {})
    assert isinstance(caught.value, BeyondCalendar)
    assert "没有日历“mars”" in caught.value.said("zh")
    assert "playbooks/calendars/mars.yaml" in caught.value.said("en")


INSTANTS = st.integers(0, 180 * 86400).map(
    lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)
ZONES = st.sampled_from([SHANGHAI, NEW_YORK, LONDON, SYDNEY])
SPANS = st.builds(
    Span,
    amount=st.integers(0, 60),
    unit=st.sampled_from(
        [Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.TRADING_DAYS]
    ),
    calendar=st.sampled_from(["cn", "XSHG", "us_federal"]),
    ends=st.sampled_from(Ends),
)


@given(INSTANTS, INSTANTS, SPANS, ZONES)
def test_who_begins_later_ends_no_sooner(one, other, span, zone):
    """A span is monotone in its start; months, cut at their ends, need not be."""
    earlier, later = sorted([one, other])
    assert after(earlier, span, zone, CALENDARS) <= after(later, span, zone, CALENDARS)


@given(INSTANTS, st.integers(1, 60), st.sampled_from(["cn", "XSHG", "us_federal"]))
def test_working_days_are_those_counted_one_by_one(start, amount, id):
    """The last day is the one up to which just so many are worked, and is itself worked."""
    span = Span(amount, Unit.WORKING_DAYS, id, Ends.END_OF_DAY)
    last = after(start, span, SHANGHAI, CALENDARS).astimezone(ZoneInfo(SHANGHAI)).date()
    first = start.astimezone(ZoneInfo(SHANGHAI)).date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    worked = [day for day in between if is_working_day(day, CALENDARS[id])]
    assert len(worked) == amount
    assert worked[-1] == last


def test_the_make_up_days_of_2026():
    """Worked, all of them, and traded on none."""
    days = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    for day in map(date.fromisoformat, days):
        assert is_working_day(day, calendar("cn"))
        assert not is_working_day(day, calendar("XSHG"))
