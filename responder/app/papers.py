"""Papers: the press of a house."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from responder.documents.paper.press import Press
    from responder.domain.report_sheet import ReportSheet


def papers_of(*, apart: bool = False) -> "Press":
    """What makes PDFs; `apart` in a process of its own, for where an event loop runs."""
    from responder.documents.paper.press import Press

    return Press(apart=apart)


def csv_of(headings: "Sequence[str]", rows: "Iterable[Sequence[str]]") -> bytes:
    """A table for spreadsheets, in which nothing is calculated."""
    from responder.documents.spreadsheet import csv_of as made

    return made(headings, rows)


def report_docx(sheet: "ReportSheet") -> bytes:
    """A report to a regulator as a Word document, for signing off in Word or WPS."""
    from responder.documents.report_docx import report_docx as made

    return made(sheet)
