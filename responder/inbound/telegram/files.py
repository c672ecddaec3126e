"""Files sent in an incident's topic become evidence: fetched from Telegram, put on the record.

A bot is handed files of up to 20 MB: https://core.telegram.org/bots/api#getfile.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from telegram.error import TelegramError

from responder.commands.command import Reply
from responder.commands.records.evidence import AddEvidence
from responder.domain.record import By
from responder.errors import BadInput, ResponderError
from responder.inbound.language.refusing import in_a_line
from responder.inbound.telegram.reading import PLATFORM, Event, Shared
from responder.inbound.threshold import Spoken, Threshold
from responder.ports.vault import Vault

MOST = 20_000_000
"""Bytes of the largest file that Telegram hands to a bot."""

log = logging.getLogger(__name__)


class Hands(Protocol):
    """What hands files out. It raises TelegramError."""

    def file(self, id: str) -> AsyncIterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Files:
    """Fetches files into the vault, and puts them on the record."""

    threshold: Threshold
    line: Hands
    vault: Vault

    async def take(self, event: Event, shared: Shared) -> Spoken | None:
        """What became of a file; None where it is no matter of ours, or was heard before."""
        who = event.visitor
        person = await asyncio.to_thread(self.threshold.person, who)
        about = await asyncio.to_thread(self.threshold.about, who)
        if not about or not person:
            return None
        if not await asyncio.to_thread(self.threshold.is_new, who):
            return None
        try:
            reply = await self._kept(By(person, PLATFORM), about, shared, event.line)
        except ResponderError as error:
            return Spoken(in_a_line(error.said(who.language)), refused=True)
        return Spoken(in_a_line(reply.said.said(who.language)), id=reply.id)

    async def _kept(self, by: By, about: str, shared: Shared, note: str) -> Reply:
        if shared.size > MOST:
            raise _not_fetched(shared.name, "超过 20 MB", "it is larger than 20 MB")
        kept = await self.vault.receive(self._pieces(shared))
        if shared.size and kept.size != shared.size:
            raise _not_fetched(shared.name, "大小不符", "its size is not what Telegram says")
        taken = AddEvidence(
            by=by,
            incident=about,
            name=shared.name,
            sha256=kept.sha256,
            size=kept.size,
            media=shared.media,
            note=note,
        )
        reply: Reply = await asyncio.to_thread(self.threshold.house.execute, taken)
        return reply

    async def _pieces(self, shared: Shared) -> AsyncIterator[bytes]:
        try:
            async for piece in self.line.file(shared.id):
                yield piece
        except TelegramError as error:
            log.warning("Telegram does not hand a file out: %s", type(error).__name__)
            raise _not_fetched(shared.name, "没有取到", "it was not handed out") from error


def _not_fetched(name: str, zh: str, en: str) -> BadInput:
    return BadInput(
        f"文件“{name}”没有收为存证：{zh}。",
        f"The file “{name}” was not kept as evidence: {en}.",
        "请下载后用 evidence add 收存。",
        "Download it and use `evidence add`.",
    )
