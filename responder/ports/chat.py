"""The socket for a chat platform's way of writing: what a text and its buttons become there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from responder.ports.renderer import Button


@dataclass(frozen=True, slots=True)
class Written:
    """A text within the platform's limits, with its markup and without, and rows of buttons."""

    markup: str
    plain: str
    rows: tuple[tuple[Button, ...], ...] = ()


class Style(Protocol):
    """How a platform writes. Texts that are given to it are plain; it escapes them."""

    def written(
        self, text: str, buttons: Sequence[Button] = (), *, headline: bool = False
    ) -> Written:
        """A message; with `headline`, its first line stands out."""
        ...

    def title(self, text: str) -> str:
        """The name of a place, on one line."""
        ...

    def is_brief(self, text: str) -> bool:
        """Whether a text can be shown over the chat, to one person alone."""
        ...
