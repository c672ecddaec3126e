"""Telegram's way of writing: HTML mode, inline keyboards, and their limits.

https://core.telegram.org/bots/api#html-style. Telegram counts in UTF-16 units, and so do we.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from unicodedata import east_asian_width

from responder.documents.cleaning import cut
from responder.ports.chat import Written
from responder.ports.renderer import Button

LONGEST_MESSAGE = 4096
LONGEST_TITLE = 128
LONGEST_POPUP = 200
LONGEST_DATA = 64
"""Bytes that a button may carry (InlineKeyboardButton.callback_data)."""
LONGEST_LABEL = 60
HALF = 18
"""How wide a label may be, in columns, to share its row with another."""
NARROW = 5
"""How wide it may be to share it with four others: a figure and a word."""
MOST_IN_A_ROW = 5
UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Controls, and halves of characters that no UTF-8 can carry."""
NOTHING = "…"
"""An empty message is refused."""


class TelegramStyle:
    """Escapes everything: what people wrote can neither format nor mention."""

    def written(
        self, text: str, buttons: Sequence[Button] = (), *, headline: bool = False
    ) -> Written:
        """A message; with `headline`, the first line of several is bold."""
        plain = _fitted(UNSENDABLE.sub("", text).strip() or NOTHING, LONGEST_MESSAGE)
        markup = escape(plain, quote=False)
        if headline and "\n" in markup:
            first, _, rest = markup.partition("\n")
            markup = f"<b>{first}</b>\n{rest}"
        return Written(markup, plain, tuple(_rows(buttons)))

    def title(self, text: str) -> str:
        """The name of a forum topic."""
        return _fitted(" ".join(UNSENDABLE.sub("", text).split()) or NOTHING, LONGEST_TITLE)

    def is_brief(self, text: str) -> bool:
        """Whether a text fits the popup that answers a press."""
        return 0 < _units(text) <= LONGEST_POPUP and not UNSENDABLE.search(text)


def _fitted(text: str, longest: int) -> str:
    beyond_the_basic_plane = _units(text) - len(text)
    return cut(text, longest - beyond_the_basic_plane, "…") if _units(text) > longest else text


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _rows(buttons: Sequence[Button]) -> Iterator[tuple[Button, ...]]:
    """Two short ones share a row, or five as narrow as a figure.

    One that Telegram would refuse is left out, not the message.
    """
    row: tuple[Button, ...] = ()
    for button in buttons:
        if not button.label or not 0 < len(button.data.encode()) <= LONGEST_DATA:
            continue
        shown = Button(_fitted(button.label, LONGEST_LABEL), button.data, button.look)
        if row and not _share_a_row((*row, shown)):
            yield row
            row = ()
        row = (*row, shown)
    if row:
        yield row


def _share_a_row(buttons: Sequence[Button]) -> bool:
    widest = max(map(_width, buttons))
    return (
        widest <= HALF if len(buttons) == 2 else widest <= NARROW and len(buttons) <= MOST_IN_A_ROW
    )


def _width(button: Button) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in button.label)
