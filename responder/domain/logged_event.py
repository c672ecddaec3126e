"""The log of all events (运维事件, JR/T 0099 5.8), emergencies or not, from the first to the last.

An event that becomes a warning or an incident is one event still: it is handled there, and ends
with it.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from responder.domain.words import Words

LEVELS = (1, 2, 3)
"""Of impact and of scope; 1 is the most."""
PRIORITIES = (1, 2, 3, 4)
IMPACT_NAMES = {
    1: Words("业务中断", "business is stopped"),
    2: Words("业务受影响", "business is affected"),
    3: Words("不影响业务", "business is not affected"),
}
SCOPE_NAMES = {
    1: Words("全公司或多数客户", "the whole firm or most clients"),
    2: Words("部分客户或多个部门", "some clients or several departments"),
    3: Words("个别人员或设备", "single people or devices"),
}
PERSON, MONITORING, WARNING, INCIDENT = "person", "monitoring", "warning", "incident"
SOURCE_NAMES = {
    PERSON: Words("人工登记", "logged by hand"),
    MONITORING: Words("监控告警", "monitoring"),
    WARNING: Words("预警", "warning"),
    INCIDENT: Words("事件", "incident"),
}
MAJOR = 1
"""Whatever has this priority becomes a problem (5.8: major events)."""
OF_LEVEL = {1: (1, 1), 2: (1, 2), 3: (2, 2), 4: (3, 3)}
"""Impact and scope of what is handled at a response level, as far as that says."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A written procedure of the firm: its title, who approved it and when."""

    title: Words = Words()
    approver: str = ""
    approved_on: date | None = None

    @property
    def is_in_force(self) -> bool:
        """Whether there is one, approved."""
        return bool(self.title.said("zh") and self.approver and self.approved_on)


@dataclass(frozen=True, slots=True)
class Gathering:
    """How problems of one source come into the library: who gathers them, and when last."""

    owner: str = ""
    gathered_on: date | None = None


@dataclass(frozen=True, slots=True)
class EventRules:
    """The matrix impact by scope that gives the priority, and how long an event may lie idle.

    `matrix` has a row for each impact, `idle` a span for each priority from 1. A problem may stay
    `problem_idle` in one stage. `gathered` says it of each source of problems. `reviewed_on` is
    the day on which the last monthly analysis was signed, before this system kept that itself.
    """

    matrix: tuple[tuple[int, ...], ...] = ((1, 2, 2), (2, 3, 3), (3, 4, 4))
    idle: tuple[timedelta, ...] = (
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=8),
        timedelta(hours=24),
    )
    alike_within: timedelta = timedelta(days=90)
    problem_idle: timedelta = timedelta(days=30)
    event_procedure: Procedure = Procedure()
    problem_procedure: Procedure = Procedure()
    gathered: dict[str, Gathering] = field(default_factory=dict)
    reviewed_on: date | None = None

    def priority(self, impact: int, scope: int) -> int:
        """What a matrix that is whole says of an impact and a scope; else the gravest."""
        return self.matrix[impact - 1][scope - 1] if matrix_is_whole(self.matrix) else PRIORITIES[0]

    def may_lie(self, priority: int) -> timedelta:
        """How long an event of a priority may lie idle; one off the scale as the nearest on it."""
        spans = self.idle or EventRules().idle
        return spans[min(max(priority, 1), len(spans)) - 1]


def matrix_is_whole(matrix: tuple[tuple[int, ...], ...]) -> bool:
    """Whether every impact and scope has a priority, and graver ones never a lesser one."""
    size = len(LEVELS)
    if len(matrix) != size or any(len(row) != size for row in matrix):
        return False
    if any(priority not in PRIORITIES for row in matrix for priority in row):
        return False
    columns = zip(*matrix, strict=True)
    return all(tuple(sorted(line)) == tuple(line) for line in (*matrix, *columns))


@dataclass(slots=True)
class EventNote:
    """What somebody wrote of an event."""

    at: datetime
    by: str
    text: str


@dataclass(slots=True)
class LoggedEvent:
    """One event: `impact` and `scope` 1 (most) to 3 give its `priority` 1 to 4.

    `became` is the warning, then the incident it turned into. `heard` counts what was reported of
    it again. `acted_at` is when somebody last did something about it.
    """

    id: str
    title: str
    system: str
    symptom: str
    impact: int
    scope: int
    priority: int
    at: datetime
    by: str
    source: str = PERSON
    owner: str = ""
    became: str = ""
    acted_at: datetime | None = None
    heard: int = 0
    nagged: list[datetime] = field(default_factory=list)
    notes: list[EventNote] = field(default_factory=list)
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still being handled."""
        return self.closed_at is None

    @property
    def incident(self) -> str:
        """What its shelf finds it by: those of one likeness belong together."""
        return likeness(self.system, self.symptom)

    @property
    def is_elsewhere(self) -> bool:
        """Whether a warning or an incident handles it, and sees that it moves."""
        return bool(self.became)

    def idle_since(self) -> datetime:
        """When anything was last done about it, or it was last urged."""
        return max((self.acted_at or self.at), *self.nagged[-1:], self.at)

    def nag_at(self, rules: EventRules) -> datetime | None:
        """When it is to be urged next; never what is over or handled elsewhere."""
        if not self.is_open or self.is_elsewhere:
            return None
        return self.idle_since() + rules.may_lie(self.priority)

    def is_overdue(self, rules: EventRules, now: datetime) -> bool:
        """Whether nothing was done about it for longer than its priority allows."""
        if not self.is_open or self.is_elsewhere:
            return False
        return now >= (self.acted_at or self.at) + rules.may_lie(self.priority)


# What is alike


def likeness(system: str, symptom: str) -> str:
    """What two events have in common that are alike: the system and the symptom; else nothing."""
    return f"{system}/{symptom}" if system and symptom else ""


def symptom_of(text: str) -> str:
    """A symptom as it is compared: its letters alone, so that times and numbers do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalpha())


def alike(
    one: LoggedEvent, others: Iterable[LoggedEvent], within: timedelta, since: datetime | None
) -> list[LoggedEvent]:
    """The earlier events of the same system and symptom, not further back than `within`.

    What lies at or before `since`, when somebody last looked into them, does not count.
    """
    if not one.incident:
        return []
    return [
        other
        for other in others
        if other.id != one.id
        and other.incident == one.incident
        and one.at - within <= other.at <= one.at
        and (since is None or other.at > since)
    ]


@dataclass(slots=True)
class EventReview:
    """A month's analysis: its counts as drafted, and who signed it."""

    id: str
    drafted_at: datetime
    counts: dict[str, int] = field(default_factory=dict)
    signed_by: str = ""
    signed_at: datetime | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its signature."""
        return self.signed_at is None
