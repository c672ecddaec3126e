"""Text that people give, checked before it is read aloud, printed or kept."""

import unicodedata

from responder.errors import BadInput

LONGEST_REASON = 1000


def clean_line(text: str, zh: str, en: str, longest: int, breaks: bool = False) -> str:
    """A line of text fit to be read aloud and printed; raises BadInput saying what is wrong."""
    if not text.strip():
        raise BadInput(f"{zh}是空的。", f"The {en} is empty.", f"请写明{zh}。", f"Give a {en}.")
    if len(text) > longest:
        raise BadInput(
            f"{zh}有{len(text)}个字，超过{longest}个。",
            f"The {en} has {len(text)} characters, over {longest}.",
            "请缩短；详情可用 note 写入处置记录。",
            "Shorten it; details can go to the record with `note`.",
        )
    for place, character in enumerate(text, 1):
        allowed = breaks and character in "\n\t"
        if not allowed and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            raise BadInput(
                f"{zh}第{place}个字符（U+{ord(character):04X}）是控制字符或方向标记。",
                f"Character {place} of the {en} (U+{ord(character):04X}) is a control character"
                " or a direction mark.",
                "请去掉后重试。",
                "Remove it and try again.",
            )
    return text


def clean_reason(text: str, needed: bool = True) -> str:
    """A reason fit for the record; it may be left out where it is not needed."""
    if not text and not needed:
        return text
    return clean_line(text, "理由", "reason", LONGEST_REASON, breaks=True)
