"""Word files: fonts, a control block on every page, tables; the same content, the same bytes.

No clock, no random id, every part of the file dated alike. Nothing in it is fetched, linked or
run; text that people typed is text and nothing else.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LATIN, FANG, HEI = "Times New Roman", "仿宋", "黑体"
"""Fonts that Word and WPS have; where one is lacking they take their own for Chinese."""
DATED = (1980, 1, 1, 0, 0, 0)
"""The earliest date a ZIP can carry; the paper's own date stands in its properties."""
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def new_document() -> Any:
    """An empty document on A4, in the fonts of both scripts."""
    document = Document()
    _font(document.styles["Normal"], 12, FANG)
    for level, size in ((1, 16), (2, 14), (3, 12)):
        _font(document.styles[f"Heading {level}"], size, HEI)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    return document


def _font(style: Any, size: float, east: str) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)


def clean(text: str) -> str:
    """Without what no XML may hold, or what would turn the direction of reading."""
    return UNPRINTABLE.sub("", text)


def describe(document: Any, made_at: datetime, **said: str) -> None:
    """The file's own properties (`title`, `author`, …); nobody else is named in them."""
    core = document.core_properties
    for name, value in said.items():
        setattr(core, name, clean(value))
    core.last_modified_by, core.comments = core.author, ""
    core.created = core.modified = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core.revision = 1


def frame(document: Any, header: str) -> None:
    """What stands above every page, and its number below."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run(clean(header)).font.size = Pt(8)
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


def centred(document: Any, text: str, size: float, east: str = FANG) -> None:
    """A line in the middle, bold."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = True, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)  # noqa: SLF001


def table(document: Any, rows: Sequence[tuple[str, ...]], widths: tuple[Any, ...]) -> None:
    """A grid; the cells' text with its line breaks."""
    made = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.autofit = False
    for row in rows:
        cells = made.add_row().cells
        for cell, text, wide in zip(cells, row, widths, strict=True):
            cell.width = wide
            cell.paragraphs[0].add_run(clean(text))


def packed(document: Any) -> bytes:
    """The file with every part dated alike, in the order of their names."""
    written, found = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(found, "w") as file:
        for name in sorted(parts.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = ZipInfo(name, DATED)
            part.compress_type, part.create_system = ZIP_DEFLATED, 3
            file.writestr(part, parts.read(name))
    return found.getvalue()
