"""The doors in: one for each platform there are credentials for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from responder.app.doors_out import _line_to_telegram
from responder.app.evidence import proof_of, vault_of
from responder.app.house import App, tokens_of
from responder.app.papers import papers_of
from responder.app.words import link_to_card, messages_of, words_for

if TYPE_CHECKING:
    from responder.inbound.door import Door
    from responder.inbound.threshold import Threshold


def doors_of(house: App, sandbox: bool = False) -> "list[Door]":
    """The doors in: that of monitoring, and one for each platform there are credentials for."""
    return list(_doors(house, sandbox))


def _doors(house: App, sandbox: bool) -> "Iterator[Door]":
    from responder.inbound.alerts import Alerts

    yield Alerts(house, house.settings.alerts_token)
    yield _calendar(house)
    if house.settings.public_url:
        from responder.inbound.links import Links

        yield Links(house, tokens_of(house.settings), papers_of(apart=True))
        yield _inspections(house)
        yield _cards(house)
    if house.settings.twilio.is_set and not sandbox:
        yield _phone(house)
    if house.settings.slack.hears and not sandbox:
        yield _slack(house)
    if house.settings.telegram.token and not sandbox:
        yield _telegram(house)


def _calendar(house: App) -> "Door":
    """Where calendars ask for a person's dates."""
    from responder.documents.calendar_feed import calendar_text
    from responder.inbound.calendar_feed import CalendarFeeds

    return CalendarFeeds(house.read, calendar_text)


def _inspections(house: App) -> "Door":
    """Where inspectors read what they were given leave to."""
    from responder.inbound.inspection import Inspections

    return Inspections(
        house,
        tokens_of(house.settings),
        vault_of(house.settings),
        words_for,
        lambda incident: proof_of(house, incident),
        secure=house.settings.public_url.startswith("https:"),
    )


def _cards(house: App) -> "Door":
    """Where people open their own work cards."""
    from responder.inbound.cards import Cards

    return Cards(house, tokens_of(house.settings), papers_of(apart=True))


def _telegram(house: App) -> "Door":
    """Where people write to the bot; Telegram calls us where it is told a secret for that."""
    from responder.documents.telegram import TelegramStyle
    from responder.inbound.telegram import TelegramDoor

    return TelegramDoor(
        threshold_of(house),
        _line_to_telegram(house.settings),
        TelegramStyle(),
        vault_of(house.settings),
        house.settings.telegram.group,
        house.settings.telegram.webhook_secret,
        house.settings.public_url,
    )


def _slack(house: App) -> "Door":
    """Where Slack is heard."""
    from responder.documents import slack as layout
    from responder.inbound.slack import SlackDoor

    language = house.roster().site.language
    vault, slack = vault_of(house.settings), house.settings.slack
    return SlackDoor(threshold_of(house), layout, slack, house.clock, vault, language)


def _phone(house: App) -> "Door":
    """Where Twilio calls us."""
    from responder.documents.words import filters
    from responder.inbound.language.speak import Interpreter
    from responder.inbound.phone import PhoneDoor

    return PhoneDoor(
        house,
        Interpreter(house, words_for),
        messages_of(house),
        lambda said, language: filters(language)["spoken"](said),
        house.settings.twilio,
        house.settings.public_url,
    )


def threshold_of(house: App) -> "Threshold":
    """Where every chat comes in."""
    from responder.inbound.language.speak import Interpreter
    from responder.inbound.threshold import Threshold

    return Threshold(house, Interpreter(house, words_for, link_to_card(house.settings)))
