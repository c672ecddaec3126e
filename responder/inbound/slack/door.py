"""The door to Slack: the same listeners behind a socket we open and requests it signs."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import Clock as SlackClock
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from responder.inbound.bodies import TooLong, TooSlow, body_of
from responder.inbound.refusals import Refusals
from responder.inbound.slack.answers import (
    FAULTS,
    Answers,
    Credentials,
    Layout,
    base_url,
    quiet,
    told,
)
from responder.inbound.slack.files import Files
from responder.inbound.slack.listeners import Listeners
from responder.inbound.slack.reading import PLATFORM
from responder.inbound.slack.signed import LONGEST_BODY, Seal, Turned
from responder.inbound.threshold import Threshold
from responder.ports.clock import Clock
from responder.ports.vault import Vault

PATH = "/slack/events"
ATTEMPT = "tell as Slack"
BODY_WITHIN = 2.5
"""Seconds for a body to arrive: Slack itself gives up after three."""
PING_EVERY = 5.0
"""Seconds between two looks at whether the socket still lives."""
MOST_LOOKS_DOWN = 6
"""Looks at a socket that stays down before it is begun anew."""
KNOWN_AGAIN_AFTER = 60.0
"""Seconds between two questions who we are, while Slack does not say."""
UNLIKE_SLACK = HTTPStatus.BAD_REQUEST
"""Listeners only acknowledge: what fails before that is a body that Slack would not send."""
LINGER = 2.0
"""Seconds that work under way gets at the end."""

log = logging.getLogger(__name__)


class SlackDoor:
    """Hears Slack. With an app token it opens a socket, else it has an address to be called at."""

    name = PLATFORM

    def __init__(
        self,
        threshold: Threshold,
        layout: Layout,
        credentials: Credentials,
        clock: Clock,
        vault: Vault,
        language: str = "zh",
        ping_every: float = PING_EVERY,
    ) -> None:
        """`language` is that of whoever is not known yet."""
        self._credentials = credentials
        self._ping_every = ping_every
        self._refusals = Refusals(threshold.house, PLATFORM)
        self._answers = Answers(credentials, layout, language)
        files = Files(threshold, self._answers, vault)
        self._listeners = Listeners(threshold, self._answers, files, language)
        self._me: dict[str, str] = {}
        self._app = self._built()
        secret = credentials.signing_secret
        self._seal = Seal(secret, _Seconds(clock)) if secret else None

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """One address, unless we open a socket ourselves."""
        if self._credentials.app_token or self._seal is None:
            return []
        return [Route(PATH, partial(self._serve, self._seal), methods=["POST"])]

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop`; what is under way then is finished."""
        known = asyncio.create_task(self._learn_who_we_are())
        try:
            if self._credentials.app_token:
                await self._listen(stop)
            else:
                await stop.wait()
        finally:
            known.cancel()
            await self._listeners.settle(LINGER)
            await self._answers.close()

    def _built(self) -> AsyncApp:
        async def authorized(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            """From what Slack told us once: nothing waits for a question put to Slack."""
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_user_id=self._me.get("user_id"),
                bot_id=self._me.get("bot_id"),
                bot_token=self._credentials.bot_token,
            )

        app = AsyncApp(
            name=PLATFORM,
            logger=quiet,
            client=AsyncWebClient(
                base_url=base_url(self._credentials), retry_handlers=[], logger=quiet
            ),
            signing_secret=self._credentials.signing_secret,
            authorize=authorized,
            request_verification_enabled=False,  # done before, see `Seal`
            process_before_response=True,  # listeners only acknowledge: no polling for that
        )
        app.error(_failed)
        self._listeners.register(app)
        return app

    async def _learn_who_we_are(self) -> None:
        while not self._me:
            try:
                said = await self._answers.client.auth_test()
                self._me = {key: str(said.get(key, "")) for key in ("user_id", "bot_id")}
            except FAULTS as error:
                log.warning("Slack does not say who we are: %s", told(error))
                await asyncio.sleep(KNOWN_AGAIN_AFTER)

    # By socket

    async def _listen(self, stop: asyncio.Event) -> None:
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            caller = _SocketCaller(
                base_url=base_url(self._credentials),
                session=session,
                retry_handlers=[],
                logger=quiet,
            )
            while not stop.is_set():
                await self._keep_socket(caller, stop)

    async def _keep_socket(self, caller: AsyncWebClient, stop: asyncio.Event) -> None:
        """One client of the library's, until `stop` or until it does not connect again."""
        socket = AsyncSocketModeHandler(
            self._app, self._credentials.app_token, quiet, caller, None, self._ping_every
        )
        connecting = asyncio.create_task(socket.connect_async())  # type: ignore[no-untyped-call]
        try:
            await self._watch(socket, stop)
        finally:
            connecting.cancel()
            with suppress(asyncio.CancelledError):
                await connecting
            await socket.close_async()  # type: ignore[no-untyped-call]

    async def _watch(self, socket: AsyncSocketModeHandler, stop: asyncio.Event) -> None:
        """Say when the line to Slack goes down and when it is back.

        The library reconnects by itself, but tries an address that failed at first for ever,
        though it is good only once.
        """
        looks_down = 0
        while not stop.is_set() and looks_down < MOST_LOOKS_DOWN:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._ping_every)
            up = await socket.client.is_connected()
            if up is bool(looks_down) and not stop.is_set():
                log.warning("the socket to Slack is %s", "up again" if up else "down")
            looks_down = 0 if up else looks_down + 1

    # By signed request

    async def _serve(self, seal: Seal, request: Request) -> Response:
        try:
            text = seal.opened(request.headers, await _body(request))
        except Turned as turned:
            await asyncio.to_thread(self._refusals.note, ATTEMPT, turned.why)
            return JSONResponse({"error": turned.why}, status_code=turned.status)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        headers: dict[str, Any] = dict(request.headers)
        try:
            answer = await self._app.async_dispatch(AsyncBoltRequest(body=text, headers=headers))
        except Exception:
            log.exception("an event of Slack failed")
            return Response(status_code=UNLIKE_SLACK)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Response(status_code=UNLIKE_SLACK)
        return to_starlette_response(answer)


class _Seconds(SlackClock):
    """The house's clock, as the library reads one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        """Seconds since 1970."""
        return self._clock.now().timestamp()


class _SocketCaller(AsyncWebClient):
    """Asks Slack for a socket, and says why there is none."""

    async def apps_connections_open(self, *, app_token: str, **more: Any) -> AsyncSlackResponse:
        try:
            return await super().apps_connections_open(app_token=app_token, **more)
        except SlackApiError as error:
            log.warning("Slack opens no socket: %s", told(error))
            raise


async def _failed(error: Exception) -> None:
    log.error("an event of Slack failed", exc_info=error)


async def _body(request: Request) -> bytes:
    try:
        return await body_of(request, LONGEST_BODY, BODY_WITHIN)
    except TooLong:
        raise Turned(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long") from None
    except TooSlow:
        raise Turned(HTTPStatus.REQUEST_TIMEOUT, "a body that does not arrive") from None
