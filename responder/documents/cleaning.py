"""Cleaning what people wrote before it goes into a text: no control, no direction, no length."""

import re
import unicodedata

from responder.documents import sms

ROMAN = str.maketrans({"Ⅰ": "一", "Ⅱ": "二", "Ⅲ": "三", "Ⅳ": "四"})
ARABIC = str.maketrans({"Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4"})
BRACKETS = str.maketrans("【】", "〔〕")
SPACE = re.compile(r"\s+")
VISIBLE = "[!-~一-龥、。《》！-～“”…—]+"
CLEAN = re.compile(f"(?:{VISIBLE}(?: {VISIBLE})*)?")
"""Most of what people write: nothing but visible characters, with single spaces between."""
UNITS = "℃℉"
"""Signs that are words, unlike the stars and faces of the same category."""
MARKS_IN_A_ROW = 2
"""How many combining marks a character may carry; more of them paint over the lines around."""


def clean(text: str, language: str, form: str, longest: int) -> str:
    """A fact fit for one line of a form: visible characters only, cut to `longest` with a mark.

    Newlines become spaces; control characters, direction marks, invisible ones and towers of
    combining marks go. What SMS may not carry or the phone cannot say goes too, in those forms.
    """
    if not CLEAN.fullmatch(text):
        text = SPACE.sub(" ", _visible(text[: longest * 8], form)).strip()
    if form in ("voice", "sms"):
        text = text.translate(ROMAN if language == "zh" else ARABIC)
    if form == "sms":
        text = text.translate(BRACKETS)
        text = text if language == "zh" else sms.fold(text)
    return cut(text, longest, ellipsis(language, form))


def ellipsis(language: str, form: str) -> str:
    """What a cut leaves behind; an English SMS has no single character for it."""
    return "..." if language == "en" and form == "sms" else "…"


def cut(text: str, longest: int, mark: str) -> str:
    """At most `longest` characters; what is cut off leaves `mark` behind."""
    if len(text) <= longest:
        return text
    end = max(longest - len(mark), 0)
    while end and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + mark


def _visible(text: str, form: str) -> str:
    """Only characters that show, or a space where one broke the line."""
    kept: list[str] = []
    marks, never = 0, ("So",) if form in ("voice", "sms") else ()
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        if character in "\t\n\v\f\r\x85" or category in ("Zl", "Zp", "Zs"):
            kept.append(" ")
        elif character in UNITS or (
            category[0] != "C" and category not in never and marks <= MARKS_IN_A_ROW
        ):
            kept.append(character)
    return "".join(kept)
