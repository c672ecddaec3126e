"""Tables made for tests, as firms have them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook

from responder.domain.site import Site
from responder.domain.tables.draft import Draft
from responder.domain.tables.sheet import Reading
from responder.domain.tables.taking import taken
from responder.site.tables.cells import Here
from responder.site.tables.reading import read_sheets
from responder.site.tables.rows import read_rows

FILES = Path(__file__).parent / "files"
HERE = Here()


def workbook(sheets: Mapping[str, Any], merged: dict[str, Sequence[str]] | None = None) -> bytes:
    """A workbook with these sheets, some of their cells merged."""
    book = Workbook()
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(row)
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def word(*tables: Sequence[Sequence[str]]) -> bytes:
    """A Word document with these tables, and some text around them."""
    document = Document()
    document.add_paragraph("应急处置联络手册")
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(content: bytes, name: str = "名册.xlsx", **mapping: str) -> Reading:
    """A file read into rows."""
    return read_rows(read_sheets(name, content), HERE, mapping)


def read_table(rows: Any, name: str = "人员") -> Reading:
    """One sheet read into rows."""
    return read(workbook({name: rows}))


def drafted(site: Site, rows: Any, name: str = "人员") -> Draft:
    """What one sheet comes to on a site; it has no cell that cannot be read."""
    reading = read_table(rows, name)
    assert not [one.said("en") for one in reading.remarks if one.grave]
    return taken(site, reading.rows)
