"""Telegram on loopback: a real HTTP server that takes what the Bot API takes, and has people.

It is driven like people: somebody writes, sees, presses. Whatever nobody should have asked of it
is in `unexpected`, and so is a message that no story looked at. It runs in a thread of its own.
"""

import asyncio
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.telegram_fields import checked, shown

TOKEN = "123456789:AA-what-no-log-may-ever-hold"
BOT = 123456789
NAME = "er_example_bot"
GROUP = -1001234567890
DATE = 1795436100
PATIENCE = 5.0
OTHER_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_topics",
    "can_pin_messages",
)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer other than doing what was asked. `takes`: it is done all the same."""

    status: int = 400
    description: str = "Bad Request"
    takes: bool = False
    parameters: dict[str, int] = field(default_factory=dict)
    body: str | None = None
    hangs: bool = False
    cuts: bool = False


def refused(description: str, status: int = 400) -> Answer:
    return Answer(status, description)


FLOODED = Answer(429, "Too Many Requests: retry after 7", parameters={"retry_after": 7})
BLOCKED = refused("Forbidden: bot was blocked by the user", 403)
UNAUTHORIZED = refused("Unauthorized", 401)
NO_MARKUP = refused(
    'Bad Request: can\'t parse entities: Unsupported start tag "b" at byte offset 0'
)
NOT_MODIFIED = refused("Bad Request: message is not modified: specified new message content")
NO_MESSAGE = refused("Bad Request: message to edit not found")
CLOSED = refused("Bad Request: TOPIC_CLOSED")
NO_TOPIC = refused("Bad Request: message thread not found")
NO_CHAT = refused("Bad Request: chat not found")
CONFLICT = refused("Conflict: terminated by other getUpdates request", 409)
BROKEN = Answer(502, "Bad Gateway", body="<html>502</html>")
UNREADABLE = Answer(200, takes=True, body="<html>It works!</html>")
SWALLOWED = Answer(takes=True, hangs=True)
CUT = Answer(takes=True, cuts=True)


@dataclass
class Post:
    """A message of the bot's as it stands now."""

    chat: int
    topic: int | None
    id: int
    text: str
    rows: list[list[tuple[str, str]]]
    reply_to: int | None = None
    pinned: bool = False
    seen: bool = False

    @property
    def place(self) -> str:
        return f"{self.chat}/{self.topic}" if self.topic else str(self.chat)

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label, _ in row]


@dataclass
class Group:
    """A group; topics by id, each with its name. With `rights` the bot is its administrator."""

    forum: bool = True
    rights: tuple[str, ...] = ("can_manage_topics", "can_pin_messages")
    moved_to: int | None = None
    topics: dict[int, str] = field(default_factory=dict)


class Telegram:
    """The server."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {GROUP: Group()}
        self.posts: list[Post] = []
        self.popups: dict[str, str] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.webhook: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.unexpected: list[str] = []
        self.latest: dict[str, Any] = {}
        self.down = False
        self.public, self.posts_to = "", ""
        self.statuses: list[int] = []
        self._instead: dict[str, deque[Answer]] = {}
        self._updates: list[dict[str, Any]] = []
        self._numbers, self._ids = count(700000001), count(50)
        self._polls = 0

    # The thread

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="telegram", daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop, self._news = asyncio.Event(), asyncio.Event()
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._ask)
        app.router.add_get("/file/bot{token}/{path}", self._hand_out)
        app.router.add_route("*", "/{path:.*}", self._stray)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        calling = asyncio.create_task(self._call())
        self._ready.set()
        await self._stop.wait()
        calling.cancel()
        await asyncio.gather(calling, return_exceptions=True)
        await runner.cleanup()

    # Driving

    def person(self, id: int, name: str = "", language: str = "zh-hans") -> "Person":
        self.people[id] = Person(self, id, name or f"person {id}", language)
        return self.people[id]

    def answers(self, method: str, *instead: Answer) -> None:
        """The next requests for a method are answered otherwise."""
        self._instead.setdefault(method, deque()).extend(instead)

    def tell(self, update: dict[str, Any], number: int | None = None) -> int:
        """An update for the bot; returns its number."""
        number = next(self._numbers) if number is None else number
        self.latest = {"update_id": number, **update}
        self._updates.append(self.latest)
        self._loop.call_soon_threadsafe(self._news.set)
        return number

    @property
    def waiting(self) -> list[int]:
        """The updates that are not confirmed yet."""
        return [one["update_id"] for one in self._updates]

    @property
    def topic(self) -> str:
        """The place of the latest topic."""
        found = [f"{chat}/{id}" for chat, group in self.groups.items() for id in group.topics]
        return found[-1]

    @property
    def card(self) -> Post:
        """The pinned message of the latest topic."""
        (card,) = [post for post in self.posts if post.pinned and post.place == self.topic]
        card.seen = True
        return card

    def over(self) -> None:
        """The story is told: nothing was asked, and nothing said, that it did not name."""
        assert not self.unexpected, self.unexpected
        unseen = [f"{post.place}: {post.text}" for post in self.posts if not post.seen]
        assert not unseen, f"messages nobody expected: {unseen}"

    # Requests

    async def _stray(self, request: web.Request) -> web.Response:
        self.unexpected.append(f"{request.method} {request.path}")
        return web.Response(status=404)

    async def _ask(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if self.down:
            return _cut(request)
        if request.match_info["token"] != TOKEN:
            return _said(UNAUTHORIZED)
        self.asked.append(method)
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            values = checked(method, form)
        except AssertionError as error:
            self.unexpected.append(f"{method} {form}: {error}")
            return _said(refused(f"Bad Request: {error}"))
        waiting = self._instead.get(method)
        instead = waiting.popleft() if waiting else None
        result: Any = None
        if instead is None or instead.takes:
            try:
                result = await getattr(self, _handler(method))(**values)
            except _Refusal as refusal:
                return _said(refusal.answer)
        if instead is None:
            return web.json_response({"ok": True, "result": result})
        if instead.hangs:
            await self._stop.wait()
        return _cut(request) if instead.cuts else _said(instead)

    async def _hand_out(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["path"])
        if request.match_info["token"] != TOKEN or content is None:
            return web.Response(status=404)
        return web.Response(body=content)

    async def _get_file(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise _Refusal(refused("Bad Request: wrong file_id or the file is unavailable"))
        told = {"file_id": file_id, "file_unique_id": file_id, "file_path": file_id}
        return told | {"file_size": len(self.files[file_id])}

    async def _get_me(self) -> dict[str, Any]:
        return {"id": BOT, "is_bot": True, "first_name": "应急", "username": NAME}

    async def _get_chat(self, chat_id: int) -> dict[str, Any]:
        gifts = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            True,
        )
        full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
        self._reach(chat_id)
        return self._chat(chat_id) | full

    async def _get_chat_member(self, chat_id: int, user_id: int) -> dict[str, Any]:
        self._reach(chat_id)
        assert user_id == BOT
        user = await self._get_me()
        rights = self.groups[chat_id].rights
        if not rights:
            return {"status": "member", "user": user}
        others = dict.fromkeys(OTHER_RIGHTS, False)
        return {"status": "administrator", "user": user} | others | dict.fromkeys(rights, True)

    async def _set_my_commands(
        self, commands: list[dict[str, str]], language_code: str = ""
    ) -> bool:
        self.commands[language_code] = commands
        return True

    async def _set_webhook(self, **asked: Any) -> bool:
        if not asked["url"].startswith("https://"):
            raise _Refusal(refused("Bad Request: bad webhook: An HTTPS URL must be provided"))
        self.webhook = asked
        self._news.set()
        return True

    async def _delete_webhook(self, drop_pending_updates: bool = False) -> bool:
        assert not drop_pending_updates
        self.webhook = {}
        return True

    async def _get_updates(self, **asked: Any) -> list[dict[str, Any]]:
        if self.webhook:
            raise _Refusal(refused("Conflict: can't use getUpdates while webhook is active", 409))
        if asked["timeout"] == 0:  # a last word, which confirms
            self._updates = [one for one in self._updates if one["update_id"] >= asked["offset"]]
            return self._updates[:100]
        self._polls += 1
        mine = self._polls
        self._news.set()
        self._updates = [one for one in self._updates if one["update_id"] >= asked.get("offset", 0)]
        with suppress(TimeoutError):
            async with asyncio.timeout(asked["timeout"]):
                while not self._updates and not self.down:
                    self._news.clear()
                    await self._news.wait()
                    if mine != self._polls:
                        raise _Refusal(CONFLICT)
        return self._updates[:100]

    async def _send_message(
        self,
        chat_id: int,
        text: str,
        message_thread_id: int | None = None,
        reply_markup: Any = (),
        reply_parameters: int | None = None,
        parse_mode: str = "",
        **_: Any,
    ) -> dict[str, Any]:
        self._reach(chat_id, message_thread_id)
        post = Post(
            chat_id,
            message_thread_id,
            next(self._ids),
            _text(text, parse_mode),
            list(reply_markup),
            reply_parameters,
        )
        self.posts.append(post)
        return self._message(post)

    async def _edit_message_text(
        self,
        chat_id: int,
        message_id: int,
        text: str,
        reply_markup: Any = (),
        parse_mode: str = "",
        **_: Any,
    ) -> dict[str, Any]:
        self._reach(chat_id)
        post = self._post(chat_id, message_id)
        if post is None:
            raise _Refusal(NO_MESSAGE)
        new = _text(text, parse_mode)
        if (new, list(reply_markup)) == (post.text, post.rows):
            raise _Refusal(NOT_MODIFIED)
        post.text, post.rows = new, list(reply_markup)
        post.seen = post.pinned and post.seen
        return self._message(post)

    async def _answer_callback_query(
        self, callback_query_id: str, text: str = "", show_alert: bool = False
    ) -> bool:
        assert bool(text) == show_alert
        if self.popups.get(callback_query_id, "asked") is not None:
            raise _Refusal(refused("Bad Request: query is too old and response timeout expired"))
        self.popups[callback_query_id] = text
        return True

    async def _create_forum_topic(self, chat_id: int, name: str) -> dict[str, Any]:
        self._reach(chat_id)
        group = self.groups.get(chat_id, Group())
        if not group.forum:
            raise _Refusal(refused("Bad Request: the chat is not a forum"))
        topic = next(self._ids)
        group.topics[topic] = name
        return {"message_thread_id": topic, "name": name, "icon_color": 7322096}

    async def _pin_chat_message(
        self, chat_id: int, message_id: int, disable_notification: bool = False
    ) -> bool:
        post = self._post(chat_id, message_id)
        assert disable_notification
        assert post is not None
        for other in self.posts:
            other.pinned = other.pinned and other.place != post.place
        post.pinned = True
        return True

    # What it knows

    def _reach(self, chat: int, topic: int | None = None) -> None:
        """Refuse as Telegram does where the bot cannot write."""
        group, person = self.groups.get(chat), self.people.get(chat)
        if person is not None and (person.blocks or not person.has_started):
            said = "bot was blocked by the user" if person.blocks else "bot can't initiate"
            raise _Refusal(refused(f"Forbidden: {said} conversation with a user", 403))
        if group is None and person is None:
            raise _Refusal(NO_CHAT)
        if group is not None and group.moved_to is not None:
            raise _Refusal(
                Answer(
                    400,
                    "Bad Request: group chat was upgraded to a supergroup chat",
                    parameters={"migrate_to_chat_id": group.moved_to},
                )
            )
        if topic is not None and (group is None or topic not in group.topics):
            raise _Refusal(NO_TOPIC)

    def _post(self, chat: int, id: int) -> Post | None:
        return next((p for p in self.posts if (p.chat, p.id) == (chat, id)), None)

    def _chat(self, id: int) -> dict[str, Any]:
        if id in self.people:
            return {"id": id, "type": "private", "first_name": self.people[id].name}
        group = self.groups[id]
        return {"id": id, "type": "supergroup", "title": "应急处置", "is_forum": group.forum}

    def _message(self, post: Post) -> dict[str, Any]:
        """A message of the bot's, as Telegram tells of it."""
        told: dict[str, Any] = {
            "message_id": post.id,
            "date": DATE,
            "chat": self._chat(post.chat),
            "from": {"id": BOT, "is_bot": True, "first_name": "应急", "username": NAME},
            "text": post.text,
        }
        return told | _thread(post.topic)

    # Calling

    async def _call(self) -> None:
        """Bring updates to the webhook, again and again until it says 2xx."""
        async with aiohttp.ClientSession() as session:
            while True:
                if not self.webhook or not self._updates:
                    self._news.clear()
                    await self._news.wait()
                    continue
                url = self.webhook["url"].replace(self.public, self.posts_to)
                headers = {SECRET_HEADER: self.webhook["secret_token"]}
                told = self._updates[0]
                try:
                    async with session.post(url, json=told, headers=headers) as answer:
                        self.statuses.append(answer.status)
                        heard = answer.status // 100 == 2
                except aiohttp.ClientError:
                    heard = False
                if heard:
                    self._updates.remove(told)
                else:
                    await asyncio.sleep(0.02)


def _handler(method: str) -> str:
    return "_" + "".join(f"_{c.lower()}" if c.isupper() else c for c in method)


class _Refusal(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.description)
        self.answer = answer


def _said(answer: Answer) -> web.Response:
    if answer.body is not None:
        return web.Response(status=answer.status, text=answer.body)
    told: dict[str, Any] = {
        "ok": False,
        "error_code": answer.status,
        "description": answer.description,
    }
    if answer.parameters:
        told["parameters"] = answer.parameters
    return web.json_response(told, status=answer.status)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _text(text: str, mode: str) -> str:
    try:
        bare = shown(text) if mode else text
    except ValueError as error:
        raise _Refusal(refused(f"Bad Request: can't parse entities: {error}")) from None
    if len(bare.encode("utf-16-le")) // 2 > 4096:
        raise _Refusal(refused("Bad Request: message is too long"))
    if not bare.strip():
        raise _Refusal(refused("Bad Request: message text is empty"))
    return bare


def _thread(topic: int | None) -> dict[str, Any]:
    return {"message_thread_id": topic, "is_topic_message": True} if topic else {}


class Person:
    """Somebody with a Telegram account."""

    def __init__(self, telegram: Telegram, id: int, name: str, language: str) -> None:
        self.telegram, self.id, self.name, self.language = telegram, id, name, language
        self.blocks = self.has_started = False

    @property
    def _user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language,
        }

    def writes(self, text: str, where: str = "", to: Post | None = None, **more: Any) -> int:
        """A message, in private or in a place, perhaps in reply to the bot's; the update's number.

        In a topic, what replies to nothing replies to the topic's beginning.
        """
        chat, topic = self._at(where)
        self.has_started = self.has_started or not where
        message: dict[str, Any] = {
            "message_id": next(self.telegram._ids),
            "date": DATE,
            "chat": self.telegram._chat(chat),
            "from": self._user,
            "text": text,
        }
        message |= _thread(topic)
        if to is not None:
            message["reply_to_message"] = self.telegram._message(to)
        elif topic:
            begins = Post(chat, topic, topic, "", [])
            made = {"name": "topic", "icon_color": 7322096}
            message["reply_to_message"] = self.telegram._message(begins) | {
                "forum_topic_created": made
            }
        told = {name: value for name, value in (message | more).items() if value not in (None, "")}
        return self.telegram.tell({"message": told})

    def sends(self, content: bytes, name: str, where: str, caption: str = "", size: int = 0) -> int:
        """A file, with words beneath it; the update's number."""
        id = f"f{next(self.telegram._ids)}"
        self.telegram.files[id] = content
        document = {
            "file_id": id,
            "file_unique_id": id,
            "file_name": name,
            "mime_type": "text/plain",
            "file_size": size or len(content),
        }
        return self.writes("", where, caption=caption or None, document=document)

    def opens(self, link: str) -> int:
        """A deep link, and presses Start."""
        start, _, code = link.partition("?start=")
        assert start == f"https://t.me/{NAME}"
        return self.writes(f"/start {code}")

    async def sees(self, *words: str, where: str = "") -> Post:
        """The next message of the bot's there that nobody looked at yet; it holds the words."""
        chat, topic = self._at(where)
        post = await eventually(lambda: self._unseen(chat, topic))
        post.seen = True
        for word in words:
            assert word in post.text, f"{word!r} is not in {post.text!r}"
        return post

    async def presses(self, label: str, post: Post | None = None, where: str = "") -> str:
        """A button, of the latest message that has it; returns what pops up."""
        chat, topic = self._at(where)
        there = [p for p in self.telegram.posts if (p.chat, p.topic) == (chat, topic)]
        under = post or next(p for p in reversed(there) if label in p.labels)
        data = next(data for row in under.rows for name, data in row if name == label)
        query = await self._press(under, data)
        return await eventually(lambda: self.telegram.popups[query])

    async def _press(self, post: Post, data: str) -> str:
        query = str(4 * 10**17 + next(self.telegram._ids))
        self.telegram.popups[query] = None  # type: ignore[assignment]
        told = {
            "id": query,
            "from": self._user,
            "message": self.telegram._message(post),
            "chat_instance": "-77",
            "data": data,
        }
        self.telegram.tell({"callback_query": told})
        return query

    def _unseen(self, chat: int, topic: int | None) -> Post | None:
        there = [p for p in self.telegram.posts if (p.chat, p.topic) == (chat, topic)]
        return next((post for post in there if not post.seen), None)

    def _at(self, where: str) -> tuple[int, int | None]:
        chat, _, topic = (where or str(self.id)).partition("/")
        return int(chat), int(topic) if topic else None


async def eventually(look: Any) -> Any:
    """What is there within a moment: other threads are at work."""
    async with asyncio.timeout(PATIENCE):
        while (found := look()) is None:  # noqa: ASYNC110 - it comes about in another thread
            await asyncio.sleep(0.003)
    return found
