"""The half-year clock of drills (7.1 x), and the year's report (7.1 aa)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.drill_record import DrillRecord, half_before, half_of, last_quarter_of
from responder.domain.site import Firm, Site
from responder.readiness.control import Light, stands
from responder.readiness.controls import every_control
from responder.readiness.situation import Situation

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONTROLS = {one.id: one for one in every_control()}


def light(clause: str, today: str, *drills: DrillRecord) -> Light:
    """How a control stands on a day with these drills on record."""
    at = datetime.combine(date.fromisoformat(today), time(9), SHANGHAI)
    site = Site(firm=Firm(bureau="bureau"), drills_held=drills)
    return stands(CONTROLS[clause], Situation(site, at)).light


def on(day: str, **said: object) -> DrillRecord:
    return replace(DrillRecord(day, on=date.fromisoformat(day)), **said)  # type: ignore[arg-type]


BEFORE = on("2025-11-15")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-01-01", Light.GREEN),
        ("2026-03-31", Light.GREEN),
        ("2026-04-01", Light.AMBER),
        ("2026-06-30", Light.AMBER),
        ("2026-07-01", Light.RED),
        ("2026-12-31", Light.RED),
    ],
)
def test_a_half_year_without_a_drill(today, expected):
    """January to June with none: spoken of from 1 April, not met from 1 July."""
    assert light("7.1-x", today, BEFORE) is expected


def test_two_in_one_half_do_not_serve_the_next():
    """Nor does the next make up for a half without one."""
    two = on("2026-02-07"), on("2026-05-16")
    assert light("7.1-x", "2026-12-01", BEFORE, *two) is Light.AMBER
    assert light("7.1-x", "2027-01-01", BEFORE, *two) is Light.RED
    assert light("7.1-x", "2026-08-01", BEFORE, on("2026-07-04")) is Light.RED


def test_a_drill_that_is_planned_does_not_count():
    """What is to come was not held."""
    assert light("7.1-x", "2026-07-01", BEFORE, on("2026-07-02")) is Light.RED


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-11-30", Light.GREEN), ("2026-12-01", Light.AMBER), ("2027-01-01", Light.RED)],
)
def test_the_years_drills_are_reported_before_it_ends(today, expected):
    """From December on it is spoken of, in the new year not met."""
    held = on("2026-05-16")
    assert light("7.1-aa", today, held) is expected
    reported = on("2026-05-16", reported_on=date(2026, 11, 1))
    assert light("7.1-aa", today, reported) is Light.GREEN


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_half_years_tile_the_calendar(day):
    """Each day lies in one half, the one before ends where it begins, its last quarter inside."""
    first, end = half_of(day)
    assert first <= day < end
    assert half_before(day)[1] == first
    assert half_of(first - timedelta(days=1)) == half_before(day)
    assert first < last_quarter_of((first, end)) < end
