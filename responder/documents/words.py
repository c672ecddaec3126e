"""Facts as words: levels, times, codes and numbers, written or spoken, in either language."""

import re
from collections.abc import Callable
from typing import Any

from responder.domain.call_task import manner
from responder.domain.incident import ROMAN

DIGITS = "零一二三四五六七八九"
READ_OUT = {**dict(zip("0123456789", DIGITS, strict=True)), "1": "幺"}
"""Digits read one by one: 1 is 幺, so that nobody hears 7."""
COUNTED = ("one", "two", "three", "four")
TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
ID = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}-\d{4}-(\d{4,})(?!\d)")
ENDS = "。．.!！?？;；,，:：、 "
CLAUSE_ENDS = re.compile(r"[；。]|[;.] ")
ASKS = "?？"
CUT_OFF = ("…", "...")
ASKING = ("是否", "能否", "可否", "要不要", "吗", "哪", "何")

Filter = Callable[[Any], str]


def filters(language: str) -> dict[str, Filter]:
    """The filters of the templates in one language."""
    return CHINESE if language == "zh" else ENGLISH


def _level(value: Any) -> int:
    """A level from 1 to 4; 0 for anything else."""
    return value if isinstance(value, int) and value in ROMAN else 0


def level_roman(level: Any) -> str:
    """Ⅱ, as Chinese documents write a response level."""
    return ROMAN.get(_level(level), "")


def level_chinese(level: Any) -> str:
    """二级, as it is spoken and as an SMS writes it."""
    return f"{DIGITS[_level(level)]}级" if _level(level) else ""


def level_english(level: Any) -> str:
    """Level two, as it is spoken."""
    return f"level {COUNTED[_level(level) - 1]}" if _level(level) else ""


def level_digit(level: Any) -> str:
    """Level 2, as it is written in English."""
    return f"level {_level(level)}" if _level(level) else ""


def _counted(number: int) -> str:
    """A number from 0 to 59 in Chinese."""
    tens, ones = divmod(number, 10)
    head = ("", "十")[tens] if tens < 2 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    said = "两点" if hour == 2 else f"{_counted(hour)}点"
    if not minute:
        return f"{said}整"
    return f"{said}{'零' if minute < 10 else ''}{_counted(minute)}分"


def time_chinese(text: Any) -> str:
    """Every 20:15 in a text as 二十点十五分, 20:00 as 二十点整."""
    return TIME.sub(_clock, str(text))


def code_chinese(code: Any) -> str:
    """0017 as 零零幺七; of an incident's id, its last digits."""
    return "".join(READ_OUT.get(digit, digit) for digit in str(code).rpartition("-")[2])


def code_english(code: Any) -> str:
    """0017 as 0 0 1 7, so that it is read digit by digit."""
    return " ".join(str(code).rpartition("-")[2])


def _groups(number: Any) -> list[str]:
    """A telephone number in the groups people say it in; anything else as it is.

    Within the mainland nobody says 86: a mobile is read 3-4-4, a landline with its area code.
    """
    digits = re.sub(r"[ ()-]", "", str(number))
    if not re.fullmatch(r"\+?\d+", digits):
        return [str(number)]
    mobile = re.fullmatch(r"(?:\+86)?(1[3-9]\d)(\d{4})(\d{4})", digits)
    if mobile:
        return list(mobile.groups())
    area = re.fullmatch(r"\+86(10|2\d|[3-9]\d\d)(\d{7,8})", digits)
    if area:
        return [f"0{area[1]}", *_fours(area[2])]
    return _fours(digits.removeprefix("+"))


def _fours(digits: str) -> list[str]:
    """Digits in fours from the end."""
    head = len(digits) % 4
    return [part for part in (digits[:head], *re.findall("....", digits[head:])) if part]


def number_chinese(number: Any) -> str:
    """A telephone number, said in groups of digits."""
    return "，".join(code_chinese(group) for group in _groups(number))


def number_english(number: Any) -> str:
    """A telephone number, said in groups of digits."""
    groups = _groups(number)
    return ", ".join(" ".join(group) if group.isdigit() else group for group in groups)


def spoken_chinese(text: Any) -> str:
    """A sentence somebody wrote, as it is read out: its times, and the codes of incidents."""
    return time_chinese(ID.sub(lambda match: code_chinese(match[1]), str(text)))


def spoken_english(text: Any) -> str:
    """A sentence somebody wrote, as it is read out: the codes of incidents digit by digit."""
    return ID.sub(lambda match: code_english(match[1]), str(text))


def clause(text: Any) -> str:
    """A sentence without its full stop, to go on from; where it was cut off, that stays."""
    written = str(text).rstrip()
    return written if written.endswith(CUT_OFF) else written.rstrip(ENDS)


def gist(text: Any) -> str:
    """The first clause of what somebody wrote: as much as an ear takes in at night."""
    return CLAUSE_ENDS.split(clause(text), maxsplit=1)[0]


def sentence_chinese(text: Any) -> str:
    """A sentence with exactly one full stop, or its question mark."""
    return _sentence(str(text), "。", "？")


def sentence_english(text: Any) -> str:
    """A sentence with exactly one full stop, or its question mark."""
    return _sentence(str(text), ".", "?")


def _sentence(text: str, stop: str, question: str) -> str:
    bare = clause(text)
    if not bare or bare.endswith(CUT_OFF):
        return bare
    return bare + (question if text.rstrip()[-1] in ASKS else stop)


def asked_chinese(text: Any) -> str:
    """是否启动二级响应？ for what is to be decided: heard as a statement, it were an order."""
    bare = clause(text)
    return f"{bare}？" if any(word in bare for word in ASKING) else f"是否{bare}？"


def asked_english(text: Any) -> str:
    """What is to be decided, as a question."""
    return f"{clause(text)}?"


def manner_chinese(how: Any) -> str:
    """电话 for phone: how a human is to reach somebody."""
    return manner(str(how)).zh


def manner_english(how: Any) -> str:
    """Phone for voice: how a human is to reach somebody."""
    return manner(str(how)).en


def capital(text: Any) -> str:
    """A text with its first letter large, to begin a line; the rest as it is."""
    return str(text)[:1].upper() + str(text)[1:]


CHINESE: dict[str, Filter] = {
    "level_roman": level_roman,
    "level_spoken": level_chinese,
    "level_sms": level_chinese,
    "spoken": spoken_chinese,
    "spoken_time": time_chinese,
    "spoken_code": code_chinese,
    "spoken_number": number_chinese,
    "sentence": sentence_chinese,
    "clause": clause,
    "gist": gist,
    "asked": asked_chinese,
    "manner": manner_chinese,
}
ENGLISH: dict[str, Filter] = {
    "level_roman": level_roman,
    "capital": capital,
    "level_spoken": level_english,
    "level_sms": level_digit,
    "spoken": spoken_english,
    "spoken_time": str,
    "spoken_code": code_english,
    "spoken_number": number_english,
    "sentence": sentence_english,
    "clause": clause,
    "gist": gist,
    "asked": asked_english,
    "manner": manner_english,
}
