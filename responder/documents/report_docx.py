"""A report to a regulator as a Word document: for signing off in Word or WPS.

The same sheet gives the same bytes.
"""

from itertools import groupby
from typing import Any

from docx.shared import Mm

from responder.documents.report_words import DRILL_BANNER, HEADINGS, MARKS, NOT_SIGNED, blank, shown
from responder.documents.word_file import (
    HEI,
    centred,
    clean,
    describe,
    frame,
    new_document,
    packed,
    table,
)
from responder.domain.report_sheet import ReportSheet, SheetRow

WIDTHS = (Mm(12), Mm(50), Mm(98))


def report_docx(sheet: ReportSheet) -> bytes:
    """The document of a report, in the report's own language."""
    document = new_document()
    _described(document, sheet)
    frame(document, _header(sheet))
    if sheet.drill:
        centred(document, DRILL_BANNER.said(sheet.language), 12)
    centred(document, sheet.title, 20, HEI)
    centred(document, sheet.subtitle, 14)
    table(document, list(sheet.facts), (Mm(35), Mm(125)))
    document.add_paragraph()
    for note in sheet.notes:
        document.add_paragraph(clean(note))
    for part, rows in groupby(sheet.rows, key=lambda row: row.part):
        if part:
            document.add_heading(clean(part), 2)
        _fields(document, list(rows), sheet.language)
    _behind(document, sheet)
    return packed(document)


def _described(document: Any, sheet: ReportSheet) -> None:
    """The paper's own properties."""
    describe(
        document,
        sheet.made_at,
        title=sheet.title,
        subject=sheet.subtitle,
        author=sheet.author,
        identifier=sheet.number,
        version=sheet.version,
        language=sheet.language,
        keywords=sheet.sensitivity,
    )


def _header(sheet: ReportSheet) -> str:
    """The control block in every page's header (4.4)."""
    language = sheet.language
    approver = sheet.approver or NOT_SIGNED.said(language)
    told = (
        ("number", sheet.number),
        ("version", sheet.version),
        ("author", sheet.author),
        ("approver", approver),
        ("sensitivity", sheet.sensitivity),
        ("date", sheet.made_at.strftime("%Y-%m-%d %H:%M %z")),
    )
    said = "　".join(f"{HEADINGS[name].said(language)} {value}" for name, value in told)
    banner = f"{DRILL_BANNER.said(language)}\n" if sheet.drill else ""
    return f"{banner}{sheet.firm}　{said}"


def _fields(document: Any, rows: list[SheetRow], language: str) -> None:
    headings = ("", HEADINGS["field"].said(language), HEADINGS["answer"].said(language))
    told = [(row.number, row.name, _answer(row, language)) for row in rows]
    table(document, [headings, *told], WIDTHS)


def _answer(row: SheetRow, language: str) -> str:
    return blank(row, language) if row.mark == "blank" else shown(row, language)


def _behind(document: Any, sheet: ReportSheet) -> None:
    """What a correction changes, what was let pass, and who signs."""
    language = sheet.language
    if sheet.changes:
        document.add_heading(HEADINGS["changes"].said(language), 2)
        none = MARKS["none"].said(language)
        names = tuple(HEADINGS[one].said(language) for one in ("field", "before", "after"))
        rows = [(one.name, one.before or none, one.after or none) for one in sheet.changes]
        table(document, [names, *rows], (Mm(40), Mm(60), Mm(60)))
    if sheet.passed:
        document.add_heading(HEADINGS["passed"].said(language), 2)
        names = tuple(HEADINGS[one].said(language) for one in ("contradiction", "reason"))
        table(document, [names, *sheet.passed], (Mm(90), Mm(70)))
    if sheet.sha256:
        document.add_paragraph(HEADINGS["sha256"].said(language).format(sheet.sha256))
    document.add_paragraph(clean(f"{HEADINGS['by_hand'].said(language)}{sheet.approver}"))
