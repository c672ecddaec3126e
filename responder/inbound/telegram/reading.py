"""An update of Telegram's as what somebody said or pressed, and where.

https://core.telegram.org/bots/api#update. In a group only commands, replies to the bot, buttons and
files in a topic are heard: a bot that may open topics is an administrator, and is sent everything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import (
    Audio,
    CallbackQuery,
    Chat,
    Document,
    MaybeInaccessibleMessage,
    Message,
    PhotoSize,
    Update,
    User,
    Video,
    Voice,
)

from responder.domain.words import Words
from responder.inbound.threshold import Visitor

PLATFORM = "telegram"
KINDS = ("update_id", "message", "callback_query")
"""What is read of an update; whatever else there is, is not for us, and need not be readable."""
LONGEST_TEXT = 4096
"""Characters of a message; a longer one is not Telegram's."""
UNFIT = (AttributeError, LookupError, OverflowError, TypeError, ValueError)
"""What the library raises on an update that is none: it checks no shape."""

ONLY_TEXT = Words("这里只读文字，没有执行。", "Only text is read here; nothing was done.")
ELSEWHERE = Words(
    "本群（{chat}）不是本公司登记的应急处置群，没有执行。请与我私聊，或到应急处置群发送。",
    "This group ({chat}) is not the firm's incident group; nothing was done. Write to me in"
    " private, or there.",
)
NAMELESS = Words(
    "以匿名身份或频道身份发送，无法确认是谁，没有执行。请以本人身份发送。",
    "Sent anonymously or as a channel, so nobody can tell who it is; nothing was done."
    " Send it as yourself.",
)


class Unreadable(ValueError):
    """An update that Telegram would not send."""


class TooLong(Unreadable):
    """A text longer than Telegram's longest."""


@dataclass(frozen=True, slots=True)
class Bot:
    """Who we are there."""

    account: int
    name: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A file sent along: Telegram's id of it, its name, its size in bytes, 0 if untold."""

    id: str
    name: str
    size: int = 0
    media: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something said, or pressed; or why it cannot be heard there, which is answered.

    `message` is the one said, or the one pressed under; `press` the id of a press. `file` was
    sent in a topic, with `line` beneath it.
    """

    visitor: Visitor
    message: str = ""
    line: str = ""
    data: str = ""
    press: str = ""
    hindrance: Words | None = None
    file: Shared | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup, and has another id."""

    old: int
    new: int


def number_of(told: Mapping[str, Any]) -> int:
    """An update's number. Raises Unreadable."""
    number = told.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise Unreadable("no update_id")
    return number


def read(told: Mapping[str, Any], bot: Bot, is_ours: Callable[[int], bool]) -> Event | Moved | None:
    """What an update tells; None where it is not for us. Raises Unreadable."""
    event = f"{bot.account}.{number_of(told)}"
    try:
        update = Update.de_json({name: told[name] for name in KINDS if name in told}, None)
        if update.callback_query is not None:
            return _pressed(update.callback_query, event, is_ours)
        return _said(update.message, event, bot, is_ours) if update.message is not None else None
    except Unreadable:
        raise
    except UNFIT as error:
        raise Unreadable(type(error).__name__) from None


def _pressed(query: CallbackQuery, event: str, is_ours: Callable[[int], bool]) -> Event | None:
    under = query.message
    if under is None:
        return None  # under a message of an inline query, which this bot has none of
    visitor = _visitor(query.from_user, under.chat, _place(under), event)
    strange = None if visitor.alone or is_ours(under.chat.id) else ELSEWHERE
    data = _text(query.data or "")
    return Event(visitor, str(int(under.message_id)), "", data, _text(query.id), strange)


def _said(
    message: Message, event: str, bot: Bot, is_ours: Callable[[int], bool]
) -> Event | Moved | None:
    if message.migrate_to_chat_id:
        return Moved(int(message.chat.id), int(message.migrate_to_chat_id))
    alone = message.chat.type == Chat.PRIVATE
    text = _text(message.text or message.caption or "")
    line = _command(text, bot.name)
    if message.from_user is None or line is None:
        return None
    file = None if alone or text.startswith("/") else _shared(message)
    if not alone and not (text.startswith("/") or file or _answers(message, bot)):
        return None
    nameless = message.from_user.is_bot or message.sender_chat is not None
    strange = not alone and not is_ours(message.chat.id)
    silent = None if text or file else ONLY_TEXT
    hindrance = NAMELESS if nameless else ELSEWHERE if strange else silent
    visitor = _visitor(message.from_user, message.chat, _place(message), event)
    return Event(visitor, str(int(message.message_id)), line, hindrance=hindrance, file=file)


def _shared(message: Message) -> Shared | None:
    """The file of a message in a topic; a picture in its largest form, named by the message."""
    picture = message.photo[-1] if message.photo else None
    sent = message.document or message.video or message.audio or message.voice or picture
    if sent is None or not _topic(message):
        return None
    name = getattr(sent, "file_name", None) or f"{message.message_id}.{ENDINGS[type(sent)]}"
    media = getattr(sent, "mime_type", None) or ("image/jpeg" if message.photo else "")
    return Shared(_text(sent.file_id), _text(name), int(sent.file_size or 0), _text(media))


ENDINGS = {Document: "bin", Video: "mp4", Audio: "mp3", Voice: "ogg", PhotoSize: "jpg"}
"""What a file without a name ends in."""


def _command(text: str, name: str) -> str | None:
    """A line without the bot's name in `/command@name`; None where it is for another bot."""
    head = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    command, at, named = head.partition("@")
    if not at:
        return text
    return command + text[len(head) :] if named.casefold() == name.casefold() else None


def _answers(message: Message, bot: Bot) -> bool:
    """Whether it replies to the bot. In a topic everything replies to the topic's beginning."""
    to = message.reply_to_message
    begins_topic = to is not None and to.forum_topic_created is not None
    by = to.from_user if to is not None and not begins_topic else None
    return by is not None and by.id == bot.account


def _visitor(user: User, chat: Chat, place: str, event: str) -> Visitor:
    code = user.language_code or "zh"
    language = "zh" if _text(code).lower().startswith("zh") else "en"
    alone = chat.type == Chat.PRIVATE
    return Visitor(PLATFORM, str(int(user.id)), place, alone, event, language)


def _place(message: MaybeInaccessibleMessage) -> str:
    chat = int(message.chat.id)
    topic = _topic(message)
    return f"{chat}/{topic}" if topic else str(chat)


def _topic(message: MaybeInaccessibleMessage) -> int:
    """The topic a message is in, 0 for none."""
    if not isinstance(message, Message) or not message.is_topic_message:
        return 0
    return int(message.message_thread_id or 0)


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise Unreadable("no text")
    if len(said) > LONGEST_TEXT:
        raise TooLong("a text too long")
    return said
