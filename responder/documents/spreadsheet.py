"""Tables for spreadsheets: what people wrote is never taken for a formula there."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from responder.domain.tables.sheet import FORMULA

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV (RFC 4180) that Excel and WPS open as text."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + stream.getvalue()).encode()


def harmless(cell: str) -> str:
    """The cell; one that would be calculated begins with an apostrophe."""
    return (
        f"'{cell}"
        if cell.lstrip(" \u3000\n").startswith(FORMULA) or cell.startswith(FORMULA)
        else cell
    )
