"""Tables as a workbook: every cell is text, so that no number is mangled and nothing calculated."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from responder.domain.tables.sheet import FORMULA, Table

TEXT = "@"
NARROWEST, WIDEST = 8, 48
LONGEST_TITLE = 31
"""Signs that the name of a sheet may have."""


def xlsx_of(tables: Iterable[Table]) -> bytes:
    """A workbook with a sheet a table; the headings stay in sight."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title[:LONGEST_TITLE])
        sheet.freeze_panes = "A2"
        for column, width in enumerate(_widths(table), start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.append([_cell(sheet, heading, is_head=True) for heading in table.headings])
        for row in table.rows:
            sheet.append([_cell(sheet, text) if text else None for text in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: WriteOnlyWorksheet, text: str, is_head: bool = False) -> WriteOnlyCell:
    """A cell of text; one that would be calculated if it were typed says that it is text."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell = WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    cell.number_format = TEXT
    if clean.startswith(FORMULA):
        cell.quotePrefix = True
    if is_head:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    return cell


def _widths(table: Table) -> list[float]:
    """How wide each column is to be, by its longest line; Chinese takes twice the room."""
    columns = zip(table.headings, *table.rows[:200], strict=True)
    return [
        min(max(NARROWEST, *(_length(text) for text in column)) + 2, WIDEST) for column in columns
    ]


def _length(text: str) -> int:
    return max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in line)) for line in text.split("\n"))
