"""The plan as a controlled document and the letter it is filed with, in PDF and in Word."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from responder.documents.paper.press import made
from responder.documents.plan_docx import letter_docx, plan_docx
from responder.documents.plan_words import PlanWording
from responder.domain.plan_change import plan_changes
from responder.domain.plan_document import PlanDocument
from responder.domain.plan_lines import digest
from responder.domain.register import PLAN_SECTIONS
from responder.site.loader import load
from responder.site.sample import sample_folder

SITE = load(sample_folder()).site
AT = datetime.fromisoformat("2026-09-28T10:00:00+08:00")


def facts(**more):
    site = more.pop("site", SITE)
    assert SITE.plan is not None
    known: dict[str, Any] = {
        "version": "3.2",
        "number": "YA-2026-01",
        "author": "li.na",
        "approver": "chen.guo",
        "sensitivity": "internal",
        "published_on": SITE.plan.published_on,
    }
    return PlanDocument(site=site, made_at=AT, sha256=digest(site), **(known | more))


def changed():
    """A version in which the succession changed."""
    line = SITE.command.succession
    site = replace(SITE, command=replace(SITE.command, succession=(*line[1:], line[0])))
    changes = plan_changes(SITE, site)
    return facts(site=site, version="3.3", before="3.2", major=True, changes=changes)


def text_of(pdf: bytes) -> str:
    """Everything a PDF says."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def words_of(content: bytes) -> str:
    """Everything a Word file says."""
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    head = [p.text for s in document.sections for p in s.header.paragraphs]
    return "\n".join([*head, *(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_every_section_stands_with_its_clause(kind, language):
    """Number, version, approver, date, hash; ten sections tied to their clause; the schemes."""
    document = facts()
    if kind == "pdf":
        said = text_of(made("plan", document, language).pdf)
    else:
        said = words_of(plan_docx(document, language))
    flat = "".join(said.split())
    for letter in PLAN_SECTIONS:
        assert f"7.1{letter}" in flat
    wanted = ["YA-2026-01", "3.2", "2026-03-16", document.sha256[:16]]
    wanted += [SITE.people["chen.guo"].name.said(language)]
    wanted += [book.title.said(language) for book in SITE.playbooks.values()]
    for one in wanted:
        assert "".join(one.split()) in flat
    assert {"zh": "决策递补顺序", "en": "Orderofsuccession"}[language] in flat, "from the roster"


def test_nothing_is_missing_from_the_fonts():
    """Every character of the sample can be printed."""
    for language in ("zh", "en"):
        assert made("plan", facts(), language).missing == ()
        assert made("plan-letter", changed(), language).missing == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_superseded_version_says_so_on_every_page(language):
    """作废, by which version, on the front, in the title and at the foot."""
    void = facts(superseded_by="3.3")
    paper = made("plan", void, language)
    said = "".join(text_of(paper.pdf).split())
    mark = {"zh": "本版已作废，以3.3版为准", "en": "Thisversioniswithdrawn;version3.3applies"}
    assert said.count(mark[language][:14]) >= paper.pages
    assert {"zh": "作废", "en": "withdrawn"}[language] in words_of(plan_docx(void, language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_letter_goes_to_the_right_authority(language):
    """A core institution files with the CSRC, any other with the bureau of its domicile."""
    csrc = {"zh": "中国证券监督管理委员会", "en": "China Securities Regulatory Commission"}[
        language
    ]
    core = replace(SITE, firm=replace(SITE.firm, institution="core"))
    for site, to in ((SITE, SITE.units["csrc-bureau"].name.said(language)), (core, csrc)):
        document = replace(changed(), site=site)
        for said in (
            text_of(made("plan-letter", document, language).pdf),
            words_of(letter_docx(document, language)),
        ):
            flat = "".join(said.split())
            assert "".join(to.split()) in flat
            assert "JR/T0099" in flat
            assert "3.3" in flat


def test_the_letter_says_why():
    """A first filing, a major change with what it touches, nothing changed."""
    first = PlanWording(facts(first=True), "zh")
    assert first.letter_title.startswith("关于报备《")
    assert "首次报备" in "".join(first.letter())
    again = PlanWording(changed(), "zh")
    assert again.letter_title.startswith("关于重新报备《")
    said = "".join(again.letter())
    assert "相对3.2版有1处修订，属重大变化，主要涉及：决策权限与递补顺序" in said
    assert "附件2" in "".join(text_of(made("plan-letter", changed(), "zh").pdf).split())
    assert "不涉及内容变更" in "".join(PlanWording(facts(), "zh").letter())


def test_the_same_facts_give_the_same_bytes():
    """Whoever prints it again prints the same."""
    assert plan_docx(changed(), "zh") == plan_docx(changed(), "zh")
    assert made("plan", changed(), "en").pdf == made("plan", changed(), "en").pdf
    assert facts().sha256 != changed().sha256
