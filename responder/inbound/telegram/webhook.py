"""A call of Telegram's: whether it is Telegram that calls, and the update it brings.

https://core.telegram.org/bots/api#setwebhook
"""

import hmac
import json
from typing import Any

from starlette.requests import Request

from responder.inbound.bodies import TooLong, TooSlow, body_of, media_type

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
JSON = "application/json"
LONGEST_BODY = 262_144
"""Bytes: the longest message in reply to the longest, every character written as an escape."""


class Turned(Exception):
    """A call that is not taken: its status, and why for the record."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


def let_in(request: Request, secret: str) -> None:
    """Raise Turned unless it shows the secret we gave Telegram, and brings JSON."""
    shown = request.headers.get(SECRET_HEADER)
    if shown is None:
        raise Turned(401, "no secret token")
    if not hmac.compare_digest(shown.encode(), secret.encode()):
        raise Turned(403, "a wrong secret token")
    if media_type(request.headers) != JSON:
        raise Turned(415, "the media type is not JSON")


async def told_by(request: Request) -> dict[str, Any]:
    """The JSON object a call brings, read no further than needed. Raises Turned."""
    try:
        told = json.loads(await body_of(request, LONGEST_BODY))
    except TooLong:
        raise Turned(413, "a body too long") from None
    except TooSlow:
        raise Turned(408, "a body that does not arrive") from None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Turned(400, "a body that is no JSON object")
    return told
