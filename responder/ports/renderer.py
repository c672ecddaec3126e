"""The socket for words: a message and its facts become the text a person gets."""

from dataclasses import dataclass
from typing import Protocol

from responder.domain.message import Message


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads, or what is read to them over the phone.

    Plain text without markup: whoever sends it escapes what its platform would take for markup.
    `subject` is an email's. `reason` says why a built-in sentence stands here in place of the
    site's template; empty when all is well.
    """

    body: str
    subject: str = ""
    reason: str = ""


class Renderer(Protocol):
    """Words for messages."""

    def message(self, message: Message) -> Text:
        """The text of a message, in its language and for its way. It never raises."""
        ...
