"""The plan as a controlled paper, and the letter that it is filed with (4.4, 7.1 R e)."""

from responder.documents.paper.control import Control
from responder.documents.paper.lines import Tone
from responder.documents.paper.paper import Paper
from responder.documents.paper.table import Column
from responder.documents.plan_words import PlanWording
from responder.domain.plan_document import MADE_FROM, Part, PlanDocument
from responder.domain.playbook import Playbook

CHANGES = (14, 42)
TASKS = (40, 24)
LABEL = 56


def plan_document(facts: PlanDocument, language: str) -> Paper:
    """The plan, in `zh` or `en`."""
    wording = PlanWording(facts, language)
    paper = _paper(wording, wording.title)
    if facts.superseded_by:
        paper.callout(wording.void)
    paper.key_values(wording.control)
    for part in facts.parts():
        _section(paper, wording, part)
    if facts.changes:
        paper.heading(wording.said("修订内容对照表", "List of changes"))
        _changes(paper, wording)
    paper.page_break()
    paper.heading(wording.said("附录 处置方案", "Annex: the schemes"))
    for book in facts.site.playbooks.values():
        _scheme(paper, wording, book)
    return paper


def plan_letter(facts: PlanDocument, language: str) -> Paper:
    """The letter to the authority, with the list of changes behind it."""
    wording = PlanWording(facts, language)
    paper = _paper(wording, wording.letter_title)
    paper.space(4)
    for paragraph in wording.letter():
        paper.text(paragraph)
        paper.space(2)
    paper.space(6)
    for line in wording.signed:
        paper.text(line, Tone.STRONG)
    if facts.changes:
        paper.page_break()
        paper.heading(wording.said("附件2 修订内容对照表", "Annex 2: list of changes"))
        _changes(paper, wording)
    return paper


def _paper(wording: PlanWording, title: str) -> Paper:
    facts = wording.document
    control = Control(
        number=facts.number,
        version=facts.version,
        author=wording.person(facts.author),
        approver=wording.person(facts.approver),
        sensitivity=wording.sensitivity,
        made_at=facts.made_at,
        firm=wording.firm,
        remark=wording.remark,
    )
    return Paper(title, wording.language, control)


def _section(paper: Paper, wording: PlanWording, part: Part) -> None:
    paper.heading(f"{part.letter}  {wording.words(part.title)}")
    paper.text(
        wording.said(f"对应条款：JR/T 0099 {part.clause}", f"JR/T 0099, {part.clause}"), Tone.QUIET
    )
    body = wording.words(part.body).strip()
    paper.text(body or wording.said("（未写）", "(not written)"))
    if part.lines:
        paper.heading(wording.words(MADE_FROM[part.letter]), 3)
        paper.key_values(wording.lines(part), LABEL)


def _changes(paper: Paper, wording: PlanWording) -> None:
    first, second, third = wording.change_headings
    columns = (Column(first, CHANGES[0]), Column(second, CHANGES[1]), third)
    paper.table(columns, wording.changes)


def _scheme(paper: Paper, wording: PlanWording, book: Playbook) -> None:
    paper.heading(f"{wording.words(book.title)} ({book.id})", 2)
    paper.key_values([pair for pair in wording.scheme(book) if pair[1]], 28)
    first, second, third = wording.task_headings
    columns = (first, Column(second, TASKS[0]), Column(third, TASKS[1], align="right"))
    paper.table(columns, wording.tasks(book))
