"""Values on the command line: instants, durations, lists."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DURATION = re.compile(r"(\d{1,7})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Duration(click.ParamType[timedelta]):
    """`90s`, `5m`, `2h`, `3d`."""

    name = "90s|5m|2h|3d"

    def convert(self, value: Any, param: Any, ctx: Any) -> timedelta:
        """The duration, or wrong usage with an example."""
        if isinstance(value, timedelta):
            return value
        found = _DURATION.fullmatch(str(value).strip())
        if found is None:
            self.fail(f"“{value}”: 90s, 5m, 2h, 3d", param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


class Day(click.ParamType[date]):
    """`2026-12-31`."""

    name = "2026-12-31"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day, or wrong usage with an example."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"“{str(value)[:40]}”: 2026-12-31", param, ctx)


class People(click.ParamType[tuple[str, ...]]):
    """Ids with commas between them."""

    name = "P,Q"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> tuple[str, ...]:
        """The ids, each once."""
        parts = value if isinstance(value, tuple) else str(value).split(",")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def instant(text: str, now: datetime, zone: str) -> datetime:
    """An instant in ISO 8601 with a zone, or `HH:MM` today in the site's zone."""
    if clock := _CLOCK.fullmatch(text.strip()):
        local = ZoneInfo(zone)
        today: date = now.astimezone(local).date()
        return datetime(
            today.year, today.month, today.day, int(clock[1]), int(clock[2]), tzinfo=local
        )
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise _no_instant(text) from None
    if found.tzinfo is None:
        raise _no_instant(text)
    return found


def _no_instant(text: str) -> click.UsageError:
    return click.UsageError(f"“{text[:60]}”: 2026-10-01T03:00:00+08:00 / 03:00")


DURATION = Duration()
DAY = Day()
PEOPLE = People()
LEVEL = click.IntRange(1, 4)
