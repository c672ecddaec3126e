"""A paper: blocks put one after the other, then made into a PDF.

The bytes depend on nothing but what was put in: no clock, no chance, no file but the fonts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from responder.documents.paper.control import DRILL, UNCONTROLLED, Control
from responder.documents.paper.flow import Page, Strip, laid_out
from responder.documents.paper.fonts import BOLD, REGULAR, face, width
from responder.documents.paper.frame import Frame
from responder.documents.paper.lines import Tone, broken
from responder.documents.paper.pen import INK, QUIET, Pattern, Pen, base
from responder.documents.paper.sheet import A4, MM, Sheet
from responder.documents.paper.table import Cell, Column, Row, Table
from responder.documents.paper.wording import Wording
from responder.ports.papers import Made

LONGEST = 20_000
LONGEST_CALLOUT = 1_500
INDENT = 13.0
HEADINGS = {1: Tone.HEADING_1, 2: Tone.HEADING_2, 3: Tone.HEADING_3}
LABEL = 34.0
CELLS = (Tone.CELL, Tone.CELL_STRONG)
LARGE = (Tone.LARGE, Tone.LARGE_STRONG)


class Paper:
    """A controlled document in one language (`zh` or `en`), on A4 pages unless told otherwise.

    `room` is the width of its text in points. Blocks appear in the order they are put.
    """

    def __init__(
        self,
        title: str,
        language: str,
        control: Control = UNCONTROLLED,
        *,
        subtitle: str = "",
        drill: bool = False,
        sheet: Sheet = A4,
    ) -> None:
        self.sheet = sheet
        self.room = sheet.room_wide
        face(REGULAR)
        face(BOLD)
        self.language = language
        self.wording = Wording(language)
        self.drill = drill
        stamped = DRILL.said(language) + title if drill else title
        self.title = self.wording.line(stamped, 200)
        self._frame = Frame(self.title, language, control, self.wording, sheet, drill=drill)
        self._control = control
        self._blocks: list[Callable[[], Iterator[Strip]]] = []
        self._put(self._lines(self.title, Tone.TITLE))
        if subtitle:
            self.text(subtitle, Tone.QUIET)
        self.space(1)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading, level 1 to 3, with its line in the outline; never the last on a page."""
        tone = HEADINGS[level]
        said = self.wording.line(text, 200)
        strips = self._lines(said, tone)
        if level == 1:
            strips[0] = self._accented(strips[0])
        for strip in strips:
            strip.keep = True
        strips[0].entry = (said, level - 1)
        self._put([Strip(self.sheet.look(tone).before, gap=True, keep=True), *strips])

    def text(self, text: str, tone: Tone = Tone.BODY, *, leads: bool = False) -> None:
        """Running text; line breaks stay. What `leads` stays on the page of what follows."""
        strips = self._lines(self.wording.shown(text, LONGEST), tone)
        for strip in strips[-3:] if leads else ():
            strip.keep = True
        self._put(strips)

    def bullets(self, items: Iterable[str], numbered: bool = False) -> None:
        """A list."""
        for number, item in enumerate(items, 1):
            strips = self._lines(self.wording.shown(item, LONGEST), Tone.BODY, INDENT)
            self._put([self._marked(strips[0], f"{number}." if numbered else "–"), *strips[1:]])

    def key_values(
        self, pairs: Iterable[tuple[str, str]], label: float = LABEL, *, large: bool = False
    ) -> None:
        """Labels, `label` millimetres wide, and what they stand for; `large` to be read first."""
        columns = (Column("", label), Column("", self.room / MM - label))
        rows = [(Cell(name, strong=True), value) for name, value in pairs]
        self._tabulate(columns, rows, "", LARGE if large else CELLS)

    def table(self, columns: Sequence[Column | str], rows: Iterable[Row], empty: str = "") -> None:
        """A table; its headings return on each page. Where there is no row, `empty` is said."""
        made = [one if isinstance(one, Column) else Column(one) for one in columns]
        self._tabulate(made, rows, empty, CELLS)

    def _tabulate(
        self,
        columns: Sequence[Column],
        rows: Iterable[Row],
        empty: str,
        tones: tuple[Tone, Tone],
    ) -> None:
        looks = (self.sheet.look(tones[0]), self.sheet.look(tones[1]))
        table = Table(columns, rows, self.room, self.wording, looks, self.sheet.pad)
        self._blocks.append(lambda: self._tabled(table, empty))

    def figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """A few large figures side by side, each with what it counts."""
        said = [(self.wording.line(a, 40), self.wording.line(b, 80)) for a, b in figures]
        high, gap = 52.0, 8.0
        each = (self.room + gap) / max(len(said), 1)

        def draw(pen: Pen, x: float, top: float) -> None:
            for number, (figure, label) in enumerate(said):
                left = x + number * each
                pen.box(left, top - high + 6, each - gap, high - 6, Pattern.PALE, edge=None)
                pen.accent(left, top - high + 6, 2.2, high - 6)
                size = 19.0 if width(figure, BOLD, 19.0) <= each - 26 else 14.0
                pen.text(left + 11, top - 23, figure, size, strong=True, room=each - 26)
                pen.text(left + 11, top - 38, label, 8.0, grey=QUIET, room=each - 26)

        self._put([Strip(high + 4, draw)])

    def callout(self, text: str, title: str = "") -> None:
        """A box that is seen first."""
        inner = self.room - 22
        plain, strong = self.sheet.look(Tone.BODY), self.sheet.look(Tone.STRONG)
        heads = broken(self.wording.line(title, 200), inner, strong) if title else []
        said = self.wording.shown(text, LONGEST_CALLOUT)
        lines = broken(said, inner, plain)[:40] if text else []
        leading = plain.leading
        high = (len(heads) + len(lines)) * leading + 12

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.box(x, top - high, self.room, high, Pattern.PALE, edge=INK, thick=0.7)
            pen.accent(x, top - high, 3.5, high)
            for number, line in enumerate([*heads, *lines]):
                look = strong if number < len(heads) else plain
                pen.line_of(x + 13, base(top - 6 - number * leading, look), line, look)

        self._put([Strip(high, draw), Strip(8.0, gap=True)])

    def picture(
        self,
        height: float,
        draw: Callable[[Pen, float, float], None],
        *,
        dispensable: bool = False,
    ) -> None:
        """Anything drawn: `draw` gets the pen, the left edge and the top of `height` points.

        What is `dispensable` is left out where the page has no room for it.
        """
        self._put([Strip(height, draw, dispensable=dispensable)])

    def space(self, millimetres: float) -> None:
        """Room, that vanishes at a page's top."""
        self._put([Strip(millimetres * MM, gap=True)])

    def page_break(self) -> None:
        """What follows begins a page."""
        self._put([Strip(0.0, breaks=True)])

    def bytes(self) -> bytes:
        """The PDF."""
        return self.made().pdf

    def made(self) -> Made:
        """The PDF, how many pages it has, and the characters that no font could draw."""
        strips = (strip for block in self._blocks for strip in block())
        pages = laid_out(strips, self.sheet.room_high)
        stream = BytesIO()
        canvas = self._frame.canvas(stream)
        pen = Pen(canvas, self.wording, plain=self.sheet.plain)
        depth = -1
        for number, page in enumerate(pages, 1):
            self._frame.draw(pen, number, len(pages))
            depth = self._draw(pen, page, number, depth)
            canvas.showPage()
        canvas.save()
        return Made(stream.getvalue(), len(pages), tuple(sorted(self.wording.missing)))

    def _draw(self, pen: Pen, page: Page, number: int, deep: int) -> int:
        """Draw a page, and return how deep its last entry lies: none is deeper by more than one."""
        for place, (down, strip) in enumerate(page.placed):
            top = self.sheet.height - self.sheet.top - down
            if strip.entry:
                line, depth = strip.entry
                deep = min(depth, deep + 1)
                key = f"p{number}-{place}"
                pen.canvas.bookmarkHorizontal(key, 0, top + 8)
                pen.canvas.addOutlineEntry(line, key, deep, closed=False)
            if strip.draw:
                strip.draw(pen, self.sheet.side, top)
        return deep

    def _put(self, strips: list[Strip]) -> None:
        self._blocks.append(lambda: iter(strips))

    def _tabled(self, table: Table, empty: str) -> Iterator[Strip]:
        strips = table.strips()
        first = next(strips, None)
        if first:
            yield from chain([first], strips)
        elif empty:
            yield from self._lines(self.wording.shown(empty, LONGEST), Tone.BODY)
        yield Strip(8.0, gap=True)

    def _lines(self, said: str, tone: Tone, indent: float = 0.0) -> list[Strip]:
        """Strips of a text fit to be drawn: no first or last line is left alone on a page."""
        look = self.sheet.look(tone)
        lines = broken(said, self.room - indent, look)
        strips = [Strip(look.leading, _drawn(line, look, indent)) for line in lines]
        if len(strips) > 1:
            strips[0].keep = strips[-2].keep = True
        strips[-1].keep = tone is Tone.TITLE
        return [*strips, Strip(look.after, gap=True, keep=strips[-1].keep)]

    def _accented(self, strip: Strip) -> Strip:
        drawn = strip.draw

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.accent(x, top - strip.height + 3.5, 3.0, strip.height - 7)
            if drawn:
                drawn(pen, x + 9, top)

        return Strip(strip.height, draw)

    def _marked(self, strip: Strip, mark: str) -> Strip:
        drawn, look = strip.draw, self.sheet.look(Tone.BODY)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.line_of(x, base(top, look), mark, look)
            if drawn:
                drawn(pen, x, top)

        return Strip(strip.height, draw, keep=strip.keep)


def _drawn(line: str, look: Any, indent: float) -> Callable[[Pen, float, float], None]:
    return lambda pen, x, top: pen.line_of(x + indent, base(top, look), line, look)
