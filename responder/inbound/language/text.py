"""A line as words: quotes of either language, `key=value`, and the ways to type one thing."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE = 6000
"""Longer than the longest note a person may write; nobody types this by hand."""
SHOWN = 40
DOUBLE = '"“”＂'
CORNERS = {"「": "」", "『": "』"}
OPENERS = f"{DOUBLE}'‘{''.join(CORNERS)}"
STARTS_A_WORD = "“「『"
"""Quotes that begin a word of their own inside Chinese, which has no spaces."""
KEY = re.compile(r"(?:--)?([A-Za-z][A-Za-z_-]{0,19}|[\u4e00-\u9fff]{1,4})[=＝]")
FLAG = re.compile(r"--([A-Za-z][A-Za-z-]{0,19}|[\u4e00-\u9fff]{1,4})")
DEEPEST = 3
FAR = 500
"""No quote inside quotes goes deeper, and no apostrophe looks further for its fellow."""
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"


def plain(text: str) -> str:
    """A word as it is compared: full-width forms, case and Roman numerals made alike."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def shown(text: str) -> str:
    """What somebody typed, short and printable, to be named in an answer."""
    flat = "".join(c if c.isprintable() else "·" for c in " ".join(text.split()))
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]}…"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line. `text` is without quotes; `key` is given in `key=value`."""

    text: str
    start: int
    end: int
    key: str = ""
    quoted: bool = False

    @property
    def plain(self) -> str:
        """The word as it is compared."""
        return plain(self.text)

    @property
    def flag(self) -> str:
        """The name in `--name`, else nothing."""
        found = None if self.quoted or self.key else FLAG.fullmatch(plain(self.text))
        return found[1] if found else ""


def tidy(line: str) -> str:
    """A line without what platforms and keyboards put around it."""
    return line.strip(f"{INVISIBLE} \t\r\n\u3000").lstrip("/／")


def tokens(line: str, start: int = 0) -> tuple[Token, ...]:
    """The words of a line from a place on; never raises."""
    return tuple(_tokens(line, start))


def _tokens(line: str, at: int) -> Iterator[Token]:
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        token = _token(line, at)
        yield token
        at = token.end


def _token(line: str, start: int) -> Token:
    found = KEY.match(line, start)
    key, at = (plain(found[1]), found.end()) if found else ("", start)
    close = _close(line, at)
    if close is not None:
        return Token(line[at + 1 : close], start, min(close + 1, len(line)), key, quoted=True)
    end = at
    while end < len(line) and not line[end].isspace():
        if end > at and line[end] in STARTS_A_WORD:
            break
        end += 1
    return Token(line[at:end], start, end, key)


def _close(line: str, at: int) -> int | None:
    """Where the quote that opens at a place ends; the line's end if it is never closed."""
    if at >= len(line) or line[at] not in OPENERS:
        return None
    opener = line[at]
    if opener in "'‘":
        return _apostrophe(line, at)
    if opener == "“":
        return _nested(line, at)
    closers = CORNERS.get(opener, DOUBLE)
    ends = (place for place in range(at + 1, len(line)) if line[place] in closers)
    return next(ends, len(line))


def _nested(line: str, at: int) -> int:
    depth = 0
    for place in range(at, len(line)):
        depth += (line[place] == "“") - (line[place] == "”")
        if depth == 0:
            return place
        if depth > DEEPEST:
            break
    ends = (place for place in range(at + 1, len(line)) if line[place] in DOUBLE)
    return next(ends, len(line))


def _apostrophe(line: str, at: int) -> int | None:
    """An apostrophe is a quote only where another one ends the word."""
    for place in range(at + 1, min(len(line), at + FAR)):
        if line[place] in "'’" and line[place + 1 : place + 2].strip() == "":
            return place
    return None
