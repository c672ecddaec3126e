"""What the text of one cell means, by what its column holds."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from responder.domain.tables.sheet import shown
from responder.domain.tables.vocabulary import DEPARTMENTS, VOCABULARIES, ZONES
from responder.domain.words import Words
from responder.site.moments import day_of, moment_of, span_of
from responder.site.tables.numbers import Unusable
from responder.site.tables.ways import WAYS, numbers_to_dial

EMPTIED = frozenset({"无", "-", "—", "--", "——", "/", "n/a", "none"})
"""What people write to say that there is nothing: it empties the field, a blank leaves it."""
BETWEEN_NAMES = re.compile(r"[;；、,，/|\n\r\t]+")
FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar."""
_SERIAL = re.compile(r"[2-9]\d{4}(?:\.\d+)?")
"""A day of that calendar between 1954 and 2173, with the hour behind the point."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(r"[Tt ]*(\d{1,2})[:时点](\d{2})?(?:[:分](\d{2})秒?)?分?")
_HOURS = re.compile(r"(\d{1,4})\s*(小时|分钟|天|hours?|minutes?|min|days?)", re.IGNORECASE)
_SPANS = {"小": "h", "分": "m", "天": "d", "h": "h", "m": "m", "d": "d"}


@dataclass(frozen=True, slots=True)
class Here:
    """What goes without saying where a table is written: whose numbers have no country's code."""

    region: str = "CN"


def meaning(takes: str, text: str, here: Here) -> Any:
    """The value of a cell that is not empty. Raises Unusable with the reason and the mend."""
    if takes in WAYS:
        return WAYS[takes](text, here.region)
    if takes in SIMPLE:
        return SIMPLE[takes](text)
    if takes == "number":
        return numbers_to_dial(text, here.region)
    return text


def emptied(takes: str) -> Any:
    """What a field holds once it is emptied."""
    return EMPTY.get(takes, () if takes in WAYS else "")


def people_of(text: str) -> tuple[str, ...]:
    """Names or ids, in order."""
    return tuple(one for part in BETWEEN_NAMES.split(text) if (one := part.strip()))


def department_of(text: str) -> str:
    """One of the eight of 7.1 where the firm's word means one, else what is written."""
    return DEPARTMENTS.meant(text) or text


def head_of(text: str) -> str:
    """The department that somebody heads; `yes` for one's own."""
    answer = VOCABULARIES["flag"].meant(text)
    return answer if answer == "yes" else "" if answer == "no" else department_of(text)


def one_of(takes: str) -> Callable[[str], Any]:
    """What reads one of a vocabulary's values."""

    def read(text: str) -> str:
        vocabulary = VOCABULARIES[takes]
        found = vocabulary.meant(text)
        if found is None:
            words = [one.zh for one in vocabulary.names.values()]
            english = [one.en for one in vocabulary.names.values()]
            raise Unusable(
                Words(f"不认识“{shown(text)}”。", f"“{shown(text)}” is not known."),
                Words(f"可填：{'、'.join(words)}。", f"It can be: {', '.join(english)}."),
            )
        return found

    return read


@cache
def zone_of(text: str) -> str:
    """A time zone by its name, or by the usual words for one."""
    wanted = ZONES.meant(text) or text
    try:
        ZoneInfo(wanted)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Unusable(
            Words(f"没有“{shown(text)}”这个时区。", f"There is no time zone “{shown(text)}”."),
            Words("请写 Asia/Shanghai 这样的名称。", "Write a name like Asia/Shanghai."),
        ) from error
    return wanted


def flag_of(text: str) -> bool:
    """Yes or no."""
    return bool(one_of("flag")(text) == "yes")


def span(text: str) -> timedelta:
    """`24h`, `90s`, `24小时`."""
    plain = unicodedata.normalize("NFKC", text)
    if found := _HOURS.fullmatch(plain):
        plain = f"{found[1]}{_SPANS[found[2][0].casefold()]}"
    length = span_of(plain)
    if length is None:
        raise Unusable(
            Words(f"“{shown(text)}”不是时长。", f"“{shown(text)}” is no length of time."),
            Words("请写成 24h、5m 或 24小时。", "Write 24h or 5m, say."),
        )
    return length


def day(text: str) -> date:
    """A day; one that a spreadsheet counts as a number, or with an hour, is that day."""
    found = moment(text)
    return found.date() if isinstance(found, datetime) else found


def moment(text: str) -> date | datetime:
    """A day or a time, as people and spreadsheets write them."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = moment_of(plain) or _serial(plain) or _written(plain)
    if found is None:
        raise Unusable(
            Words(f"“{shown(text)}”不是日期。", f"“{shown(text)}” is no date."),
            Words(
                "请写成 2026-10-01 或 2026-10-01 08:30。",
                "Write 2026-10-01 or 2026-10-01 08:30.",
            ),
        )
    return found


def local_time(text: str) -> datetime:
    """A wall time, without a zone of its own."""
    found = moment(text)
    return found if isinstance(found, datetime) else datetime.combine(found, time())


def _serial(text: str) -> date | datetime | None:
    if not _SERIAL.fullmatch(text):
        return None
    whole, _, part = text.partition(".")
    of_day = FIRST_DAY + timedelta(days=int(whole))
    minutes = round(float(f"0.{part or 0}") * 24 * 60)
    return datetime.combine(of_day, time()) + timedelta(minutes=minutes) if minutes else of_day


def _written(text: str) -> date | datetime | None:
    """`2026年10月1日`, `2026/10/1 8:30`."""
    found = _DAY.match(text)
    if found is None:
        return None
    of_day = day_of(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")
    rest = text[found.end() :].strip()
    if of_day is None or not rest:
        return of_day
    clock = _CLOCK.fullmatch(rest)
    if clock is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups())
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime.combine(of_day, time(hour, minute, second))


SIMPLE: dict[str, Callable[[str], Any]] = {
    "people": people_of,
    "department": department_of,
    "head": head_of,
    "language": one_of("language"),
    "unit_kind": one_of("unit_kind"),
    "body": one_of("body"),
    "part": one_of("part"),
    "flag": flag_of,
    "zone": zone_of,
    "span": span,
    "day": day,
    "moment": moment,
    "local": local_time,
}
EMPTY: dict[str, Any] = {"people": (), "flag": False, "day": None}
