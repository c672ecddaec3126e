"""The small firm at Slack: the real house with its engine, doors and channels, Slack beside it.

It runs in a thread of its own on the machine's clock; stories are told from the test's.
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from responder import app, settings
from responder.app import App
from responder.channels.by_hand import ByHand
from responder.channels.sandbox import Sandbox
from responder.commands.account import MakeLinkCode
from responder.commands.firm import AcceptSite
from responder.commands.incidents.room import ConnectPlatforms
from responder.domain.carriage import Carriage
from responder.domain.people import Way
from responder.domain.record import By, Entry
from responder.domain.site import Site
from responder.engine.clock import SystemClock
from responder.inbound.slack import SlackDoor
from responder.store.opening import open_store
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, SECRET, Person, Slack
from tests.fakes.web import Quiet, taken_port
from tests.stage.firm import small_firm

CHECKOUT = Path(__file__).parents[2]
ROOT = By("root", "cli")
PING = 0.2


def account(person: str) -> str:
    """Somebody's account."""
    return f"U0{person.upper()}"


def firm_at_slack(**changes: Any) -> Site:
    """The small firm, everybody with an account beside their telephone."""
    site = small_firm()
    people = {
        id: replace(one, reach=(Way("slack", account(id)), *one.lines("sms"), *one.lines("voice")))
        for id, one in site.people.items()
    }
    return replace(site, people=people, channels={"slack": Carriage()}, **changes)


@dataclass
class Office:
    """The firm, and Slack."""

    house: App
    slack: Slack

    def person(self, id: str) -> Person:
        """Somebody of the firm who has linked their account."""
        code = self.house.execute(MakeLinkCode(by=ROOT, person=id)).facts["code"]
        person = self.slack.person(account(id))
        person.writes(f"绑定 {code}")
        person.sees("已绑定")
        return person

    def unlinked(self, id: str) -> Person:
        """Somebody of the firm who has not."""
        return self.slack.person(account(id))

    def record(self, subject: str, *kinds: str) -> list[Entry]:
        """What the record says about something."""
        entries = self.house.store.read(lambda uow: uow.ledger.of(subject))
        return [one for one in entries if not kinds or one.kind in kinds]

    def recorded(self, subject: str, kind: str, many: int = 1) -> list[dict[str, Any]]:
        """The payloads of one kind of entry, once there are so many."""

        def found() -> list[Entry] | None:
            entries = self.record(subject, kind)
            return entries if len(entries) >= many else None

        entries = self.slack.until(found, f"{many} {kind} of {subject}")
        return [one.payload or {} for one in entries]


def environ(folder: Path, slack: Slack, by_socket: bool) -> dict[str, str]:
    """The surroundings of a house that is connected to Slack."""
    way = {"APP_TOKEN": APP_TOKEN} if by_socket else {"SIGNING_SECRET": SECRET}
    given = {"BOT_TOKEN": BOT_TOKEN, "API_URL": f"{slack.url}/api/", **way}
    return {
        "RESPONDER_VAR": str(folder),
        **{f"RESPONDER_SLACK__{key}": value for key, value in given.items()},
    }


@contextmanager
def office(folder: Path, by_socket: bool, site: Site | None = None) -> Iterator[Office]:
    """Everything up; nobody may have got what the story did not see, of those it named."""
    with Slack() as slack, taken_port() as listening:
        if not by_socket:
            slack.target = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
        (folder / "templates").symlink_to(CHECKOUT / "templates")
        found = settings.read(folder, False, environ(folder, slack, by_socket), folder)
        house = App(found, open_store(found.database_url), SystemClock())
        house.execute(AcceptSite(site=site or firm_at_slack()))
        running = _Running(house, listening)
        running.thread.start()
        try:
            assert running.up.wait(10)
            yield Office(house, slack)
        finally:
            running.end()
            house.store.close()
        assert not slack.unexpected
        assert running.broke is None, running.broke


class _Running:
    """The house in a thread."""

    def __init__(self, house: App, listening: socket.socket) -> None:
        self.house, self.listening = house, listening
        self.up = threading.Event()
        self.broke: BaseException | None = None
        self.thread = threading.Thread(target=self._run, name="house", daemon=True)

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(20)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - told to the test
            self.broke = error
            self.up.set()

    async def _serve(self) -> None:
        self.loop, self.stop = asyncio.get_running_loop(), asyncio.Event()
        house = self.house
        real = [one for one in app.channels_of(house.settings) if one.real]
        channels = [*real, ByHand(), Sandbox()]
        rooms = app.rooms_on(house.settings, channels)
        house.execute(ConnectPlatforms(by=ROOT, platforms=rooms))
        engine = app.engine_of(house, house.clock, channels)
        doors = app.doors_of(house)
        for door in doors:
            if isinstance(door, SlackDoor):
                door._ping_every = PING
        routes = [route for door in doors for route in door.routes]
        web = Quiet(routes)
        tasks = [
            asyncio.create_task(engine.run(self.stop)),
            asyncio.create_task(web.serve(sockets=[self.listening])),
            *(asyncio.create_task(door.run(self.stop)) for door in doors),
        ]
        await web.is_up.wait()
        self.up.set()
        await self.stop.wait()
        web.should_exit = True
        await asyncio.gather(*tasks)
        for channel in channels:
            await channel.close()
