"""Tables: headings on every page they run over, rows of any height, hairlines and no colour."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from responder.documents.paper.flow import Strip
from responder.documents.paper.fonts import width
from responder.documents.paper.lines import Look, Tone, broken
from responder.documents.paper.pen import INK, RULE, Pen, base
from responder.documents.paper.sheet import MM
from responder.documents.paper.wording import Wording

GUTTER = 8.0
SAMPLE = 200
"""Rows whose contents decide how wide columns without a width of their own become."""
LONGEST_CELL = 4000
TALL = 24
"""A row of more lines than this is cut over pages; others stay whole."""
WIDEST = 170.0
NARROWEST = 34.0
MUCH_TEXT = 80.0
FEW = 6
"""Rows that make a table which is not cut."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in millimetres; 0 shares what is left by contents."""

    title: str
    width: float = 0.0
    align: str = "left"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that looks otherwise than its column."""

    text: str
    strong: bool = False


Row = Sequence[str | Cell]


@dataclass(slots=True)
class Table:
    """Rows under headings, `room` points wide. Without any title there is no heading.

    `looks` are those of a cell, and of one that is strong.
    """

    columns: Sequence[Column]
    rows: Iterable[Row]
    room: float
    wording: Wording
    looks: tuple[Look, Look] = (Tone.CELL.value, Tone.CELL_STRONG.value)
    pad: float = 3.2

    def strips(self) -> Iterator[Strip]:
        """The heading and each row; rows are taken one by one."""
        rows = iter(self.rows)
        sample = list(islice(rows, SAMPLE))
        if not sample:
            return
        widths = self._widths(sample)
        head = self._head(widths) if any(column.title for column in self.columns) else None
        if head:
            yield head
        yield from _unparted(
            strip for row in chain(sample, rows) for strip in self._row(row, widths, head)
        )

    def _head(self, widths: list[float]) -> Strip:
        titles = [Cell(column.title, strong=True) for column in self.columns]
        lines = self._lines(titles, widths)
        high = max(map(len, lines)) * self._look(strong=True).leading + 2 * self.pad

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top, x + self.room, top, 1.1, INK)
            self._cells(pen, x, top - self.pad, lines, widths, [True] * len(lines))
            pen.rule(x, top - high, x + self.room, top - high, 0.7, INK)

        return Strip(high, draw, keep=True)

    def _row(self, row: Row, widths: list[float], head: Strip | None) -> Iterator[Strip]:
        strong = [
            cell.strong if isinstance(cell, Cell) else column.strong
            for cell, column in zip(row, self.columns, strict=True)
        ]
        lines = self._lines(row, widths, strong)
        tallest = max(map(len, lines))
        step = tallest if tallest <= TALL else TALL // 3
        for first in range(0, tallest, step):
            part = [one[first : first + step] for one in lines]
            last = first + step >= tallest
            yield self._slice(part, widths, strong, head, first == 0, last)

    def _slice(
        self,
        lines: list[list[str]],
        widths: list[float],
        strong: list[bool],
        head: Strip | None,
        first: bool,
        last: bool,
    ) -> Strip:
        above, below = (self.pad if first else 0.0), (self.pad if last else 0.0)
        high = max(map(len, lines)) * self._look(strong=False).leading + above + below

        def draw(pen: Pen, x: float, top: float) -> None:
            self._cells(pen, x, top - above, lines, widths, strong)
            if last:
                pen.rule(x, top - high, x + self.room, top - high, 0.4, RULE)

        return Strip(high, draw, head=head)

    def _cells(
        self,
        pen: Pen,
        x: float,
        top: float,
        lines: list[list[str]],
        widths: list[float],
        strong: list[bool],
    ) -> None:
        for cell, wide, bold, column in zip(lines, widths, strong, self.columns, strict=True):
            look = self._look(strong=bold)
            for number, line in enumerate(cell):
                left = x
                if column.align == "right":
                    left += wide - GUTTER - width(line, look.font, look.size)
                pen.line_of(left, base(top - number * look.leading, look), line, look)
            x += wide

    def _lines(
        self, row: Row, widths: list[float], strong: list[bool] | None = None
    ) -> list[list[str]]:
        bold = strong or [isinstance(cell, Cell) and cell.strong for cell in row]
        return [
            broken(self._said(cell), wide - GUTTER, self._look(strong=one))
            for cell, wide, one in zip(row, widths, bold, strict=True)
        ]

    def _said(self, cell: str | Cell) -> str:
        text = cell.text if isinstance(cell, Cell) else cell
        return self.wording.shown(text, LONGEST_CELL)

    def _widths(self, sample: list[Row]) -> list[float]:
        """Given widths as they are; the others share the rest by how wide their contents run."""
        given = [column.width * MM for column in self.columns]
        wanted = [
            0.0 if wide else self._natural(number, sample) for number, wide in enumerate(given)
        ]
        left, asked = self.room - sum(given), sum(wanted)
        if not asked:
            return [wide * self.room / sum(given) for wide in given]
        if asked <= left:
            wanted = self._filled(wanted, left - asked)
            return [wide or want for wide, want in zip(given, wanted, strict=True)]
        return [wide or want * left / asked for wide, want in zip(given, wanted, strict=True)]

    def _filled(self, wanted: list[float], spare: float) -> list[float]:
        """Widths with what is to spare: it goes to the text, or to all where there is only data."""
        texts = [
            want if column.align == "left" else 0.0
            for want, column in zip(wanted, self.columns, strict=True)
        ]
        widest = texts.index(max(texts))
        if texts[widest] >= MUCH_TEXT:
            return [want + spare * (n == widest) for n, want in enumerate(wanted)]
        each = spare / sum(1 for want in wanted if want)
        return [want and want + each for want in wanted]

    def _natural(self, number: int, sample: list[Row]) -> float:
        """What a column would like: its widest cell of the sample, within reason."""
        look = self._look(strong=True)
        texts = [self.columns[number].title]
        for row in sample:
            cell = row[number]
            texts.append((cell.text if isinstance(cell, Cell) else cell)[:80])
        widest = max(width(text, look.font, look.size) for text in texts)
        return min(max(widest + GUTTER, NARROWEST), WIDEST)

    def _look(self, *, strong: bool) -> Look:
        return self.looks[strong]


def _unparted(strips: Iterable[Strip]) -> Iterator[Strip]:
    """The strips: a few stay together, and the last of many is not left alone on a page."""
    held: list[Strip] = []
    whole = True
    for strip in strips:
        held.append(strip)
        if len(held) > FEW:
            whole = False
            yield held.pop(0)
    for strip in held[:-1] if whole else held[-2:-1]:
        strip.keep = True
    yield from held
