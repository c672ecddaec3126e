"""The two fonts of all papers: Noto Sans SC as its makers cut it, embedded in part in each paper.

Both are whole: people's names use characters that no short list has, in headings too.
"""

from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
FOLDER = Path(__file__).parent / "fonts"
PER_EM = 1000


@cache
def face(name: str) -> Any:
    """The font's face, registered at the first call. Reads no other file than ours."""
    font = TTFont(name, str(FOLDER / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font.face


def has(character: str) -> bool:
    """Whether both fonts can draw a character; they hold the same ones."""
    return ord(character) in face(REGULAR).charToGlyph


@cache
def _advance(name: str, character: str) -> float:
    known = face(name)
    return float(known.charWidths.get(ord(character), known.defaultWidth))


def width(text: str, name: str, size: float) -> float:
    """How wide a text runs, in points."""
    return sum(_advance(name, one) for one in text) * size / PER_EM
