"""Durations, days and local times as an emergency planner writes them."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from responder.domain.rota import BEGINNING, NEVER

LONGEST = timedelta(days=3660)

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d{1,9})\s*([smhd])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?"
)
_HOURS = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)")


def span_of(text: str) -> timedelta | None:
    """`90s`, `5m`, `2h`, `3d`, or a bare `0`; None if it is nothing of the kind."""
    if text.strip() == "0":
        return timedelta(0)
    found = _SPAN.fullmatch(text.strip())
    if not found:
        return None
    span = timedelta(**{_UNITS[found[2]]: int(found[1])})
    return span if span <= LONGEST else None


def day_of(text: str) -> date | None:
    """`2026-09-01`; None if it is nothing of the kind, or outside any calendar we keep."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if BEGINNING.year < day.year < NEVER.year else None


def moment_of(text: str) -> date | datetime | None:
    """A day, or a time with or without a zone of its own; None if it is neither."""
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return day_of(text)
    day = day_of(found[1])
    if day is None:
        return None
    try:
        clock = time.fromisoformat(found[2])
        zone = datetime.strptime(found[3].upper(), "%z").tzinfo if found[3] else None
    except ValueError:
        return None
    return datetime.combine(day, clock, zone)


def time_of(text: str) -> time | None:
    """A time of day, `22:00` or `7:30`."""
    found = _HOURS.fullmatch(text.strip())
    if not found:
        return None
    written = found[1] if found[1][2] == ":" else f"0{found[1]}"
    try:
        return time.fromisoformat(written)
    except ValueError:
        return None


def local(moment: date | datetime, zone: str) -> datetime:
    """The wall time of a rotation's start in its zone, as `Rotation.starts` wants it."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
