"""Answers to the request in hand: by its response URL, in its window, in its conversation."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from responder.domain.words import Words
from responder.inbound.slack.reading import Where
from responder.inbound.threshold import Spoken
from responder.ports.form import Form
from responder.ports.renderer import Button

API = "https://slack.com/api/"
TIMEOUT = 8.0
"""Seconds for one request."""
TITLE = Words("应急处置", "Responder")

log = logging.getLogger(__name__)
quiet = logging.getLogger(f"{__name__}.library")
quiet.setLevel(logging.CRITICAL)
"""The library's own log: it holds what people wrote, and addresses that are keys."""


class Credentials(Protocol):
    """A Slack app's credentials."""

    @property
    def bot_token(self) -> str: ...

    @property
    def app_token(self) -> str: ...

    @property
    def signing_secret(self) -> str: ...

    @property
    def api_url(self) -> str: ...


class Layout(Protocol):
    """How texts, windows and forms are written for Slack."""

    def message(
        self, body: str, buttons: Iterable[Button] = (), mark: str = ""
    ) -> dict[str, Any]: ...

    def notice(
        self, title: str, body: str, buttons: Iterable[Button] = (), place: str = ""
    ) -> dict[str, Any]: ...

    def form(self, form: Form, place: str = "") -> dict[str, Any]: ...


class Unanswered(Exception):
    """A response URL that takes no answer: used up, or too old."""


FAULTS = (SlackApiError, aiohttp.ClientError, OSError, ValueError, Unanswered)


@dataclass
class Answers:
    """Gives answers over one session, each request once and with a time-out."""

    credentials: Credentials
    layout: Layout
    language: str
    _kept: AsyncWebClient | None = None

    @property
    def client(self) -> AsyncWebClient:
        """The client, on a session that is opened when first needed."""
        session = self._kept.session if self._kept else None
        if self._kept is None or session is None or session.closed:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            self._kept = AsyncWebClient(
                self.credentials.bot_token,
                base_url(self.credentials),
                session=aiohttp.ClientSession(timeout=timeout),
                retry_handlers=[],
                logger=quiet,
            )
        return self._kept

    async def close(self) -> None:
        """Let go of the session."""
        if self._kept is not None and self._kept.session is not None:
            await self._kept.session.close()

    def notice(self, spoken: Spoken, place: str = "") -> dict[str, Any]:
        """A window that tells."""
        return self.layout.notice(TITLE.said(self.language), spoken.text, spoken.buttons, place)

    async def give(self, where: Where, spoken: Spoken | None) -> None:
        """Let somebody see an answer, by the nearest way that works. Nothing for None."""
        if spoken is None:
            return
        for way in self._ways(where, spoken):
            try:
                await way()
            except FAULTS as error:
                log.warning("Slack did not take an answer: %s", told(error))
            else:
                return

    def _ways(self, where: Where, spoken: Spoken) -> Iterator[Callable[[], Awaitable[object]]]:
        said = self.layout.message(spoken.text, spoken.buttons)
        client, thread = self.client, where.thread or None
        if where.view:
            window = self.notice(spoken, where.channel)
            yield lambda: client.views_update(view_id=where.view, view=window)
        if where.url:
            yield lambda: self._respond(where, said)
        if where.channel and where.private:
            yield lambda: client.chat_postMessage(channel=where.channel, thread_ts=thread, **said)
        elif where.channel:
            seen = {key: said[key] for key in ("text", "blocks")}
            yield lambda: client.chat_postEphemeral(
                channel=where.channel, user=where.user, thread_ts=thread, **seen
            )
        yield lambda: client.chat_postMessage(channel=where.user, **said)

    async def _respond(self, where: Where, said: dict[str, Any]) -> None:
        body = {
            "response_type": "in_channel" if where.private else "ephemeral",
            "replace_original": where.replaces,
            "text": said["text"],
            "blocks": said["blocks"],
        }
        session = self.client.session
        assert session is not None  # `client` opens it
        async with session.post(where.url, json=body, allow_redirects=False) as answer:
            if answer.status != 200:
                raise Unanswered(f"response URL: {answer.status}")

    async def ask(self, form: Form, trigger: str, place: str) -> bool:
        """Open a form; False where Slack does not, for instance after three seconds."""
        try:
            await self.client.views_open(trigger_id=trigger, view=self.layout.form(form, place))
        except FAULTS as error:
            log.warning("Slack opened no window: %s", told(error))
            return False
        return True

    async def written(self, channel: str, ts: str) -> dict[str, Any] | None:
        """The message at a place, None where it cannot be seen."""
        try:
            found = await self.client.conversations_replies(
                channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=2
            )
        except FAULTS as error:
            log.warning("Slack shows no message: %s", told(error))
            return None
        return next((one for one in found["messages"] or () if one.get("ts") == ts), None)


def base_url(credentials: Credentials) -> str:
    """Where Slack's Web API is."""
    return f"{(credentials.api_url or API).rstrip('/')}/"


def told(error: Exception) -> str:
    """What went wrong, for the log: Slack's own word, never an address or a token."""
    if isinstance(error, SlackApiError):
        data = getattr(error.response, "data", None)
        return str(data.get("error", "")) if isinstance(data, dict) else "an answer that is none"
    return str(error) if isinstance(error, Unanswered) else type(error).__name__
