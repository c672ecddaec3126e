"""The incident report behind a one-time page: made for whoever the link belongs to, on record."""

import asyncio
from dataclasses import dataclass, field

from responder.commands.aftermath.incident_paper import report_order
from responder.commands.briefings.leaders_paper import OpenIncidentReport
from responder.domain.message import Message
from responder.domain.record import By
from responder.inbound.language.speak import House
from responder.ports.papers import Papers


@dataclass
class ReportByLink:
    """Makes one report at a time: a paper takes seconds, and answers wait for no paper."""

    house: House
    papers: Papers
    door: str
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    async def made(self, message: Message, language: str) -> bytes:
        """The leaders' report as PDF. Raises NotAllowed, PaperFailed, StoreError."""
        async with self._turn:
            return await asyncio.to_thread(self._made, message, language)

    def _made(self, message: Message, language: str) -> bytes:
        order = self.house.read(lambda uow, now: report_order(uow, message.incident, now))
        paper = self.papers.make("incident-report", order, language)
        by = By(message.person, self.door)
        self.house.execute(OpenIncidentReport(by=by, message=message.id, version=order.version))
        return paper.pdf


def headers(message: Message) -> dict[str, str]:
    """A download under the incident's id, never something to be opened in the page's place."""
    return {"Content-Disposition": f'attachment; filename="{message.incident}.pdf"'}
