"""Every door out, ready to be tried. A new channel joins here, with a fake of its provider."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from responder.channels.by_hand import ByHand
from responder.channels.email import Email
from responder.channels.phone import Account, Twilio
from responder.channels.sandbox import RINGS_FOR, Sandbox
from responder.channels.slack import Slack
from responder.channels.telegram.channel import Telegram
from responder.channels.telegram.line import Line
from responder.documents import slack as slack_layout
from responder.documents.telegram import TelegramStyle
from responder.domain.message import Message
from responder.ports.channel import Channel, Receipt
from responder.ports.renderer import Text
from tests.fakes import twilio as fake_twilio
from tests.fakes.http_channel import HttpChannel
from tests.fakes.provider import Provider
from tests.fakes.slack import BOT_TOKEN
from tests.fakes.slack import Slack as Workspace
from tests.fakes.smtp import MailServer
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram import Telegram as TelegramServer


@cache
def provider() -> Provider:
    """One provider for all of these tests; its thread ends with the process."""
    return Provider().__enter__()


def http() -> Channel:
    """The channel that the tests of kills send by."""
    return HttpChannel(provider().url, rings_for=RINGS_FOR)


@cache
def mail_server() -> MailServer:
    """One mail server for all of these tests."""
    return MailServer().__enter__()


def email() -> Channel:
    """Mail to that server."""
    return Email(mail_server().url, "er@example.com")


@cache
def telegram_server() -> TelegramServer:
    """One Telegram for all of these tests, where the person written to has started the bot."""
    server = TelegramServer().__enter__()
    server.person(100200300).has_started = True
    return server


def telegram() -> Channel:
    """Messages of a bot there."""
    return Telegram(Line(TOKEN, telegram_server().url), TelegramStyle())


@cache
def workspace() -> Workspace:
    """One Slack workspace for all of these tests."""
    return Workspace().__enter__()


def slack() -> Channel:
    """Messages to that workspace."""
    return Slack(BOT_TOKEN, slack_layout, f"{workspace().url}/api/")


@cache
def twilio_server() -> fake_twilio.Twilio:
    """One Twilio for all of these tests, in a thread of its own."""
    fake = fake_twilio.Twilio(lambda: datetime.now(UTC))
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return asyncio.run_coroutine_threadsafe(fake.__aenter__(), loop).result()


class OneOff:
    """Twilio's channel, with a session of its own for each request: these tests have many loops."""

    name, vias, real, terms = Twilio.name, Twilio.vias, Twilio.real, Twilio.terms

    async def send(self, message: Message, text: Text) -> Receipt:
        """As Twilio's channel does."""
        channel = self._channel()
        try:
            return await channel.send(message, text)
        finally:
            await channel.close()

    async def look_up(self, message: Message) -> Receipt | None:
        """As Twilio's channel does."""
        channel = self._channel()
        try:
            return await channel.look_up(message)
        finally:
            await channel.close()

    async def close(self) -> None:
        """Nothing is kept open."""

    def _channel(self) -> Twilio:
        sid, token, number = fake_twilio.SID, fake_twilio.TOKEN, fake_twilio.NUMBER
        doors, url = "https://er.example.com/phone/twilio", twilio_server().url
        return Twilio(Account(sid, token, number, doors, url))


PLUGS: dict[str, Callable[[], Channel]] = {
    "sandbox": Sandbox,
    "by_hand": ByHand,
    "http": http,
    "email": email,
    "twilio": OneOff,
    "slack": slack,
    "telegram": telegram,
}
"""How each channel is made for these tests: its provider, if any, takes what it is given."""
