"""What `doctor` finds: one line each, with the mend."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from responder.domain.words import Words
from responder.errors import ResponderError

OK, NOTE, WARNING, FAILED = "ok", "note", "warning", "failed"
STYLES = {
    OK: ("✓", "green"),
    NOTE: ("·", "dim"),
    WARNING: ("!", "yellow"),
    FAILED: ("✗", "bold red"),
}
NOTHING = Words()


@dataclass(frozen=True, slots=True)
class Finding:
    """What was tried, how it went, and the mend where it did not go well.

    `took` is how long whoever was asked took to answer, in milliseconds.
    """

    id: str
    state: str
    what: Words
    mend: Words = NOTHING
    took: int | None = None

    def document(self, language: str) -> dict[str, Any]:
        """The finding for scripts."""
        what, mend = self.what.said(language), self.mend.said(language)
        found = {"id": self.id, "state": self.state, "what": what, "mend": mend or None}
        return found if self.took is None else {**found, "took_ms": self.took}

    def row(self, language: str) -> tuple[Any, ...]:
        """The finding for people: a sign, what was tried, what was found."""
        sign, style = STYLES[self.state]
        words = " ".join(filter(None, (self.what.said(language), self.mend.said(language))))
        return (style, sign), self.id, words


Findings = Iterator[Finding]


def tried(id: str, examine: Callable[[], Findings]) -> Findings:
    """What an examination finds; a refusal is a finding too."""
    try:
        yield from examine()
    except ResponderError as error:
        yield Finding(id, FAILED, Words(error.said("zh"), error.said("en")))
