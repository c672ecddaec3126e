"""Nodes read as what they should be; what does not fit is told with its line, not raised.

A reader goes on after a fault, so that all the faults of a site are told at once.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from responder.domain.words import Words
from responder.errors import SiteDoesNotLoad
from responder.site.finding import THE_FILES, Finding, Where, did_you_mean, fault
from responder.site.moments import day_of, moment_of, span_of, time_of
from responder.site.nodes import Mapping, Node, Scalar, Sequence

T = TypeVar("T")

_YES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}|[+-]?[0-9]{1,3}(?:_[0-9]{3}){1,4}")
_ID = re.compile(r"\w[\w.\-]*")
_MARKS = re.compile(r"[\x01-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

_A_TEXT = Words("一段文字", "a text")
_A_WHOLE = Words("整数", "a whole number")
_A_FLAG = Words("true 或 false", "true or false")
_A_SPAN = Words("时长，如 90s、5m、2h、3d", "a duration such as 90s, 5m, 2h or 3d")
_A_DAY = Words("日期，如 2026-09-01", "a date such as 2026-09-01")
_A_MOMENT = Words(
    "日期或时间，如 2026-10-01 或 2026-10-01T08:30",
    "a date or time such as 2026-10-01 or 2026-10-01T08:30",
)
_A_TIME = Words("时刻，如 22:00", "a time of day such as 22:00")
_A_LIST = Words("列表，如 [a, b]", "a list such as [a, b]")
_A_MAPPING = Words("键和值，如 {a: b}", "keys and values such as {a: b}")


@cache
def is_time_zone(name: str) -> bool:
    """Whether the time-zone database knows a name."""
    try:
        ZoneInfo(name)
    # A folder, a file that is no zone, a path outside: each raises its own.
    except (LookupError, OSError, ValueError):
        return False
    return True


class Reading:
    """One reading of the folder: what does not load, and what loads but cannot stand as written."""

    def __init__(self) -> None:
        self.faults: list[SiteDoesNotLoad] = []
        self.remarks: list[Finding] = []
        self.time_zone = "Asia/Shanghai"

    def refuse(self, where: Where, what: Words, mend: Words) -> None:
        """The file does not load for this."""
        self.faults.append(fault(where, what, mend))

    def remark(self, where: Where, what: Words, mend: Words) -> None:
        """The file loads, with something else in this place."""
        self.remarks.append(Finding(where.file, where.line, "error", THE_FILES, what, mend))

    def refuse_twice(self, id: str, where: Where, first: Where) -> None:
        """The file does not load because an id stands for two things."""
        place = f"{first.file}:{first.line}" if first.file != where.file else f"{first.line}"
        what = Words(
            f"编号“{id}”重复，{place} 行已有", f"The id “{id}” is already taken, line {place}"
        )
        self.refuse(where, what, Words("请换一个编号。", "Give it another id."))

    # Single values

    def text(self, node: Node) -> str | None:
        """Any single value, as written."""
        if not isinstance(node, Scalar):
            self._expected(_A_TEXT, node)
            return None
        if marks := _MARKS.findall(node.text):
            codes = " ".join(f"U+{ord(mark):04X}" for mark in sorted(set(marks)))
            self.remark(
                node.where,
                Words(f"文字含控制字符 {codes}", f"The text holds control characters, {codes}"),
                Words("请删除后重新输入。", "Type the text anew without them."),
            )
        return node.text

    def id(self, text: str, where: Where) -> str:
        """An id, remarked upon if it could not be typed in a command or told from a target."""
        if not _ID.fullmatch(text):
            self.remark(
                where,
                Words(f"编号“{text}”含空格或符号", f"The id “{text}” holds spaces or signs"),
                Words(
                    "编号只用字母、数字、点、下划线和连字符。",
                    "Use letters, figures, dots, hyphens and underscores only.",
                ),
            )
        return text

    def whole(self, node: Node) -> int | None:
        if isinstance(node, Scalar) and node.plain and _WHOLE.fullmatch(node.text):
            return int(node.text)
        self._expected(_A_WHOLE, node)
        return None

    def flag(self, node: Node) -> bool | None:
        if isinstance(node, Scalar) and node.plain and node.text.lower() in _YES:
            return _YES[node.text.lower()]
        self._expected(_A_FLAG, node)
        return None

    def span(self, node: Node) -> timedelta | None:
        return self._parsed(span_of, _A_SPAN, node)

    def day(self, node: Node) -> date | None:
        return self._parsed(day_of, _A_DAY, node)

    def moment(self, node: Node) -> date | datetime | None:
        return self._parsed(moment_of, _A_MOMENT, node)

    def time(self, node: Node) -> time | None:
        return self._parsed(time_of, _A_TIME, node)

    def zone(self, node: Node) -> str | None:
        """A time zone; one that nobody knows is remarked upon, and the default stands."""
        name = self.text(node)
        if name is None or is_time_zone(name):
            return name
        otherwise = Words("请用 Asia/Shanghai 这样的名称。", "Use a name such as Asia/Shanghai.")
        self.remark(
            node.where,
            Words(f"没有“{name}”这个时区", f"There is no time zone “{name}”"),
            did_you_mean(name, available_timezones(), otherwise),
        )
        return None

    def _parsed(self, parse: Callable[[str], T | None], shape: Words, node: Node) -> T | None:
        value = parse(node.text) if isinstance(node, Scalar) else None
        if value is None:
            self._expected(shape, node)
        return value

    def _expected(self, shape: Words, node: Node) -> None:
        found = _shown(node)
        self.refuse(
            node.where,
            Words(f"此处不能写{found.zh}", f"This cannot be {found.en}"),
            Words(f"请写{shape.zh}。", f"Write {shape.en}."),
        )

    # Many values

    def items(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, Sequence):
            return node.items
        self._expected(_A_LIST, node)
        return ()

    def mapping(self, node: Node) -> Mapping:
        if isinstance(node, Mapping):
            return node
        if not (isinstance(node, Scalar) and node.is_nothing):
            self._expected(_A_MAPPING, node)
        return Mapping(node.where, {}, {})

    def texts(self, node: Node) -> tuple[str, ...]:
        """A list of texts; what was left out between two commas is not one of them."""
        found = (self.text(item) for item in self.items(node) if not is_nothing(item))
        return tuple(text for text in found if text)


def _shown(node: Node) -> Words:
    """What stands there, in a few words."""
    match node:
        case Scalar():
            return Words(f"“{node.text[:60]}”", f"“{node.text[:60]}”")
        case Sequence():
            return Words("列表", "a list")
        case Mapping():
            return Words("键和值", "keys and values")


def is_nothing(node: Node) -> bool:
    """Whether a value was left out, which is the same as not naming the key."""
    return isinstance(node, Scalar) and node.is_nothing
