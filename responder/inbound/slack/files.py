"""Files shared in an incident's room become evidence: fetched from Slack, with the bot's token.

The address is the one Slack tells, and the token goes nowhere else: to Slack's own host alone,
and along no redirect. https://docs.slack.dev/reference/objects/file-object
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from responder.commands.account import language_of
from responder.commands.command import Reply
from responder.commands.records.evidence import AddEvidence
from responder.domain.record import By
from responder.errors import BadInput, ResponderError
from responder.inbound.language.refusing import in_a_line
from responder.inbound.slack.answers import Answers, base_url
from responder.inbound.slack.reading import PLATFORM, Payload, Where
from responder.inbound.threshold import Spoken, Threshold, Visitor
from responder.ports.vault import Vault

HOST = "files.slack.com"
PIECE = 1 << 20
TIMEOUT = aiohttp.ClientTimeout(total=600, sock_connect=8, sock_read=30)
"""Seconds: for a whole file, for a connection, for silence."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Files:
    """Fetches files into the vault, and puts them on the record."""

    threshold: Threshold
    answers: Answers
    vault: Vault

    async def take(self, who: Visitor, event: Payload, where: Where) -> None:
        """Keep each file of a message; whoever shared it sees what became of it."""
        person = await asyncio.to_thread(self.threshold.person, who)
        about = await asyncio.to_thread(self.threshold.about, who)
        language = await asyncio.to_thread(self._language, who)
        shared = [file for file in event.get("files") or () if isinstance(file, dict)]
        for file in shared:
            if person and about and _address(file):
                reply = await self._kept(By(person, PLATFORM), about, file)
                said = reply.said.said if isinstance(reply, Reply) else reply.said
                spoken = Spoken(in_a_line(said(language)), refused=not isinstance(reply, Reply))
                await self.answers.give(where, spoken)

    def _language(self, who: Visitor) -> str:
        known = self.threshold.house.read(lambda uow, _now: language_of(uow, PLATFORM, who.account))
        return known or who.language

    async def _kept(self, by: By, about: str, file: Payload) -> Reply | ResponderError:
        name = str(file.get("name") or file.get("id") or "")
        try:
            kept = await self.vault.receive(self._pieces(file))
            if kept.size != file.get("size", kept.size):
                return _not_fetched(name, "大小不符", "its size is not what Slack says")
            media = str(file.get("mimetype") or "")
            taken = AddEvidence(
                by=by, incident=about, name=name, sha256=kept.sha256, size=kept.size, media=media
            )
            reply: Reply = await asyncio.to_thread(self.threshold.house.execute, taken)
        except ResponderError as error:
            return error
        return reply

    async def _pieces(self, file: Payload) -> AsyncIterator[bytes]:
        name, url = str(file.get("name") or file.get("id") or ""), _address(file)
        session = self.answers.client.session
        assert session is not None  # `client` opens it
        if not self._is_slacks(url):
            raise _not_fetched(name, "不在 Slack 上", "it does not lie at Slack")
        headers = {"Authorization": f"Bearer {self.answers.credentials.bot_token}"}
        try:
            async with session.get(
                url, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as answer:
                if answer.status != 200 or _is_a_login(answer, file):
                    why = str(answer.status)
                    raise _not_fetched(name, f"Slack 答复 {why}", f"Slack answers {why}")
                async for piece in answer.content.iter_chunked(PIECE):
                    yield piece
        except (aiohttp.ClientError, OSError) as error:
            log.warning("Slack does not hand a file out: %s", type(error).__name__)
            raise _not_fetched(name, "连接中断", "the connection broke off") from error

    def _is_slacks(self, url: str) -> bool:
        """Slack's own host for files, or wherever its Web API is said to be."""
        asked, api = urlsplit(url), urlsplit(base_url(self.answers.credentials))
        at_home = (asked.scheme, asked.netloc) == (api.scheme, api.netloc)
        return at_home or (asked.scheme, asked.netloc) == ("https", HOST)


def _address(file: Payload) -> str:
    return str(file.get("url_private_download") or file.get("url_private") or "")


def _is_a_login(answer: aiohttp.ClientResponse, file: Payload) -> bool:
    """Whom Slack does not know well enough gets a page to sign in, with status 200."""
    return answer.content_type == "text/html" != file.get("mimetype")


def _not_fetched(name: str, zh: str, en: str) -> BadInput:
    return BadInput(
        f"文件“{name}”没有收为存证：{zh}。",
        f"The file “{name}” was not kept as evidence: {en}.",
        "请下载后用 evidence add 收存；应用需要 files:read 权限。",
        "Download it and use `evidence add`; the app needs the scope files:read.",
    )
