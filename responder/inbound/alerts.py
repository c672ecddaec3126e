"""Monitoring comes in: `/alerts/alertmanager` and `/alerts/generic`, each with the bearer token.

What it sends becomes one command; whether that raises a warning is decided there.
"""

import asyncio
import hmac
import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from responder.commands.command import Reply
from responder.commands.rights import MONITORING_DOOR
from responder.commands.warnings.monitoring import ReceiveAlerts
from responder.domain.monitoring import Signal
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import ResponderError, StoreError
from responder.inbound.alert_forms import Form, Unfit, of_alertmanager, of_anything
from responder.inbound.bodies import TooLong, TooSlow, body_of, media_type
from responder.inbound.language.speak import House
from responder.inbound.refusals import Refusals

JSON = "application/json"
LONGEST_BODY = 1_000_000
"""Bytes."""
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="alerts"'}
ATTEMPT = "report alerts"

log = logging.getLogger(__name__)


class _Turned(Exception):
    """A request that is not carried out: status, where the fault is, what it is, and the mend."""

    def __init__(self, status: int, where: str, what: Words, mend: Words) -> None:
        super().__init__(what.en)
        self.status, self.where, self.what, self.mend = status, where, what, mend


@dataclass
class Alerts:
    """The door of monitoring. Without a token nobody comes in, and it says what is not set."""

    house: House
    token: str = field(repr=False)
    name: str = MONITORING_DOOR
    refusals: Refusals = field(init=False)

    def __post_init__(self) -> None:
        self.refusals = Refusals(self.house, self.name)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """One address a form."""
        return [
            Route(f"/alerts/{source}", partial(self._serve, source, form), methods=["POST"])
            for source, form in (("alertmanager", of_alertmanager), ("generic", of_anything))
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Monitoring calls us."""

    async def _serve(self, source: str, form: Form, request: Request) -> Response:
        try:
            signals = await self._signals(form, request)
            reply = await asyncio.to_thread(self._report, source, signals)
            return JSONResponse(reply.facts)
        except _Turned as turned:
            why = f"{turned.status} {turned.what.en}"
            await asyncio.to_thread(self.refusals.note, ATTEMPT, why)
            return _answer(turned.status, turned.where, turned.what, turned.mend)
        except StoreError as error:
            return _answer(503, "responder", _words(error), LATER)
        except ResponderError as error:
            await asyncio.to_thread(self.refusals.note, ATTEMPT, type(error).__name__)
            return _answer(422, "responder", _words(error), AS_SAID)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            code = f"E-{secrets.token_hex(3).upper()}"
            log.exception("%s: alerts from %s failed", code, source)
            fault = Words(f"内部错误，编号{code}。", f"Internal error {code}.")
            return _answer(500, "responder", fault, LATER)

    async def _signals(self, form: Form, request: Request) -> tuple[Signal, ...]:
        """The alerts of a request that may come in, its body read no further than needed."""
        self._let_in(request.headers.get("authorization", ""))
        if media_type(request.headers) != JSON:
            raise _Turned(415, "Content-Type", NO_JSON_TYPE, SEND_JSON)
        try:
            return form(_parsed(await body_of(request, LONGEST_BODY)))
        except Unfit as unfit:
            raise _Turned(unfit.status, unfit.where, unfit.what, unfit.mend) from unfit
        except TooLong:
            raise _Turned(413, "body", TOO_LONG, FEWER) from None
        except TooSlow:
            raise _Turned(408, "body", TOO_SLOW, AGAIN) from None

    def _let_in(self, authorization: str) -> None:
        if not self.token:
            raise _Turned(503, "alerts.token", NOT_SET, SET_IT)
        scheme, _, shown = authorization.partition(" ")
        same = hmac.compare_digest(shown.strip().encode(), self.token.encode())
        if scheme.lower() != "bearer" or not same:
            raise _Turned(401, "Authorization", NO_TOKEN, SEND_TOKEN)

    def _report(self, source: str, signals: tuple[Signal, ...]) -> Reply:
        by = By("", self.name, source)
        reply: Reply = self.house.execute(ReceiveAlerts(by=by, signals=signals))
        return reply


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    # Besides its own error the parser lets through what endless numbers and nesting raise.
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        where = f"body:{line}" if line else "body"
        raise _Turned(400, where, NOT_JSON, SEND_JSON) from error


def _answer(status: int, where: str, what: Words, mend: Words) -> Response:
    content = {
        "what": {"zh": what.zh, "en": what.en},
        "where": where,
        "mend": {"zh": mend.zh, "en": mend.en},
    }
    headers = CHALLENGE if status == 401 else {"Retry-After": "30"} if status == 503 else {}
    return JSONResponse(content, status, {**headers, "Cache-Control": "no-store"})


def _words(error: ResponderError) -> Words:
    return Words(error.said("zh"), error.said("en"))


NOT_SET = Words("没有设置告警令牌，告警进不来。", "No token for alerts is set; none can come in.")
SET_IT = Words(
    "请设置环境变量 RESPONDER_ALERTS__TOKEN（或 RESPONDER_ALERTS__TOKEN_FILE）后重启服务。",
    "Set RESPONDER_ALERTS__TOKEN (or RESPONDER_ALERTS__TOKEN_FILE) and start the service again.",
)
NO_TOKEN = Words("令牌不对或没有带上。", "The token is wrong or missing.")
SEND_TOKEN = Words(
    "请带上请求头 Authorization: Bearer 令牌。", "Send the header Authorization: Bearer TOKEN."
)
NO_JSON_TYPE = Words("只收 application/json。", "Only application/json is taken.")
NOT_JSON = Words("内容不是 JSON。", "The body is not JSON.")
SEND_JSON = Words("请以 application/json 发送 JSON。", "Send JSON as application/json.")
TOO_LONG = Words("内容超过 1 MB。", "The body is over 1 MB.")
FEWER = Words("请减少每次的告警条数。", "Send fewer alerts at once.")
TOO_SLOW = Words("内容没有在10秒内到齐。", "The body did not arrive within 10 s.")
AGAIN = Words("请重新发送。", "Send it again.")
LATER = Words("请稍后重新发送。", "Send it again later.")
AS_SAID = Words("请按上文办理。", "See what it says.")
