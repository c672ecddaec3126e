"""What the sections of the incident report share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from responder.documents.paper.naming import Naming
from responder.documents.paper.paper import Paper
from responder.domain.incident_facts import IncidentFacts
from responder.domain.masking import without_numbers
from responder.domain.report_order import LEADERSHIP


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: what it tells of, to whom, on which paper."""

    facts: IncidentFacts
    naming: Naming
    audience: str
    paper: Paper

    def parts(self) -> Iterator[Callable[[], None]]:
        """What it puts on the paper, in order."""
        raise NotImplementedError

    def put(self) -> None:
        """Put it on the paper."""
        for part in self.parts():
            part()

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return self.naming.said(zh, en)

    def text(self, text: str) -> str:
        """What people wrote; for leaders without the numbers in it that somebody could call."""
        return without_numbers(text) if self.audience == LEADERSHIP else text
