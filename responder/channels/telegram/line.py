"""A bot's line to Telegram: what it can do there, every text with a plain second try."""

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from responder.channels.telegram.wire import Wire
from responder.errors import SettingError
from responder.ports.chat import Written
from responder.ports.renderer import Button

API_URL = "https://api.telegram.org"
BEYOND_THE_WAIT = 10.0
"""Seconds that an answer may take longer than the poll was to wait."""
TOKEN = re.compile(r"(\d+):[A-Za-z0-9_-]+")
PLACE = re.compile(r"(-?\d{1,19})(?:/(\d{1,19}))?")
"""A chat's id, and a topic's within it."""
HEARD = ("message", "callback_query")
MARKUP = ("can't parse entities", "unsupported start tag", "can't find end tag")
UNCHANGED = ("message is not modified",)
NO_SUCH_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""How Telegram words its refusals (400); it gives them no other code."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class _Bot(Bot):
    """The library's bot, which can also hand out updates as they came.

    The library reads a whole batch or none: one update of a shape unknown to it would stop them
    all, for ever.
    """

    async def told(self, asked: dict[str, Any], seconds: float) -> Any:
        return await self._post("getUpdates", asked, read_timeout=seconds)


class Line:
    """A bot's line to Telegram. Its methods raise TelegramError.

    `place` is a chat's id, or `<chat id>/<topic id>`. A group that became a supergroup is
    followed to its new id.
    """

    def __init__(self, token: str, api_url: str = "") -> None:
        """Raises SettingError for what is no token; the token is not repeated."""
        shape = TOKEN.fullmatch(token)
        if shape is None:
            raise _no_token()
        wire = Wire()
        api = (api_url or API_URL).rstrip("/")
        self.account: Final = int(shape[1])
        self._bot = _Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=wire,
            get_updates_request=wire,
        )
        self._wire = wire
        self._moved: dict[int, int] = {}

    # Being there

    async def user_name(self) -> str:
        """The bot's user name."""
        return (await self._bot.get_me()).username or ""

    async def updates(self, after: int | None, wait: int) -> list[dict[str, Any]]:
        """What happened since, as Telegram tells it; waits up to `wait` seconds for something.

        What came before `after` is confirmed, and forgotten by Telegram.
        """
        asked: dict[str, Any] = {"timeout": wait, "allowed_updates": list(HEARD)}
        since = asked if after is None else asked | {"offset": after}
        found = await self._bot.told(since, wait + BEYOND_THE_WAIT)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def be_called_at(self, url: str, secret: str) -> None:
        """From now on Telegram calls us."""
        await self._bot.set_webhook(url, secret_token=secret, allowed_updates=HEARD)

    async def be_called_nowhere(self) -> None:
        """From now on we ask; what waits is kept."""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def offer(self, commands: Sequence[tuple[str, str]], language: str = "") -> None:
        """The commands that people of a language are shown; without one, all others."""
        listed = [BotCommand(name, what) for name, what in commands]
        await self._bot.set_my_commands(listed, language_code=language or None)

    async def is_forum(self, place: str) -> bool:
        """Whether a group has topics."""
        found = await self._at(place, lambda chat, _: self._bot.get_chat(chat))
        return bool(found.is_forum)

    async def rights(self, group: str) -> frozenset[str]:
        """What the bot may do in a group beyond what every member may, as Telegram names it."""
        found = await self._at(group, lambda chat, _: self._bot.get_chat_member(chat, self.account))
        return frozenset(name for name, may in found.to_dict().items() if may is True)

    def follow(self, old: int, new: int) -> None:
        """A group has a new id."""
        if self._moved.get(old) != new:
            self._moved[old] = new
            log.warning("the Telegram group %s is now %s: set telegram.group to that", old, new)

    def now_at(self, group: int) -> int:
        """A group's present id."""
        return self._moved.get(group, group)

    async def file(self, id: str) -> AsyncIterator[bytes]:
        """A file's content, piece by piece; Telegram hands out no more than 20 MB."""
        found = await self._bot.get_file(id)
        async for piece in self._wire.pieces(found.file_path or ""):
            yield piece

    async def close(self) -> None:
        """Let go of the connection."""
        await self._wire.shutdown()

    # Speaking

    async def post(self, place: str, written: Written, answers: str = "") -> str:
        """A new message, in answer to another if one is named; returns its id."""
        to = ReplyParameters(int(answers), allow_sending_without_reply=True) if answers else None

        async def send(chat: int, topic: int | None) -> Message:
            return await _plainly(
                written,
                lambda text, mode: self._bot.send_message(
                    chat,
                    text,
                    parse_mode=mode,
                    message_thread_id=topic,
                    reply_markup=_keyboard(written.rows),
                    reply_parameters=to,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                ),
            )

        return str((await self._at(place, send)).message_id)

    async def rewrite(self, place: str, message: str, written: Written) -> bool:
        """Put a text in the place of what a message says; False where the message is gone."""

        async def edit(chat: int, _topic: int | None) -> object:
            return await _plainly(
                written,
                lambda text, mode: self._bot.edit_message_text(
                    text,
                    chat,
                    int(message),
                    parse_mode=mode,
                    reply_markup=_keyboard(written.rows),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                ),
            )

        try:
            await self._at(place, edit)
        except BadRequest as refused:
            if says(refused, NO_SUCH_MESSAGE):
                return False
            if not says(refused, UNCHANGED):
                raise
        return True

    async def pop_up(self, press: str, text: str = "") -> bool:
        """Answer a press, with words for the one who pressed if there are any."""
        return await self._bot.answer_callback_query(
            press, text or None, show_alert=bool(text) or None
        )

    async def open_topic(self, group: str, title: str) -> str:
        """A new topic; returns its place."""

        async def create(chat: int, _topic: int | None) -> str:
            topic = await self._bot.create_forum_topic(chat, title)
            return f"{chat}/{topic.message_thread_id}"

        return await self._at(group, create)

    async def pin(self, place: str, message: str) -> None:
        """Keep a message in sight, without a sound."""
        await self._at(
            place,
            lambda chat, _: self._bot.pin_chat_message(
                chat, int(message), disable_notification=True
            ),
        )

    async def _at(self, place: str, act: Callable[[int, int | None], Awaitable[T]]) -> T:
        found = PLACE.fullmatch(place)
        if found is None:
            raise BadRequest("chat not found")
        named, topic = int(found[1]), int(found[2]) if found[2] else None
        try:
            return await act(self.now_at(named), topic)
        except ChatMigrated as moved:
            self.follow(named, moved.new_chat_id)
            return await act(moved.new_chat_id, topic)


async def _plainly(written: Written, act: Callable[[str, str | None], Awaitable[T]]) -> T:
    """No text is lost to its markup: refused for that, it was not sent, and goes without."""
    try:
        return await act(written.markup, ParseMode.HTML)
    except BadRequest as refused:
        if not says(refused, MARKUP):
            raise
    log.warning("Telegram refused the markup of a message, which goes out plain")
    return await act(written.plain, None)


def _keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in rows]
    )


def says(refused: TelegramError, words: Sequence[str]) -> bool:
    said = refused.message.casefold()
    return any(word in said for word in words)


def _no_token() -> SettingError:
    return SettingError(
        key="RESPONDER_TELEGRAM__TOKEN",
        why_zh="不是机器人令牌",
        why_en="it is no bot's token",
        mend_zh="请从 @BotFather 复制，形如 123456789:AA…。",
        mend_en="Copy it from @BotFather; it looks like 123456789:AA….",
    )
