"""The emergency work card as paper, A6: what to do, whom to call, what one may decide."""

from collections.abc import Iterable

from responder.documents.paper.control import Control
from responder.documents.paper.lines import Look, Tone, broken
from responder.documents.paper.paper import Paper
from responder.documents.paper.pen import Pen, base
from responder.documents.paper.qr import draw_qr
from responder.documents.paper.sheet import A6
from responder.documents.paper.table import Column
from responder.domain.work_card import CardSheet
from responder.domain.work_card_words import (
    DESTROY,
    HEADINGS,
    NO_QR,
    SCAN,
    TITLE,
    CardWords,
)

QR_SIDE = 74.0


def work_card(sheet: CardSheet, language: str) -> Paper:
    """One person's card."""
    words = CardWords(sheet.card, language)
    paper = Paper(
        words.said(TITLE),
        language,
        Control(
            version=str(sheet.version),
            made_at=sheet.issued_at,
            firm=words.said(sheet.card.firm),
            remark=words.said(DESTROY),
        ),
        sheet=A6,
    )
    _head(paper, words, sheet.link)
    _list(paper, words, "called", words.called())
    _list(paper, words, "tasks", words.tasks())
    paper.heading(words.said(HEADINGS["call"]))
    columns = (Column("", 30), Column("", 20, strong=True), Column(""))
    paper.table(columns, list(words.contacts()))
    _list(paper, words, "rights", words.rights())
    paper.heading(words.said(HEADINGS["own"]), 2)
    paper.text(words.own_ways())
    schemes = list(words.schemes())
    if schemes:
        paper.heading(words.said(HEADINGS["schemes"]))
        paper.table((Column("", 27, strong=True), Column("")), schemes)
    if not sheet.link:
        paper.text(words.said(NO_QR), Tone.QUIET)
    return paper


def _head(paper: Paper, words: CardWords, link: str) -> None:
    """Whose card it is; the code beside it, where there is one."""
    strong, plain = paper.sheet.look(Tone.LARGE_STRONG), paper.sheet.look(Tone.CELL)
    room = paper.room - (QR_SIDE + 4 if link else 0)
    lines: list[tuple[str, Look]] = []
    for text, look in ((words.headline, strong), *((held, plain) for held in words.held())):
        said = paper.wording.line(text)
        lines += [(line, look) for line in broken(said, room, look)]
    text_high = sum(look.leading for _, look in lines)

    def draw(pen: Pen, x: float, top: float) -> None:
        at = top
        for line, look in lines:
            pen.line_of(x, base(at, look), line, look)
            at -= look.leading
        if link:
            left = x + paper.room - QR_SIDE
            draw_qr(pen, left, top + 20, QR_SIDE, link)
            middle, low = left + QR_SIDE / 2, top + 20 - QR_SIDE - 2
            pen.text(middle, low, words.said(SCAN), 8.0, align="centre", room=QR_SIDE)

    paper.picture(max(text_high, QR_SIDE - 12 if link else 0.0), draw)


def _list(paper: Paper, words: CardWords, key: str, rows: Iterable[str]) -> None:
    lines = list(rows)
    if lines:
        paper.heading(words.said(HEADINGS[key]))
        paper.bullets(lines, numbered=True)
