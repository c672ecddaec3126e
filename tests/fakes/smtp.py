"""A mail server on loopback: a real SMTP dialogue (RFC 5321), with STARTTLS and AUTH PLAIN.

It runs in a thread of its own. `says` is what it answers to a step instead of taking it, once for
each answer; `hangs_up` the steps after which it cuts the line; `silent` those it never answers.
What is out of order or unknown is answered as a server would and kept in `unexpected`.
"""

import asyncio
import ssl
import threading
from base64 import b64decode
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Self

STEPS = ("EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "CONTENT", "RSET", "NOOP", "QUIT")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was taken."""

    sender: str
    to: tuple[str, ...]
    content: bytes
    encrypted: bool

    @property
    def letter(self) -> EmailMessage:
        """The mail, read."""
        return message_from_bytes(self.content, policy=default)

    @property
    def text(self) -> str:
        """Its plain text."""
        return str(self.letter.get_content())


@dataclass
class MailServer:
    """The server. `users` may log in, with their passwords; `tls` makes it offer STARTTLS."""

    tls: ssl.SSLContext | None = None
    implicit: bool = False
    users: dict[str, str] = field(default_factory=dict)
    says: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    hangs_up: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    mails: list[Mail] = field(default_factory=list)
    connections: int = 0
    unexpected: list[str] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._lines: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mail server", daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """Where it is, for a client without a password."""
        return f"{'smtps' if self.implicit else 'smtp'}://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Cut every line that stands, as a server does that restarts."""
        done = threading.Event()

        def act() -> None:
            for line in list(self._lines):
                line.transport.abort()
            done.set()

        self._loop.call_soon_threadsafe(act)
        done.wait(10)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        tls = self.tls if self.implicit else None
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for line in list(self._lines):
            line.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._lines.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            await _Dialogue(self, reader, writer).run()
        self._lines.discard(writer)
        writer.close()
        with suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()


class _HungUp(ConnectionError):
    """The server cut the line."""


@dataclass
class _Dialogue:
    server: MailServer
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    user: str = ""
    sender: str = ""
    to: list[str] = field(default_factory=list)

    @property
    def encrypted(self) -> bool:
        return self.writer.get_extra_info("sslcontext") is not None

    async def run(self) -> None:
        await self._say("220 fake ESMTP")
        while line := await self.reader.readline():
            step, _, rest = line.decode("ascii").strip().partition(" ")
            step = step.upper()
            if step not in STEPS:
                self.server.unexpected.append(line.decode("ascii", "replace"))
                await self._say("502 5.5.2 unknown command")
            elif not await self._instead(step):
                await getattr(self, f"_{step.lower()}")(rest)

    async def _instead(self, step: str) -> bool:
        """Whether the step was answered otherwise than by taking it."""
        if step in self.server.silent:
            await self.reader.read(-1)  # until the other side gives up
            raise _HungUp
        if step in self.server.hangs_up:
            self.server.hangs_up.discard(step)
            self.writer.transport.abort()
            raise _HungUp
        if self.server.says[step]:
            await self._say(self.server.says[step].popleft())
            return True
        return False

    async def _say(self, *lines: str) -> None:
        for line in lines:
            self.writer.write(f"{line}\r\n".encode())
        await self.writer.drain()

    async def _ehlo(self, _rest: str) -> None:
        offers = ["SIZE 10485760", "8BITMIME"]
        if self.server.tls is not None and not self.encrypted:
            offers.append("STARTTLS")
        if self.server.users:
            offers.append("AUTH PLAIN")
        await self._say("250-fake", *(f"250-{one}" for one in offers), "250 PIPELINING")

    async def _starttls(self, _rest: str) -> None:
        assert self.server.tls is not None
        await self._say("220 2.0.0 go ahead")
        await self.writer.start_tls(self.server.tls)

    async def _auth(self, rest: str) -> None:
        kind, _, secret = rest.partition(" ")
        _, user, password = b64decode(secret).decode().split("\0")
        if kind == "PLAIN" and self.server.users.get(user) == password:
            self.user = user
            await self._say("235 2.7.0 welcome")
        else:
            await self._say("535 5.7.8 who are you")

    async def _mail(self, rest: str) -> None:
        if self.sender:
            self.server.unexpected.append("MAIL within a mail")
        if self.server.users and not self.user:
            await self._say("530 5.7.0 log in first")
            return
        self.sender = _path(rest)
        await self._say("250 2.1.0 ok")

    async def _rcpt(self, rest: str) -> None:
        self.to.append(_path(rest))
        await self._say("250 2.1.5 ok")

    async def _data(self, _rest: str) -> None:
        await self._say("354 go on")
        lines = []
        while (line := await self.reader.readline()) != b".\r\n":
            if not line:
                raise _HungUp
            lines.append(line[1:] if line.startswith(b".") else line)
        mail = Mail(self.sender, tuple(self.to), b"".join(lines), self.encrypted)
        self.sender, self.to = "", []
        if self.server.says["CONTENT"]:
            await self._say(self.server.says["CONTENT"].popleft())
            return
        self.server.mails.append(mail)
        if not await self._instead("CONTENT"):
            await self._say("250 2.0.0 queued as 4F2A")

    async def _rset(self, _rest: str) -> None:
        self.sender, self.to = "", []
        await self._say("250 2.0.0 ok")

    async def _noop(self, _rest: str) -> None:
        await self._say("250 2.0.0 ok")

    async def _quit(self, _rest: str) -> None:
        await self._say("221 2.0.0 bye")
        raise _HungUp


def _path(rest: str) -> str:
    return rest[rest.index("<") + 1 : rest.index(">")]
