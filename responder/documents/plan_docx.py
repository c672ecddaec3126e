"""The plan and its letter as Word documents, for the firm's own seal and file (4.4, 7.1 R e)."""

from typing import Any

from docx.shared import Mm

from responder.documents.plan_words import PlanWording
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
from responder.domain.plan_document import MADE_FROM, PlanDocument

PAIR = (Mm(35), Mm(125))
LINES = (Mm(60), Mm(100))
CHANGES = (Mm(16), Mm(44), Mm(100))
TASKS = (Mm(94), Mm(44), Mm(22))


def plan_docx(facts: PlanDocument, language: str) -> bytes:
    """The plan."""
    wording = PlanWording(facts, language)
    document = _document(wording, wording.title)
    if facts.superseded_by:
        centred(document, wording.void, 14, HEI)
    table(document, wording.control, PAIR)
    for part in facts.parts():
        document.add_heading(clean(f"{part.letter}  {wording.words(part.title)}"), 1)
        clause = wording.said(f"对应条款：JR/T 0099 {part.clause}", f"JR/T 0099, {part.clause}")
        document.add_paragraph(clean(clause))
        _paragraphs(document, wording.words(part.body) or wording.said("（未写）", "(not written)"))
        if part.lines:
            document.add_heading(clean(wording.words(MADE_FROM[part.letter])), 3)
            table(document, wording.lines(part), LINES)
    if facts.changes:
        document.add_heading(wording.said("修订内容对照表", "List of changes"), 1)
        table(document, [wording.change_headings, *wording.changes], CHANGES)
    document.add_page_break()
    document.add_heading(wording.said("附录 处置方案", "Annex: the schemes"), 1)
    for book in facts.site.playbooks.values():
        document.add_heading(clean(f"{wording.words(book.title)} ({book.id})"), 2)
        table(document, [pair for pair in wording.scheme(book) if pair[1]], PAIR)
        document.add_paragraph()
        table(document, [wording.task_headings, *wording.tasks(book)], TASKS)
    return packed(document)


def letter_docx(facts: PlanDocument, language: str) -> bytes:
    """The letter, with the list of changes behind it."""
    wording = PlanWording(facts, language)
    document = _document(wording, wording.letter_title)
    for number, paragraph in enumerate(wording.letter()):
        indent = "　　" if language == "zh" and number else ""
        document.add_paragraph(clean(indent + paragraph))
    for line in wording.signed:
        document.add_paragraph(clean(line)).alignment = 2
    if facts.changes:
        document.add_page_break()
        document.add_heading(wording.said("附件2 修订内容对照表", "Annex 2: list of changes"), 2)
        table(document, [wording.change_headings, *wording.changes], CHANGES)
    return packed(document)


def _document(wording: PlanWording, title: str) -> Any:
    facts, document = wording.document, new_document()
    describe(
        document,
        facts.made_at,
        title=title,
        author=wording.person(facts.author) or wording.firm,
        identifier=facts.number,
        version=facts.version,
        language=wording.language,
        keywords=wording.sensitivity,
    )
    head = "　".join(f"{name} {value}" for name, value in wording.control[:6])
    frame(document, f"{wording.firm}　{head}　{wording.remark}")
    centred(document, title, 20, HEI)
    return document


def _paragraphs(document: Any, text: str) -> None:
    for paragraph in text.split("\n"):
        if paragraph.strip():
            document.add_paragraph(clean(paragraph.strip()))
