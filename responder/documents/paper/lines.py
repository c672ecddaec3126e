"""Breaking text into lines, as Chinese and English want it; and how texts look.

Between Chinese characters a line may end anywhere, but no line begins with closing punctuation or
ends with an opening one; a Latin word stays whole unless it is wider than a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from responder.documents.paper.fonts import BOLD, REGULAR, width

CHINESE = "\u2018-\u201f\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
UNITS = re.compile(rf"[ \u3000]+|[{CHINESE}]|[^ \u3000{CHINESE}]+")
NEVER_FIRST = frozenset("，。、；：！？）】」』》〉”’…％,.;:!?)]}%—～")
NEVER_LAST = frozenset("（【「『《〈“‘([{￥$")
SOFT = re.compile(r"(?<=[-/_.,;:=&@+])")
"""Where a word too wide for a line breaks first."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks; lengths in points, `grey` from 0 black to 1 white."""

    font: str = REGULAR
    size: float = 9.5
    leading: float = 15.0
    grey: float = 0.1
    after: float = 5.0
    before: float = 0.0


class Tone(Enum):
    """The looks a text may have."""

    BODY = Look()
    STRONG = Look(font=BOLD)
    LEAD = Look(size=11.0, leading=17.5, after=6.0)
    QUIET = Look(size=8.0, leading=12.0, grey=0.38, after=4.0)
    CELL = Look(size=8.3, leading=12.2, after=0.0)
    CELL_STRONG = Look(font=BOLD, size=8.3, leading=12.2, after=0.0)
    LARGE = Look(size=10.5, leading=17.0, after=0.0)
    LARGE_STRONG = Look(font=BOLD, size=10.5, leading=17.0, after=0.0)
    TITLE = Look(font=BOLD, size=20.0, leading=27.0, after=3.0)
    HEADING_1 = Look(font=BOLD, size=13.5, leading=19.0, before=15.0, after=6.0)
    HEADING_2 = Look(font=BOLD, size=10.8, leading=16.0, before=10.0, after=4.0)
    HEADING_3 = Look(font=BOLD, size=9.5, leading=15.0, before=7.0, after=2.0)


def broken(text: str, room: float, look: Look) -> list[str]:
    """The text's lines, none wider than `room` points, if a character is not; at least one."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if width(paragraph, look.font, look.size) <= room:
            lines.append(paragraph.rstrip(" \u3000"))
        else:
            lines += _filled(paragraph, room, look)
    return lines


def _filled(paragraph: str, room: float, look: Look) -> Iterator[str]:
    line, used = "", 0.0
    for unit in _units(paragraph, room, look):
        wide = width(unit, look.font, look.size)
        if line and used + wide > room and not unit.isspace():
            yield line.rstrip(" \u3000")
            line, used = "", 0.0
        if line or not unit.isspace():
            line, used = line + unit, used + wide
    yield line.rstrip(" \u3000")


def _units(paragraph: str, room: float, look: Look) -> Iterator[str]:
    """What stays together, none of it wider than the room unless it is one character."""
    for unit in _bound(UNITS.findall(paragraph)):
        if width(unit, look.font, look.size) <= room or unit.isspace():
            yield unit
        else:
            yield from _chopped(unit, room, look)


def _bound(units: list[str]) -> Iterator[str]:
    """Units with the punctuation that may not leave them."""
    if not units:
        return
    held = units[0]
    for before, unit in pairwise(units):
        if unit[0] in NEVER_FIRST or before[-1] in NEVER_LAST:
            held += unit
        else:
            yield held
            held = unit
    yield held


def _chopped(unit: str, room: float, look: Look) -> Iterator[str]:
    for part in SOFT.split(unit):
        piece, used = "", 0.0
        for one in part:
            wide = width(one, look.font, look.size)
            if piece and used + wide > room:
                yield piece
                piece, used = "", 0.0
            piece, used = piece + one, used + wide
        if piece:
            yield piece
