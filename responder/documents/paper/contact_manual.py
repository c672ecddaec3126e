"""The contact manual as paper: A4 for the shelf, A6 for the wallet, both through a fax."""

from itertools import islice, zip_longest

from responder.documents.manual import DESTROY, NETWORK_DOWN, TITLE, ManualWords
from responder.documents.manual_part import Part
from responder.documents.paper.control import Control
from responder.documents.paper.lines import Tone
from responder.documents.paper.paper import Paper
from responder.documents.paper.sheet import SHEETS
from responder.documents.paper.table import Cell, Column
from responder.domain.contact_manual import ContactManual

ABREAST = 2
"""Names side by side in the index."""
SMALL = 0.66
"""How much of a column's width on A4 it gets on A6."""
LEAD = 30.0


def contact_manual(manual: ContactManual, language: str) -> Paper:
    """The manual in one language."""
    return _Manual(manual, language).paper


class _Manual:
    def __init__(self, manual: ContactManual, language: str) -> None:
        self.words = ManualWords(manual, language)
        self.small = manual.size == "a6"
        said = self.words.said
        self.paper = Paper(
            said(TITLE),
            language,
            Control(
                version=manual.version,
                sensitivity=self.words.either("内部", "internal"),
                made_at=manual.made_at,
                firm=said(manual.site.firm.name),
                remark=said(DESTROY),
            ),
            sheet=SHEETS[manual.size],
        )
        self._first_page()
        self._organisation()
        self._units()
        if not self.small:
            self._index()

    def _first_page(self) -> None:
        """What to do and whom to call when nothing but a telephone works."""
        self._table(self.words.duty())
        if not self.small:
            self._table(self.words.watch())
        self._table(self.words.succession())
        self.paper.heading(self.words.said(NETWORK_DOWN))
        self.paper.bullets(self.words.network_down(), numbered=True)

    def _organisation(self) -> None:
        if not self.small:
            self.paper.page_break()
        self._table(self.words.posts())
        for body in self.words.bodies():
            self._table(body)
        self._table(self.words.people())

    def _units(self) -> None:
        self.paper.heading(self.words.either("关联单位联系表", "Related units"))
        for part in self.words.units():
            self._table(part, 2)

    def _index(self) -> None:
        """Names in columns that are read downwards."""
        either = self.words.either
        self.paper.heading(either("姓名索引", "Index by name"))
        order = "按编号（拼音）排列；序号见“全体人员”。"
        self.paper.text(either(order, "By id; numbers refer to “Everybody”."), Tone.QUIET)
        names = iter(self.words.index())
        each = -(-len(self.words.manual.site.people) // ABREAST) or 1
        columns = [list(islice(names, each)) for _ in range(ABREAST)]
        rows = [
            tuple(cell for entry in row for cell in (Cell(entry[0], strong=True), *entry[1:]))
            for row in zip_longest(*columns, fillvalue=("", "", ""))
        ]
        heads = [either("姓名", "Name"), either("序号", "No."), either("电话", "Telephone")]
        self.paper.table([Column(h) for _ in range(ABREAST) for h in heads], rows)

    def _table(self, part: Part, level: int = 1) -> None:
        """A table; a small sheet takes what is wide in two columns."""
        if part.title:
            self.paper.heading(part.title, level)
        if self.small and part.lead:
            rows = list(part.folded(self.words.either("：", ": ")))
            self.paper.table((Column("", LEAD, strong=True), Column("")), rows)
            return
        share = SMALL if self.small else 1.0
        part = part.without_spared() if self.small else part
        columns = [
            Column(title, width * share)
            for title, width in zip(part.columns, part.widths, strict=True)
        ]
        self.paper.table(columns, part.rows, empty=self.words.either("无", "none"))
