"""Hub fields' values: read from what people type, said in a form's language."""

from collections.abc import Callable
from datetime import datetime

from responder.commands.clean import clean_line
from responder.domain.dossier import UNKNOWN, Known
from responder.domain.plain_value import (
    ANSWERS,
    figure_said,
    instant,
    instant_said,
    minutes,
    minutes_said,
    number,
    percent,
    yes_no,
)
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.regimes.hub import BY_ID, HubField, Kind

LONGEST_VALUE = 4000
NOT_KNOWN_YET = frozenset({UNKNOWN, "？", "unknown", "待核实", "不详"})
BEING_ESTABLISHED = Words(
    "正在核实，将及时补报", "being established, to be reported as it is known"
)
EXPECTED = {
    Kind.NUMBER: Words("请填整数，如 120000 或 12万", "Give a whole number, such as 120000"),
    Kind.PERCENT: Words("请填百分数，如 4.2", "Give a percentage, such as 4.2"),
    Kind.MINUTES: Words("请填分钟数，如 57 或 1小时30分", "Give minutes, such as 57 or 1h30m"),
    Kind.MONEY: Words("请填金额数字，如 3000000 或 300万", "Give an amount, such as 3000000"),
    Kind.INSTANT: Words(
        "请填时间，如 09:44:42 或 2026-11-23T09:44:42+08:00",
        "Give a time, such as 09:44:42 or 2026-11-23T09:44:42+08:00",
    ),
    Kind.YES_NO: Words("请填“是”或“否”", "Say yes or no"),
}
CHOICES = {
    "initial": Words("首次报告", "initial report"),
    "continuing": Words("续报", "continuing report"),
    "intermediate": Words("中期报告", "intermediate report"),
    "final": Words("总结报告", "final report"),
    "supplement": Words("补充报告", "supplementary report"),
    "reclassified": Words("不再视为重大事件", "major incident reclassified as non-major"),
    "actual": Words("实际数", "actual figures"),
    "estimate": Words("估计数", "estimates"),
    "no_impact": Words("无影响", "no impact"),
}


def find_field(id: str) -> HubField:
    """A field of the catalogue, by its id or its name. Raises UnknownId, with near misses."""
    if id in BY_ID:
        return BY_ID[id]
    named = [one for one in BY_ID.values() if id in (one.name.zh, one.name.en)]
    if len(named) == 1:
        return named[0]
    known = [*BY_ID, *(one.name.zh for one in BY_ID.values())]
    raise UnknownId("事实项", "fact", id, known)


def read(field: HubField, text: str, now: datetime, zone: str) -> str:
    """A value in plain form; `?` where it is still being established. Raises BadInput."""
    if text.strip().casefold() in NOT_KNOWN_YET:
        return UNKNOWN
    if field.kind is Kind.TEXT:
        return clean_line(text, field.name.zh, field.name.en, LONGEST_VALUE, breaks=True)
    if field.kind is Kind.CHOICE:
        if text not in field.choices:
            raise UnknownId(field.name.zh, field.name.en, text, field.choices)
        return text
    found = instant(text, now, zone) if field.kind is Kind.INSTANT else READERS[field.kind](text)
    if found is None:
        raise _unreadable(field, text)
    return found


READERS: dict[Kind, Callable[[str], str | None]] = {
    Kind.NUMBER: lambda text: number(text, whole=True),
    Kind.MONEY: lambda text: number(text, whole=False),
    Kind.PERCENT: percent,
    Kind.MINUTES: minutes,
    Kind.YES_NO: yes_no,
}


def say(id: str, known: Known, language: str, zone: str) -> str:
    """A value as a form in that language writes it; instants in the zone of its rule."""
    if known.is_open:
        return BEING_ESTABLISHED.said(language)
    kind = BY_ID[id].kind if id in BY_ID else Kind.TEXT
    match kind:
        case Kind.NUMBER | Kind.MONEY:
            return figure_said(known.plain)
        case Kind.PERCENT:
            return f"{known.plain}%"
        case Kind.MINUTES:
            return minutes_said(known.plain, language)
        case Kind.YES_NO:
            return ANSWERS[known.plain].said(language)
        case Kind.INSTANT:
            return instant_said(datetime.fromisoformat(known.plain), zone, language)
        case Kind.CHOICE if known.plain in CHOICES:
            return CHOICES[known.plain].said(language)
        case _:
            return known.said.said(language)


def _unreadable(field: HubField, text: str) -> BadInput:
    mend = EXPECTED[field.kind]
    return BadInput(
        f"“{field.name.zh}”不能是“{text[:80]}”。",
        f"“{field.name.en}” cannot be “{text[:80]}”.",
        f"{mend.zh}；尚未查明请填 ?。",
        f"{mend.en}; ? while it is being established.",
    )


def field_names(language: str) -> dict[str, str]:
    """Every field of the catalogue with its name in a language, in the catalogue's order."""
    return {one.id: one.name.said(language) for one in BY_ID.values()}
