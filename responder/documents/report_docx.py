"""A report to a regulator as a Word document: for signing off in Word or WPS.

The same sheet gives the same bytes: no clock, no random id, every part of the file dated alike.
Nothing in it is fetched, linked or run; text that people typed is text and nothing else.
"""

import re
from datetime import UTC
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from responder.documents.report_words import DRILL_BANNER, HEADINGS, MARKS, NOT_SIGNED, blank, shown
from responder.domain.report_sheet import ReportSheet, SheetRow

LATIN, FANG, HEI = "Times New Roman", "仿宋", "黑体"
"""Fonts that Word and WPS have; where one is lacking they take their own for Chinese."""
WIDTHS = (Mm(12), Mm(50), Mm(98))
DATED = (1980, 1, 1, 0, 0, 0)
"""The earliest date a ZIP can carry; the paper's own date stands in its properties."""
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def report_docx(sheet: ReportSheet) -> bytes:
    """The document of a report, in the report's own language."""
    document = Document()
    _styled(document, sheet)
    _framed(document, sheet)
    if sheet.drill:
        _centred(document, DRILL_BANNER.said(sheet.language), 12)
    _centred(document, sheet.title, 20, HEI)
    _centred(document, sheet.subtitle, 14)
    _pairs(document, sheet)
    for note in sheet.notes:
        document.add_paragraph(_clean(note))
    for part, rows in groupby(sheet.rows, key=lambda row: row.part):
        if part:
            document.add_heading(_clean(part), 2)
        _fields(document, list(rows), sheet.language)
    _behind(document, sheet)
    return _packed(document)


def _clean(text: str) -> str:
    """Without what no XML may hold, or what would turn the direction of reading."""
    return UNPRINTABLE.sub("", text)


def _font(style: Any, size: float, east: str) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)


def _styled(document: Any, sheet: ReportSheet) -> None:
    """Fonts by name for both scripts, A4, and the paper's own properties."""
    _font(document.styles["Normal"], 12, FANG)
    for level, size in ((1, 16), (2, 14)):
        _font(document.styles[f"Heading {level}"], size, HEI)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    core = document.core_properties
    core.title, core.subject = _clean(sheet.title), _clean(sheet.subtitle)
    core.author = core.last_modified_by = _clean(sheet.author)
    core.identifier, core.version = sheet.number, sheet.version
    core.language, core.comments, core.keywords = sheet.language, "", sheet.sensitivity
    core.created = core.modified = sheet.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core.revision = 1


def _framed(document: Any, sheet: ReportSheet) -> None:
    """The control block in every page's header, the page's number in its footer (4.4)."""
    section, language = document.sections[0], sheet.language
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
    header = section.header.paragraphs[0]
    header.add_run(_clean(f"{banner}{sheet.firm}　{said}")).font.size = Pt(8)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = footer.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - the library has no word for a field


def _centred(document: Any, text: str, size: float, east: str = FANG) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = True, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)  # noqa: SLF001


def _table(document: Any, rows: list[tuple[str, ...]], widths: tuple[Any, ...]) -> None:
    """A grid; the cells' text with its line breaks."""
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for row in rows:
        cells = table.add_row().cells
        for cell, text, wide in zip(cells, row, widths, strict=True):
            cell.width = wide
            cell.paragraphs[0].add_run(_clean(text))


def _pairs(document: Any, sheet: ReportSheet) -> None:
    _table(document, list(sheet.facts), (Mm(35), Mm(125)))
    document.add_paragraph()


def _fields(document: Any, rows: list[SheetRow], language: str) -> None:
    headings = ("", HEADINGS["field"].said(language), HEADINGS["answer"].said(language))
    told = [(row.number, row.name, _answer(row, language)) for row in rows]
    _table(document, [headings, *told], WIDTHS)


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
        _table(document, [names, *rows], (Mm(40), Mm(60), Mm(60)))
    if sheet.passed:
        document.add_heading(HEADINGS["passed"].said(language), 2)
        names = tuple(HEADINGS[one].said(language) for one in ("contradiction", "reason"))
        _table(document, [names, *sheet.passed], (Mm(90), Mm(70)))
    if sheet.sha256:
        document.add_paragraph(HEADINGS["sha256"].said(language).format(sheet.sha256))
    document.add_paragraph(_clean(f"{HEADINGS['by_hand'].said(language)}{sheet.approver}"))


def _packed(document: Any) -> bytes:
    """The file with every part dated alike, in the order of their names."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(packed, "w") as file:
        for name in sorted(parts.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = ZipInfo(name, DATED)
            part.compress_type, part.create_system = ZIP_DEFLATED, 3
            file.writestr(part, parts.read(name))
    return packed.getvalue()
