"""What people wrote, made fit to be drawn: nothing invisible, missing unsaid, or endless."""

import re
import unicodedata

from responder.documents.paper import fonts
from responder.domain.words import Words

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
WESTERN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "·": "-"})
"""Signs that are as wide as a Chinese character in this font, and would tear a Latin line apart."""
CUT = Words(
    "……（原文共 {all} 字，此处只列前 {shown} 字，全文见处置记录）",
    " ... ({all} characters in all; the first {shown} are shown here, the rest is on the record)",
)
CUT_FACT = Words("……", "...")
MARKS_IN_A_ROW = 2
"""Combining marks a character may carry; towers of them would paint over other lines."""


class Wording:
    """Texts of one paper, in its language; remembers the characters that no font has.

    Such a character is drawn as `□U+1F600`: a reader sees that one is missing, and which.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.missing: set[str] = set()

    def shown(self, text: str, longest: int) -> str:
        """The text as it is drawn, with its line breaks; past `longest` characters it is cut."""
        whole = len(text)
        if whole > longest:
            said = CUT.said(self.language).format(all=f"{whole:,}", shown=f"{longest:,}")
            text = text[:longest] + said
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", BREAKS.sub("\n", text))
        if self.language == "en":
            text = text.translate(WESTERN)
        return "".join(self._drawn(text))

    def line(self, text: str, longest: int = 400) -> str:
        """The same in one line."""
        return " ".join(self.shown(text[: longest * 2], longest * 2).split())[:longest]

    def _drawn(self, text: str) -> list[str]:
        drawn, marks = [], 0
        for one in text:
            category = unicodedata.category(one)
            marks = marks + 1 if category[0] == "M" else 0
            if one == "\n":
                drawn.append(one)
            elif one == "\t" or category == "Zs":
                drawn.append("\u3000" if one == "\u3000" else " ")
            elif category in ("Cc", "Cf") or _is_selector(one) or marks > MARKS_IN_A_ROW:
                continue
            elif fonts.has(one):
                drawn.append(one)
            else:
                self.missing.add(one)
                drawn.append(f"□U+{ord(one):04X}")
        return drawn


def _is_selector(one: str) -> bool:
    """Asks for another look of the character before it; nothing to see by itself."""
    return "\ufe00" <= one <= "\ufe0f"
