"""Instants as people type them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from responder.inbound.language.text import plain

CLOCK = re.compile(r"([01]?\d|2[0-3])[:点时]([0-5]\d)?分?")
NOW = frozenset({"now", "现在", "此刻"})


def moment(text: str, now: datetime, zone: str, past: bool = False) -> datetime | None:
    """`20:15` (today; the day before where that must be past), `2026-12-01 20:00`, or ISO 8601.

    Without an offset it is the site's time.
    """
    written = plain(text)
    local = ZoneInfo(zone)
    if written in NOW:
        return now
    if clock := CLOCK.fullmatch(written):
        at = now.astimezone(local).replace(
            hour=int(clock[1]), minute=int(clock[2] or 0), second=0, microsecond=0
        )
        return at - timedelta(days=1) if past and at > now else at
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=local)
