"""The monthly event analysis (JR/T 0099 5.8): every event of a month, counted from the record."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from responder.domain.incident_facts import middle
from responder.domain.logged_event import LoggedEvent
from responder.domain.site import Site

INCIDENT, WARNING = "incident", "warning"
REPEATED_WITHIN = timedelta(days=90)
"""Two events of one system and one kind of fault within this are a repeat (5.8: problems)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: `state` is its phase or stage, `fault` its playbook.

    `lasted` is from its beginning until restored, `in_hand_after` from declaration until a human
    took it; None where that has not come. `due` reports and duties had come to their limit,
    `late` of them were late.
    """

    id: str
    kind: str
    title: str
    fault: str
    level: int
    systems: tuple[str, ...]
    at: datetime
    state: str
    lasted: timedelta | None = None
    in_hand_after: timedelta | None = None
    due: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Repeat:
    """One system and one kind of fault with several events; those of earlier months included."""

    system: str
    fault: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventAnalysis:
    """A month's real events, oldest first; drills are counted apart and never mixed in.

    `earlier` are those of the days before it that a repeat may reach back to; `logged` is the whole
    log of the month (5.8), emergencies or not.
    """

    month: date
    made_at: datetime
    site: Site
    events: Sequence[Event]
    earlier: Sequence[Event] = ()
    drills: int = 0
    before: int = 0
    logged: Sequence[LoggedEvent] = ()
    signed_by: str = ""

    @property
    def incidents(self) -> list[Event]:
        """The incidents among them."""
        return [one for one in self.events if one.kind == INCIDENT]

    @property
    def warnings(self) -> list[Event]:
        """The early warnings among them."""
        return [one for one in self.events if one.kind == WARNING]

    def logged_by_priority(self) -> dict[int, int]:
        """How many events the log holds of each priority, the gravest first."""
        counts = Counter(one.priority for one in self.logged)
        return {priority: counts[priority] for priority in sorted(counts)}

    def logged_by_source(self) -> list[tuple[str, int]]:
        """How many came from where, the most first."""
        return Counter(one.source for one in self.logged).most_common()

    def logged_by_system(self) -> list[tuple[str, int]]:
        """How many concerned each system, the most first; an empty id stands for none."""
        return Counter(one.system for one in self.logged).most_common()

    def by_level(self) -> dict[int, int]:
        """How many incidents at each response level, the gravest first."""
        counts = Counter(one.level for one in self.incidents)
        return {level: counts[level] for level in sorted(counts)}

    def by_fault(self) -> list[tuple[str, int, timedelta]]:
        """Incidents and their time by kind of fault, the most frequent first."""
        return _counted((one.fault, one) for one in self.incidents)

    def by_system(self) -> list[tuple[str, int, timedelta]]:
        """The same by system; an incident of several counts with each of them."""
        return _counted((system, one) for one in self.incidents for system in one.systems)

    def time(self) -> timedelta:
        """How long the incidents lasted in all, as far as they are over."""
        return sum((one.lasted for one in self.incidents if one.lasted), timedelta())

    def answers(self) -> tuple[timedelta | None, timedelta | None, int]:
        """The median and the longest time until in hand, and how many never were."""
        took = [one.in_hand_after for one in self.incidents if one.in_hand_after is not None]
        never = len(self.incidents) - len(took)
        return middle(took), max(took, default=None), never

    def punctuality(self) -> tuple[int, int]:
        """How many dues were met in time, of all that had come to their limit."""
        due, late = sum(one.due for one in self.events), sum(one.late for one in self.events)
        return due - late, due

    def repeats(self) -> list[Repeat]:
        """What happened again, with an event of this month in it, the most frequent first."""
        groups: dict[tuple[str, str], list[Event]] = {}
        for one in (*self.earlier, *self.events):
            if one.kind == INCIDENT:
                for system in one.systems or ("",):
                    groups.setdefault((system, one.fault), []).append(one)
        ours = {one.id for one in self.events}
        found = [
            Repeat(system, fault, tuple(one.id for one in group))
            for (system, fault), group in groups.items()
            if len(group) > 1 and any(one.id in ours for one in group)
        ]
        return sorted(found, key=lambda one: (-len(one.events), one.system, one.fault))


def _counted(named: Iterable[tuple[str, Event]]) -> list[tuple[str, int, timedelta]]:
    counts: Counter[str] = Counter()
    lasted: dict[str, timedelta] = {}
    for name, one in named:
        counts[name] += 1
        lasted[name] = lasted.get(name, timedelta()) + (one.lasted or timedelta())
    return sorted(
        ((name, count, lasted[name]) for name, count in counts.items()),
        key=lambda row: (-row[1], row[0]),
    )
