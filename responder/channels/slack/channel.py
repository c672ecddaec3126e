"""Slack: private messages to people, a channel for each incident, one card in it that is edited.

Each request is made once, with a time-out (https://docs.slack.dev/apis/web-api). A message in
doubt is looked for in the one conversation it was sent to, by the id its first block carries.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from responder.channels.slack.probing import deaf_by, lack_of, scopes_lacking
from responder.channels.slack.refusals import UNREADABLE, code_of, refused
from responder.domain.message import Message, Purpose
from responder.ports.channel import Fate, Pace, Receipt
from responder.ports.probe import Lack, Probe
from responder.ports.renderer import Button, Text

NAME = "slack"
API = "https://slack.com/api/"
TIMEOUT = 8.0
"""Seconds for one request; the dispatcher gives a sending ten."""
FURNISHING = 4.0
"""Seconds for what only makes a room more comfortable: topic, bookmark, pin, invitations."""
LONGEST_NAME = 80
MOST_NAMES = 20
"""How many names are tried for a room before it is given up."""
MOST_INVITED = 100
PAGE, MOST_PAGES = 200, 3
EARLIER = timedelta(minutes=5)
"""How far Slack's clock may be behind ours."""
PACE = Pace(rate=4, burst=20, gaps={"": 1.0})
"""One message a second to a conversation, several hundred a minute to a workspace
(https://docs.slack.dev/apis/web-api/rate-limits)."""
NOT_IN_A_NAME = re.compile(r"[^a-z0-9_]+")
NOBODY = frozenset({"channel_not_found", "user_not_found", "user_disabled", "cannot_dm_bot"})
NO_ROOM = frozenset({"channel_not_found", "is_archived", "not_in_channel", "is_inactive"})
CARD_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})

quiet = logging.getLogger(f"{__name__}.library")
quiet.setLevel(logging.CRITICAL)
"""The library's own log: it repeats what people are told."""


class Layout(Protocol):
    """How a text is written for Slack."""

    def message(
        self, body: str, buttons: Iterable[Button] = (), mark: str = ""
    ) -> dict[str, Any]: ...

    def topic(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A message's place: `CHANNEL:TIMESTAMP`."""

    channel: str
    ts: str

    @classmethod
    def of(cls, written: str) -> "Place | None":
        """The place written so, None for anything else."""
        channel, _, ts = written.partition(":")
        return cls(channel, ts) if channel and ts else None

    def __str__(self) -> str:
        return f"{self.channel}:{self.ts}"


class Slack:
    """The channel to a Slack workspace."""

    name = NAME
    vias = frozenset({"slack"})
    real = True
    pace = PACE

    def __init__(
        self,
        token: str,
        layout: Layout,
        api_url: str = "",
        home: str = "",
        app_token: str = "",
    ) -> None:
        """`home` is the firm's address for people, bookmarked in every room.

        `app_token` is the door's, tried with the rest; `""` where Slack calls us.
        """
        base_url = f"{(api_url or API).rstrip('/')}/"
        self._client = AsyncWebClient(token, base_url, retry_handlers=[], logger=quiet)
        self._layout = layout
        self._home = home
        self._app_token = app_token
        self._session: aiohttp.ClientSession | None = None

    async def send(self, message: Message, text: Text) -> Receipt:
        """Send once. What a conversation refuses is the person's or the room's affair; what Slack
        refuses to the app is the channel's.
        """
        self._connect()
        if message.purpose is Purpose.ROOM:
            return await self._receipt(self._open(message, text), NO_ROOM)
        if not message.to:
            return Receipt(Fate.NEVER, reason="no account is linked")
        if message.purpose is Purpose.CARD:
            return await self._receipt(self._show(message, text), NO_ROOM)
        return await self._receipt(self._post(message, text), NOBODY)

    async def look_up(self, message: Message) -> Receipt | None:
        """Look where it was sent to since it was due. Rooms and edits leave no trace to find."""
        if message.purpose is Purpose.ROOM or message.facts.get("card") or not message.to:
            return Receipt(Fate.UNKNOWN, reason="Slack cannot tell")
        self._connect()
        try:
            return await self._found(message)
        except (SlackApiError, aiohttp.ClientError, OSError, *UNREADABLE) as error:
            return Receipt(Fate.UNKNOWN, reason=f"look-up: {code_of(error)}")

    async def probe(self) -> Probe:
        """Ask whose the token is, which scopes it has, and whether a socket would be opened."""
        self._connect()
        try:
            found = await self._client.auth_test()
        except (SlackApiError, aiohttp.ClientError, OSError, *UNREADABLE) as error:
            return Probe("", (lack_of(error),))
        known_as = " @ ".join(str(found[name]) for name in ("user", "team") if found.get(name))
        lacks = scopes_lacking(found.headers.get("x-oauth-scopes", ""))
        return Probe(known_as, (*lacks, *await self._socket_lacks()))

    async def close(self) -> None:
        """Let go of the session."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _connect(self) -> None:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            self._session = aiohttp.ClientSession(timeout=timeout)
            self._client.session = self._session

    async def _receipt(self, sending: Awaitable[Receipt], for_good: frozenset[str]) -> Receipt:
        try:
            return await sending
        except SlackApiError as error:
            return refused(error, for_good)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Receipt(Fate.REFUSED, reason="no connection")
        except TimeoutError:
            return Receipt(Fate.UNKNOWN, reason="no answer in time")
        except (aiohttp.ClientError, OSError, *UNREADABLE) as error:
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)

    async def _socket_lacks(self) -> tuple[Lack, ...]:
        """What keeps a socket from being opened; an address for one is good for one alone."""
        if not self._app_token:
            return ()
        try:
            await self._client.apps_connections_open(app_token=self._app_token)
        except (SlackApiError, aiohttp.ClientError, OSError, *UNREADABLE) as error:
            return (deaf_by(error),)
        return ()

    # To people

    async def _post(self, message: Message, text: Text) -> Receipt:
        said = self._layout.message(text.body, text.buttons, message.id)
        answer = await self._client.chat_postMessage(channel=message.to, **said)
        return _taken(answer["channel"], answer["ts"])

    async def _found(self, message: Message) -> Receipt | None:
        place = message.to
        if message.purpose is not Purpose.CARD:
            opened = await self._client.conversations_open(users=message.to)
            place = str(opened["channel"]["id"])
        async for one in self._since(place, message):
            marks = [block.get("block_id") for block in one.get("blocks", ())]
            if message.id in marks:
                return _taken(place, one["ts"])
        return None

    async def _since(self, place: str, message: Message) -> AsyncIterator[dict[str, Any]]:
        oldest, cursor = (message.ready_at - EARLIER).timestamp(), ""
        for _ in range(MOST_PAGES):
            page = await self._client.conversations_history(
                channel=place, oldest=f"{oldest:.6f}", limit=PAGE, cursor=cursor or None
            )
            for one in page["messages"] or ():
                yield one
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return
        raise ValueError("too many messages since")

    # Rooms

    async def _open(self, message: Message, text: Text) -> Receipt:
        room = await self._named(str(message.facts.get("name", message.incident)))
        if room is None:
            return Receipt(Fate.REFUSED, reason="name_taken")
        calls = {"topic": self._topic(room, text)}
        if self._home:
            calls["bookmark"] = self._bookmark(room, message)
        return Receipt(Fate.ACCEPTED, room, await _furnished(calls))

    async def _named(self, wanted: str) -> str | None:
        """A new channel of that name, or with `-2`, `-3` … where it is taken."""
        for name in names(wanted):
            try:
                made = await self._client.conversations_create(name=name)
            except SlackApiError as error:
                if code_of(error) != "name_taken":
                    raise
            else:
                return str(made["channel"]["id"])
        return None

    async def _topic(self, room: str, text: Text) -> None:
        await self._client.conversations_setTopic(channel=room, topic=self._layout.topic(text.body))

    async def _bookmark(self, room: str, message: Message) -> None:
        title = "应急处置首页" if message.language == "zh" else "Responder"
        await self._client.bookmarks_add(channel_id=room, title=title, type="link", link=self._home)

    async def _show(self, message: Message, text: Text) -> Receipt:
        """The card: edited in place where there is one, else posted and pinned."""
        said = self._layout.message(text.body, text.buttons, message.id)
        shown = Place.of(str(message.facts.get("card", "")))
        ts = await self._edited(shown, said) if shown else ""
        is_new = not ts
        if is_new:
            answer = await self._client.chat_postMessage(channel=message.to, **said)
            ts = str(answer["ts"])
        calls = {"invite": self._invite(message.to, list(message.facts.get("invite", ())))}
        if is_new:
            calls["pin"] = self._pin(message.to, ts)
        reason = await _furnished(calls)
        return Receipt(Fate.ACCEPTED, str(Place(message.to, ts)), reason)

    async def _edited(self, card: Place, said: dict[str, Any]) -> str:
        """The timestamp of the card that was edited, `""` where there is none any more."""
        kept = {key: said[key] for key in ("text", "blocks")}
        try:
            await self._client.chat_update(channel=card.channel, ts=card.ts, **kept)
        except SlackApiError as error:
            if code_of(error) not in CARD_GONE:
                raise
            return ""
        return card.ts

    async def _pin(self, room: str, ts: str) -> None:
        await self._client.pins_add(channel=room, timestamp=ts)

    async def _invite(self, room: str, accounts: list[str]) -> None:
        for start in range(0, len(accounts), MOST_INVITED):
            users = accounts[start : start + MOST_INVITED]
            await self._client.conversations_invite(channel=room, users=users, force=True)


def names(wanted: str) -> Iterable[str]:
    """The names to try for a channel: lower case, digits, `-` and `_`, at most 80 characters."""
    plain = NOT_IN_A_NAME.sub("-", wanted.lower()).strip("-") or "incident"
    yield plain[:LONGEST_NAME]
    for number in range(2, MOST_NAMES + 1):
        end = f"-{number}"
        yield plain[: LONGEST_NAME - len(end)] + end


async def _furnished(calls: Mapping[str, Awaitable[None]]) -> str:
    """Make a room comfortable; what could not be done is a reason for the record, no failure."""
    done = asyncio.gather(*calls.values(), return_exceptions=True)
    found: list[BaseException | None] = [TimeoutError()] * len(calls)
    with suppress(TimeoutError):
        found = await asyncio.wait_for(done, FURNISHING)
    failed = [f"{what}: {code_of(one)}" for what, one in zip(calls, found, strict=True) if one]
    return "; ".join(one for one in failed if not one.endswith(("already_in_channel", "_pinned")))


def _taken(channel: object, ts: object) -> Receipt:
    if not (channel and ts):
        return Receipt(Fate.UNKNOWN, reason="an answer that cannot be read")
    return Receipt(Fate.ACCEPTED, f"{channel}:{ts}")
