"""Slack on loopback: its Web API, its sockets and its signed requests, driven like people.

A person types a command, sees an answer, presses a button, fills a window in. Requests that
nobody should have made are in `unexpected`; messages that a story does not see fail it.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.fakes.slack_blocks import Block, buttons, faults, raw, shown, window_faults

BOT_TOKEN = "xoxb-a-bot-token-nobody-may-read"
APP_TOKEN = "xapp-an-app-token-nobody-may-read"
SECRET = "a-signing-secret-nobody-may-read"
BOT, BOT_ID, TEAM = "U0BOT", "B0BOT", "T0TEAM"
HALL = "C0HALL"
SCOPES = (
    *("app_mentions:read", "bookmarks:write", "channels:history", "channels:manage"),
    *("chat:write", "commands", "files:read", "im:history", "im:write", "pins:write"),
    "reactions:read",
)
PATIENCE = 20.0
IN_TIME = 3.0
"""Seconds in which Slack wants to be acknowledged."""

METHODS: dict[str, tuple[set[str], set[str]]] = {
    "auth.test": (set(), set()),
    "apps.connections.open": (set(), set()),
    "chat.postMessage": (
        {"channel", "text", "blocks"},
        {"mrkdwn", "unfurl_links", "unfurl_media", "thread_ts"},
    ),
    "chat.postEphemeral": ({"channel", "user", "text", "blocks"}, {"thread_ts"}),
    "chat.update": ({"channel", "ts", "text", "blocks"}, set()),
    "conversations.create": ({"name"}, {"is_private"}),
    "conversations.setTopic": ({"channel", "topic"}, set()),
    "conversations.invite": ({"channel", "users", "force"}, set()),
    "conversations.open": ({"users"}, {"return_im"}),
    "conversations.history": ({"channel", "oldest", "limit"}, {"cursor"}),
    "conversations.replies": ({"channel", "ts", "oldest", "latest", "inclusive", "limit"}, set()),
    "bookmarks.add": ({"channel_id", "title", "type", "link"}, set()),
    "pins.add": ({"channel", "timestamp"}, set()),
    "views.open": ({"trigger_id", "view"}, set()),
    "views.update": ({"view_id", "view"}, set()),
}
"""What the app may ask, with what it must and may say (Slack's method reference)."""


class Fault(Exception):
    """Slack's answer where it does not do what it is asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a method is answered in place of the usual. `takes`: it is done all the same."""

    error: str = ""
    status: int = 200
    takes: bool = False
    retry_after: str = ""
    body: str | None = None
    delay: float = 0.0


BROKEN = Answer(status=503, body="<html>503</html>")


@dataclass
class Seen:
    """Something that reached one person: a private message, one only they see, a window.

    `replaces`: it took the place of what was pressed.
    """

    kind: str
    blocks: list[Block]
    channel: str = ""
    ts: str = ""
    url: str = ""
    view: Block = field(default_factory=dict)
    replaces: bool = False

    @property
    def text(self) -> str:
        return shown(self.blocks)

    @property
    def raw(self) -> str:
        return raw(self.blocks)

    @property
    def buttons(self) -> dict[str, Block]:
        return buttons(self.blocks)


@dataclass
class Channel:
    """A conversation: its messages by timestamp, and what hangs on its wall."""

    id: str
    name: str = ""
    user: str = ""
    archived: bool = False
    topic: str = ""
    members: set[str] = field(default_factory=set)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    edits: int = 0


@dataclass
class Slack:
    """The workspace. `says` answers a method otherwise, once for each answer; `down` all of them,
    `broken` with a page that says 503.

    `target` is where the app is called; without it the app has to open a socket, unless there
    are `no_sockets`.
    """

    target: str = ""
    url: str = ""
    down: str = ""
    broken: bool = False
    no_sockets: bool = False
    says: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    channels: dict[str, Channel] = field(default_factory=dict)
    inboxes: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    calls: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._numbers = itertools.count(1)
        self._port = 0
        self._acks: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._tickets: set[str] = set()
        self._urls: dict[str, Seen] = {}
        self._triggers: dict[str, str] = {}
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.channels[HALL] = Channel(HALL, "hall")
        self._thread = threading.Thread(target=self._run, name="slack", daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    # For stories

    def person(self, account: str) -> "Person":
        """Somebody with an account."""
        return Person(self, account)

    def room(self, name: str) -> Channel:
        """The channel whose name begins so, once it is there."""
        return self.until(
            lambda: next((c for c in self.channels.values() if c.name.startswith(name)), None),
            f"a channel {name}",
        )

    def card(self, room: Channel, *words: str) -> str:
        """What the pinned card of a room says, once it says all these words."""

        def found() -> str | None:
            pinned = [room.messages[ts] for ts in room.pins if ts in room.messages]
            text = shown(pinned[0]["blocks"]) if pinned else ""
            return text if text and all(word in text for word in words) else None

        return self.until(found, f"a card saying {words}")

    def until(self, look: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
        """What a look finds, as soon as it finds anything."""
        ends = time.monotonic() + patience
        while not (found := look()):
            if time.monotonic() > ends:
                raise AssertionError(f"waited in vain for {what}: {self._state()}")
            time.sleep(0.02)
        return found

    def closes(self) -> None:
        """Nobody answers at its address any more."""
        self.do(self._close())

    def opens(self) -> None:
        """It is there again."""
        self.do(self._listen())

    def cut(self) -> None:
        """Cut every socket, as a network does."""
        self.do(self._cut())

    def over(self, *named: str) -> None:
        """The story is told: nobody named, or nobody at all, got what the story did not see."""
        left = {
            account: [seen.text for seen in inbox]
            for account, inbox in self.inboxes.items()
            if inbox and (not named or account in named)
        }
        assert not left, f"messages nobody expected: {left}"
        assert not self.unexpected, f"requests nobody expected: {self.unexpected}"

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the server's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def _state(self) -> str:
        rooms = [f"{c.name}{' archived' * c.archived}" for c in self.channels.values()]
        inboxes = {who: [seen.text for seen in box] for who, box in self.inboxes.items()}
        return f"{inboxes} {rooms} {self.unexpected} {self.calls[-20:]}"

    # Telling the app

    def tell(self, kind: str, payload: dict[str, Any], **sealed: Any) -> tuple[int, dict[str, Any]]:
        """Tell the app, by socket or request; returns the status and what it answered."""
        began = time.monotonic()
        told = (
            self._request(kind, payload, **sealed) if self.target else self._envelope(kind, payload)
        )
        status, answer = self.do(told)
        took = time.monotonic() - began
        assert took < IN_TIME, f"{kind} acknowledged after {took:.1f} s"
        return status, answer

    async def _envelope(self, kind: str, payload: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        for _ in range(400):
            if self.sockets:
                break
            await asyncio.sleep(0.02)
        id = f"envelope-{next(self._numbers)}"
        self._acks[id] = self._loop.create_future()
        said = {"envelope_id": id, "type": kind, "payload": payload}
        await self.sockets[-1].send_json({**said, "accepts_response_payload": kind != "events_api"})
        try:
            return 200, await asyncio.wait_for(self._acks[id], IN_TIME)
        finally:
            del self._acks[id]

    async def _request(
        self, kind: str, payload: dict[str, Any], **sealed: Any
    ) -> tuple[int, dict[str, Any]]:
        form = {"slash_commands": payload, "interactive": {"payload": json.dumps(payload)}}
        body = urlencode(form[kind]) if kind in form else json.dumps(payload)
        media = "application/x-www-form-urlencoded" if kind in form else "application/json"
        return await self.send(body.encode(), media, **sealed)

    async def send(
        self,
        body: bytes,
        media: str,
        age: float = 0,
        secret: str = SECRET,
        signed_at: float = 0,
        **headers: str,
    ) -> tuple[int, dict[str, Any]]:
        """A request as Slack signs it; `headers` (`_` for `-`) replace those it would have."""
        stamp = str(int((signed_at or time.time()) - age))
        base = b"v0:" + stamp.encode() + b":" + body
        seal = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
        sent = {
            "Content-Type": media,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={seal}",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.target, data=body, headers=sent) as answer,
        ):
            text = await answer.text()
            is_json = answer.content_type == "application/json" and text
            return answer.status, json.loads(text) if is_json else {}

    def event(self, event: dict[str, Any], id: str = "") -> tuple[int, dict[str, Any]]:
        """Tell of an event."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": id or f"Ev{next(self._numbers)}",
            "event_time": int(time.time()),
            "event": event,
        }
        return self.tell("events_api", body)

    def trigger(self, user: str) -> str:
        """The id by which a window may be opened for somebody."""
        id = f"{next(self._numbers)}.{TEAM}"
        self._triggers[id] = user
        return id

    def answering(self, seen: Seen) -> str:
        """A response URL for what somebody saw or typed."""
        path = f"/respond/{next(self._numbers)}"
        self._urls[path] = seen
        return f"{self.url}{path}"

    def stamp(self) -> str:
        """The timestamp of a new message."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def private(self, user: str) -> Channel:
        """Somebody's conversation with the app."""
        id = "D" + hashlib.sha256(user.encode()).hexdigest()[:9].upper()
        return self.channels.setdefault(id, Channel(id, user=user))

    # The server

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        app = web.Application(client_max_size=4_000_000)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_get("/socket", self._socket)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_get("/files/{id}", self._download)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0, handler_cancellation=True)
        await runner.setup()
        self._runner = runner
        await self._listen()
        self._port = runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._ready.set()
        await self._stop.wait()
        await self._cut()
        await runner.cleanup()

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()

    async def _close(self) -> None:
        await self._site.stop()
        await self._cut()
        server = self._runner.server
        for line in server.connections if server else ():
            if line.transport is not None:
                line.transport.abort()

    async def _cut(self) -> None:
        for socket in self.sockets[:]:
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
        self.sockets.clear()

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self.no_sockets:
            self._tickets.discard(ticket)
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1})
        self.sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        with suppress(ValueError):
            self.sockets.remove(socket)
        return socket

    def _acknowledged(self, said: dict[str, Any]) -> None:
        waiting = self._acks.get(said.get("envelope_id", ""))
        if waiting is None:
            self.unexpected.append(f"an acknowledgement of nothing: {said}")
        elif not waiting.done():
            waiting.set_result(said.get("payload") or {})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file, for the bot's token; anybody else gets a page to sign in."""
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        content = self.files.get(request.match_info["id"])
        if content is None:
            raise web.HTTPFound("https://elsewhere.example/")
        return web.Response(body=content)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        seen = self._urls.pop(request.path, None)
        if seen is None:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        said = await request.json()
        wrong = list(faults(said["blocks"]))
        if wrong or set(said) != {"response_type", "replace_original", "text", "blocks"}:
            self.unexpected.append(f"a response with {wrong or sorted(said)}")
            return web.json_response({"ok": False, "error": "invalid_blocks"}, status=400)
        user = seen.view["user"]
        shown = Seen(said["response_type"], said["blocks"], seen.channel)
        shown.replaces = said["replace_original"]
        self.inboxes[user].append(shown)
        return web.Response(text="ok")

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name, given = request.match_info["method"], await _given(request)
        self.calls.append(name)
        token = request.headers.get("Authorization", "")
        wanted = APP_TOKEN if name == "apps.connections.open" else BOT_TOKEN
        usual = BROKEN if self.broken else Answer(self.down)
        answer = self.says[name].popleft() if self.says[name] else usual
        if name not in METHODS:
            self.unexpected.append(name)
            return web.json_response({"ok": False, "error": "unknown_method"})
        if token != f"Bearer {wanted}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if answer != Answer():
            return await self._otherwise(answer, name, given)
        scopes = {"x-oauth-scopes": ",".join(self.scopes)}
        return web.json_response(self._done(name, given), headers=scopes)

    async def _otherwise(
        self, answer: Answer, name: str, given: dict[str, Any]
    ) -> web.StreamResponse:
        if answer.takes:
            self._done(name, given)
        if answer.delay:
            await asyncio.sleep(answer.delay)
        headers = {"Retry-After": answer.retry_after} if answer.retry_after else {}
        if answer.body is not None:
            return web.Response(
                text=answer.body, status=answer.status, content_type="text/html", headers=headers
            )
        said = {"ok": False, "error": answer.error}
        return web.json_response(said, status=answer.status, headers=headers)

    def _done(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        must, may = METHODS[name]
        if not must <= set(given) <= must | may:
            self.unexpected.append(f"{name} with {sorted(given)}")
            return {"ok": False, "error": "invalid_arguments"}
        try:
            said: dict[str, Any] = getattr(self, "_" + name.replace(".", "_"))(given)
        except Fault as fault:
            return {"ok": False, "error": str(fault)}
        return {"ok": True, **said}

    def _in(self, id: str) -> Channel:
        found = self.private(id) if id.startswith("U") and "GONE" not in id else None
        found = found or self.channels.get(id)
        if found is None:
            raise Fault("channel_not_found")
        if found.archived:
            raise Fault("is_archived")
        return found

    def _checked(self, blocks: Any) -> list[Block]:
        parsed: list[Block] = json.loads(blocks) if isinstance(blocks, str) else blocks
        if wrong := list(faults(parsed)):
            self.unexpected.append(f"blocks with {wrong}")
            raise Fault("invalid_blocks")
        return parsed

    # The methods

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        named = {"user": "responder", "team": "Example Securities"}
        return {"user_id": BOT, "bot_id": BOT_ID, "team_id": TEAM, "url": self.url} | named

    def _apps_connections_open(self, _: dict[str, Any]) -> dict[str, Any]:
        ticket = f"one-time-{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": f"{self.url.replace('http', 'ws')}/socket?ticket={ticket}"}

    def _chat_postMessage(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        channel, blocks = self._in(given["channel"]), self._checked(given["blocks"])
        ts = self.stamp()
        channel.messages[ts] = {"ts": ts, "user": BOT, "text": given["text"], "blocks": blocks}
        if channel.user:
            self.inboxes[channel.user].append(Seen("message", blocks, channel.id, ts))
        return {"channel": channel.id, "ts": ts}

    def _chat_postEphemeral(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        channel, blocks = self._in(given["channel"]), self._checked(given["blocks"])
        self.inboxes[given["user"]].append(Seen("ephemeral", blocks, channel.id))
        return {"message_ts": self.stamp()}

    def _chat_update(self, given: dict[str, Any]) -> dict[str, Any]:
        channel, blocks = self._in(given["channel"]), self._checked(given["blocks"])
        if given["ts"] not in channel.messages:
            raise Fault("message_not_found")
        channel.messages[given["ts"]].update(text=given["text"], blocks=blocks)
        channel.edits += 1
        return {"channel": channel.id, "ts": given["ts"]}

    def _conversations_create(self, given: dict[str, Any]) -> dict[str, Any]:
        name = given["name"]
        if not set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_") or len(name) > 80:
            raise Fault("invalid_name")
        if any(channel.name == name for channel in self.channels.values()):
            raise Fault("name_taken")
        id = f"C{next(self._numbers):08d}"
        self.channels[id] = Channel(id, name, members={BOT})
        return {"channel": {"id": id, "name": name}}

    def _conversations_setTopic(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        if len(given["topic"]) > 250:
            raise Fault("too_long")
        self._in(given["channel"]).topic = given["topic"]
        return {}

    def _conversations_invite(self, given: dict[str, Any]) -> dict[str, Any]:
        self._in(given["channel"]).members.update(given["users"].split(","))
        return {}

    def _conversations_open(self, given: dict[str, Any]) -> dict[str, Any]:
        if "GONE" in given["users"]:
            raise Fault("user_not_found")
        return {"channel": {"id": self.private(given["users"]).id}}

    def _conversations_history(self, given: dict[str, Any]) -> dict[str, Any]:
        found = [
            one
            for ts, one in sorted(self._in(given["channel"]).messages.items(), reverse=True)
            if float(ts) >= float(given["oldest"])
        ]
        start, limit = int(given.get("cursor") or 0), int(given["limit"])
        more = str(start + limit) if len(found) > start + limit else ""
        return {
            "messages": found[start : start + limit],
            "response_metadata": {"next_cursor": more},
        }

    def _conversations_replies(self, given: dict[str, Any]) -> dict[str, Any]:
        found = self._in(given["channel"]).messages.get(given["ts"])
        if found is None:
            raise Fault("thread_not_found")
        return {"messages": [found]}

    def _bookmarks_add(self, given: dict[str, Any]) -> dict[str, Any]:
        self._in(given["channel_id"]).bookmarks.append(given["link"])
        return {"bookmark": {}}

    def _pins_add(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = self._in(given["channel"])
        if given["timestamp"] in channel.pins:
            raise Fault("already_pinned")
        channel.pins.append(given["timestamp"])
        return {}

    def _views_open(self, given: dict[str, Any]) -> dict[str, Any]:
        user = self._triggers.pop(given["trigger_id"], "")
        if not user:
            raise Fault("expired_trigger_id")
        return {"view": self._window(user, f"V{next(self._numbers)}", given["view"])}

    def _views_update(self, given: dict[str, Any]) -> dict[str, Any]:
        user, _, _ = given["view_id"].partition("/")
        return {"view": self._window(user, given["view_id"], given["view"])}

    def _window(self, user: str, id: str, view: Any) -> Block:
        parsed: Block = json.loads(view) if isinstance(view, str) else view
        if wrong := list(window_faults(parsed)):
            self.unexpected.append(f"a window with {wrong}")
            raise Fault("invalid_arguments")
        full = parsed | {"id": id if "/" in id else f"{user}/{id}", "hash": self.stamp()}
        self.inboxes[user].append(Seen("window", parsed["blocks"], view=full))
        return full


async def _given(request: web.Request) -> dict[str, Any]:
    """What a method is given, however the client sends it."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    else:
        given |= dict(await request.post())
    given.pop("token", None)
    return given


@dataclass(frozen=True)
class Person:
    """Somebody at Slack's own program."""

    slack: Slack
    id: str

    @property
    def home(self) -> str:
        """Their conversation with the app."""
        return self.slack.private(self.id).id

    def types(
        self, line: str, channel: str = HALL, command: str = "/incident", **more: str
    ) -> None:
        """A slash command."""
        url = self.slack.answering(Seen("command", [], channel, view={"user": self.id}))
        payload = {
            "command": command,
            "text": line,
            "user_id": self.id,
            "channel_id": channel,
            "team_id": TEAM,
            "trigger_id": self.slack.trigger(self.id),
            "response_url": url,
        } | more
        assert self.slack.tell("slash_commands", payload) == (200, {})

    def writes(self, text: str, id: str = "", **more: Any) -> None:
        """A line in their conversation with the app."""
        event = {"type": "message", "channel_type": "im", "user": self.id, "text": text}
        event |= {"channel": self.home, "ts": self.slack.stamp(), **more}
        assert self.slack.event(event, id)[0] == 200

    def mentions(self, text: str, channel: str) -> None:
        """A line to the app before others."""
        event = {"type": "app_mention", "user": self.id, "text": f"<@{BOT}> {text}"}
        event |= {"channel": channel, "ts": self.slack.stamp()}
        assert self.slack.event(event)[0] == 200

    def posts(self, text: str, room: Channel, **more: Any) -> str:
        """A message to others in a channel; returns its timestamp."""
        ts = self.slack.stamp()
        said = {"ts": ts, "user": self.id, "text": text, **more}
        room.messages[ts] = said
        event = {"type": "message", "channel_type": "channel", "channel": room.id, **said}
        assert self.slack.event(event)[0] == 200
        return ts

    def shares(self, name: str, content: bytes | None, room: Channel, **more: Any) -> str:
        """A file in a channel; without content, Slack sends whoever asks for it elsewhere."""
        id = f"F0{len(self.slack.files)}{name.encode().hex()[:8].upper()}"
        if content is not None:
            self.slack.files[id] = content
        file = {"id": id, "name": name, "size": len(content or b"x"), "mimetype": "text/plain"}
        file |= {"url_private_download": f"{self.slack.url}/files/{id}", **more}
        return self.posts("", room, subtype="file_share", files=[file])

    def pins(self, ts: str, room: Channel, reaction: str = "pushpin") -> None:
        """A reaction to a message."""
        item = {"type": "message", "channel": room.id, "ts": ts}
        event = {"type": "reaction_added", "user": self.id, "reaction": reaction, "item": item}
        assert self.slack.event(event)[0] == 200

    def adds(self, ts: str, room: Channel) -> None:
        """The shortcut "add to timeline" on a message."""
        url = self.slack.answering(Seen("shortcut", [], room.id, view={"user": self.id}))
        payload = {
            "type": "message_action",
            "callback_id": "add_to_timeline",
            "user": {"id": self.id},
            "team": {"id": TEAM},
            "channel": {"id": room.id},
            "message": room.messages[ts],
            "trigger_id": self.slack.trigger(self.id),
            "response_url": url,
        }
        assert self.slack.tell("interactive", payload) == (200, {})

    def sees(self, *words: str) -> Seen:
        """What reached them and holds all these words; it counts as seen."""

        def found() -> Seen | None:
            inbox = self.slack.inboxes[self.id]
            hits = [one for one in inbox if all(word in one.text for word in words)]
            return hits[0] if hits else None

        seen: Seen = self.slack.until(found, f"{self.id} to see {words}")
        self.slack.inboxes[self.id].remove(seen)
        return seen

    def finds(self, title: str) -> Seen:
        """A window that opened before them."""

        def found() -> Seen | None:
            inbox = self.slack.inboxes[self.id]
            return next((w for w in inbox if w.view and w.view["title"]["text"] == title), None)

        seen: Seen = self.slack.until(found, f"a window {title} before {self.id}")
        self.slack.inboxes[self.id].remove(seen)
        return seen

    def presses(self, seen: Seen, label: str, at: str = "") -> None:
        """A button; `at` is when, for pressing it at the very instant of another press."""
        button = seen.buttons[label]
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": self.id},
            "team": {"id": TEAM},
            "trigger_id": self.slack.trigger(self.id),
            "actions": [button | {"action_ts": at or self.slack.stamp(), "block_id": "b"}],
        }
        if seen.view:
            payload |= {"view": seen.view, "container": {"type": "view"}}
        else:
            shown = Seen("press", [], seen.channel, view={"user": self.id})
            payload |= {
                "channel": {"id": seen.channel},
                "container": {"type": "message", "is_ephemeral": seen.kind == "ephemeral"},
                "response_url": self.slack.answering(shown),
            }
        assert self.slack.tell("interactive", payload) == (200, {})

    def submits(self, window: Seen, **filled: str) -> dict[str, Any]:
        """Fills a window in; what the app answers, shown in place of the window if it is one."""
        values = {
            block["block_id"]: {"value": _value(block["element"], filled.get(block["block_id"]))}
            for block in window.blocks
            if block["type"] == "input"
        }
        payload = {
            "type": "view_submission",
            "user": {"id": self.id},
            "team": {"id": TEAM},
            "trigger_id": self.slack.trigger(self.id),
            "view": window.view | {"state": {"values": values}},
        }
        status, answer = self.slack.tell("interactive", payload)
        assert status == 200
        if answer.get("response_action") == "update":
            self.slack._window(self.id, window.view["id"], answer["view"])
        return answer


def _value(element: Block, given: str | None) -> Block:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": given}
    options = {option["value"]: option for option in element["options"]}
    chosen = options[given] if given else element.get("initial_option")
    return {"type": element["type"], "selected_option": chosen}
