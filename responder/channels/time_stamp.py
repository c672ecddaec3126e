"""Time stamps from an authority over HTTP (RFC 3161, section 3.4)."""

from http.client import HTTPException
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    decode_timestamp_response,
)

from responder.errors import NotStamped

ASKED, ANSWERED = "application/timestamp-query", "application/timestamp-reply"
TIMEOUT = 10.0
MOST = 1 << 17
"""Bytes of a response; one with its certificates takes some five thousand."""


class Unmoved(HTTPRedirectHandler):
    """Follows no redirect: the authority is the one the site named."""

    def redirect_request(self, *_: object) -> None:
        """Nowhere else."""


class Authority:
    """A time-stamping authority at an `http` or `https` address.

    That its own signature is good is for whoever verifies the bundle, who knows whom to trust;
    here it is held to have stamped just this, now.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = build_opener(Unmoved)

    def stamp(self, data: bytes) -> bytes:
        """Its response about these bytes. Raises NotStamped."""
        builder = TimestampRequestBuilder(data=data, hash_algorithm=HashAlgorithm.SHA256)
        asked = builder.build()
        raw = self._asked(asked.as_bytes())
        if not _is_about(asked, raw):
            raise NotStamped(
                where=self._url, why_zh="其答复不是对本请求的时间戳", why_en="it did not stamp this"
            )
        return raw

    def _asked(self, query: bytes) -> bytes:
        if not self._url.startswith(("http://", "https://")):
            raise NotStamped(
                where=self._url, why_zh="不是 http(s) 地址", why_en="it is no http(s) address"
            )
        request = Request(self._url, query, {"Content-Type": ASKED, "Accept": ANSWERED})  # noqa: S310 - just asked
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return bytes(answer.read(MOST))
        except (URLError, HTTPException, OSError, ValueError) as error:
            why = str(getattr(error, "reason", "")) or str(error) or type(error).__name__
            raise NotStamped(where=self._url, why_zh=why, why_en=why) from error


def _is_about(asked: TimeStampRequest, raw: bytes) -> bool:
    """Whether a response grants just what was asked, and is not an earlier one."""
    try:
        answer = decode_timestamp_response(raw)
        stamped = answer.tst_info
    except ValueError:
        return False
    granted = answer.status in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
    mine = (asked.nonce, asked.message_imprint.message)
    return granted and (stamped.nonce, stamped.message_imprint.message) == mine
