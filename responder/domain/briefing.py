"""Progress told to the parties concerned, by a clock for each audience (JR/T 0099 7.2).

An audience's clock runs from activation to restoration. Each of its intervals has a reminder
before its end; at the end either the audience has been told or there is an alarm.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from responder.domain.people import WRITTEN
from responder.domain.playbook import LEVELS
from responder.domain.record import Entry
from responder.domain.words import Words

REMIND_BEFORE = timedelta(minutes=5)
LEAST_EVERY = timedelta(minutes=10)
"""Shorter intervals count as this: the reminder needs its five minutes."""
WITHIN = timedelta(minutes=15)
BRIEFED = "Briefed"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told of progress, how often and by which ways.

    `members` are targets as written (`team:command_body`, `unit:U`); units are called by hand.
    `levels` are the levels at which it is told at all, `every` how often at each of them; a level
    without one has no clock, and is told at the turns alone (activation, a change of level,
    restoration), each `within` so long. `keeper` is a target: whoever tells it; else the
    commander. To a `five_lines` audience the house itself writes, from the facts and on time.
    """

    id: str
    name: Words = Words()
    members: tuple[str, ...] = ()
    by: tuple[str, ...] = WRITTEN
    levels: tuple[int, ...] = LEVELS
    every: dict[int, timedelta] = field(default_factory=dict)
    within: timedelta = WITHIN
    keeper: str = ""
    five_lines: bool = False

    def interval(self, level: int) -> timedelta | None:
        """How often it is told at a level; None for no clock."""
        every = self.every.get(level) if level in self.levels else None
        return max(every, LEAST_EVERY) if every is not None else None


HOUR = timedelta(hours=1)
LEADERS = Audience(
    "leaders",
    Words("领导", "Leaders"),
    ("team:command_body",),
    every={1: HOUR, 2: HOUR},
    five_lines=True,
)
"""Who is told where a site says nothing: the command body, hourly at levels 1 and 2."""


class How(StrEnum):
    """What an audience was told: somebody's words, that nothing changed, the five lines."""

    TEXT = "text"
    NO_CHANGE = "no_change"
    FIVE_LINES = "five_lines"


@dataclass(slots=True)
class Interval:
    """One interval of a clock: when it ended, and when the audience was told, if it was."""

    due_at: datetime
    told_at: datetime | None = None
    by: str = ""

    @property
    def late(self) -> timedelta | None:
        """By how much the audience was told late; None while it was not told."""
        return None if self.told_at is None else max(self.told_at - self.due_at, timedelta(0))


@dataclass(slots=True)
class Briefing:
    """One audience's clock in one incident, and what it was told last."""

    incident: str
    audience: str
    due_at: datetime | None = None
    reminded_at: datetime | None = None
    last_at: datetime | None = None
    last_by: str = ""
    last_said: str = ""
    last_how: How = How.TEXT
    number: int = 0
    ended: bool = False
    intervals: list[Interval] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The id under which it is kept."""
        return f"{self.incident}/{self.audience}"

    @property
    def is_open(self) -> bool:
        """Whether more is owed to it."""
        return not self.ended

    @property
    def missed(self) -> list[Interval]:
        """The intervals that ended without a word, and still wait for one."""
        return [one for one in self.intervals if one.told_at is None]

    @property
    def next_at(self) -> datetime | None:
        """When something is to be done about it next: the reminder, then the end."""
        if self.due_at is None or self.ended:
            return None
        return self.due_at if self.reminded_at else self.due_at - REMIND_BEFORE


class Step(StrEnum):
    """What the clock asks for now."""

    REMIND = "remind"
    END = "end"


def step(briefing: Briefing, now: datetime) -> Step | None:
    """What is due at `now`. After downtime an interval that is over is not reminded of any more."""
    if briefing.ended or briefing.due_at is None:
        return None
    if now >= briefing.due_at:
        return Step.END
    if briefing.reminded_at is None and now >= briefing.due_at - REMIND_BEFORE:
        return Step.REMIND
    return None


def turn(briefing: Briefing, audience: Audience, level: int, now: datetime) -> None:
    """Something happened that the audience hears of soon: what is due is due no later than that."""
    if level not in audience.levels:
        _due(briefing, None)
        return
    soon = now + audience.within
    if briefing.due_at is None or soon < briefing.due_at:
        _due(briefing, soon)


def told(
    briefing: Briefing, now: datetime, by: str, how: How, said: str, again: timedelta | None
) -> timedelta:
    """The audience has been told: its intervals are closed, the next one ends `again` from now.

    Returns how late the oldest of them was told; zero for on time.
    """
    waiting = briefing.missed
    if not waiting and briefing.due_at is not None:
        waiting = [Interval(briefing.due_at)]
        briefing.intervals += waiting
    for interval in waiting:
        interval.told_at, interval.by = now, by
    briefing.number += 1
    briefing.last_at, briefing.last_by, briefing.last_said = now, by, said
    briefing.last_how = how
    _due(briefing, now + again if again is not None else None)
    return max((interval.late or timedelta(0) for interval in waiting), default=timedelta(0))


def miss(briefing: Briefing, again: timedelta, now: datetime) -> int:
    """The interval ended without a word: it is kept as missed, and the next one begins.

    Intervals that ended while nothing ran are not made up; returns how many those were.
    """
    due = briefing.due_at
    assert due is not None  # only what is due can be missed
    briefing.intervals.append(Interval(due))
    skipped = max((now - due) // again, 0)
    _due(briefing, due + (skipped + 1) * again)
    return int(skipped)


def end(briefing: Briefing) -> None:
    """The clock stops."""
    briefing.ended = True
    _due(briefing, None)


def _due(briefing: Briefing, at: datetime | None) -> None:
    briefing.due_at, briefing.reminded_at = at, None


# What counts as a change

CHANGES = {
    "PhaseChanged": Words("事件状态变更", "the incident's state changed"),
    "Reopened": Words("重新启动处置", "the incident was reopened"),
    "Cancelled": Words("事件已撤销", "the incident was cancelled"),
    "LevelRaised": Words("响应级别提高", "the level was raised"),
    "LevelLowered": Words("响应级别降低", "the level was lowered"),
    "TaskDone": Words("任务完成", "a task was done"),
    "Decided": Words("作出决策", "a decision was taken"),
    "NoticeReleased": Words("签发公告", "a notice was released"),
    "NoticePosted": Words("发布公告", "a notice was published"),
    "NoticeWithdrawn": Words("撤回公告", "a notice was withdrawn"),
    "ReportPhoned": Words("电话报告监管", "a report was made by phone"),
    "ReportSubmitted": Words("报出监管报告", "a report was submitted"),
}
"""Kinds of entry after which nobody can say that nothing changed."""
NOTED = "Noted"
STARRED = Words("标星的处置记录", "a starred note")
TELLING = frozenset({*CHANGES, NOTED, BRIEFED})
"""Kinds of entry that say whether anything changed since an audience was told."""


def change_since(entries: Iterable[Entry], audience: str) -> Entry | None:
    """The latest change on an incident's record since the audience was told last.

    `entries` is all of the record that is of a kind in `TELLING`, in order; its order decides, not
    its clock.
    """
    found = None
    for entry in entries:
        payload = entry.payload or {}
        if entry.kind == BRIEFED and payload.get("audience") == audience:
            found = None
        elif entry.kind in CHANGES or (entry.kind == NOTED and payload.get("starred")):
            found = entry
    return found
