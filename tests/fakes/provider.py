"""A phone and SMS provider on loopback: a real HTTP server that counts what it accepts.

It speaks two requests and takes any other one, and any malformed one, for a fault of the caller:

* `POST /send` with `{"id", "to", "via", "text"}`; `id` is the message's unique mark;
* `GET /look-up?id=…`: what became of the message with that mark, 404 where there is no trace.

It runs in a thread of its own, so that it lives on while processes that send to it are killed.
"""

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from aiohttp import web

FIELDS = frozenset({"id", "to", "via", "text"})
FOREVER = 3600.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it arrived."""

    id: str
    to: str
    via: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How a send is answered, `delay` seconds later. `takes`: the message will reach its person,
    whatever the answer says."""

    status: int = 201
    takes: bool = True
    delay: float = 0.0
    body: str | None = None
    retry_after: float | None = None

    def after(self, seconds: float) -> "Answer":
        """The same answer, later."""
        return replace(self, delay=seconds)


ACCEPTED = Answer()
REFUSED = Answer(403, takes=False)
INVALID = Answer(422, takes=False)
TOO_MANY = Answer(429, takes=False, retry_after=1.0)
BROKEN = Answer(500, takes=False)
BROKEN_LATE = Answer(500)
UNREADABLE = Answer(body="<html>It works!</html>")
BLACK_HOLE = Answer(takes=False, delay=FOREVER)
SWALLOWED = Answer(delay=FOREVER)

Rule = Callable[[Sent], Answer]


def always(answer: Answer) -> Rule:
    """Each send is answered alike."""
    return lambda _: answer


def in_turn(answers: Iterable[Answer], then: Answer = ACCEPTED) -> Rule:
    """One send after another gets the next answer, and `then` once they are used up."""
    waiting = deque(answers)
    return lambda _: waiting.popleft() if waiting else then


class Provider:
    """The server. `rule` answers sends; `arrived` and `took` hear of each before its answer.

    `accepted` lists acceptances in order, `unexpected` the requests that nobody should have made;
    `looks_up` False makes it a provider that cannot say what became of a message.
    """

    def __init__(self, rule: Rule | None = None, looks_up: bool = True) -> None:
        self.rule = rule or always(ACCEPTED)
        self.looks_up = looks_up
        self.accepted: list[Sent] = []
        self.arrivals = 0
        self.look_ups = 0
        self.unexpected: list[str] = []
        self.arrived: Callable[[int], object] = lambda _: None
        self.took: Callable[[int], object] = lambda _: None
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._closing: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="provider", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Answer nobody any more."""
        if self._closing is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    def counts(self) -> Counter[str]:
        """How often each message was accepted."""
        return Counter(sent.id for sent in list(self.accepted))

    def duplicates(self) -> int:
        """Acceptances beyond the first of each message."""
        return sum(count - 1 for count in self.counts().values())

    def over(self) -> None:
        """The test is told: nobody asked for anything that was not expected."""
        assert not self.unexpected, f"requests nobody expected: {self.unexpected}"

    # The server

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._closing = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._ready.set()
        await self._closing.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        doors: dict[tuple[str, str], Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
            ("POST", "/send"): self._send,
            ("GET", "/look-up"): self._look_up,
        }
        door = doors.get((request.method, request.path))
        if door is None:
            return self._fault(f"{request.method} {request.path_qs}")
        return await door(request)

    async def _send(self, request: web.Request) -> web.StreamResponse:
        sent = await _sent(request)
        if sent is None:
            return self._fault(f"a send that is none: {await request.text()!r}")
        self.arrivals += 1
        self.arrived(self.arrivals)
        answer = self.rule(sent)
        if answer.takes:
            self.accepted.append(sent)
            self.took(len(self.accepted))
        if answer.delay:
            await self._pause(answer.delay)
        return _response(answer, sent)

    async def _look_up(self, request: web.Request) -> web.StreamResponse:
        wanted = request.query.get("id", "")
        if set(request.query) != {"id"} or not wanted:
            return self._fault(f"a look-up that is none: {request.path_qs}")
        self.look_ups += 1
        if not self.looks_up:
            return web.Response(status=501)
        if wanted not in self.counts():
            return web.Response(status=404)
        return web.json_response({"id": wanted, "status": "accepted"})

    async def _pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the test."""
        assert self._closing is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    def _fault(self, what: str) -> web.StreamResponse:
        self.unexpected.append(what)
        return web.Response(status=404)


async def _sent(request: web.Request) -> Sent | None:
    """The message a request carries, None unless it is exactly one."""
    try:
        said: Any = await request.json()
        if set(said) != FIELDS or not all(isinstance(value, str) for value in said.values()):
            return None
    except (ValueError, TypeError):
        return None
    return Sent(**said)


def _response(answer: Answer, sent: Sent) -> web.StreamResponse:
    headers = {} if answer.retry_after is None else {"Retry-After": f"{answer.retry_after:g}"}
    if answer.body is not None:
        return web.Response(status=answer.status, text=answer.body, headers=headers)
    said = {"id": sent.id, "status": "accepted"} if answer.status == 201 else {}
    return web.json_response(said, status=answer.status, headers=headers)
