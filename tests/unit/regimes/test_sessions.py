"""Phases, trading days and trading time against the markets' printed hours."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.domain.calendar import Calendar
from responder.errors import BeyondCalendar
from responder.regimes.sessions import affected, phase_at, sessions_between, trading_day_of
from responder.site.calendars import shipped_calendar

MINUTE = timedelta(minutes=1)


def calendar(id: str) -> Calendar:
    found = shipped_calendar(id)
    assert found is not None
    return found


def at(id: str, written: str) -> datetime:
    """An instant as the market's own clock shows it."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(calendar(id).time_zone))


PHASES = [
    ("XSHG", "2026-09-24T09:14:59", "before_open", "2026-09-24"),
    ("XSHG", "2026-09-24T09:15", "call_auction", "2026-09-24"),
    ("XSHG", "2026-09-24T09:25", "break", "2026-09-24"),
    ("XSHG", "2026-09-24T09:30", "morning", "2026-09-24"),
    ("XSHG", "2026-09-24T11:30", "lunch", "2026-09-24"),
    ("XSHG", "2026-09-24T13:00", "afternoon", "2026-09-24"),
    ("XSHG", "2026-09-24T14:57", "closing_auction", "2026-09-24"),
    ("XSHG", "2026-09-24T15:00", "break", "2026-09-24"),
    ("XSHG", "2026-09-24T15:05", "after_hours", "2026-09-24"),
    ("XSHG", "2026-09-24T15:30", "after_close", "2026-09-24"),
    ("XSHG", "2026-10-10T10:00", "closed", None),  # a Saturday that is worked
    ("XSHG", "2026-12-31T16:00", "after_close", "2026-12-31"),
    # A night session belongs to the trading day after it
    ("XSGE", "2026-09-18T20:54", "after_close", "2026-09-18"),
    ("XSGE", "2026-09-18T20:55", "night_auction", "2026-09-21"),
    ("XSGE", "2026-09-18T21:00", "night", "2026-09-21"),  # Friday, for Monday
    ("XSGE", "2026-09-19T02:29", "night", "2026-09-21"),
    ("XSGE", "2026-09-19T02:30", "closed", None),
    ("XSGE", "2026-09-20T21:30", "closed", None),  # a Sunday that is worked
    ("XSGE", "2026-09-21T21:30", "night", "2026-09-22"),
    ("XSGE", "2026-09-22T01:00", "night", "2026-09-22"),
    ("XSGE", "2026-09-22T03:00", "before_open", "2026-09-22"),
    ("XSGE", "2026-09-22T10:20", "break", "2026-09-22"),
    # and there is none before a holiday
    ("XSGE", "2026-09-24T21:30", "after_close", "2026-09-24"),
    ("XSGE", "2026-09-25T01:00", "closed", None),
    ("XSGE", "2026-09-30T21:30", "after_close", "2026-09-30"),
    ("XSGE", "2026-02-13T21:30", "after_close", "2026-02-13"),
    ("XSGE", "2026-10-08T08:00", "before_open", "2026-10-08"),
    ("XSGE", "2026-10-08T21:30", "night", "2026-10-09"),
    ("XSGE", "2026-12-31T10:00", "morning_1", "2026-12-31"),
    ("XSGE", "2026-12-31T10:20", "break", "2026-12-31"),  # no next year needed for that
    # Half days
    ("XHKG", "2026-12-24T11:59", "morning", "2026-12-24"),
    ("XHKG", "2026-12-24T12:00", "after_close", "2026-12-24"),
    ("XNYS", "2026-11-27T12:59", "core", "2026-11-27"),
    ("XNYS", "2026-11-27T13:00", "after_close", "2026-11-27"),
]


@pytest.mark.parametrize(("id", "written", "phase", "day"), PHASES)
def test_what_a_market_does_at_an_instant(id, written, phase, day):
    """A session from its first second to the last but one, and the trading day it belongs to."""
    found = phase_at(at(id, written), calendar(id))
    assert found.id == phase
    assert found.trading_day == (date.fromisoformat(day) if day else None)
    assert trading_day_of(at(id, written), calendar(id)) == found.trading_day
    assert found.name.zh
    assert found.name.en


@pytest.mark.parametrize(("written", "hour"), [("2026-03-06", 14), ("2026-03-09", 13)])
def test_sessions_follow_summer_time(written, hour):
    """New York opens at 9:30, on either side of 8 March."""
    opens = datetime.fromisoformat(f"{written}T{hour}:30+00:00")
    assert phase_at(opens, calendar("XNYS")).id == "core"
    assert phase_at(opens - MINUTE, calendar("XNYS")).id == "before_open"


@pytest.mark.parametrize("written", ["2026-12-31T21:30", "2027-01-01T10:00", "2024-12-31T10:00"])
def test_nothing_is_guessed_past_what_a_calendar_knows(written):
    """Nor is the night session of a trading day that lies past its end."""
    with pytest.raises(BeyondCalendar):
        phase_at(at("XSGE", written), calendar("XSGE"))


OUTAGES = [
    ("XSHG", [("2026-09-24T11:20", "2026-09-24T13:10")], 20),  # over lunch
    ("XSHG", [("2026-09-24T09:00", "2026-09-24T15:10")], 250),  # 10 + 120 + 120 of a whole day
    ("XSHG", [("2026-09-24T14:50", "2026-09-28T09:20")], 15),  # over Mid-Autumn: 10 and 5
    ("XSHG", [("2026-09-26T09:30", "2026-09-26T11:30")], 0),
    (
        "XSHG",
        [("2026-09-24T09:30", "2026-09-24T09:40"), ("2026-09-24T09:35", "2026-09-24T09:50")],
        20,
    ),
    ("XSHG", [("2026-09-24T09:35", "2026-09-24T09:30")], 0),  # an end before its start
    ("XSHG", [], 0),
    ("XSGE", [("2026-09-18T20:00", "2026-09-19T03:00")], 335),  # 5 and 5 h 30
    ("XSGE", [("2026-09-24T20:00", "2026-09-25T03:00")], 0),  # none before a holiday
    ("XSGE", [("2026-12-31T10:00", "2026-12-31T11:00")], 45),
    ("XHKG", [("2026-12-24T11:50", "2026-12-24T16:00")], 10),
]


@pytest.mark.parametrize(("id", "outages", "minutes"), OUTAGES)
def test_trading_time_affected(id, outages, minutes):
    """Breaks, days off and what overlaps do not count twice, nor at all."""
    intervals = [(at(id, start), at(id, end)) for start, end in outages]
    assert affected(intervals, calendar(id)) == minutes * MINUTE


def test_seconds_count():
    """57 min 29 s were told to the second, and are counted so."""
    outage = at("XSHG", "2026-09-16T09:44:42"), at("XSHG", "2026-09-16T10:42:11")
    assert affected([outage], calendar("XSHG")) == timedelta(minutes=57, seconds=29)


def test_the_sessions_of_a_stretch_are_cut_to_it():
    """What a chart shades: in order, the breaks among them."""
    start, end = at("XSHG", "2026-09-24T11:00"), at("XSHG", "2026-09-24T14:58")
    found = sessions_between(start, end, calendar("XSHG"))
    assert [session.id for session, _, _ in found] == [
        "morning",
        "lunch",
        "afternoon",
        "closing_auction",
    ]
    assert (found[0].starts, found[-1].ends) == (start, end)


THURSDAY = at("XSGE", "2026-09-17T12:00")
FIVE = 5 * MINUTE
"""Where trading begins or ends, the clock shows whole fives."""
STRETCH = st.tuples(st.integers(0, 8 * 288), st.integers(0, 8 * 288)).map(sorted)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["XSHG", "XSGE"]), st.lists(STRETCH, max_size=3))
def test_affected_is_what_counting_finds(id, stretches):
    """Over a weekend with a day worked, a holiday, and nights: five minutes by five."""
    counting = {
        five
        for start, end in stretches
        for five in range(start, end)
        if phase_at(THURSDAY + five * FIVE, calendar(id)).counts
    }
    intervals = [(THURSDAY + start * FIVE, THURSDAY + end * FIVE) for start, end in stretches]
    assert affected(intervals, calendar(id)) == len(counting) * FIVE
