"""On which days a drill comes again, by APScheduler's cron trigger. It is asked, never started.

The trigger reckons in whole days of UTC; which instant a day's local time is, zones and daylight
saving included, the house decides itself.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from apscheduler.triggers.cron import CronTrigger

from responder.domain.recurrence import Recurrence
from responder.errors import BadInput

DAY = timedelta(days=1)
WRITTEN = {
    "month": ("5,11", "may,nov"),
    "day": ("2nd sat", "last fri", "15"),
    "week": ("20,46",),
    "day_of_week": ("sat", "mon-fri"),
}
"""How each field may be written."""


def days_of(rule: Recurrence, since: date, until: date) -> Iterator[date]:
    """The days of a rule in [since, until), in order. Raises BadInput for one not to be read."""
    trigger = CronTrigger(**_fields(rule), hour=0, timezone=UTC, end_date=_midnight(until - DAY))
    fire = trigger.get_next_fire_time(None, _midnight(since))
    while fire is not None:
        yield fire.date()
        fire = trigger.get_next_fire_time(None, fire + DAY)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _fields(rule: Recurrence) -> dict[str, str]:
    written = {name: getattr(rule, name).strip() for name in WRITTEN}
    for name, text in written.items():
        if text and not _is_readable(name, text):
            raise BadInput(
                f"recurs 的 {name} 无法识别：“{text}”。",
                f"The {name} of “recurs” cannot be read: “{text}”.",
                f"可写：{'、'.join(WRITTEN[name])}。",
                f"Write it like {', '.join(WRITTEN[name])}.",
            )
    return {name: text for name, text in written.items() if text}


def _is_readable(name: str, text: str) -> bool:
    """Weekdays go by name alone: their numbers begin with Monday here and with Sunday elsewhere."""
    if name == "day_of_week" and any(sign.isdigit() for sign in text):
        return False
    try:
        CronTrigger(**{name: text}, timezone=UTC)
    except ValueError:
        return False
    return True
