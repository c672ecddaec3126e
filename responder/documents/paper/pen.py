"""The pen: all that is ever drawn on a page, in vectors, and in shades that survive a fax.

Areas differ by pattern, never by colour alone.
"""

from enum import Enum
from typing import Any

from responder.documents.paper.fonts import BOLD, REGULAR, width
from responder.documents.paper.lines import Look
from responder.documents.paper.wording import Wording

INK = 0.1
QUIET = 0.38
RULE = 0.72
FILL = 0.93
HAIR = 0.5
NAVY = (0.10, 0.20, 0.36)
"""The one colour: it prints as a dark grey."""
STEP = 3.4


class Pattern(Enum):
    """What fills an area."""

    SOLID = "solid"
    GREY = "grey"
    PALE = "pale"
    HATCHED = "hatched"
    CROSSED = "crossed"
    DOTTED = "dotted"
    EMPTY = "empty"


class Pen:
    """Draws on one canvas; coordinates in points from the page's lower left corner.

    A `plain` one knows black and white alone: what is grey elsewhere is black, or left out.
    """

    def __init__(self, canvas: Any, wording: Wording, *, plain: bool = False) -> None:
        self.canvas = canvas
        self.wording = wording
        self.plain = plain

    def line_of(self, x: float, y: float, text: str, look: Look) -> None:
        """One line of text that is fit to be drawn, from its left end on the base line."""
        if text:
            self.canvas.setFillGray(self._shade(look.grey))
            self.canvas.setFont(look.font, look.size)
            self.canvas.drawString(x, y, text)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 8.0,
        *,
        strong: bool = False,
        align: str = "left",
        grey: float = INK,
        room: float = 0.0,
    ) -> None:
        """One line of any text, `align`ed at x; cut with an ellipsis where it exceeds `room`."""
        font = BOLD if strong else REGULAR
        said = self.wording.line(text)
        if room:
            mark = "..." if self.wording.language == "en" else "…"
            said = fitted(said, room, font, size, mark)
        wide = width(said, font, size)
        left = {"left": x, "right": x - wide, "centre": x - wide / 2}[align]
        self.line_of(left, y, said, Look(font=font, size=size, grey=grey))

    def wide(self, text: str, size: float) -> float:
        """How wide a line of text runs."""
        return width(self.wording.line(text), REGULAR, size)

    def rule(
        self, x: float, y: float, to_x: float, to_y: float, thick: float = HAIR, grey: float = RULE
    ) -> None:
        """A straight line."""
        self.canvas.setStrokeGray(self._shade(grey))
        self.canvas.setLineWidth(thick)
        self.canvas.line(x, y, to_x, to_y)

    def _shade(self, grey: float) -> float:
        return (0.0 if grey < 1 else 1.0) if self.plain else grey

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        pattern: Pattern = Pattern.EMPTY,
        *,
        thick: float = HAIR,
        edge: float | None = INK,
    ) -> None:
        """A rectangle from its lower left corner, filled with a pattern; `edge` None has none."""
        canvas = self.canvas
        ink = self._shade(INK)
        canvas.setLineWidth(thick)
        canvas.setStrokeGray(ink if edge is None else self._shade(edge))
        if self.plain and pattern in (Pattern.PALE, Pattern.GREY):
            pattern = Pattern.EMPTY
        greys = {Pattern.SOLID: None, Pattern.GREY: 0.62, Pattern.PALE: FILL}
        if pattern in greys:
            grey = greys[pattern]
            self._fill_dark() if grey is None else canvas.setFillGray(grey)
            canvas.rect(x, y, wide, high, stroke=0, fill=1)
        elif pattern is not Pattern.EMPTY:
            canvas.setFillGray(1)
            canvas.rect(x, y, wide, high, stroke=0, fill=1)
            self._strokes(x, y, wide, high, pattern)
        if edge is not None:
            canvas.setStrokeGray(self._shade(edge))
            canvas.rect(x, y, wide, high, stroke=1, fill=0)

    def _strokes(self, x: float, y: float, wide: float, high: float, pattern: Pattern) -> None:
        """Slanted lines, clipped to the area; dotted ones are broken."""
        canvas = self.canvas
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(x, y, wide, high)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setLineWidth(HAIR)
        canvas.setStrokeGray(self._shade(INK))
        if pattern is Pattern.DOTTED:
            canvas.setDash(0.8, 2.2)
        for number in range(int((wide + high) / STEP) + 1):
            at = x - high + number * STEP
            canvas.line(at, y, at + high, y + high)
            if pattern is Pattern.CROSSED:
                canvas.line(at, y + high, at + high, y)
        canvas.restoreState()

    def diamond(self, x: float, y: float, radius: float, *, filled: bool) -> None:
        """A diamond around a point."""
        self._polygon([(x, y + radius), (x + radius, y), (x, y - radius), (x - radius, y)], filled)

    def _polygon(self, corners: list[tuple[float, float]], filled: bool) -> None:
        canvas = self.canvas
        path = canvas.beginPath()
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        canvas.setLineWidth(0.8)
        canvas.setStrokeGray(self._shade(INK))
        canvas.setFillGray(self._shade(INK) if filled else 1)
        canvas.drawPath(path, stroke=1, fill=1)

    def accent(self, x: float, y: float, wide: float, high: float) -> None:
        """A bar in the one colour."""
        self._fill_dark()
        self.canvas.rect(x, y, wide, high, stroke=0, fill=1)

    def _fill_dark(self) -> None:
        if self.plain:
            self.canvas.setFillGray(0)
        else:
            self.canvas.setFillColorRGB(*NAVY)


def base(top: float, look: Look) -> float:
    """The base line of a line of text whose box begins at `top`."""
    return top - (look.leading + look.size * 0.72) / 2


def fitted(text: str, room: float, font: str, size: float, mark: str) -> str:
    """The text, or its beginning with a mark, no wider than `room`."""
    if width(text, font, size) <= room:
        return text
    while text and width(text + mark, font, size) > room:
        text = text[:-1]
    return text.rstrip() + mark
