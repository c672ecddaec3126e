"""The door: asks Telegram for updates, or is called; hears each once; answers what is in hand.

Updates are confirmed to Telegram once they are heard, and told again until then: one that comes
twice is known by its number. Hearing waits for no answer to get through.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from telegram.error import Conflict, InvalidToken, TelegramError

from responder.commands.account import NameBot
from responder.domain.record import By
from responder.errors import SettingError
from responder.inbound.refusals import Refusals
from responder.inbound.telegram.commands import offered
from responder.inbound.telegram.files import Files
from responder.inbound.telegram.hearing import Answers, Hearing, asked_to_wait
from responder.inbound.telegram.reading import (
    PLATFORM,
    Bot,
    Event,
    Moved,
    TooLong,
    Unreadable,
    number_of,
    read,
)
from responder.inbound.telegram.webhook import Turned, let_in, told_by
from responder.inbound.threshold import Threshold
from responder.ports.chat import Style
from responder.ports.vault import Vault

ROUTE = "/telegram/webhook"
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
WAIT = 25
"""Seconds that Telegram holds a poll back for something to tell."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before Telegram is tried again, doubled each time."""
QUICK = 2.0
"""Seconds for a last word at the end."""

CONFLICT = (
    "Telegram: another process asks for this bot's updates (409). Stop it, or give each its own"
    " bot; until then either hears only some of what people say. Trying again."
)
REFUSED = (
    "Telegram refuses the bot's token: set RESPONDER_TELEGRAM__TOKEN to what @BotFather shows."
    " Trying again."
)

T = TypeVar("T")

log = logging.getLogger(__name__)


class Line(Answers, Protocol):
    """A bot's line to Telegram. Its methods raise TelegramError."""

    @property
    def account(self) -> int: ...
    async def user_name(self) -> str: ...
    async def updates(self, after: int | None, wait: int) -> list[dict[str, Any]]: ...
    async def be_called_at(self, url: str, secret: str) -> None: ...
    async def be_called_nowhere(self) -> None: ...
    async def offer(self, commands: Sequence[tuple[str, str]], language: str = "") -> None: ...
    async def is_forum(self, place: str) -> bool: ...
    def follow(self, old: int, new: int) -> None: ...
    def now_at(self, group: int) -> int: ...
    def file(self, id: str) -> AsyncIterator[bytes]: ...
    async def close(self) -> None: ...


class TelegramDoor:
    """Long polling; or a webhook, where there are a secret and an address for it."""

    name = PLATFORM

    def __init__(
        self,
        threshold: Threshold,
        line: Line,
        style: Style,
        vault: Vault,
        group: str = "",
        webhook_secret: str = "",
        public_url: str = "",
    ) -> None:
        """`group` is the id of the firm's group. Raises SettingError."""
        self._house = threshold.house
        self._hearing = Hearing(threshold, line, style, Files(threshold, line, vault))
        self._line = line
        self._group = _group(group)
        self._secret = _secret(webhook_secret)
        self._url = f"{public_url.rstrip('/')}{ROUTE}" if public_url and webhook_secret else ""
        self._refusals = Refusals(threshold.house, PLATFORM)
        self._bot: Bot | None = None
        self._after: int | None = None
        self._is_set_up = False

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Where Telegram calls us, if it does."""
        return [Route(ROUTE, self._called, methods=["POST"])] if self._url else []

    async def run(self, stop: asyncio.Event) -> None:
        """Be there until `stop`; what Telegram refuses or the network loses is tried again."""
        pause, trouble = FIRST_PAUSE, ""
        try:
            while not stop.is_set():
                try:
                    if await self._go_on(stop):
                        pause, trouble = FIRST_PAUSE, ""
                except TelegramError as error:
                    said = _trouble(error)
                    if said != trouble:
                        log.warning("%s", said)
                    trouble = said
                    if isinstance(error, Conflict):
                        self._bot = None  # a webhook that somebody set is taken down again
                    await _before(stop, asyncio.sleep(max(pause, asked_to_wait(error))))
                    pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            self._bot = None
            await self._hearing.finish()
            if self._after is not None:
                await self._confirm()
            await self._line.close()

    async def _go_on(self, stop: asyncio.Event) -> bool:
        """One step; whether it shows that all is well."""
        if self._bot is None:
            self._bot = await _before(stop, self._open())
            return bool(self._url)
        if self._url:
            await stop.wait()
            return True
        updates = await _before(stop, self._line.updates(self._after, WAIT))
        if updates:
            await self._hear_all(updates, self._bot)
        return True

    async def _open(self) -> Bot:
        bot = Bot(self._line.account, await self._line.user_name())
        named = NameBot(by=By("", PLATFORM), platform=PLATFORM, name=bot.name)
        await asyncio.to_thread(self._house.execute, named)
        if self._url:
            await self._line.be_called_at(self._url, self._secret)
        else:
            await self._line.be_called_nowhere()
        if not self._is_set_up:
            await self._set_up()
        return bot

    async def _set_up(self) -> None:
        """What is good to have, and not worth waiting for."""
        self._is_set_up = True
        try:
            for language, shown in (("", "en"), ("zh", "zh"), ("en", "en")):
                await self._line.offer(offered(shown), language)
            if self._group and not await self._line.is_forum(str(self._group)):
                log.warning("Telegram: the group has no topics; turn them on in its settings")
        except TelegramError as error:
            log.warning("Telegram: the commands or the group are not set up: %s", error.message)

    # Asking

    async def _hear_all(self, updates: Sequence[Mapping[str, Any]], bot: Bot) -> None:
        """Hear a batch: what is said in one place in its order, different places at once."""
        talks: dict[str, list[Event]] = {}
        for told in updates:
            event = self._read(told, bot)
            if event is not None:
                talks.setdefault(event.visitor.place, []).append(event)
        first = self._after is None
        await asyncio.gather(*(self._hear_in_turn(talk, first) for talk in talks.values()))
        numbers = [told["update_id"] for told in updates if _is_numbered(told)]
        if not numbers:
            raise TelegramError("Telegram tells what cannot be read")
        self._after = max(numbers) + 1

    def _read(self, told: Mapping[str, Any], bot: Bot) -> Event | None:
        try:
            return self._followed(read(told, bot, self._is_ours))
        except Unreadable as error:
            log.warning("Telegram: an update that cannot be read is passed over: %s", error)
            return None

    async def _hear_in_turn(self, talk: Sequence[Event], lost: bool) -> None:
        for event in talk:
            await self._hearing.hear(event, lost)

    async def _confirm(self) -> None:
        """What is heard need not be told again at the next start."""
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(QUICK):
                await self._line.updates(self._after, 0)

    # Being called

    async def _called(self, request: Request) -> Response:
        """200 once it is heard; Telegram tells again what it gets no 2xx for."""
        try:
            return Response(status_code=await self._take(request))
        except Turned as turned:
            await asyncio.to_thread(self._refusals.note, "webhook", turned.why)
            return Response(status_code=turned.status)
        except ClientDisconnect:
            return Response(status_code=400)

    async def _take(self, request: Request) -> int:
        let_in(request, self._secret)
        told = await told_by(request)
        if self._bot is None:
            return 503  # not open yet, or not any more
        try:
            event = self._followed(read(told, self._bot, self._is_ours))
        except TooLong:
            raise Turned(413, "a text too long") from None
        except Unreadable:
            raise Turned(400, "a body that is no update") from None
        if event is not None:
            await self._hearing.hear(event, lost=True)
        return 200

    def _is_ours(self, chat: int) -> bool:
        return bool(self._group) and chat in (self._group, self._line.now_at(self._group))

    def _followed(self, found: Event | Moved | None) -> Event | None:
        if isinstance(found, Moved):
            if found.old == self._group:
                self._line.follow(found.old, found.new)
            return None
        return found


async def _before(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What comes of a work, given up at `stop`."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


def _trouble(error: TelegramError) -> str:
    match error:
        case Conflict():
            return CONFLICT
        case InvalidToken():
            return REFUSED
    return f"Telegram cannot be reached ({type(error).__name__}). Trying again."


def _is_numbered(told: Mapping[str, Any]) -> bool:
    try:
        number_of(told)
    except Unreadable:
        return False
    return True


def _group(given: str) -> int:
    if not given:
        return 0
    try:
        return int(given)
    except ValueError:
        raise SettingError(
            key="RESPONDER_TELEGRAM__GROUP",
            why_zh="不是群的编号",
            why_en="it is no group's id",
            mend_zh="群编号是负数，形如 -1001234567890；在群里发送 /help@机器人 可看到。",
            mend_en="It is a negative number like -1001234567890; /help@BOT in the group shows it.",
        ) from None


def _secret(given: str) -> str:
    if given and not SECRET.fullmatch(given):
        raise SettingError(
            key="RESPONDER_TELEGRAM__WEBHOOK_SECRET",
            why_zh="含有Telegram不接受的字符",
            why_en="it holds characters that Telegram does not take",
            mend_zh="请用1至256个字母、数字、下划线或连字符。",
            mend_en="Use 1 to 256 letters, digits, underscores or hyphens.",
        )
    return given
