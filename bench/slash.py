"""A slash command of Slack, signed, acknowledged over HTTP: a hundred a second.

Floor: an empty route of the same server, asked as often in the same run, by turns. What a command
asks for is carried out and answered all the while. The check of a signature is timed by itself.
"""

import asyncio
import hashlib
import hmac
import multiprocessing
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import uvicorn
from slack_sdk.signature import Clock
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench._figures import Goal, Spread, conclude, table
from bench._house import firm, folder, opened
from responder import settings
from responder.app import App, threshold_of
from responder.cli.running import listen
from responder.commands.account import LinkAccount, MakeLinkCode
from responder.commands.firm import AcceptSite
from responder.documents import slack as layout
from responder.domain.record import By
from responder.engine.clock import SystemClock
from responder.inbound.slack import SlackDoor
from responder.inbound.slack.signed import FORM, Seal
from responder.settings import Slack
from responder.store.vault import FolderVault

RATE = 100
SECONDS = 5
RUNS = 5
WARM_UP = 100
SECRET = "bench"
ACCOUNT = "U0BENCH"
CHECKS = 20_000
ANY_PORT = {"RESPONDER_LISTEN": "127.0.0.1:0"}

Ask = Callable[[aiohttp.ClientSession], Awaitable[int]]


# The server, in a process of its own


@dataclass
class Site:
    """Where the server lies and listens."""

    where: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def serve(site: Site, listening: socket.socket, up: Event) -> None:
    asyncio.run(_serve(site, listening, up))


async def _serve(site: Site, listening: socket.socket, up: Event) -> None:
    with opened(site.where / "responder.db", SystemClock()) as built:
        built.execute(AcceptSite(site=firm(("duty",)))).result()
        house = App(settings.read(site.where, False, {}, site.where), built.store, built.clock)
        code = house.execute(MakeLinkCode(by=By("duty", "cli"), person="duty")).facts["code"]
        house.execute(LinkAccount(platform="slack", account=ACCOUNT, code=code))
        slack = Slack("xoxb-bench", "", SECRET, f"{site.url}/api")
        vault = FolderVault(site.where / "files", 1 << 20)
        door = SlackDoor(threshold_of(house), layout, slack, built.clock, vault)
        routes = [
            Route("/empty", _empty, methods=["POST"]),
            Route("/api/{method}", _slack, methods=["POST"]),
            Route("/answer", _empty, methods=["POST"]),
            *door.routes,
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), log_level="warning", access_log=False, lifespan="off"
        )
        up.set()
        await uvicorn.Server(config).serve(sockets=[listening])


async def _empty(_: Request) -> Response:
    return PlainTextResponse("")


async def _slack(_: Request) -> Response:
    return PlainTextResponse('{"ok": true}', media_type="application/json")


# The client


def command(url: str) -> Ask:
    """Types a command, another one each time."""
    numbers = count(1)

    async def ask(session: aiohttp.ClientSession) -> int:
        body = urlencode(
            {
                "command": "/incident",
                "text": "lang zh",
                "user_id": ACCOUNT,
                "channel_id": "D0BENCH",
                "team_id": "T0BENCH",
                "trigger_id": f"{next(numbers)}.bench",
                "response_url": f"{url}/answer",
            }
        ).encode()
        async with session.post(f"{url}/slack/events", data=body, headers=sealed(body)) as answer:
            await answer.read()
            return answer.status

    return ask


def sealed(body: bytes) -> dict[str, str]:
    """The headers that Slack sends with a body."""
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
    }


def empty(url: str) -> Ask:
    """Asks the empty route."""

    async def ask(session: aiohttp.ClientSession) -> int:
        async with session.post(f"{url}/empty", data=b"x" * 200) as answer:
            await answer.read()
            return answer.status

    return ask


async def paced(session: aiohttp.ClientSession, ask: Ask, times: int) -> list[float]:
    """Ask at the rate, whatever becomes of those asked before; how long each took."""
    began = time.monotonic()

    async def one(number: int) -> float:
        await asyncio.sleep(began + number / RATE - time.monotonic())
        asked = time.monotonic()
        assert await ask(session) == 200
        return time.monotonic() - asked

    return list(await asyncio.gather(*(one(number) for number in range(times))))


async def measure(url: str) -> tuple[list[Spread], list[Spread]]:
    """The spreads of commands and of the floor, taken by turns."""
    ours, floors, typed, nothing = [], [], command(url), empty(url)
    async with aiohttp.ClientSession() as session:
        for ask in (typed, nothing):
            await paced(session, ask, WARM_UP)
        for _ in range(RUNS):
            ours.append(Spread.of(await paced(session, typed, RATE * SECONDS)))
            await asyncio.sleep(0.5)
            floors.append(Spread.of(await paced(session, nothing, RATE * SECONDS)))
    return ours, floors


def checking() -> float:
    """Microseconds that the check of one signature takes."""
    body = urlencode({"command": "/incident", "text": "status " * 20}).encode()
    headers = {name.lower(): value for name, value in sealed(body).items()}
    took = []
    for _ in range(5):
        seals = [Seal(SECRET, Clock()) for _ in range(CHECKS // 5)]
        began = time.perf_counter()
        for seal in seals:
            seal.opened(headers, body)
        took.append((time.perf_counter() - began) / len(seals))
    return min(took) * 1e6


def main() -> None:
    with folder() as where, listen(settings.read(where, False, ANY_PORT, where)) as listening:
        site = Site(where, listening.getsockname()[1])
        context = multiprocessing.get_context("fork")
        up = context.Event()
        server = context.Process(target=serve, args=(site, listening, up), daemon=True)
        server.start()
        assert up.wait(20)
        time.sleep(0.5)
        ours, floors = asyncio.run(measure(site.url))
        server.kill()
        server.join()
    mine, least = Spread.typical(ours), Spread.typical(floors)
    check = checking()
    table(
        (f"request → answer at {RATE} a second, ms", "p50", "p99", "most"),
        [
            ("slash command, signed", mine.p50, mine.p99, mine.most),
            ("floor: an empty route", least.p50, least.p99, least.most),
        ],
    )
    goals = [
        Goal("p99 / floor's p99", mine.p99 / least.p99, 5.0),
        Goal("check of a request", check, 50.0, "µs"),
    ]
    conclude("slash", {"command": mine, "floor": least}, goals)


if __name__ == "__main__":
    main()
