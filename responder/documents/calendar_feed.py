"""A calendar feed as iCalendar (RFC 5545): zones with their rules, stable uids, an alarm before."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from responder.domain.feed_sheet import FeedDate, FeedSheet
from responder.domain.words import Words

MADE_BY = "-//Responder//Duty//ZH"
DOMAIN = "responder"
BEFORE = timedelta(hours=1)
ASK_AGAIN = timedelta(hours=1)
SOON = Words("一小时后", "in an hour")


def calendar_text(sheet: FeedSheet) -> bytes:
    """The feed, byte for byte the same for the same sheet."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", sheet.name)
    calendar.add("x-wr-timezone", sheet.zone)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for date in sheet.dates:
        calendar.add_component(_event(date, sheet))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(date: FeedDate, sheet: FeedSheet) -> Event:
    zone, changed = ZoneInfo(sheet.zone), sheet.changed_at.astimezone(UTC)
    event = Event()
    event.add("uid", f"{date.uid}@{DOMAIN}")
    event.add("summary", date.title)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sheet.sequence)
    event.add("status", "TENTATIVE" if date.is_tentative else "CONFIRMED")
    event.add("transp", "OPAQUE" if date.busy else "TRANSPARENT")
    if date.said:
        event.add("description", date.said)
    if not isinstance(date.start, datetime):
        event.add("dtstart", date.start)
        event.add("dtend", date.start + timedelta(days=1))
    else:
        event.add("dtstart", date.start.astimezone(zone))
        event.add("dtend", (date.end or date.start).astimezone(zone))
    if date.warns:
        event.add_component(_alarm(date, sheet.language))
    return event


def _alarm(date: FeedDate, language: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{date.title} · {SOON.said(language)}")
    alarm.add("trigger", -BEFORE)
    return alarm
