"""Papers of a report: the same bytes from the same facts, blanks marked, text harmless."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from responder.documents.paper.press import made
from responder.documents.report_docx import report_docx
from responder.domain.report_sheet import Change, ReportSheet, SheetRow

AT = datetime(2026, 11, 23, 20, 21, tzinfo=ZoneInfo("Asia/Shanghai"))
SHEET = ReportSheet(
    number="INC-2026-0001/1",
    version="1.1",
    language="zh",
    firm="示例证券",
    title="网络安全事件情况报告书",
    subtitle="应急报告（首报）",
    stage="已签发",
    author="张伟",
    approver="陈国",
    sensitivity="内部",
    made_at=AT,
    drill=False,
    rows=(
        SheetRow(
            "1", "事件发生时间", "2026年11月23日20时15分00秒（UTC+8）", "estimate", needed="y"
        ),
        SheetRow("2", "地点", "", "blank", needed="y"),
        SheetRow("3", "勒索金额", "", "blank", needed="c", when="勒索软件攻击的"),
        SheetRow("4", "简要经过", "第一行\n第二行", "filled", part="二、事件情况", needed="y"),
    ),
    answered=2,
    demanded=3,
    facts=(("依据", "证券期货业网络安全事件报告"),),
    notes=("本报告更正INC-2026-0001/0，原报告保留不变。",),
    changes=(Change("影响人数", "12,000", "9,000"),),
    against=("发生时间晚于处置记录中最早的迹象",),
    passed=(("比例不符", "客服口径"),),
    missing=("地点",),
    sha256="ab" * 32,
)
NASTY = (
    "<b>粗</b> <img src=http://192.0.2.1/x.png> <a href='http://192.0.2.1'>x</a>",
    "{{ 7*7 }} {0} %s ${x} {% raw %}",
    '=HYPERLINK("http://192.0.2.1") @SUM(1)',
    "😀 𠮷 \u202eright to left\u202c \x00\x07\x1b[31m \ud800",
    "]]> &amp; &#x1F600; <!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
)


def pdf_of(sheet: ReportSheet) -> bytes:
    return made("regulator-report", sheet, sheet.language).pdf


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def parts_of(docx: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(docx)) as file:
        return {name: file.read(name) for name in file.namelist()}


def words_of(docx: bytes) -> str:
    parts = parts_of(docx)
    found = (ET.fromstring(parts[n]) for n in parts if n.startswith("word/") and n.endswith(".xml"))
    return "".join("".join(root.itertext()) for root in found)


def saying(text: str) -> ReportSheet:
    rows = (replace(SHEET.rows[0], said=text), *SHEET.rows[1:])
    return replace(SHEET, rows=rows, title=text[:50] or "x", author=text[:20], notes=(text,))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_papers_carry_everything(language: str) -> None:
    """The form, blanks marked, conditions said, the difference, the reason, the control block."""
    sheet = replace(SHEET, language=language)
    for text in (text_of(pdf_of(sheet)), re.sub(r"\s", "", words_of(report_docx(sheet)))):
        for said in (
            "INC-2026-0001/1", "1.1", "张伟", "陈国", "内部", "网络安全事件情况报告书",
            "2026年11月23日20时15分00秒", "（估计）" if language == "zh" else "(estimate)",
            "【待填】" if language == "zh" else "[TOBEFILLED]", "勒索软件攻击的", "二、事件情况",
            "第一行", "9,000", "客服口径", "ab" * 32,
        ):  # fmt: skip
            assert said in text, said


def test_a_drill_s_paper_says_so_first() -> None:
    """On every page of the PDF, and before anything else in Word."""
    sheet = replace(SHEET, drill=True)
    for page in PdfReader(BytesIO(pdf_of(sheet))).pages:
        assert "演练" in page.extract_text()
    body = ET.fromstring(parts_of(report_docx(sheet))["word/document.xml"])
    assert "".join(body.itertext()).startswith("【演练】")


def test_fonts_are_named_for_chinese_too() -> None:
    """Word and WPS set Chinese in what official papers are set in."""
    styles = parts_of(report_docx(SHEET))["word/styles.xml"].decode()
    assert 'w:eastAsia="仿宋"' in styles
    assert 'w:eastAsia="黑体"' in styles


@pytest.mark.parametrize("text", NASTY)
def test_what_people_typed_is_text_and_nothing_else(text: str) -> None:
    """No link, no picture, no field, nothing that could reach a host; a reader sees the text."""
    sheet = saying(text)
    reader = PdfReader(BytesIO(pdf_of(sheet)))
    for page in reader.pages:
        assert "/Annots" not in page
        assert not page.images
    parts = parts_of(report_docx(sheet))
    for name, part in parts.items():
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in part
        if name.endswith((".xml", ".rels")):
            ET.fromstring(part)
    body = parts["word/document.xml"]
    assert b"<w:hyperlink" not in body
    assert b"<w:drawing" not in body
    assert b"w:instrText" not in body
    shown = re.sub(r"\s", "", words_of(report_docx(sheet)))
    assert re.sub(r"[^a-z0-9]", "", text.lower())[:12] in re.sub(r"[^a-z0-9]", "", shown.lower())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_the_same_facts_give_the_same_bytes(text: str) -> None:
    """Whatever was typed, both papers can be made, and made twice they are the same."""
    sheet = saying(text)
    assert pdf_of(sheet) == pdf_of(sheet)
    assert report_docx(sheet) == report_docx(sheet)


def test_other_facts_give_other_bytes() -> None:
    """A digit more is another paper."""
    assert report_docx(saying("1")) != report_docx(saying("2"))
    assert pdf_of(saying("1")) != pdf_of(saying("2"))


def test_no_part_of_the_word_file_tells_when_it_was_made() -> None:
    """Every part is dated alike; the properties carry the report's own date."""
    with ZipFile(BytesIO(report_docx(SHEET))) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode()
    assert core.count("2026-11-23T12:21:00Z") == 2
