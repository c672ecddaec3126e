"""Calendars from the command line."""

from responder.site.calendars import read_calendar, shipped_calendar
from responder.site.fields import Fields
from responder.site.shapes import Reading
from responder.site.yaml_source import parse_yaml


def test_the_calendars_in_use_are_listed(cli):
    """Each with its end, and the phase and trading day of an instant; past its end it says so."""
    at = "2026-10-10T10:00:00+08:00"  # a Saturday that is worked and not traded
    found = {
        one["id"]: one for one in cli("calendar", "list", "--at", at, "--json").json["calendars"]
    }
    assert found["XSHG"]["phase"] == {"zh": "休市日", "en": "no trading day"}
    assert found["XSHG"]["trading_day"] is None
    assert found["XSHG"]["until"] == "2026-12-31"
    assert (
        "上午连续竞价"
        in cli("calendar", "list", "--at", "2026-10-12T10:00:00+08:00", "--lang", "zh").out
    )
    later = cli("calendar", "list", "--at", "2030-10-12T10:00:00+08:00", "--lang", "en")
    assert "beyond the calendar" in later.out


def test_a_calendar_of_the_release_can_be_copied(cli):
    """What is shown is a file that says the same; an unknown id gets near ones."""
    text = cli("calendar", "show", "XSHG").out
    reading = Reading()
    assert read_calendar(Fields(reading, parse_yaml("x.yaml", text)), "XSHG") == shipped_calendar(
        "XSHG"
    )
    assert reading.faults == []
    assert cli("calendar", "show", "XSHG", "--json").json["text"] == text
    assert "XSHG" in cli.refused("calendar", "show", "XSGH")
