"""Values in plain form, as hub fields keep them: read from what people type, said as papers say it.

Numbers have no separators, instants are ISO 8601 in UTC, spans whole minutes, yes is `yes`.
"""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from responder.domain.words import Words

FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*(万|亿)?")
SEPARATORS = re.compile(r"(?<=\d)[,，\s](?=\d)")
TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
SPAN = re.compile(
    r"(?:(\d+)\s*(?:d|天|日))?\s*(?:(\d+)\s*(?:h|小时|时))?\s*(?:(\d+)\s*(?:m|min|分|分钟)?)?"
)
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：点时]([0-5]\d)(?:[:：分]([0-5]\d)秒?)?分?")
YES = frozenset({"yes", "y", "true", "是", "有"})
NO = frozenset({"no", "n", "false", "否", "无", "没有"})
ANSWERS = {"yes": Words("是", "yes"), "no": Words("否", "no")}
MOST_DIGITS = 18


def number(text: str, *, whole: bool) -> str | None:
    """`120,000`, `12万`, `3.5`: digits alone; None for what is no such number."""
    found = FIGURE.fullmatch(SEPARATORS.sub("", text.strip()))
    if found is None or len(found[1]) > MOST_DIGITS:
        return None
    value = Decimal(found[1]) * TIMES.get(found[2] or "", Decimal(1))
    if whole and value != value.to_integral_value():
        return None
    return f"{value.normalize():f}"


def percent(text: str) -> str | None:
    """`4.2`, `4.2%`."""
    return number(text.strip().rstrip("%％").strip(), whole=False)


def minutes(text: str) -> str | None:
    """`90`, `90m`, `1h30m`, `1小时30分`: whole minutes."""
    found = SPAN.fullmatch(text.strip().casefold())
    if found is None or not any(found.groups()):
        return None
    days, hours, left = (int((part or "0")[:9]) for part in found.groups())
    return str((days * 24 + hours) * 60 + left)


def yes_no(text: str) -> str | None:
    """`yes` or `no`, however it is said."""
    written = text.strip().casefold()
    return "yes" if written in YES else "no" if written in NO else None


def instant(text: str, now: datetime, zone: str) -> str | None:
    """`20:15:07` (the last time it was so), `2026-11-23 20:15`, or ISO 8601.

    Without an offset it is the site's time.
    """
    local = ZoneInfo(zone)
    if clock := CLOCK.fullmatch(text.strip()):
        hour, minute, second = (int(part or 0) for part in clock.groups())
        at = now.astimezone(local).replace(hour=hour, minute=minute, second=second, microsecond=0)
        return plain(at - timedelta(days=1) if at > now else at)
    try:
        found = datetime.fromisoformat(text.strip())
        return plain(found if found.tzinfo else found.replace(tzinfo=local))
    except (ValueError, OverflowError):
        return None


def plain(at: datetime) -> str:
    """An instant as hub fields keep it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def figure_said(text: str) -> str:
    """120000 as 120,000."""
    return f"{Decimal(text):,f}"


def instant_said(at: datetime, zone: str, language: str) -> str:
    """An instant as papers write it, in the zone of their rule; English adds ISO 8601 in UTC."""
    local = at.astimezone(ZoneInfo(zone))
    if language == "zh":
        return f"{local.year}年{local.month}月{local.day}日{local:%H时%M分%S秒}（{_offset(local)}）"
    return f"{local:%Y-%m-%d %H:%M:%S} {_offset(local)} ({plain(at)})"


def minutes_said(text: str, language: str) -> str:
    """130 as 2小时10分钟（130分钟）, or 00:02:10 (130 min), the form's DD:HH:MM."""
    whole = int(text)
    hours, left = divmod(whole, 60)
    if language == "zh":
        said = f"{hours}小时{left}分钟" if hours else ""
        return f"{said}（{whole}分钟）" if said else f"{whole}分钟"
    return f"{hours // 24:02}:{hours % 24:02}:{left:02} ({whole} min)"


def late_said(span: timedelta, language: str) -> str:
    """How late, to the second: 57分29秒."""
    total = int(span.total_seconds())
    hours, rest = divmod(total, 3600)
    minute, second = divmod(rest, 60)
    if language == "zh":
        return f"{hours}小时" * bool(hours) + f"{minute}分" * bool(hours or minute) + f"{second}秒"
    return f"{hours} h " * bool(hours) + f"{minute} min " * bool(hours or minute) + f"{second} s"


def _offset(local: datetime) -> str:
    """UTC+8."""
    span = local.utcoffset() or timedelta()
    sign = "-" if span < timedelta() else "+"
    whole = int(abs(span).total_seconds()) // 60
    tail = f":{whole % 60:02}" if whole % 60 else ""
    return f"UTC{sign}{whole // 60}{tail}"
