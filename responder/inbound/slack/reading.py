"""What Slack tells, read: who is there, what was written, where the answer goes. No SDK, no I/O."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from responder.inbound.threshold import Visitor

PLATFORM = "slack"
REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
OF_PEOPLE = frozenset({None, "", "file_share", "thread_broadcast"})
"""Subtypes of messages that somebody wrote."""
PRIVATE = "D"
"""How the id of a direct conversation begins."""

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    """Where an answer goes: into a window, to a response URL, or into a conversation.

    In a channel only `user` sees it, and anywhere what is `hidden`; `replaces` puts it in the
    place of what was pressed.
    """

    user: str
    channel: str = ""
    url: str = ""
    thread: str = ""
    view: str = ""
    replaces: bool = False
    hidden: bool = False

    @property
    def private(self) -> bool:
        """Whether it is a conversation with the app alone."""
        return self.channel.startswith(PRIVATE) and not self.hidden


def visitor(account: str, place: str, event: str, language: str) -> Visitor:
    """Whom Slack vouches for."""
    return Visitor(PLATFORM, account, place, place.startswith(PRIVATE), event, language)


def line_of(text: str, person_of: Callable[[str], str]) -> str:
    """What somebody wrote, without Slack's markup; an account becomes `@` and its person.

    https://docs.slack.dev/messaging/formatting-message-text
    """

    def plain(found: re.Match[str]) -> str:
        sign, target, label = found[1], found[2], found[3] or ""
        match sign:
            case "@":
                return f"@{person_of(target) or label.lstrip('@') or target}"
            case "#":
                return f"#{label or target}"
            case "!":
                return label
            case _:
                return label or target.removeprefix("mailto:").removeprefix("tel:")

    line = REFERENCE.sub(plain, text)
    for entity, sign in ENTITIES:
        line = line.replace(entity, sign)
    return line


def accounts_in(text: str) -> set[str]:
    """The accounts that a text mentions."""
    return {found[2] for found in REFERENCE.finditer(text) if found[1] == "@"}


def without_address(text: str) -> str:
    """A mention of the app without the mention itself, wherever it stands first."""
    return re.sub(r"^\s*<@[^<>]*>[\s,:\uff0c\uff1a]*", "", text, count=1)


def is_said(event: Payload) -> bool:
    """Whether somebody wrote a message, rather than a program or Slack itself."""
    return bool(event.get("user")) and not event.get("bot_id") and event.get("subtype") in OF_PEOPLE


def files_in(event: Payload) -> list[str]:
    """The files shared in a message, each by its name and Slack's id."""
    found = [file for file in event.get("files") or () if isinstance(file, dict)]
    return [f"{file.get('name') or '?'} ({file.get('id', '?')})" for file in found]


def filled(view: Payload) -> dict[str, str]:
    """What a window was filled in with, by field."""
    values: dict[str, str] = {}
    for block, inputs in view.get("state", {}).get("values", {}).items():
        for given in inputs.values():
            chosen = given.get("selected_option") or {}
            values[block] = given.get("value") or chosen.get("value") or ""
    return values


def first_field(view: Payload) -> str:
    """The field under which a fault is shown that belongs to no other."""
    inputs = (block["block_id"] for block in view["blocks"] if block["type"] == "input")
    return next(inputs, "")


def settles(data: str) -> bool:
    """Whether a press answers what was asked, so that the question goes."""
    return data.startswith("w:") or (data.startswith("k:") and data.count(":") > 2)
