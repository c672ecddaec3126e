"""A channel to the provider of `tests.fakes.provider`, on one pooled session, as real ones are.

What surely was not sent is `refused` (no connection, a refusal), `retry_after` or `never`;
whatever leaves a doubt is `unknown`: a time-out, a broken connection, a 5xx, an answer that
cannot be read.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from types import TracebackType
from typing import Self

import aiohttp

from responder.domain.message import Message
from responder.domain.people import RINGING
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text

TIMEOUT = 8.0
FATES = {"accepted": Fate.ACCEPTED, "delivered": Fate.DELIVERED}


class HttpChannel:
    """Sends to a provider: within its block on one session, outside on one for each request."""

    real = False

    def __init__(
        self,
        url: str,
        *,
        name: str = "provider",
        vias: frozenset[str] = frozenset({"slack", "sms", "voice", "email"}),
        timeout: float = TIMEOUT,
        rings_for: timedelta = timedelta(0),
    ) -> None:
        self.name = name
        self.vias = vias
        self._url = url
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._rings_for = rings_for
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = self._made()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, message: Message, text: Text) -> Receipt:
        """Send once, marked by the message's id."""
        said = {"id": message.id, "to": message.to, "via": message.via, "text": text.body}
        try:
            async with (
                self._open() as session,
                session.post(f"{self._url}/send", json=said) as answer,
            ):
                return await self._receipt(answer, message)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Receipt(Fate.REFUSED, reason="no connection")
        except TimeoutError:
            return Receipt(Fate.UNKNOWN, reason="no answer in time")
        except (aiohttp.ClientError, OSError) as error:
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)

    async def close(self) -> None:
        """Nothing is kept open."""

    async def look_up(self, message: Message) -> Receipt | None:
        """Ask by the mark; None where the provider never heard of it."""
        try:
            async with (
                self._open() as session,
                session.get(f"{self._url}/look-up", params={"id": message.id}) as answer,
            ):
                if answer.status == 404:
                    return None
                if answer.status != 200:
                    return Receipt(Fate.UNKNOWN, reason=f"look-up answered {answer.status}")
                return await self._readable(answer, message)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Receipt(Fate.UNKNOWN, reason=f"look-up: {type(error).__name__}")

    def _made(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=0)
        return aiohttp.ClientSession(timeout=self._timeout, connector=connector)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[aiohttp.ClientSession]:
        if self._session is not None:
            yield self._session
            return
        async with self._made() as session:
            yield session

    async def _receipt(self, answer: aiohttp.ClientResponse, message: Message) -> Receipt:
        if answer.status in (200, 201):
            return await self._readable(answer, message)
        reason = f"the provider answered {answer.status}"
        match answer.status:
            case 429:
                return Receipt(Fate.RETRY_AFTER, reason=reason, after=_pause(answer))
            case 400 | 404 | 410 | 422:
                return Receipt(Fate.NEVER, reason=reason)
            case status if 400 <= status < 500:
                return Receipt(Fate.REFUSED, reason=reason)
        return Receipt(Fate.UNKNOWN, reason=reason)

    async def _readable(self, answer: aiohttp.ClientResponse, message: Message) -> Receipt:
        """What a success says, if it can be read and speaks of this message."""
        try:
            said = await answer.json(content_type=None)
            fate = FATES[said["status"]] if said["id"] == message.id else None
        except (ValueError, LookupError, TypeError):
            fate = None
        if fate is None:
            return Receipt(Fate.UNKNOWN, reason="an answer that cannot be read")
        rings_for = self._rings_for if message.via in RINGING else None
        return Receipt(fate, provider_id=message.id, rings_for=rings_for or None)


def _pause(answer: aiohttp.ClientResponse) -> timedelta:
    """How long the provider asks us to wait; a second where it says nothing usable."""
    try:
        return timedelta(seconds=float(answer.headers.get("Retry-After", "")))
    except (ValueError, OverflowError):
        return timedelta(seconds=1)
