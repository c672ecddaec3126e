"""When a drill comes again, in words: “每年3月、9月，第二个星期六”."""

import re

from responder.domain.recurrence import Recurrence
from responder.domain.words import Words

MONTHS = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
DAYS = {
    "mon": Words("星期一", "Monday"),
    "tue": Words("星期二", "Tuesday"),
    "wed": Words("星期三", "Wednesday"),
    "thu": Words("星期四", "Thursday"),
    "fri": Words("星期五", "Friday"),
    "sat": Words("星期六", "Saturday"),
    "sun": Words("星期日", "Sunday"),
}
ORDINALS = {
    "1st": Words("第一个", "first"),
    "2nd": Words("第二个", "second"),
    "3rd": Words("第三个", "third"),
    "4th": Words("第四个", "fourth"),
    "5th": Words("第五个", "fifth"),
    "last": Words("最后一个", "last"),
}
NTH = re.compile(rf"({'|'.join(ORDINALS)}) ({'|'.join(DAYS)})")


def recurrence_words(rule: Recurrence) -> Words:
    """The days of a rule; one of a rarer form stands as the file has it."""
    month, day = _months(rule.month), _days(rule.day)
    if month and day and not (rule.week or rule.day_of_week):
        return Words(f"{month.zh}，{day.zh}", f"{day.en} of {month.en}")
    names = ("month", "day", "week", "day_of_week")
    written = "; ".join(f"{name} {getattr(rule, name)}" for name in names if getattr(rule, name))
    return Words(written, written)


def _months(text: str) -> Words | None:
    if not text:
        return Words("每月", "every month")
    found = [_month(part.strip().lower()) for part in text.split(",")]
    if 0 in found:
        return None
    zh = "、".join(f"{number}月" for number in found)
    names = list(MONTHS.values())
    return Words(f"每年{zh}", " and ".join(names[number - 1] for number in found))


def _month(text: str) -> int:
    """Its number; 0 for anything but one month."""
    if text in MONTHS:
        return list(MONTHS).index(text) + 1
    return int(text) if text.isdecimal() and 1 <= int(text) <= len(MONTHS) else 0


def _days(text: str) -> Words | None:
    found = [_day(" ".join(part.lower().split())) for part in text.split(",")]
    known = [one for one in found if one]
    if len(known) < len(found):
        return None
    return Words("、".join(one.zh for one in known), " and ".join(one.en for one in known))


def _day(text: str) -> Words | None:
    if nth := NTH.fullmatch(text):
        which, day = ORDINALS[nth[1]], DAYS[nth[2]]
        return Words(f"{which.zh}{day.zh}", f"the {which.en} {day.en}")
    if text == "last":
        return Words("最后一天", "the last day")
    return Words(f"{text}日", f"day {text}") if text.isdecimal() else None
