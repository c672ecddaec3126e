"""A form that Twilio posts, or why a request is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from responder.inbound.bodies import TooLong, TooSlow, body_of, media_type
from responder.inbound.phone.signature import is_signed

FORM = "application/x-www-form-urlencoded"
LONGEST = 32_000
"""Bytes; Twilio's own requests are far below."""
MOST_FIELDS = 200
HEADER = "x-twilio-signature"


class NotAccepted(Exception):
    """A request that is turned down: `status` for whoever sent it, `why` for the record."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Form:
    """What was posted, and what our own address carried."""

    fields: Mapping[str, str]
    query: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """A field, `""` where there is none."""
        return self.fields.get(name, "")

    def ours(self, name: str) -> str:
        """What we put into the address ourselves."""
        return self.query.get(name, "")

    def count(self, name: str) -> int:
        """A number that we put into the address ourselves."""
        said = self.query.get(name, "")
        return int(said) if said.isdecimal() and len(said) < 4 else 0


async def form_of(request: Request, public_url: str, token: str) -> Form:
    """The form of a request that is Twilio's. Raises NotAccepted.

    The address signed is the public one: a proxy in between changes what we see of it.
    """
    if media_type(request.headers) != FORM:
        raise NotAccepted(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the media type is no form's")
    fields = _fields(await _body(request))
    query = request.scope.get("query_string", b"").decode("latin-1")
    url = public_url.rstrip("/") + request.url.path + (f"?{query}" if query else "")
    if not is_signed(url, fields, request.headers.get(HEADER, ""), token):
        raise NotAccepted(HTTPStatus.FORBIDDEN, "the signature does not fit")
    return Form(dict(fields), dict(request.query_params))


async def _body(request: Request) -> bytes:
    try:
        return await body_of(request, LONGEST)
    except TooLong:
        raise NotAccepted(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the form is too large") from None
    except TooSlow:
        raise NotAccepted(HTTPStatus.REQUEST_TIMEOUT, "the form does not arrive") from None
    except ClientDisconnect:
        raise NotAccepted(HTTPStatus.BAD_REQUEST, "the form did not arrive whole") from None


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:  # bytes, escapes or fields that no form has
        raise NotAccepted(HTTPStatus.BAD_REQUEST, "the form cannot be read") from error
    if any("\0" in part for field in fields for part in field):
        raise NotAccepted(HTTPStatus.BAD_REQUEST, "the form holds what no text does")
    return fields
