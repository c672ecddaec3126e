"""The next date of a recurring drill, the day it is held on, what is wrong with its rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.planned_drill import PlannedDrill
from responder.domain.recurrence import Recurrence
from responder.domain.roster import Roster
from responder.domain.rota import Absence
from responder.drills.dates import is_free
from responder.drills.recurring import (
    AROUND,
    begins_on,
    dates_to_come,
    held_on,
    is_dealt_with,
    is_overtaken,
    next_date,
    stands_for,
)
from responder.drills.recurring_flaws import recurrence_flaws
from responder.engine.recurrence import days_of
from responder.errors import BadInput
from tests.unit.drills.test_flaws import MARKET, firm, sound

NOW = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HALF_YEARLY = {"month": "5,11", "day": "2nd sat"}
FOURTEENTH = date(2026, 11, 14)
"""A Saturday."""


def recurring(rule: dict[str, Any] | None = None, **fields: Any) -> Any:
    return replace(sound(), recurs=Recurrence(**(rule or HALF_YEARLY)), **fields)


def local(at: datetime) -> str:
    return f"{at:%m-%d %H:%M}"


def test_it_is_next_from_six_weeks_before_to_the_day_before():
    """On the day itself it is too late to plan it."""
    one, site = recurring(), firm()
    for day, found in (
        (FOURTEENTH - 46 * DAY, None),
        (FOURTEENTH - 45 * DAY, FOURTEENTH),
        (FOURTEENTH - DAY, FOURTEENTH),
        (FOURTEENTH, None),
    ):
        now = datetime.combine(day, NOW.timetz())
        assert next_date(one, site, days_of, now) == found


@pytest.mark.parametrize(
    ("zone", "at", "day", "utc"),
    [
        ("Asia/Shanghai", None, "2026-11-14", "2026-11-14T08:00"),
        ("Asia/Shanghai", 9 * HOUR, "2026-11-14", "2026-11-14T01:00"),
        ("Europe/London", 9 * HOUR, "2026-03-28", "2026-03-28T09:00"),
        ("Europe/London", 9 * HOUR, "2026-03-29", "2026-03-29T08:00"),
        ("Europe/London", HOUR + HOUR / 2, "2026-03-29", "2026-03-29T01:00"),
        ("Europe/London", HOUR + HOUR / 2, "2026-10-25", "2026-10-25T00:30"),
        ("America/New_York", 9 * HOUR, "2026-11-01", "2026-11-01T14:00"),
    ],
)
def test_it_begins_at_a_local_time(zone, at, day, utc):
    """An hour that the zone skips is its first valid instant, one that it repeats the first."""
    one = recurring({**HALF_YEARLY, "at": at})
    begins = begins_on(one, replace(firm(), time_zone=zone), date.fromisoformat(day))
    assert begins.astimezone(UTC).isoformat()[:16] == utc


def held(one, day, site=None, leaders=("clerk",), now=NOW):
    return held_on(one, Roster(site or firm()), day, leaders, now)


def test_on_its_own_day_where_nothing_is_in_the_way():
    found = held(recurring({**HALF_YEARLY, "at": 9 * HOUR}), FOURTEENTH)
    assert (local(found.at), found.why.zh) == ("11-14 09:00", "")


def test_else_on_the_nearest_day_that_suits_and_why():
    """Thursday at ten meets a session: the Saturday after is as near as no other."""
    found = held(recurring({"month": "11", "day": "2nd thu", "at": 10 * HOUR}), date(2026, 11, 12))
    assert local(found.at) == "11-14 10:00"
    assert "XTST" in found.why.zh
    assert "XTST trades" in found.why.en


def test_where_a_scenario_says_why_it_meets_the_session():
    one = recurring({"month": "11", "day": "2nd thu", "at": 10 * HOUR}, in_session="联合测试")
    assert local(held(one, date(2026, 11, 12)).at) == "11-12 10:00"


def test_a_drill_of_off_days_moves_to_one():
    found = held(recurring({"month": "11", "day": "2nd thu"}, off_days=True), date(2026, 11, 12))
    assert local(found.at) == "11-14 16:00"
    assert found.why.en == "markets trade on that day"


def away(*people, since=FOURTEENTH, days=1):
    start = datetime.combine(since, datetime.min.time(), UTC) - 8 * HOUR
    return tuple(Absence(person, start, start + days * DAY, "") for person in people)


def test_not_while_all_who_lead_it_are_absent():
    """One of them is enough."""
    site = replace(firm(), absences=away("clerk", "boss"))
    one = recurring({**HALF_YEARLY, "at": 17 * HOUR})
    assert held(one, FOURTEENTH, site, ("clerk", "head")).why.en == ""
    found = held(one, FOURTEENTH, site, ("clerk", "boss"))
    assert local(found.at) == "11-15 17:00"
    assert "absent" in found.why.en


def test_it_stays_in_its_half_year():
    """A drill of June moved into July would be none of the first half."""
    one = recurring({"month": "6", "day": "30", "at": 10 * HOUR})
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert local(held(one, date(2026, 6, 30), now=now).at) == "06-28 10:00"


def test_a_day_nobody_knows_the_market_of_waits_for_its_calendar():
    """Past the calendar's end nothing is guessed, where it matters; after the close it does not."""
    new_year = date(2027, 1, 9)
    now = datetime(2026, 12, 1, tzinfo=UTC)
    one = recurring({"month": "1", "day": "2nd sat", "at": 10 * HOUR})
    with pytest.raises(BadInput, match="calendar of XTST does not reach"):
        held(one, new_year, now=now)
    longer = replace(firm(), calendars={"XTST": replace(MARKET, until=date(2027, 12, 31))})
    assert held(one, new_year, longer, now=now).why.en == ""
    late = recurring({"month": "1", "day": "2nd sat", "at": 17 * HOUR})
    assert held(late, new_year, now=now).why.en == ""


def test_where_no_day_suits_that_is_said():
    """Everybody who leads it is away for five weeks."""
    site = replace(firm(), absences=away("clerk", since=date(2026, 10, 25), days=40))
    with pytest.raises(BadInput, match="no day within two weeks") as refused:
        held(recurring(), FOURTEENTH, site)
    assert "drill schedule s" in refused.value.said("zh")


def plan(at: datetime, **fields: Any) -> PlannedDrill:
    return replace(PlannedDrill("DPL-1", "s", at, NOW, "", "clerk"), **fields)


@pytest.mark.parametrize(
    ("days", "stands"), [(-15, False), (-14, True), (0, True), (14, True), (90, True)]
)
def test_a_drill_to_come_stands_for_the_date_from_two_weeks_before(days, stands):
    begins = begins_on(recurring(), firm(), FOURTEENTH)
    one = plan(begins + days * DAY)
    assert stands_for(one, begins, NOW) is stands
    assert not stands_for(replace(one, cancelled="x"), begins, NOW)
    assert not stands_for(one, begins, one.starts_at)


def test_what_never_began_is_waited_for_two_weeks():
    one = plan(NOW)
    assert not is_overtaken(one, NOW + AROUND - HOUR)
    assert is_overtaken(one, NOW + AROUND)
    assert not is_overtaken(replace(one, drill="DRL-1"), NOW + AROUND)


def test_the_dates_to_come_leave_out_what_a_plan_stands_for():
    """A cancelled date stays cancelled; what is planned for it by hand hides it too."""
    one, site = recurring(), firm()
    spring = date(2027, 5, 8)
    assert dates_to_come(one, site, (), days_of, NOW) == [FOURTEENTH, spring]
    cancelled = plan(NOW, occurrence=FOURTEENTH, cancelled="x")
    assert is_dealt_with(one, FOURTEENTH, [cancelled])
    assert dates_to_come(one, site, [cancelled], days_of, NOW) == [spring]
    by_hand = plan(begins_on(one, site, FOURTEENTH) - 10 * DAY)
    assert dates_to_come(one, site, [by_hand], days_of, NOW) == [spring]
    other = replace(by_hand, scenario="t")
    assert dates_to_come(one, site, [other], days_of, NOW) == [FOURTEENTH, spring]


def test_of_a_rule_that_cannot_be_read_no_date_is_shown():
    assert dates_to_come(recurring({"day": "x"}), firm(), (), days_of, NOW) == []


FLAWS = [
    ({"month": "5", "day": "2nd sut"}, {}, "cannot be read: “2nd sut”"),
    ({"month": "2", "day": "31"}, {}, "never comes"),
    ({"month": "5"}, {}, "recurs within a week: 2027-05-01, 2027-05-02"),
    ({"day_of_week": "mon,thu"}, {}, "recurs within a week"),
    ({"month": "5", "day": "2nd thu", "at": 10 * HOUR}, {}, "trade whenever it recurs"),
    ({"month": "5", "day": "2nd thu"}, {"off_days": True}, "trade whenever it recurs"),
]
SOUND = [
    ({}, {"recurs": None}),
    (HALF_YEARLY, {}),
    (HALF_YEARLY, {"unannounced": True}),
    ({"day_of_week": "sat"}, {}),
    ({"month": "2", "day": "29"}, {}),
    ({"month": "5", "day": "15", "at": 10 * HOUR}, {}),
    ({"month": "5", "day": "2nd thu", "at": 10 * HOUR}, {"in_session": "联合测试"}),
]


@pytest.mark.parametrize(("rule", "fields", "en"), FLAWS)
def test_a_flaw_is_found(rule, fields, en):
    """Each with a mend, in both languages; just one for each fault."""
    (flaw,) = recurrence_flaws(recurring(rule, **fields), firm(), days_of, NOW.date())
    assert flaw.path == ("recurs",)
    assert en in flaw.what.en
    assert flaw.what.zh
    assert flaw.mend.zh
    assert flaw.mend.en


@pytest.mark.parametrize(("rule", "fields"), SOUND)
def test_a_sound_rule_has_none(rule, fields):
    """15 May is a Saturday in one year of the two: now and then in a session is no flaw."""
    one = replace(recurring(rule or None), **fields)
    assert list(recurrence_flaws(one, firm(), days_of, NOW.date())) == []


@given(
    st.dates(date(2026, 1, 2), date(2026, 12, 30)),
    st.integers(0, 23),
    st.booleans(),
    st.integers(0, 60),
)
def test_never_in_a_session_nor_in_the_past_nor_in_another_half(day, hour, off_days, before):
    """Whatever the date: held at a free time near it, or not at all."""
    one = recurring({"month": "1", "at": hour * HOUR}, off_days=off_days)
    today = day - before * DAY
    now = datetime.combine(today, datetime.min.time(), UTC)
    try:
        found = held(one, day, now=now)
    except BadInput:
        return
    assert is_free(one, firm(), found.at)
    assert abs(found.at.date() - day) <= AROUND
    assert (found.at.date().month < 7) == (day.month < 7)
    if found.why.zh:
        assert found.at.date() > today
    else:
        assert found.at.date() == day
