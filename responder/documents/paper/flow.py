"""The flow: strips of fixed height laid on pages, from top to bottom, in one pass.

Every block is cut into strips, so that a paper of any length costs the same for each of its rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from responder.documents.paper.pen import Pen


@dataclass(slots=True)
class Strip:
    """A piece of a page. `draw` is given the pen, its left edge and its top.

    One that is to `keep` stays on the page of the next; `gap`s vanish at a page's top; what is
    `dispensable` is left out where it does not fit on the page begun. A strip's
    `head` is drawn again above it where it comes first on a page. `entry` is its line and depth in
    the outline.
    """

    height: float
    draw: Callable[[Pen, float, float], None] | None = None
    keep: bool = False
    gap: bool = False
    breaks: bool = False
    dispensable: bool = False
    head: "Strip | None" = None
    entry: tuple[str, int] | None = None


@dataclass(slots=True)
class Page:
    """One page: strips, each with how far below the page's top it begins."""

    placed: list[tuple[float, Strip]] = field(default_factory=list)
    used: float = 0.0

    def place(self, strip: Strip) -> None:
        """Add one below the others."""
        self.placed.append((self.used, strip))
        self.used += strip.height


def laid_out(strips: Iterable[Strip], room: float) -> list[Page]:
    """The pages, each of `room` points; there is always one.

    What must stay together goes to a new page whole, unless it is higher than a page.
    """
    pages, held = [Page()], list[Strip]()
    for strip in strips:
        if strip.breaks:
            _place(held, pages, room)
            held = []
            if pages[-1].placed:
                pages.append(Page())
            continue
        if strip.dispensable and pages[-1].used + strip.height > room:
            continue
        held.append(strip)
        if not strip.keep:
            _place(held, pages, room)
            held = []
    _place(held, pages, room)
    return pages


def _place(held: list[Strip], pages: list[Page], room: float) -> None:
    together = sum(strip.height for strip in held) <= room
    if together and pages[-1].used + sum(strip.height for strip in held) > room:
        _turn(pages)
    for strip in held:
        if pages[-1].used + strip.height > room:
            if strip.gap:
                continue
            _turn(pages)
        if not pages[-1].placed:
            if strip.gap:
                continue
            if strip.head:
                pages[-1].place(strip.head)
        pages[-1].place(strip)


def _turn(pages: list[Page]) -> None:
    if pages[-1].placed:
        pages.append(Page())
