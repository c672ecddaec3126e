"""CSV as it is found: UTF-8 with or without a mark, GB18030, UTF-16; never a guess between them."""

import csv
import io
import re

from responder.domain.tables.sheet import FORMULA, Sheet
from responder.errors import BadInput

UTF16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"
CHINESE = "gb18030"
DELIMITERS = (",", "\t", ";", "；")
SAMPLE = 20
_QUOTED = re.compile(r'"[^"]*"')
FIRST_IDEOGRAPH = 0x2E80
csv.field_size_limit(1_000_000)


def read_delimited(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The one sheet of a text file. Raises BadInput for one in no encoding that is known."""
    text, foreign = decoded(name, content)
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines))
    rows: list[tuple[str, ...]] = []
    strange: set[int] = set()
    before = 0
    try:
        for row in reader:
            if foreign.intersection(range(before, reader.line_num)):
                strange.add(len(rows))
            before = reader.line_num
            rows.append(tuple(_plain(cell) for cell in row))
    except csv.Error as error:
        raise BadInput(
            f"{name}第{reader.line_num}行不是规范的 CSV（{error}）。",
            f"Line {reader.line_num} of {name} is not proper CSV: {error}.",
            "请在表格软件中另存为 CSV 或 .xlsx。",
            "Save it from a spreadsheet program as CSV or .xlsx.",
        ) from error
    return (Sheet(name, tuple(rows), foreign=frozenset(strange)),)


def decoded(name: str, content: bytes) -> tuple[str, set[int]]:
    """The text, and which lines (from 0) are in another encoding than most."""
    if content.startswith(UTF16):
        return _decoded(name, content, "utf-16"), set()
    content = content.removeprefix(BOM)
    try:
        return content.decode("utf-8"), set()
    except UnicodeDecodeError:
        pass
    lines = content.splitlines(keepends=True)
    unicode, chinese = _by_encoding(lines)
    if not unicode:
        return _decoded(name, content, CHINESE), set()
    foreign = chinese if len(unicode) >= len(chinese) else unicode
    text = "".join(
        line.decode("utf-8" if number in unicode else CHINESE, "replace")
        for number, line in enumerate(lines)
    )
    return text, foreign


def _by_encoding(lines: list[bytes]) -> tuple[set[int], set[int]]:
    """Which lines can only be meant as UTF-8, and which can only be GB18030."""
    unicode: set[int] = set()
    chinese: set[int] = set()
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        (unicode if _is_meant_as_unicode(line) else chinese).add(number)
    return unicode, chinese


def _is_meant_as_unicode(line: bytes) -> bool:
    """Chinese in GB18030 that passes for UTF-8 comes out as Latin, Greek or Cyrillic letters."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return any(ord(sign) >= FIRST_IDEOGRAPH for sign in text)


def _decoded(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{name}第{line}行既不是 UTF-8，也不是 GB18030 编码。",
            f"Line {line} of {name} is neither UTF-8 nor GB18030.",
            "请在表格软件中打开，另存为“CSV UTF-8”或 .xlsx。",
            "Open it in a spreadsheet program and save it as “CSV UTF-8” or .xlsx.",
        ) from error


def _delimiter(lines: list[str]) -> str:
    """The sign between cells: the commonest, outside quotes, in the first line that has one."""
    for line in lines[:SAMPLE]:
        bare = _QUOTED.sub("", line)
        found = max(DELIMITERS, key=bare.count)
        if found in bare:
            return found
    return ","


def _plain(cell: str) -> str:
    """A cell without the apostrophe that kept it from being calculated."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(FORMULA) else text
