"""The words of messages and of the record."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from responder.app.house import App, tokens_of
from responder.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from responder.documents.messages import Messages
    from responder.domain.message import Message
    from responder.domain.record import Entry
    from responder.domain.site import Site


def messages_of(house: App) -> "Messages":
    """The words of messages, by the site's templates and by what may leave the mainland."""
    from responder.commands.carried import carries_little
    from responder.documents.messages import Messages

    settings = house.settings
    folder = settings.site / "templates" / "messages"
    return Messages(folder, link_of(settings), carries_little(house.read))


def link_of(settings: Settings) -> "Callable[[Message], str] | None":
    """The address of a message's one-time page; None where the firm has no public address."""
    if not settings.public_url:
        return None
    from responder.inbound.link_address import address

    tokens = tokens_of(settings)
    return lambda message: address(settings.public_url, tokens, message)


def link_to_card(settings: Settings) -> "Callable[[str, int, datetime], str] | None":
    """The address at which somebody who asks in chat opens their card; None without an address."""
    if not settings.public_url:
        return None
    from responder.inbound.cards import CHAT_HOLDS

    return lambda person, version, now: _card_link(settings, person, version, now + CHAT_HOLDS)


def printed_card_link(settings: Settings, person: str, version: int, at: "datetime") -> str:
    """The address that the code on a paper card leads to; "" without a public address."""
    from responder.inbound.cards import PRINTED_HOLDS

    return _card_link(settings, person, version, at + PRINTED_HOLDS)


def _card_link(settings: Settings, person: str, version: int, until: "datetime") -> str:
    """The address of somebody's live work card; "" where the firm has no public address."""
    if not settings.public_url:
        return ""
    from responder.inbound.cards import address

    return address(settings.public_url, tokens_of(settings), person, version, until)


def words_for(entry: "Entry", site: "Site", language: str) -> str:
    """One entry of the record in words."""
    from responder.documents.timeline import line

    return line(entry, site, language)


def timeline_line(entry: "Entry", site: "Site", language: str) -> str:
    """The same, with its time in the site's zone."""
    from responder.documents.timeline import clock

    return f"{clock(entry.at, site)}  {words_for(entry, site, language)}"


def feed_address(settings: Settings, secret: str) -> str:
    """Where a calendar asks for a feed; on this machine where the firm has no public address."""
    from responder.inbound.calendar_feed import address

    return address(settings.public_url or f"http://{settings.host}:{settings.port}", secret)


def inspection_link(settings: Settings, inspection: str, link: str, until: "datetime") -> str:
    """The address at which an inspector opens the leave given."""
    from responder.inbound.inspection import address

    return address(settings.public_url, tokens_of(settings), inspection, link, until)
