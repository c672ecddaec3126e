"""Twilio's requests: on one session, each with a time-out, none of them repeated."""

import logging
from base64 import b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

TIMEOUT = 8.0
"""Seconds for one request; the dispatcher gives a sending ten."""

log = logging.getLogger(__name__)


class TooManyRequests(Exception):
    """Twilio answered 429; `after` is how long it asks us to wait."""

    def __init__(self, after: timedelta) -> None:
        super().__init__("too many requests")
        self.after = after


class Wire(AsyncHttpClient):  # type: ignore[misc] # the library ships no types
    """Twilio's requests on one long-lived session: a time-out on each, none of them repeated."""

    def __init__(self, api_url: str) -> None:
        super().__init__(log, is_async=True, timeout=TIMEOUT)
        self._base = urlsplit(api_url) if api_url else None
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        allow_redirects: bool = False,
    ) -> Response:
        """One request, to `twilio.api_url` if that is set."""
        if self._session is None:
            total = aiohttp.ClientTimeout(total=timeout or TIMEOUT)
            self._session = aiohttp.ClientSession(timeout=total)
        sent = dict(headers or {})
        if auth is not None:
            sent["Authorization"] = f"Basic {b64encode(':'.join(auth).encode()).decode()}"
        body: Any = urlencode(data, doseq=True) if data else None
        async with self._session.request(
            method,
            self._rewritten(uri),
            params=_texts(params),
            data=body,
            headers=sent,
            allow_redirects=allow_redirects,
        ) as answer:
            if answer.status == 429:
                raise TooManyRequests(_pause(answer.headers.get("Retry-After", "")))
            return Response(answer.status, await answer.text(errors="replace"), answer.headers)

    async def close(self) -> None:
        """Let go of the session."""
        if self._session is not None:
            await self._session.close()

    def _rewritten(self, url: str) -> str:
        if self._base is None:
            return url
        parts = urlsplit(url)
        path = self._base.path.rstrip("/") + parts.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, parts.query, ""))


def _texts(params: dict[str, object] | None) -> dict[str, str]:
    return {key: str(value) for key, value in (params or {}).items() if value is not None}


def _pause(said: str) -> timedelta:
    """How long the provider asks us to wait; a second where it says nothing usable."""
    try:
        return timedelta(seconds=max(float(said), 0.0))
    except (ValueError, OverflowError):
        return timedelta(seconds=1)
