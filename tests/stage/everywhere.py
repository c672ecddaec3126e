"""The small firm with everything: Slack, Telegram, the telephone, mail and one-time pages at once.

The clock only moves when told; `turn` lets the engine do what is due and send it. Whatever any
platform carried that the story did not look at fails it.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from responder import app, settings
from responder.app import App, Stage
from responder.commands.account import MakeLinkCode
from responder.commands.command import Reply
from responder.commands.firm import AcceptSite
from responder.commands.incidents.room import ConnectPlatforms
from responder.domain.carriage import Carriage
from responder.domain.message import Message, Purpose
from responder.domain.people import Way
from responder.domain.playbook import Entry as Ways
from responder.domain.record import By
from responder.domain.site import Site
from responder.engine.clock import VirtualClock
from responder.inbound.door import Door
from responder.inbound.slack import SlackDoor
from responder.store.opening import open_store
from tests.fakes import slack as slack_fake
from tests.fakes import telegram as telegram_fake
from tests.fakes import twilio as twilio_fake
from tests.fakes.browser import Browser
from tests.fakes.slack import Seen, Slack
from tests.fakes.smtp import Mail, MailServer
from tests.fakes.telegram import Telegram, eventually
from tests.fakes.twilio import Call, Twilio
from tests.fakes.web import Quiet, taken_port
from tests.stage.firm import MINUTE, small_firm
from tests.stage.moved import Moved

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
"""20:15 in Shanghai."""
PUBLIC = "https://er.example.com"
CHECKOUT = Path(__file__).parents[2]
ROOT = By("root", "cli")
PING = 0.2
HOOK = "a-hook-secret-nobody-may-read"
ALERTS = "an-alerts-token-nobody-may-read"
PEOPLE = ("duty", "deputy", "admin", "head", "boss", "second", "root", "clerk")
REACH = {
    "duty": ("telegram", "sms", "voice"),
    "deputy": ("sms", "voice"),
    "admin": ("slack", "sms", "voice"),
    "head": ("slack", "telegram", "sms", "voice", "email"),
    "boss": ("voice", "sms"),
    "second": ("voice",),
    "root": ("email",),
    "clerk": ("telegram", "sms"),
}
URGENT = (
    Ways(("slack", "telegram", "sms", "voice", "email")),
    Ways(("voice",), MINUTE, MINUTE),
)
CHAT_FIRST = (
    Ways(("slack", "telegram")),
    Ways(("sms", "email"), MINUTE),
    Ways(("voice",), 2 * MINUTE, MINUTE),
)
FULL = {name: Carriage() for name in ("slack", "telegram", "twilio")}
LINK = re.compile(rf"{PUBLIC}/r/[0-9a-z]+")


def number(person: str) -> str:
    """Somebody's telephone."""
    return f"+8525000{PEOPLE.index(person):04}"


def _ways(person: str) -> tuple[Way, ...]:
    to = {"voice": number(person), "sms": number(person), "email": f"{person}@example.com"}
    return tuple(Way(via, to.get(via, "")) for via in REACH[person])


def firm_everywhere(**changes: Any) -> Site:
    """The small firm, each by other ways; chat accounts are known once they are linked."""
    site = small_firm()
    people = {id: replace(one, reach=_ways(id)) for id, one in site.people.items()}
    plain = {id: replace(one, decisions=()) for id, one in site.playbooks.items()}
    return replace(
        site,
        **{
            "people": people,
            "playbooks": plain,
            "profiles": {"urgent": URGENT},
            "channels": FULL,
            **changes,
        },
    )


@dataclass(frozen=True)
class AtSlack:
    """Somebody at Slack; the house goes on while they do something."""

    person: slack_fake.Person

    async def sees(self, *words: str) -> Seen:
        return await asyncio.to_thread(self.person.sees, *words)

    async def writes(self, text: str) -> None:
        await asyncio.to_thread(self.person.writes, text)

    async def types(self, line: str) -> None:
        await asyncio.to_thread(self.person.types, line)

    async def presses(self, seen: Seen, label: str) -> None:
        await asyncio.to_thread(self.person.presses, seen, label)


@dataclass
class Scene(Moved):
    """The firm, and the platforms it is connected to."""

    slack: Slack
    telegram: Telegram
    twilio: Twilio
    mail: MailServer
    port: int
    people: dict[str, telegram_fake.Person] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    codes: list[str] = field(default_factory=list)
    minds: bool = True

    # People

    def at_slack(self, id: str) -> AtSlack:
        """Somebody's Slack."""
        return AtSlack(self.slack.person(f"U0{id.upper()}"))

    def in_telegram(self, id: str) -> telegram_fake.Person:
        """Somebody's Telegram."""
        if id not in self.people:
            account = 100200300 + PEOPLE.index(id)
            self.people[id] = self.telegram.person(account, id)
        return self.people[id]

    async def links(self, *people: str) -> None:
        """They link the accounts they have."""
        for id in people or PEOPLE:
            made = await self._link_code(id)
            person = self.house.roster().site.people[id]
            if person.lines("slack"):
                await self.at_slack(id).writes(f"link {made.facts['code']}")
                await self.at_slack(id).sees(id if person.language == "zh" else id.title())
                made = await self._link_code(id)
            if person.lines("telegram"):
                self.in_telegram(id).opens(made.facts["telegram"])
                await self.in_telegram(id).sees()

    async def _link_code(self, person: str) -> Reply:
        made: Reply = await asyncio.to_thread(
            self.house.execute, MakeLinkCode(by=ROOT, person=person)
        )
        self.codes.append(str(made.facts["code"]))
        return made

    def rings(self, person: str) -> Call:
        """The latest call to somebody that is open; it counts as expected."""
        call = self.twilio.call_to(number(person))
        assert call.sid not in self.heard, f"nobody calls {person} anew"
        self.heard.add(call.sid)
        return call

    async def misses(self, *people: str) -> None:
        """Their phone rings, and nobody picks up."""
        for id in people:
            call = self.rings(id)
            await call.rings()
            await call.is_now("no-answer")

    def reads(self, person: str, *words: str) -> str:
        """An SMS with these words that somebody has not read yet."""
        unread = [
            sms
            for sms in self.twilio.texts
            if sms.to == number(person) and sms.sid not in self.heard
        ]
        sms = _with(words, unread, lambda one: one.body, f"no SMS to {person}")
        self.heard.add(sms.sid)
        return str(sms.body)

    def opens_mail(self, person: str, *words: str) -> str:
        """A mail with these words that somebody has not opened yet."""
        unread = [
            mail
            for mail in self.mail.mails
            if mail.to == (f"{person}@example.com",) and _id(mail) not in self.heard
        ]
        mail = _with(words, unread, _said, f"no mail to {person}")
        self.heard.add(_id(mail))
        return _said(mail)

    async def paged(self, person: str, *words: str) -> dict[str, Any]:
        """What reached somebody by each way they have, once each; it holds the words.

        By `voice` it is the call, which nobody has picked up yet.
        """
        got: dict[str, Any] = {}
        for via in REACH[person]:
            match via:
                case "slack":
                    got[via] = await self.at_slack(person).sees(*words)
                case "telegram":
                    got[via] = await self.in_telegram(person).sees(*words)
                case "sms":
                    got[via] = self.reads(person, *words)
                case "email":
                    got[via] = self.opens_mail(person, *words)
                case _:
                    got[via] = self.rings(person)
        return got

    async def rest(self, *words: str) -> list[str]:
        """What nobody has looked at yet, anywhere; each holds the words. Calls are none of it."""
        posts = [one for one in self.telegram.posts if not (one.seen or one.pinned)]
        texts = [one for one in self.twilio.texts if one.sid not in self.heard]
        mails = [one for one in self.mail.mails if _id(one) not in self.heard]
        said = [one.text for one in posts] + [one.body for one in texts]
        said += map(_said, mails)
        for inbox in self.slack.inboxes.values():
            said += [inbox.pop().text for _ in list(inbox)]
        for post in posts:
            post.seen = True
        self.heard |= {one.sid for one in texts} | {_id(one) for one in mails}
        for one in said:
            assert all(word in one for word in words), f"{words} are not in {one!r}"
        return said

    def leaves_the_rest(self) -> None:
        """What is said and rung beside is no affair of the story."""
        self.minds = False

    async def taps(self, text: str, button: str) -> str:
        """Somebody opens the link in a text, and answers by two taps."""
        page = await self.opens(text)
        await asyncio.to_thread(page.press, button)
        return (await asyncio.to_thread(page.press, "确认")).text

    async def opens(self, text: str) -> Browser:
        """Somebody opens the link in a text."""
        (link,) = LINK.findall(text)
        page = Browser(self.port)
        await asyncio.to_thread(page.open, link)
        return page

    # The house

    async def wait(self, span: timedelta) -> None:
        """Let time pass."""
        await self.stage.until(self.stage.clock.now() + span)

    async def card_at_slack(self, incident: str, *words: str) -> str:
        """What the card of an incident says in Slack."""
        return await asyncio.to_thread(self.slack.card, self.room_at_slack(incident), *words)

    def room_at_slack(self, incident: str) -> slack_fake.Channel:
        """An incident's channel in Slack."""
        place = self.place_of(incident, "slack")
        return self.slack.channels[place]

    def card_in_telegram(self, incident: str) -> telegram_fake.Post:
        """The card of an incident in Telegram."""
        place = self.place_of(incident, "telegram")
        (card,) = [one for one in self.telegram.posts if one.pinned and one.place == place]
        card.seen = True
        return card

    def place_of(self, incident: str, platform: str) -> str:
        """Where an incident's room is on a platform."""
        found = self.house.store.read(lambda uow: uow.incidents.get(incident))
        assert found is not None
        return found.rooms[platform].place

    def messages(self, incident: str, purpose: Purpose, person: str = "") -> list[Message]:
        """What is in the outbox about an incident, for a purpose."""
        found = self.house.store.read(lambda uow: uow.outbox.of(incident))
        return [one for one in found if one.purpose is purpose and person in (one.person, "")]

    def over(self) -> None:
        """The story is told: no platform was asked the impossible, or carried what it ignored."""
        every = (self.slack, self.telegram, self.twilio, self.mail)
        wrong = [what for platform in every for what in platform.unexpected]
        assert not wrong, wrong
        if self.minds:
            self._is_all_heard()

    def _is_all_heard(self) -> None:
        for post in self.telegram.posts:
            post.seen = post.seen or post.pinned  # a card is there for whoever looks
        self.slack.over()
        self.telegram.over()
        unheard = [f"call {call.to}" for call in self.twilio.calls if call.sid not in self.heard]
        unheard += [
            f"SMS {sms.to}: {sms.body}" for sms in self.twilio.texts if sms.sid not in self.heard
        ]
        unheard += [
            f"mail {mail.to}: {mail.letter['Subject']}"
            for mail in self.mail.mails
            if _id(mail) not in self.heard
        ]
        assert not unheard, f"messages nobody expected: {unheard}"


def _with(words: Sequence[str], among: Sequence[Any], said: Callable[[Any], str], no: str) -> Any:
    """The first that holds all the words."""
    found = [one for one in among if all(word in said(one) for word in words)]
    assert found, f"{no} with {words}: {[said(one) for one in among]}"
    return found[0]


def _said(mail: Mail) -> str:
    return f"{mail.letter['Subject']}\n{mail.text}"


def _id(mail: Mail) -> str:
    return str(mail.letter["Message-ID"])


def environ(
    folder: Path,
    slack: Slack,
    telegram: Telegram,
    twilio: Twilio,
    mail: MailServer,
    by_request: bool = False,
) -> dict[str, str]:
    """The surroundings of a house that is connected to everything."""
    called = {
        "SLACK__SIGNING_SECRET": slack_fake.SECRET,
        "TELEGRAM__WEBHOOK_SECRET": HOOK,
        "ALERTS__TOKEN": ALERTS,
    }
    given = {
        "VAR": str(folder),
        "PUBLIC_URL": PUBLIC,
        "SLACK__BOT_TOKEN": slack_fake.BOT_TOKEN,
        "SLACK__API_URL": f"{slack.url}/api/",
        "TELEGRAM__TOKEN": telegram_fake.TOKEN,
        "TELEGRAM__API_URL": telegram.url,
        "TELEGRAM__GROUP": str(telegram_fake.GROUP),
        "TWILIO__ACCOUNT_SID": twilio_fake.SID,
        "TWILIO__AUTH_TOKEN": twilio_fake.TOKEN,
        "TWILIO__FROM_NUMBER": twilio_fake.NUMBER,
        "TWILIO__API_URL": twilio.url,
        "SMTP__URL": mail.url,
        "SMTP__SENDER": "应急处置 <er@example.com>",
    } | (called if by_request else {"SLACK__APP_TOKEN": slack_fake.APP_TOKEN})
    return {f"RESPONDER_{key}": value for key, value in given.items()}


@asynccontextmanager
async def scene(
    folder: Path,
    site: Site | None = None,
    by_request: bool = False,
    mail_login: str = "",
) -> AsyncIterator[Scene]:
    """Everything up, the firm's site in force, nobody linked yet; `mail_login` is `user:password`.

    `by_request`, Slack and Telegram call us: people cannot use the fakes of them then, which sign
    by another clock.
    """
    clock = VirtualClock(EVENING)
    async with AsyncExitStack() as around:
        slack, telegram = around.enter_context(Slack()), around.enter_context(Telegram())
        mail = around.enter_context(MailServer())
        twilio = await around.enter_async_context(Twilio(clock.now))
        listening = around.enter_context(taken_port())
        port = listening.getsockname()[1]
        twilio.public, twilio.posts_to = PUBLIC, f"http://127.0.0.1:{port}"
        telegram.public, telegram.posts_to = PUBLIC, twilio.posts_to
        surroundings = environ(folder, slack, telegram, twilio, mail, by_request)
        if mail_login:
            url = mail.url.replace("//", f"//{mail_login}@")
            surroundings["RESPONDER_SMTP__URL"] = url
        found = settings.read(CHECKOUT, False, surroundings, folder)
        house = App(found, open_store(found.database_url), clock)
        channels = app.channels_of(found)
        engine = app.engine_of(house, clock, channels, settle=True)
        here = Scene(house, Stage(house, clock, engine), slack, telegram, twilio, mail, port)
        try:
            rooms = app.rooms_on(found, channels)
            await asyncio.to_thread(house.execute, AcceptSite(site=site or firm_everywhere()))
            await asyncio.to_thread(house.execute, ConnectPlatforms(platforms=rooms))
            async with _open(app.doors_of(house), listening, here):
                yield here
        finally:
            for channel in channels:
                await channel.close()
            house.store.close()
        here.over()


@asynccontextmanager
async def _open(
    doors: Sequence[Door], listening: socket.socket, here: Scene
) -> AsyncIterator[None]:
    """The doors are open: their routes on a port, their lines to the platforms up."""
    for door in doors:
        if isinstance(door, SlackDoor):
            door._ping_every = PING
    routes = [route for door in doors for route in door.routes]
    web, stop = Quiet(routes), asyncio.Event()
    running = [
        asyncio.create_task(web.serve(sockets=[listening])),
        *(asyncio.create_task(door.run(stop)) for door in doors),
    ]
    try:
        await web.is_up.wait()
        by_request = bool(here.house.settings.telegram.webhook_secret)
        await eventually(lambda: by_request or here.slack.sockets or None)
        last = "getChat" if by_request else "getUpdates"
        await eventually(lambda: last in here.telegram.asked or None)
        yield
    finally:
        stop.set()
        web.should_exit = True
        await asyncio.gather(*running)


def played(folder: Path, story: Callable[[Scene], Coroutine[Any, Any, None]], **more: Any) -> None:
    """Play a story."""

    async def play() -> None:
        async with scene(folder, **more) as found:
            await story(found)

    asyncio.run(play())
