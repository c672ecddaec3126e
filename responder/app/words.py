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
    from responder.inbound.links import address

    tokens = tokens_of(settings)
    return lambda message: address(settings.public_url, tokens, message)


def words_for(entry: "Entry", site: "Site", language: str) -> str:
    """One entry of the record in words."""
    from responder.documents.timeline import line

    return line(entry, site, language)


def timeline_line(entry: "Entry", site: "Site", language: str) -> str:
    """The same, with its time in the site's zone."""
    from responder.documents.timeline import clock

    return f"{clock(entry.at, site)}  {words_for(entry, site, language)}"


def inspection_link(settings: Settings, inspection: str, link: str, until: "datetime") -> str:
    """The address at which an inspector opens the leave given."""
    from responder.inbound.inspection import address

    return address(settings.public_url, tokens_of(settings), inspection, link, until)
