"""A CSV file of problems, as rows: in UTF-8 or GB18030, with Chinese or English headings."""

import csv
import io
from pathlib import Path

from responder.commands.problems.gathered import Gathered
from responder.domain.problem import SOURCE_NAMES
from responder.errors import BadInput

HEADINGS = {
    "title": ("title", "问题", "problem"),
    "source": ("source", "来源"),
    "system": ("system", "系统"),
    "symptom": ("symptom", "现象"),
    "reference": ("reference", "编号", "依据"),
}
ENCODINGS = ("utf-8-sig", "gb18030")
MOST_BYTES = 5_000_000


def rows_of(file: Path) -> tuple[Gathered, ...]:
    """The rows of a file in UTF-8 or GB18030, with Chinese or English headings."""
    reader = csv.reader(io.StringIO(_text(file), newline=""))
    heading = next(reader, [])
    columns = _columns(heading)
    return tuple(
        _row_of(number, cells, columns)
        for number, cells in enumerate(reader, 2)
        if any(cell.strip() for cell in cells)
    )


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadInput(f"文件读不出来：{why}。", f"The file cannot be read: {why}.") from error
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(
        "文件不是 UTF-8 或 GB18030 编码的文字。",
        "The file is no text in UTF-8 or GB18030.",
        "请另存为 CSV。",
        "Save it as CSV.",
    )


def _columns(heading: list[str]) -> dict[str, int]:
    """Where each column stands; a title and a source there must be."""
    said = [cell.strip().casefold() for cell in heading]
    found = {
        name: next(i for i, cell in enumerate(said) if cell in known)
        for name, known in HEADINGS.items()
        if any(cell in known for cell in said)
    }
    for name in ("title", "source"):
        if name not in found:
            zh, en = HEADINGS[name][1], HEADINGS[name][0]
            raise BadInput(
                f"第1行没有“{zh}”一列。",
                f"Row 1 has no column “{en}”.",
                "首行应为：问题,来源,系统,现象,编号。",
                "Row 1 should be: title,source,system,symptom,reference.",
            )
    return found


_SOURCES = {form: id for id, words in SOURCE_NAMES.items() for form in (id, words.zh, words.en)}


def _row_of(number: int, cells: list[str], columns: dict[str, int]) -> Gathered:
    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    source = cell("source")
    return Gathered(
        row=number,
        title=cell("title"),
        source=_SOURCES.get(source, source),
        system=cell("system"),
        symptom=cell("symptom"),
        reference=cell("reference"),
    )
