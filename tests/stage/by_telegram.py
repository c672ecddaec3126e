"""The small firm in Telegram: the real house and its door, Telegram beside it.

The clock only moves when told; `turn` lets the engine do what is due and send it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.routing import BaseRoute

from responder import app, settings
from responder.app import App, Stage
from responder.channels.sandbox import Sandbox
from responder.commands.account import MakeLinkCode
from responder.commands.firm import AcceptSite
from responder.commands.incidents.room import ConnectPlatforms
from responder.domain.carriage import Carriage
from responder.domain.people import Way
from responder.domain.record import By
from responder.domain.site import Site
from responder.engine.clock import VirtualClock
from responder.store.opening import open_store
from tests.fakes.telegram import GROUP, TOKEN, Person, Post, Telegram, eventually
from tests.fakes.web import Quiet, taken_port
from tests.stage.firm import small_firm
from tests.stage.moved import Moved

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
PUBLIC = "https://er.example.com"
SECRET = "hook-secret_0123456789"
CHECKOUT = Path(__file__).parents[2]
ROOT = By("root", "cli")
ACCOUNTS = {id: 100200300 + n for n, id in enumerate(("duty", "admin", "head", "clerk"))}


def firm_in_telegram() -> Site:
    """The small firm; some of its people have Telegram and nothing else, and no account yet."""
    site = small_firm()
    people = {
        id: replace(person, reach=(Way("telegram"),)) if id in ACCOUNTS else person
        for id, person in site.people.items()
    }
    return replace(site, people=people, channels={"telegram": Carriage()})


@dataclass
class Scene(Moved):
    """The firm, and Telegram."""

    telegram: Telegram
    people: dict[str, Person] = field(default_factory=dict)

    async def link_of(self, person: str) -> str:
        """What `responder link` prints."""
        made = await asyncio.to_thread(self.house.execute, MakeLinkCode(by=ROOT, person=person))
        return str(made.facts["telegram"])

    async def links(self, *people: str, language: str = "zh-hans") -> list[Person]:
        """They open their links."""
        for id in people:
            link = await self.link_of(id)
            self.people[id] = self.telegram.person(ACCOUNTS[id], id, language)
            self.people[id].opens(link)
            await self.people[id].sees("已绑定" if language.startswith("zh") else "Linked")
        return [self.people[id] for id in people]

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        await self.stage.until(self.stage.clock.now() + timedelta(seconds=seconds))

    async def declared(self, clerk: Person) -> Post:
        """An outage, by the clerk; returns its card once the room is open."""
        clerk.writes("启动 “无法登录” 级别=2 系统=core")
        await clerk.sees("将启动Ⅱ级响应")
        assert await clerk.presses("确认") == ""
        await clerk.sees("已发起", "正在呼叫")
        await self.turn()
        await self.wait(5)
        return self.telegram.card

    @asynccontextmanager
    async def open_door(self, awaited: bool = True) -> AsyncIterator[None]:
        """The door is open for a while."""
        stop = asyncio.Event()
        (door,) = [one for one in app.doors_of(self.house) if one.name == "telegram"]
        last = "getChat" if door.routes else "getUpdates"
        before = self.telegram.asked.count(last)
        async with _web(door.routes) as self.telegram.posts_to:
            running = asyncio.create_task(door.run(stop))
            try:
                if awaited:
                    await eventually(lambda: self.telegram.asked.count(last) > before or None)
                yield
            finally:
                stop.set()
                await running


@asynccontextmanager
async def _web(routes: Sequence[BaseRoute]) -> AsyncIterator[str]:
    web = Quiet(routes)
    with taken_port() as listening:
        serving = asyncio.create_task(web.serve(sockets=[listening]))
        try:
            await web.is_up.wait()
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            web.should_exit = True
            await serving


@asynccontextmanager
async def scene(folder: Path, webhook: bool, closed: bool, group: bool) -> AsyncIterator[Scene]:
    """Everything up, the firm's site in force."""
    clock = VirtualClock(EVENING)
    with Telegram() as telegram:
        telegram.public = PUBLIC
        environ = {
            "RESPONDER_VAR": str(folder),
            "RESPONDER_TELEGRAM__TOKEN": TOKEN,
            "RESPONDER_TELEGRAM__API_URL": telegram.url,
        }
        environ |= {"RESPONDER_TELEGRAM__GROUP": str(GROUP)} if group else {}
        if webhook:
            environ["RESPONDER_TELEGRAM__WEBHOOK_SECRET"] = SECRET
            environ["RESPONDER_PUBLIC_URL"] = PUBLIC
        found = settings.read(CHECKOUT, False, environ, folder)
        house = App(found, open_store(found.database_url), clock)
        channels = [*app.channels_of(found), Sandbox()]  # nobody has another account here
        engine = app.engine_of(house, clock, channels, settle=True)
        rooms = app.rooms_on(found, channels)
        stage = Stage(house, clock, engine)
        here = Scene(house, stage, telegram)
        try:
            await asyncio.to_thread(house.execute, AcceptSite(site=firm_in_telegram()))
            await asyncio.to_thread(house.execute, ConnectPlatforms(platforms=rooms))
            if closed:
                yield here
            else:
                async with here.open_door():
                    yield here
        finally:
            for channel in channels:
                await channel.close()
            house.store.close()
        telegram.over()


def played(
    folder: Path,
    story: Callable[[Scene], Coroutine[Any, Any, None]],
    *,
    webhook: bool = False,
    closed: bool = False,
    group: bool = True,
) -> None:
    """Play a story; `closed`, the story opens the door itself."""

    async def play() -> None:
        async with scene(folder, webhook, closed, group) as found:
            await story(found)

    asyncio.run(play())
