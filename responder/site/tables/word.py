"""Tables in a Word document (.docx), each a sheet of its own."""

import zipfile
from io import BytesIO
from itertools import count
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from responder.domain.tables.sheet import Sheet
from responder.errors import BadInput
from responder.site.tables.refusals import broken


def read_word(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The tables, in order; what is merged stands in each of its rows. Raises BadInput."""
    try:
        document = Document(BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise broken(name) from error
    numbers = count(1)
    sheets = tuple(Sheet(f"表{next(numbers)}", _rows(one)) for one in document.tables)
    if not sheets:
        raise BadInput(
            f"{name}中没有表格。",
            f"{name} holds no table.",
            "请确认人员或单位写在 Word 表格里，而不是正文里。",
            "See that the people or units stand in a table of Word, not in running text.",
        )
    return sheets


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    """Each row's texts; a cell that spans columns is said once, and leaves the others empty."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        before = None
        for cell in row.cells:
            cells.append("" if cell._tc is before else cell.text.strip())  # noqa: SLF001
            before = cell._tc  # noqa: SLF001
        rows.append(tuple(cells))
    return tuple(rows)
