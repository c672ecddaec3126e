"""Days of the site: which one it is, and on which of them people work."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from responder.domain.calendar import WEEKEND
from responder.domain.site import Site
from responder.regimes.days import is_working_day


def day_of(at: datetime, zone: str) -> date:
    """The day of an instant in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def is_workday(site: Site) -> Callable[[date], bool]:
    """On which days people of the site work: by its calendar as far as it reaches, else Mon-Fri."""
    here = (c for c in site.calendars.values() if not c.sessions and c.time_zone == site.time_zone)
    calendar = next(here, None)

    def works(day: date) -> bool:
        if calendar is not None and calendar.knows(day):
            return is_working_day(day, calendar)
        return day.weekday() not in WEEKEND

    return works
