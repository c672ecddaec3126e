"""A conversation: what it is about, in which language, and what it waits to hear."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from responder.inbound.language.parse import Said
from responder.inbound.language.verb import Slot

WAITS_FOR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things that may be meant: what to show, and what choosing it says."""

    label: str
    said: Said


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one person was asked: to confirm, to choose, or to say what `lacks`."""

    said: Said
    until: datetime
    choices: tuple[Choice, ...] = ()
    lacks: Slot | None = None

    @property
    def confirms(self) -> bool:
        """Whether a yes is what is waited for."""
        return self.lacks is None


@dataclass
class Conversation:
    """Kept by the door, one for each channel, topic or chat.

    `alone` is one person's own: it follows what they work on, and takes plain words for an
    answer to what was asked last.
    """

    incident: str = ""
    language: str = ""
    alone: bool = False
    waiting: dict[str, Waiting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What to show: plain text that no platform has escaped yet, and choices if there are any.

    `id` is the subject of what was done; `refused` where a line was turned down.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    id: str = ""
    refused: bool = False

    @property
    def numbered(self) -> str:
        """The text with its choices, for doors that have no buttons."""
        lines = [f"{number}. {choice.label}" for number, choice in enumerate(self.choices, 1)]
        return "\n".join([self.text, *lines])
