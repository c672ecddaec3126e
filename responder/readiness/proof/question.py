"""What is asked of the proof, and what it finds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from responder.domain.people import BY_HAND, VIAS
from responder.domain.words import Words

MINUTE = timedelta(minutes=1)
CHANNELS = tuple(via for via in VIAS if via != BY_HAND)
"""What can fail as a whole; a call made by hand needs a person who is reachable anyway."""
MOST_CHANNELS = 2
LOOK_AHEAD = timedelta(hours=2)
"""How far a run is followed to say when somebody would be reached after all."""


@dataclass(frozen=True, slots=True)
class Question:
    """For which declarations, how many unreachable people and failed channels, within what time."""

    start: datetime
    horizon: timedelta = timedelta(days=90)
    people: int = 2
    channels: int = MOST_CHANNELS
    within: timedelta = 15 * MINUTE
    answer_after: timedelta = MINUTE

    @property
    def end(self) -> datetime:
        """The first declaration that is no longer looked at."""
        return self.start + self.horizon


@dataclass(frozen=True, slots=True)
class Span:
    """Declarations in [start, end), to the microsecond."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Mend:
    """The cheapest change found, run again with it applied; `where` names the file."""

    kind: str
    where: str
    words: Words


@dataclass(frozen=True, slots=True)
class Breach:
    """A smallest set that breaks a playbook: without these people and channels, in these spans.

    `decisions` are those that stay open; none where it is the page that nobody takes.
    `reached_after` is when it would come about all the same, declared at `first`; None if not in
    `LOOK_AHEAD`.
    """

    playbook: str
    decisions: tuple[str, ...]
    people: tuple[str, ...]
    channels: tuple[str, ...]
    first: datetime
    spans: tuple[Span, ...]
    reached_after: timedelta | None = None
    mend: Mend | None = None

    @property
    def lasts(self) -> timedelta:
        """For how much of the horizon it stands open."""
        return sum((span.end - span.start for span in self.spans), timedelta(0))


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A role of the playbooks without a reachable primary or a distinct reachable backup."""

    role: str
    playbooks: tuple[str, ...]
    lacks: str
    start: datetime
    end: datetime
    mend: Mend | None = None


@dataclass(slots=True)
class Counts:
    """How much was looked at: the statement's figures."""

    instants: int = 0
    moments: int = 0
    sets: int = 0
    argued: int = 0
    runs: int = 0

    def add(self, other: "Counts") -> None:
        """Take another's figures to these."""
        for name in Counts.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one playbook."""

    playbook: str
    breaches: tuple[Breach, ...] = ()
    counts: Counts = field(default_factory=Counts)
