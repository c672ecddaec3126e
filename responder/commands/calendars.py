"""What the calendars that a site counts by say of an instant."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from responder.domain.calendar import Calendar
from responder.domain.words import Words
from responder.errors import BeyondCalendar
from responder.regimes.days import is_working_day
from responder.regimes.sessions import phase_at

WORKING = Words("工作日", "working day")
DAY_OFF = Words("休息日", "day off")
UNKNOWN = Words("超出日历范围", "beyond the calendar")


def calendars_at(calendars: Mapping[str, Calendar], at: datetime) -> list[dict[str, Any]]:
    """Each calendar, from when to when it is known, and the phase of a market, or kind of day.

    `phase` tells where an instant lies beyond what a calendar knows; `trading_day` is None there.
    """
    return [_at(calendar, at) for calendar in calendars.values()]


def _at(calendar: Calendar, at: datetime) -> dict[str, Any]:
    phase, trading_day = _phase(calendar, at)
    return {
        "id": calendar.id,
        "name": {"zh": calendar.name.said("zh"), "en": calendar.name.said("en")},
        "since": calendar.since.isoformat(),
        "until": calendar.until.isoformat(),
        "phase": {"zh": phase.zh, "en": phase.en},
        "trading_day": trading_day.isoformat() if trading_day else None,
        "source": calendar.source,
        "confidence": calendar.confidence,
        "needs_verification": calendar.needs_verification,
    }


def _phase(calendar: Calendar, at: datetime) -> tuple[Words, date | None]:
    try:
        if calendar.sessions:
            phase = phase_at(at, calendar)
            return phase.name, phase.trading_day
        today = at.astimezone(ZoneInfo(calendar.time_zone)).date()
        return (WORKING if is_working_day(today, calendar) else DAY_OFF), None
    except BeyondCalendar:
        return UNKNOWN, None
