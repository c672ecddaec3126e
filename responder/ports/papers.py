"""The socket for papers: facts become a PDF, somewhere where it makes nobody wait."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as it was made. `missing` are characters no font could draw: `□U+…` stands there.

    The same facts give the same bytes.
    """

    pdf: bytes
    pages: int = 0
    missing: tuple[str, ...] = ()


class Papers(Protocol):
    """Makes papers by the name of their kind."""

    def make(self, kind: str, facts: Any, language: str) -> Made:
        """Make one and wait; from any thread, never from an event loop.

        `facts` are plain values, frozen dataclasses or dicts of such. Raises PaperFailed.
        """
        ...
