"""The doors out: which channels there are, by the credentials there are."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from responder.app.house import roster_in_force
from responder.errors import ResponderError
from responder.settings import Settings

if TYPE_CHECKING:
    from responder.channels.telegram.line import Line
    from responder.domain.people import Person
    from responder.ports.channel import Channel


def channels_of(settings: Settings, sandbox: bool = False) -> "list[Channel]":
    """The doors out: those there are credentials for; the sandbox where there are none at all.

    Nothing is ever shown as sent that went to a sandbox while other ways were real. Raises what
    keeps one from being made.
    """
    from responder.channels.by_hand import ByHand
    from responder.channels.sandbox import Sandbox

    real = [] if sandbox else [one for _, make in _makers(settings) for one in make(settings)]
    beside = _outlets(settings) if real else [Sandbox()]
    return [*real, ByHand(), *beside]


def real_channels(settings: Settings) -> "tuple[list[Channel], dict[str, ResponderError]]":
    """Those there are credentials for and that can be made; what keeps the others from it."""
    made: list[Channel] = []
    faults: dict[str, ResponderError] = {}
    for name, make in _makers(settings):
        try:
            made += make(settings)
        except ResponderError as error:
            faults[name] = error
    return made, faults


def caller_numbers(settings: Settings) -> tuple[str, ...]:
    """Every number that calls and messages to people come from, as far as it is known."""
    from responder.site.loader import gateways_in

    own = [settings.twilio.from_number] if settings.twilio.is_set else []
    gateways = gateways_in(settings.site).values()
    found = [*own, *(number for one in gateways for number in one.calls_from)]
    return tuple(dict.fromkeys(found))


def _makers(settings: Settings) -> "Iterator[tuple[str, Callable[[Settings], Iterable[Channel]]]]":
    """By name, what makes the channels there are credentials for."""
    if settings.smtp_url:
        yield "email", _email
    if settings.slack.bot_token:
        yield "slack", _slack
    if settings.twilio.is_set:
        yield "twilio", _twilio
    yield "gateways", _gateways
    if settings.telegram.token:
        yield "telegram", _telegram


def _outlets(settings: Settings) -> "list[Channel]":
    """Where notices are published by machine; with the sandbox they go nowhere either."""
    from responder.channels.outlets import FileOutlet, WebhookOutlet

    publishing = settings.publishing
    web = WebhookOutlet(publishing.webhook_secret, publishing.allowed_hosts)
    return [FileOutlet(publishing.folder), web]


def _email(settings: Settings) -> "Iterator[Channel]":
    from responder.channels.email import Email

    yield Email(settings.smtp_url, settings.smtp_sender)


def _slack(settings: Settings) -> "Iterator[Channel]":
    from responder.channels.slack import Slack
    from responder.documents import slack as layout

    slack = settings.slack
    yield Slack(slack.bot_token, layout, slack.api_url, settings.public_url, slack.app_token)


def _telegram(settings: Settings) -> "Iterator[Channel]":
    from responder.channels.telegram.channel import Telegram
    from responder.documents.telegram import TelegramStyle

    yield Telegram(_line_to_telegram(settings), TelegramStyle(), settings.telegram.group)


def _line_to_telegram(settings: Settings) -> "Line":
    from responder.channels.telegram.line import Line

    return Line(settings.telegram.token, settings.telegram.api_url)


def _gateways(settings: Settings) -> "Iterator[Channel]":
    from responder.channels.gateway import HttpGateway
    from responder.site.loader import gateways_in

    for gateway in gateways_in(settings.site).values():
        yield HttpGateway(gateway, settings.gateway_secrets)


def _twilio(settings: Settings) -> "Iterator[Channel]":
    """Twilio's channel; Twilio has to reach us, to hear what a call is to say."""
    from responder.channels.phone import Account, Twilio

    twilio, doors = settings.twilio, f"{settings.reachable_at('Twilio')}/phone/twilio"
    sid, token, number = twilio.account_sid, twilio.auth_token, twilio.from_number
    yield Twilio(Account(sid, token, number, doors, twilio.api_url))


def rooms_on(settings: Settings, channels: "Iterable[Channel]") -> dict[str, str]:
    """The platforms that incidents get rooms on, each with the place these lie in."""
    real = {channel.name for channel in channels if channel.real}
    group = settings.telegram.group
    lies_in = {"slack": ""} | ({"telegram": group} if group else {})
    return {name: place for name, place in lies_in.items() if name in real}


def out_of_reach(settings: Settings, channels: "Iterable[Channel]") -> "list[tuple[Person, str]]":
    """People with a line that no channel reaches, though there are some for such lines."""
    from responder.channels import registry

    people = roster_in_force(settings).site.people.values()
    return registry.out_of_reach(channels, people)
