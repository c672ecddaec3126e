"""The small firm on the telephone: the real house, its doors on a real port, Twilio beside it.

The clock only moves when told; `turn` lets the engine do what is due and send it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from responder import app, settings
from responder.app import App, Stage
from responder.commands.firm import AcceptSite
from responder.domain.carriage import Carriage
from responder.domain.people import Way
from responder.domain.site import Site
from responder.engine.clock import VirtualClock
from responder.store.opening import open_store
from tests.fakes.gateway import TOKEN as GATEWAY_TOKEN
from tests.fakes.gateway import MainlandGateway
from tests.fakes.twilio import NUMBER, SID, TOKEN, Twilio
from tests.fakes.web import Quiet, taken_port
from tests.stage.firm import small_firm
from tests.stage.moved import Moved

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
PUBLIC = "https://er.example.com"
CHECKOUT = Path(__file__).parents[2]
NUMBERS = {
    id: f"+8525000{n:04}"
    for n, id in enumerate(["duty", "deputy", "admin", "head", "boss", "second", "root", "clerk"])
}


def firm_on_the_phone(**changes: Any) -> Site:
    """The small firm, everybody with telephone numbers for voice and SMS and nothing else."""
    site = small_firm()
    people = {}
    for id, person in site.people.items():
        vias = ("voice", "sms") if "voice" in person.vias else ("sms",)
        people[id] = replace(person, reach=tuple(Way(via, NUMBERS[id]) for via in vias))
    return replace(site, people=people, channels={"twilio": Carriage()}, **changes)


@dataclass
class Scene(Moved):
    """The firm, and Twilio."""

    twilio: Twilio
    gateway: MainlandGateway
    address: str

    async def wait(self, span: timedelta) -> None:
        """Let time pass."""
        await self.stage.until(self.stage.clock.now() + span)


@asynccontextmanager
async def scene(
    folder: Path, site: Site | None = None, gateways: Sequence[str] = ()
) -> AsyncIterator[Scene]:
    """Everything up, the firm's site in force; `gateways` are what one in the mainland carries."""
    clock = VirtualClock(EVENING)
    listening = taken_port()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with Twilio(clock.now) as twilio, MainlandGateway() as gateway:
        twilio.public, twilio.posts_to = PUBLIC, address
        files = _files(folder / "site", [gateway.described(via) for via in gateways])
        found = settings.read(files, False, _environ(folder, twilio), folder)
        house = App(found, open_store(found.database_url), clock)
        house.execute(AcceptSite(site=site or firm_on_the_phone()))
        channels = app.channels_of(found)
        engine = app.engine_of(house, clock, channels, settle=True)
        routes = [route for door in app.doors_of(house) for route in door.routes]
        web = Quiet(routes)
        serving = asyncio.create_task(web.serve(sockets=[listening]))
        try:
            await web.is_up.wait()
            yield Scene(house, Stage(house, clock, engine), twilio, gateway, address)
        finally:
            web.should_exit = True
            await serving
            for channel in channels:
                await channel.close()
            house.store.close()
        assert not twilio.unexpected


def _files(folder: Path, gateways: Sequence[str]) -> Path:
    """The texts of the sample site, and the gateways; people and policies come as values."""
    (folder / "contacts").mkdir(parents=True)
    (folder / "templates").symlink_to(CHECKOUT / "templates")
    if gateways:
        described = "gateways:" + "".join(gateways)
        (folder / "contacts" / "gateways.yaml").write_text(described, encoding="utf-8")
    return folder


def _environ(folder: Path, twilio: Twilio) -> dict[str, str]:
    return {
        "RESPONDER_VAR": str(folder),
        "RESPONDER_PUBLIC_URL": PUBLIC,
        "RESPONDER_TWILIO__ACCOUNT_SID": SID,
        "RESPONDER_TWILIO__AUTH_TOKEN": TOKEN,
        "RESPONDER_TWILIO__FROM_NUMBER": NUMBER,
        "RESPONDER_TWILIO__API_URL": twilio.url,
        "RESPONDER_GATEWAY__TOKEN": GATEWAY_TOKEN,
    }


def played(folder: Path, story: Callable[[Scene], Coroutine[Any, Any, None]], **more: Any) -> None:
    """Play a story."""

    async def play() -> None:
        async with scene(folder, **more) as found:
            await story(found)

    asyncio.run(play())
