"""How one person is rung: a run of a profile, from the page that began it until an answer.

The rules are those of `docs/reference/semantics.md`, "Escalation" 3 and "Ways that fail".
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from responder.domain.people import RINGING
from responder.domain.playbook import LEAST_EVERY, Entry

MOST_RINGS = 10
"""After so many unanswered voice rings of one run, rings are `LATER_EVERY` apart at least."""
LATER_EVERY = timedelta(minutes=5)


@dataclass(slots=True)
class Line:
    """An entry of the profile under way: these ways ring at `next_at`, and again each `every`."""

    via: tuple[str, ...]
    first_at: datetime
    every: timedelta | None
    next_at: datetime | None

    def move_to(self, at: datetime) -> None:
        """Begin at `at` instead."""
        self.first_at = self.next_at = at


@dataclass(slots=True)
class Run:
    """A profile running for a person, with the round and step of the page that began it."""

    round: int
    step: int
    lines: list[Line]
    rings: int = 0
    widened: bool = False

    @property
    def next_at(self) -> datetime | None:
        """When the next way rings, or None when every line has ended."""
        return min((line.next_at for line in self.lines if line.next_at), default=None)

    def begun(self, now: datetime, ways: Collection[str]) -> bool:
        """Whether every line usable with `ways` had its first instant earlier than `now`."""
        return all(line.first_at < now for line in self.lines if _usable(line.via, ways))

    def ring(self, now: datetime, ways: Collection[str], spare: bool) -> list[str]:
        """The ways that ring at `now`, each once; instants passed are not made up.

        `ways` are those that still work. With `spare`, a run that rang by voice `MOST_RINGS`
        times rings at least `LATER_EVERY` apart.
        """
        due: dict[str, None] = {}
        for line in self.lines:
            if line.next_at is None or line.next_at > now:
                continue
            due.update(dict.fromkeys(via for via in line.via if via in ways))
            line.next_at = self._following(line, now, spare)
        self.rings += sum(via in RINGING for via in due)
        return list(due)

    def _following(self, line: Line, now: datetime, spare: bool) -> datetime | None:
        if line.every is None or line.next_at is None:
            return None
        voiced = any(via in RINGING for via in line.via)
        if spare and voiced and self.rings + 1 >= MOST_RINGS and line.every < LATER_EVERY:
            line.every = LATER_EVERY
        missed = (now - line.next_at) // line.every
        return line.next_at + (missed + 1) * line.every

    def goes_on_by(self, now: datetime, ways: Collection[str]) -> Collection[str]:
        """The ways of the earliest line not yet begun; all of them where every line has begun."""
        waiting = [line for line in self.lines if line.first_at > now and _usable(line.via, ways)]
        return min(waiting, key=lambda line: line.first_at).via if waiting else ways

    def bring_forward(self, now: datetime, ways: Sequence[str], failed: str) -> None:
        """A way failed: begin the earliest line not yet begun, else every other way, once a run."""
        waiting = [line for line in self.lines if line.first_at > now and _usable(line.via, ways)]
        if waiting:
            min(waiting, key=lambda line: line.first_at).move_to(now)
        elif not self.widened:
            self.widened = True
            rest = tuple(via for via in ways if via != failed)
            if rest:
                self.lines.append(Line(rest, now, None, now))


@dataclass(slots=True)
class Rung:
    """What rang at the latest instant: a way rings once at an instant, however often paged."""

    at: datetime | None = None
    ways: list[str] = field(default_factory=list)

    def first(self, person: str, via: str, now: datetime) -> bool:
        """Whether this way of a person has not rung at `now` yet; remembers it."""
        if self.at != now:
            self.at, self.ways = now, []
        way = f"{person} {via}"
        if way in self.ways:
            return False
        self.ways.append(way)
        return True


def begin(
    profile: Iterable[Entry], ways: Sequence[str], now: datetime, round: int = 0, step: int = 0
) -> Run:
    """Start a profile for somebody who has `ways`.

    Offsets are brought forward by that of the earliest usable entry, so that the first way
    starts at once. With no usable entry all the ways start at once.
    """
    usable = [entry for entry in profile if _usable(entry.via, ways)]
    if not usable:
        return Run(round, step, [Line(tuple(ways), now, None, now)])
    sooner = min(entry.after for entry in usable)
    lines = []
    for entry in usable:
        first = now + entry.after - sooner
        every = max(entry.every, LEAST_EVERY) if entry.every is not None else None
        lines.append(Line(entry.via, first, every, first))
    return Run(round, step, lines)


def _usable(via: Iterable[str], ways: Collection[str]) -> bool:
    return any(way in ways for way in via)
