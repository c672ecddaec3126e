"""Tables in and out of the register: files read into rows, the site written as sheets."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from responder.errors import BadInput

if TYPE_CHECKING:
    from responder.domain.site import Site
    from responder.domain.tables.sheet import Reading, Sheet


def sheets_of(file: Path) -> "tuple[Sheet, ...]":
    """The sheets of a file: .xlsx, .xls, .csv, or tables in .docx. Raises BadInput."""
    from responder.site.tables.reading import read_sheets

    try:
        content = file.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadInput(
            f"{file}读不出来（{why}）。",
            f"{file} cannot be read: {why}.",
            "请检查路径和权限。",
            "Check its path and its permissions.",
        ) from error
    return read_sheets(file.name, content)


def headings_in(sheets: "tuple[Sheet, ...]") -> frozenset[str]:
    """All texts of the first rows in plain form: what may be headings."""
    from responder.domain.tables.columns import plain
    from responder.site.tables.headings import DEEPEST

    return frozenset(
        plain(cell) for sheet in sheets for row in sheet.rows[:DEEPEST] for cell in row if cell
    )


def rows_of(
    sheets: "tuple[Sheet, ...]", site: "Site", mapping: Mapping[str, str], only: str = ""
) -> "Reading":
    """The rows of sheets, numbers taken as the site's region writes them. Raises BadInput."""
    from responder.site.tables.cells import Here
    from responder.site.tables.numbers import region_of
    from responder.site.tables.rows import read_rows

    return read_rows(sheets, Here(region_of(site.time_zone)), mapping, only)


def register_xlsx(site: "Site", language: str) -> bytes:
    """The register as a workbook, a sheet a kind of table."""
    from responder.documents.spreadsheet_xlsx import xlsx_of
    from responder.domain.tables.giving import tables_of

    return xlsx_of(tables_of(site, language))


def register_csv(site: "Site", language: str, sheet: str) -> bytes:
    """One sheet of it as CSV: by its kind, or its title in either language. Raises BadInput."""
    from responder.documents.spreadsheet import csv_of
    from responder.domain.tables.columns import KINDS
    from responder.domain.tables.giving import tables_of

    names = {
        name: kind for kind, one in KINDS.items() for name in (kind, one.title.zh, one.title.en)
    }
    for table in tables_of(site, language):
        if table.kind == names.get(sheet):
            return csv_of(table.headings, table.rows)
    kinds = [table.kind for table in tables_of(site, language)]
    raise BadInput(
        f"没有“{sheet}”这张表。",
        f"There is no sheet “{sheet}”.",
        f"可用：{'、'.join(kinds)}。",
        f"The sheets are {', '.join(kinds)}.",
    )
