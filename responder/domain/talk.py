"""What a chat remembers between two lines: what it is about, and what it asked whom."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Utterance:
    """A line understood so far: what is settled (`given`), and from where on it is still to read.

    `rest` is negative where all of it is settled.
    """

    line: str
    verb: str
    given: dict[str, str] = field(default_factory=dict)
    rest: int = -1
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing to choose: what is shown, and what choosing it says."""

    label: str
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Question:
    """What one person was asked, until when an answer counts, and what to choose from.

    `id` is what a button refers to, so that an old one answers nothing new.
    """

    id: str
    utterance: Utterance
    until: datetime
    choices: tuple[Offered, ...] = ()
    lacks: str = ""


@dataclass(slots=True)
class Talk:
    """One channel, topic or chat of a platform."""

    incident: str = ""
    language: str = ""
    asked: dict[str, Question] = field(default_factory=dict)
