"""The door of calendars: `/calendar/TOKEN.ics` shows one person's dates, and changes nothing.

The token is a secret that a person may take back; unknown, taken back and badly written ones are
turned away alike. Clients ask again and again: what did not change is answered in one line.
"""

import asyncio
from collections.abc import Callable, Sequence
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from responder.commands.duty.feed import feed_shown
from responder.domain.feed_sheet import FeedSheet
from responder.errors import StoreError
from responder.inbound.http import Read

DOOR = "calendar"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEPT = SAFE | {"Cache-Control": "private, max-age=900"}
TYPE = "text/calendar; charset=utf-8"
AGAIN = "60"
"""Seconds after which a client may ask again while the database does not answer."""


class CalendarFeeds:
    """The door. `write` makes a calendar of what is shown."""

    name = DOOR

    def __init__(self, read: Read, write: Callable[[FeedSheet], bytes]) -> None:
        self._read = read
        self._write = write

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The one address."""
        return [Route("/calendar/{token}.ics", self._feed, methods=["GET"])]

    async def run(self, stop: asyncio.Event) -> None:
        """Calendars are only ever asked for."""

    async def _feed(self, request: Request) -> Response:
        try:
            found = await asyncio.to_thread(self._made, request.path_params["token"])
        except StoreError:
            busy = SAFE | {"Retry-After": AGAIN, "Cache-Control": "no-store"}
            return PlainTextResponse("not now\n", 503, busy)
        if found is None:
            return PlainTextResponse("not found\n", 404, SAFE | {"Cache-Control": "no-store"})
        tag = f'"{sha256(found).hexdigest()[:32]}"'
        headers = KEPT | {"ETag": tag}
        if tag in _tags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        return Response(found, headers=headers | {"Content-Type": TYPE})

    def _made(self, token: str) -> bytes | None:
        sheet = self._read(lambda uow, now: feed_shown(uow, now, token))
        return None if sheet is None else self._write(sheet)


def _tags(header: str) -> set[str]:
    return {part.strip().removeprefix("W/") for part in header.split(",")}


def address(base: str, secret: str) -> str:
    """Where a calendar asks for a feed, at the firm's public address."""
    return f"{base.rstrip('/')}/calendar/{secret}.ics"
