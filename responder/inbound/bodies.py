"""The body of a request, read no further than a door takes, and given up if it does not arrive."""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request

WITHIN = 10.0
"""Seconds for a body to arrive, unless a platform gives up sooner."""


class TooLong(Exception):
    """A body of more bytes than a door takes: 413."""


class TooSlow(Exception):
    """A body that does not arrive: 408."""


def media_type(headers: Mapping[str, str]) -> str:
    """What a body says it is, without parameters, in lower case; `""` where it says nothing."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


async def body_of(request: Request, longest: int, within: float = WITHIN) -> bytes:
    """The body, at most `longest` bytes. Raises TooLong, TooSlow, ClientDisconnect."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:12]) > longest:
        raise TooLong
    body = bytearray()
    try:
        async with asyncio.timeout(within):
            async for part in request.stream():
                body += part
                if len(body) > longest:
                    raise TooLong
    except TimeoutError:
        raise TooSlow from None
    return bytes(body)
