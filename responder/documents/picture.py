"""A picture as shapes: laid out once, written as SVG, or drawn as PNG by `drawing`.

Black and white survive a fax: what differs, differs by shape or pattern, never by colour alone.
Coordinates are pixels from the upper left corner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

BLACK, DARK, MIDDLE, LIGHT, WHITE = 0, 70, 150, 232, 255
FAMILY = "'Noto Sans SC','Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"
DASH = 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke from one point to another."""

    x: float
    y: float
    to_x: float
    to_y: float
    thick: float = 1.0
    shade: int = BLACK
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed figure: filled with a shade, or its outline alone where that is None."""

    points: tuple[tuple[float, float], ...]
    fill: int | None = None
    edge: int | None = BLACK
    thick: float = 1.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: int | None = BLACK
    edge: int | None = BLACK


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text, its base line at `y`; `align` is start, middle or end."""

    x: float
    y: float
    words: str
    size: float = 12.0
    bold: bool = False
    align: str = "start"
    shade: int = BLACK


Mark = Line | Shape | Disc | Text


@dataclass(frozen=True, slots=True)
class Picture:
    """Marks on white, drawn in their order; `title` says what it shows."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    title: str = ""

    def svg(self) -> str:
        """The picture as a file of its own."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"'
            f' viewBox="0 0 {self.width} {self.height}" font-family="{FAMILY}" role="img">'
        )
        ground = f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>'
        lines = (head, f"<title>{escape(self.title)}</title>", ground, *map(_svg, self.marks))
        return "\n".join((*lines, "</svg>", ""))


def box(x: float, y: float, wide: float, high: float) -> tuple[tuple[float, float], ...]:
    """The corners of an upright rectangle."""
    return ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))


def _svg(mark: Mark) -> str:
    match mark:
        case Line():
            dashes = f' stroke-dasharray="{DASH:g}"' if mark.dashed else ""
            return (
                f'<line x1="{mark.x:.1f}" y1="{mark.y:.1f}" x2="{mark.to_x:.1f}"'
                f' y2="{mark.to_y:.1f}" stroke="{grey(mark.shade)}"'
                f' stroke-width="{mark.thick:g}"{dashes}/>'
            )
        case Shape():
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in mark.points)
            return f'<polygon points="{points}" {_paint(mark.fill, mark.edge, mark.thick)}/>'
        case Disc():
            place = f'cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.radius:g}"'
            return f"<circle {place} {_paint(mark.fill, mark.edge, 1)}/>"
        case Text():
            weight = ' font-weight="bold"' if mark.bold else ""
            return (
                f'<text x="{mark.x:.1f}" y="{mark.y:.1f}" font-size="{mark.size:g}"{weight}'
                f' text-anchor="{mark.align}" fill="{grey(mark.shade)}">{escape(mark.words)}</text>'
            )


def _paint(fill: int | None, edge: int | None, thick: float) -> str:
    inside = "none" if fill is None else grey(fill)
    around = "none" if edge is None else grey(edge)
    return f'fill="{inside}" stroke="{around}" stroke-width="{thick:g}"'


def grey(shade: int) -> str:
    """A shade as the web writes it."""
    return f"#{shade:02x}{shade:02x}{shade:02x}"


def together(*groups: Iterable[Mark]) -> tuple[Mark, ...]:
    """Groups of marks, one above the other."""
    return tuple(mark for group in groups for mark in group)


def zigzag(points: Sequence[tuple[float, float]], thick: float, shade: int) -> list[Mark]:
    """Strokes from point to point."""
    return [Line(*one, *other, thick, shade) for one, other in pairwise(points)]
