"""`init` on whatever day: the records are as fresh as on the day the sample was written."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from responder.readiness.control import Light, assess
from responder.readiness.controls import every_control
from responder.readiness.situation import Situation
from responder.site.loader import load
from responder.site.sample import SAMPLE_DATE, write_sample

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = [
    SAMPLE_DATE,
    SAMPLE_DATE + timedelta(days=6),
    SAMPLE_DATE + timedelta(days=7),
    date(2026, 9, 30),
    date(2026, 10, 1),
    date(2026, 11, 23),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 3, 31),
    date(2027, 4, 1),
    date(2027, 6, 30),
    date(2027, 7, 1),
    date(2028, 2, 29),
    date(2028, 12, 31),
    date(2029, 1, 1),
    date(2026, 1, 2),
]
CALENDARS = "7.3-2a"
"""Past the release's calendars nothing is guessed: then the limits of reports are to be seen to."""


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_fresh_sample_is_green(day, tmp_path):
    """On the day of `init`, early or late in it, every control is green."""
    write_sample(tmp_path / "site", day)
    site = load(tmp_path / "site").site
    for hour in (time(0, 30), time(10), time(23, 30)):
        at = datetime.combine(day, hour, SHANGHAI)
        found = assess(Situation(site, at), every_control())
        dull = {one.id: one for one in found if one.light is not Light.GREEN}
        reach = min(one.until for one in site.calendars.values())
        if day > reach - timedelta(days=14):
            assert dull.pop(CALENDARS).light is Light.AMBER
        assert {id: (one.light, one.reason.en) for id, one in dull.items()} == {}
