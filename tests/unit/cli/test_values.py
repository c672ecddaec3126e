"""Instants, durations and lists on the command line."""

from datetime import UTC, datetime, timedelta

import click
import pytest

from responder.cli.values import DURATION, PEOPLE, instant

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
"""04:00 of the 24th in Shanghai."""


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("5m", 300), ("2h", 7200), ("3d", 259200), ("0s", 0)]
)
def test_durations(text, seconds):
    """A number and a unit."""
    assert DURATION.convert(text, None, None) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "5", "m", "-5m", "5 m", "1.5h", "5min", "9" * 9 + "d", "５m分"]
)
def test_no_durations(text):
    """Anything else is wrong usage, with examples."""
    with pytest.raises(click.BadParameter, match="90s"):
        DURATION.convert(text, None, None)


def test_people_are_listed_once():
    """Commas between, spaces forgiven."""
    assert PEOPLE.convert("a, b,,a", None, None) == ("a", "b")


def test_a_time_of_day_is_today_where_the_site_is():
    """HH:MM is today's, in the site's zone: at 20:00 UTC it is tomorrow in Shanghai."""
    found = instant("03:30", NOW, "Asia/Shanghai")
    assert found.isoformat() == "2026-11-24T03:30:00+08:00"


def test_an_instant_has_a_zone():
    """ISO 8601 with a zone, else wrong usage: nobody guesses whose eight o'clock."""
    assert instant("2026-10-01T03:00:00+08:00", NOW, "UTC").hour == 3
    assert instant("2026-10-01T03:00Z", NOW, "UTC").tzinfo is not None
    for text in ("2026-10-01T03:00", "2026-10-01", "25:00", "soon", "x" * 9999):
        with pytest.raises(click.UsageError, match=r"\+08:00"):
            instant(text, NOW, "UTC")
