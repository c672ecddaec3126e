"""Contact details that are shown in part: enough to recognise, too little to call."""

import re

HIDDEN = "****"
HEAD = 3
TAIL = 4
SHORT = 2
LEAST_HIDDEN = 3
_MAINLAND = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$)")
_NUMBER = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d)\+?\d[\d -]{5,}\d")


def masked(to: str) -> str:
    """`138****0000` for a number, `z****@example.com` for an address, `U0****` for an account."""
    name, at, home = to.partition("@")
    if at:
        return f"{name[:1]}{HIDDEN}@{home}"
    digits = re.sub(r"[ ()-]", "", to)
    if not digits.removeprefix("+").isdigit():
        return f"{to[:SHORT]}{HIDDEN}" if len(to) > 2 * SHORT else HIDDEN
    number = _MAINLAND.sub("", digits)
    figures = number.removeprefix("+")
    if len(figures) < HEAD + TAIL + LEAST_HIDDEN:
        return HIDDEN + (figures[-SHORT:] if len(figures) >= SHORT + LEAST_HIDDEN else "")
    return f"{number[:HEAD]}{HIDDEN}{number[-TAIL:]}"


def without_numbers(text: str) -> str:
    """A text in which somebody may have written a number, with each of them masked."""
    return _NUMBER.sub(lambda found: masked(found[0]), text)
