"""Sheets of paper: their size, their margins, and the looks that texts have on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from responder.documents.paper.lines import Look, Tone

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lengths in points. `looks` are those that differ from the usual ones.

    On a `plain` sheet everything is black on white, as a fax and a copier leave it: no grey, no
    shaded area. One that is `small` has its foot in two lines, and no head. `pad` is above and
    below the text of a table's row.
    """

    width: float
    height: float
    side: float
    top: float
    bottom: float
    looks: Mapping[Tone, Look] = field(default_factory=dict)
    pad: float = 3.2
    plain: bool = False
    small: bool = False
    frame_size: float = 7.0

    @property
    def room_wide(self) -> float:
        """How wide the text runs."""
        return self.width - 2 * self.side

    @property
    def room_high(self) -> float:
        """How far down the text runs."""
        return self.height - self.top - self.bottom

    def look(self, tone: Tone) -> Look:
        """How a tone looks here."""
        return self.looks.get(tone, tone.value)


def _faxed(
    size: float, leading: float, tones: tuple[Tone, ...], after: float = 0.0
) -> dict[Tone, Look]:
    return {
        one: replace(one.value, size=size, leading=leading, grey=0.0, after=after) for one in tones
    }


def _black(tones: tuple[Tone, ...]) -> dict[Tone, Look]:
    return {one: replace(one.value, grey=0.0) for one in tones}


_CELLS = (Tone.CELL, Tone.CELL_STRONG)
A4 = Sheet(595.28, 841.89, 54.0, 66.0, 58.0)
A4_PLAIN = Sheet(
    595.28,
    841.89,
    54.0,
    66.0,
    58.0,
    {
        **_black(tuple(Tone)),
        **_faxed(9.0, 12.6, _CELLS),
        **_faxed(9.0, 13.0, (Tone.QUIET,), 4.0),
    },
    plain=True,
    frame_size=9.0,
)
"""A4 that goes through a fax: no text under 9 points."""
A6 = Sheet(
    297.64,
    419.53,
    19.0,
    20.0,
    37.0,
    {
        **_faxed(8.0, 10.8, _CELLS),
        **_faxed(8.0, 10.8, (Tone.QUIET, Tone.BODY, Tone.STRONG, Tone.LEAD), 1.2),
        **_faxed(9.0, 12.5, (Tone.LARGE, Tone.LARGE_STRONG)),
        Tone.TITLE: replace(Tone.TITLE.value, size=13.0, leading=17.0, grey=0.0, after=2.0),
        Tone.HEADING_1: replace(
            Tone.HEADING_1.value, size=9.5, leading=13.0, grey=0.0, before=5.0, after=1.5
        ),
        Tone.HEADING_2: replace(
            Tone.HEADING_2.value, size=8.8, leading=12.5, grey=0.0, before=4.0, after=1.0
        ),
        Tone.HEADING_3: replace(Tone.HEADING_3.value, size=8.2, leading=12.0, grey=0.0),
    },
    pad=2.0,
    plain=True,
    small=True,
    frame_size=8.0,
)
"""A wallet's size, through a fax too: no text under 8 points."""
SHEETS = {"a4": A4_PLAIN, "a6": A6}
