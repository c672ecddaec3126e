"""Requests to the Bot API: on one session, each with a time-out, and no word of an address."""

import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

TIMEOUT = 8.0
"""Seconds for a request where it names none."""
CONNECT_WITHIN = 4.0
FOR_A_FILE = aiohttp.ClientTimeout(total=300, connect=CONNECT_WITHIN, sock_read=30)
PIECE = 1 << 20
LONGEST_PAUSE = 3600

# The library tells its debug log the address of the API, with the token.
logging.getLogger("telegram").setLevel(logging.WARNING)


class NotSent(NetworkError):
    """No connection: surely nothing was sent."""


class Flooded(RetryAfter):
    """Too many requests (429). Made without the library's warning about its own future."""

    def __init__(self, after: timedelta) -> None:
        TelegramError.__init__(self, "Too Many Requests")
        self._retry_after = after

    @property
    def retry_after(self) -> timedelta:
        """How long Telegram wants us to wait."""
        return self._retry_after


class Wire(BaseRequest):
    """Requests on one session of aiohttp, opened with the first and kept; none is repeated."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for a request where it names none."""
        return TIMEOUT

    async def initialize(self) -> None:
        """The first request opens the session."""

    async def shutdown(self) -> None:
        """Close the session; a later request opens another."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the whole has one time-out
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """One request. Raises NotSent, TimedOut, Flooded or NetworkError, none with an address."""
        seconds = read_timeout if isinstance(read_timeout, (int, float)) else TIMEOUT
        within = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_WITHIN)
        form = request_data.json_parameters if request_data else None
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        try:
            asking = self._session.request(
                method, url, data=form, timeout=within, allow_redirects=False
            )
            async with asking as answer:
                status, said = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if status == 429:
            raise Flooded(_pause(said))
        return status, said

    async def pieces(self, url: str) -> AsyncIterator[bytes]:
        """A file, piece by piece. Raises NetworkError, without an address."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        try:
            async with self._session.get(url, timeout=FOR_A_FILE, allow_redirects=False) as answer:
                if answer.status != HTTPStatus.OK:
                    raise NetworkError(f"status {answer.status}")
                async for piece in answer.content.iter_chunked(PIECE):
                    yield piece
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What an answer says; one that cannot be read goes into no log."""
        try:
            said = json.loads(payload)
        except ValueError:
            said = None
        if not isinstance(said, dict) or not said.keys() & {"result", "description"}:
            raise TelegramError("an answer that cannot be read")
        return said


def _pause(said: bytes) -> timedelta:
    try:
        seconds = int(json.loads(said)["parameters"]["retry_after"])
    except (ValueError, LookupError, TypeError):
        seconds = 1
    return timedelta(seconds=min(max(seconds, 1), LONGEST_PAUSE))
