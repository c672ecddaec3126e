"""Sheets, rows and cells, and what there is to say about one: with its sheet, its row, its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from responder.domain.words import Words

LETTERS = 26
LONGEST_SHOWN = 40
NOTHING = Words()
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would calculate; the full-width ones count in some."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text, cell by cell; the first row has the number `first`.

    `valueless` are the cells (row, column, from 0) that hold a formula without a value.
    `foreign` are the rows written in another encoding than the rest.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    first: int = 1
    valueless: frozenset[tuple[int, int]] = frozenset()
    foreign: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a sheet, and the cell in it where one is meant. Row 0 is the sheet as a whole."""

    sheet: str
    row: int = 0
    column: str = ""

    @property
    def cell(self) -> str:
        """`C12`, or nothing."""
        return f"{self.column}{self.row}" if self.column and self.row else ""

    def said(self, language: str) -> str:
        """The place as people look for it."""
        if language == "en":
            row = f", row {self.row}" if self.row else ""
            return f"sheet “{self.sheet}”{row}{f' ({self.cell})' if self.cell else ''}"
        row = f"第{self.row}行" if self.row else ""
        return f"“{self.sheet}”表{row}{f'（{self.cell}）' if self.cell else ''}"


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about a place of a table; a grave one keeps its row from being taken."""

    place: Place
    grave: bool
    what: Words
    mend: Words = Words()

    def said(self, language: str) -> str:
        """Where, what, and the mend."""
        where = self.place.said(language) if self.place.sheet else ""
        if language == "en":
            head = f"{where[:1].upper()}{where[1:]}: " if where else ""
            return f"{head}{self.what.en} {self.mend.en}".rstrip()
        return f"{where}{'：' if where else ''}{self.what.zh}{self.mend.zh}"


@dataclass(frozen=True, slots=True)
class Source:
    """A sheet whose columns are known: which letter each field stands under."""

    sheet: str
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: what its columns say by field; a field that is "" is to be emptied.

    `made_id` is what the thing is to be called where it has no id yet. Of a faulty row nothing is
    taken; it only says of whom the table does speak.
    """

    kind: str
    source: Source
    number: int
    values: dict[str, Any]
    made_id: str = ""
    is_faulty: bool = False

    def place(self, field: str = "") -> Place:
        """Where the row stands, or one of its cells."""
        return Place(self.source.sheet, self.number, self.source.columns.get(field, ""))

    def remark(self, grave: bool, what: Words, mend: Words = NOTHING, field: str = "") -> Remark:
        """Something to say about the row or one of its cells."""
        return Remark(self.place(field), grave, what, mend)


@dataclass
class Reading:
    """What a file comes to: rows, remarks, and which headings meant what."""

    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet to be written: its title, its headings, its rows, all text."""

    kind: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    found = ""
    column += 1
    while column:
        column, left = divmod(column - 1, LETTERS)
        found = chr(ord("A") + left) + found
    return found


def shown(text: str) -> str:
    """What is echoed of a cell."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
