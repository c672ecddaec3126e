"""Workbooks (.xlsx, .xls) through calamine: values, never formulas."""

import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from html import unescape
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from responder.domain.tables.sheet import Sheet
from responder.site.tables.refusals import broken, protected

_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<f\b.*?</c>', re.DOTALL)
_VALUE = re.compile(rb"<v>[^<]|<t\b[^>]*>[^<]")
_SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_TARGET = re.compile(rb"<Relationship\b[^>]*>")
_FAULTS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_WIDEST = 15
"""Figures that a number of a spreadsheet holds for certain."""

Cells = frozenset[tuple[int, int]]


def read_workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The visible sheets that hold anything; cells merged from top to bottom are filled down."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        visible = [
            one.name
            for one in book.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
        ]
        valueless = _without_value(content)
        return tuple(
            sheet
            for one in visible
            if (sheet := _sheet(book.get_sheet_by_name(one), valueless.get(one, frozenset()))).rows
        )
    except PasswordError as error:
        raise protected(name) from error
    except CalamineError as error:
        raise broken(name) from error


def _sheet(found: CalamineSheet, valueless: Cells) -> Sheet:
    if found.end is None:
        return Sheet(found.name, ())
    rows = [[_text(value) for value in row] for row in found.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in found.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = rows[top][left]
    return Sheet(found.name, tuple(map(tuple, rows)), valueless=valueless)


def _text(value: Any) -> str:
    """A cell as the text a person sees; a day, a time and an hour in ISO form."""
    match value:
        case str():
            return "" if value in _FAULTS else value.strip()
        case bool():
            return "yes" if value else "no"
        case float():
            return _number(value)
        case int():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return f"{value.total_seconds():.0f}s"
        case _:
            return ""


def _number(value: float) -> str:
    whole = value.is_integer() and abs(value) < 10**_WIDEST
    return str(int(value)) if whole else repr(value)


def _without_value(content: bytes) -> dict[str, Cells]:
    """By sheet, the cells with a formula that was never calculated."""
    found: dict[str, Cells] = {}
    with (
        suppress(zipfile.BadZipFile, KeyError),
        zipfile.ZipFile(BytesIO(content)) as archive,
    ):
        for name, file in _files(archive):
            text = archive.read(file)
            if b"<f" in text:
                found[name] = frozenset(_valueless(text))
    return found


def _files(archive: zipfile.ZipFile) -> Iterable[tuple[str, str]]:
    targets: dict[bytes, bytes] = {}
    for tag in _TARGET.findall(archive.read("xl/_rels/workbook.xml.rels")):
        id, target = re.search(rb'\bId="([^"]*)"', tag), re.search(rb'\bTarget="([^"]*)"', tag)
        if id and target:
            targets[id[1]] = target[1]
    for name, id in _SHEET.findall(archive.read("xl/workbook.xml")):
        file = targets.get(id, b"").decode().removeprefix("/xl/").removeprefix("xl/")
        yield unescape(name.decode()), f"xl/{file}"


def _valueless(text: bytes) -> Iterable[tuple[int, int]]:
    for found in _FORMULA.finditer(text):
        if not _VALUE.search(found[0]):
            column = 0
            for letter in found[1]:
                column = column * 26 + letter - ord("A") + 1
            yield int(found[2]) - 1, column - 1
