"""Whether a request is Slack's own, new, and whole
(https://docs.slack.dev/authentication/verifying-requests-from-slack).
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qs

from slack_sdk.signature import Clock, SignatureVerifier

from responder.inbound.bodies import media_type

FRESH = 300
"""Seconds for which a request is good."""
MOST_SEEN = 100_000
LONGEST_BODY = 1_000_000
"""Bytes; 64 KB of Chinese with each byte written as %XX fit."""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Turned(Exception):
    """A request that is not heard: its status, and why, in a few words of our own."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Seal:
    """Checks what Slack signed, and that it comes for the first time."""

    def __init__(self, secret: str, clock: Clock) -> None:
        """`clock` tells seconds since 1970."""
        self._verifier = SignatureVerifier(secret, clock)
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def opened(self, headers: Mapping[str, str], body: bytes) -> str:
        """The text of a good request. Raises Turned for any other."""
        stamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        self._check(body, stamp, signature)
        self._keep(signature)
        media = media_type(headers)
        if media not in (FORM, JSON):
            raise Turned(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong media type")
        text = body.decode()
        if not _whole(text, media):
            raise Turned(HTTPStatus.BAD_REQUEST, "a body that cannot be read")
        return text

    def _check(self, body: bytes, stamp: str, signature: str) -> None:
        if not (signature and stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
            raise Turned(HTTPStatus.UNAUTHORIZED, "not signed")
        if abs(self._clock.now() - int(stamp)) > FRESH:
            raise Turned(HTTPStatus.UNAUTHORIZED, "stale timestamp")
        try:
            good = signature.isascii() and self._verifier.is_valid(body, stamp, signature)
        except UnicodeDecodeError as error:
            raise Turned(HTTPStatus.BAD_REQUEST, "a body that cannot be read") from error
        if not good:
            raise Turned(HTTPStatus.UNAUTHORIZED, "bad signature")

    def _keep(self, signature: str) -> None:
        """Slack signs each of its repeats anew: the same signature twice is somebody else's."""
        now = self._clock.now()
        while self._seen and (
            next(iter(self._seen.values())) < now - 2 * FRESH or len(self._seen) >= MOST_SEEN
        ):
            self._seen.popitem(last=False)
        if signature in self._seen:
            raise Turned(HTTPStatus.UNAUTHORIZED, "replay")
        self._seen[signature] = now


def _whole(text: str, media: str) -> bool:
    """Whether a body says something that can be read."""
    try:
        if media == JSON:
            return isinstance(json.loads(text), dict)
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=100)
        payload = fields.get("payload", ["{}"])[0]
        return bool(fields) and isinstance(json.loads(payload), dict)
    except (ValueError, RecursionError):
        return False
