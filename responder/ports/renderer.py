"""The socket for words: a message and its facts become the text a person gets."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from responder.domain.message import Message


class Look(StrEnum):
    """How a button looks: what is wanted first, what is grave, all else."""

    GOOD = "good"
    GRAVE = "grave"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a text: `data`, at most 64 bytes, comes back when it is pressed.

    `k:MESSAGE:KEY[:AWAITS]` is a key pressed in answer to a message, `w:QUESTION:ANSWER` the
    answer to what the conversation asked, `v:LINE` a line that is said.
    """

    label: str
    data: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads, or what is read to them over the phone.

    Plain text without markup: whoever sends it escapes what its platform would take for markup.
    `subject` is an email's. `reason` says why a built-in sentence stands here in place of the
    site's template; empty when all is well. `buttons` are for ways that have some.
    """

    body: str
    subject: str = ""
    reason: str = ""
    buttons: tuple[Button, ...] = ()


class Renderer(Protocol):
    """Words for messages."""

    def prepare(self) -> None:
        """Make ready what the first message would otherwise wait for; from any thread."""
        ...

    def message(self, message: Message, channel: str = "") -> Text:
        """The text of a message, in its language, for its way and the channel that carries it.

        It never raises.
        """
        ...
