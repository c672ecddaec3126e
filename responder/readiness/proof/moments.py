"""Which declarations are alike: every instant of a horizon, folded into finitely many moments.

A run reads of the rosters who holds the roles it names and who of its people is away, and that
only while it lasts. Between two changes of these it is the same wherever it starts. Where a change
falls into it, what counts is how long after the declaration: all its instants are whole multiples
of `grain` after the declaration or after a change, so that two declarations whose distances to the
changes lie in the same place of that grid (on the same line, or between the same two lines) run
alike (ADR 0030).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import gcd

from responder.domain.organisation import SUCCESSION
from responder.domain.policy import Policy
from responder.domain.roster import Roster, Target
from responder.domain.rounds import AFTER_WIDENING
from responder.readiness.proof.question import Question, Span

TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Named:
    """The roles and the people of whom a playbook's runs read the rosters."""

    roles: tuple[str, ...]
    people: tuple[str, ...]

    @classmethod
    def by(cls, roster: Roster, targets: Iterable[str]) -> "Named":
        """What targets name, and the bodies and the order that stand in for them."""
        targets = tuple(targets)
        roles = [_role(roster, target) for target in targets]
        teams = [p for t in targets if t.startswith("team:") for p in roster.team(t[5:])]
        people = (*teams, *roster.command_body, *roster.site.command.succession)
        return cls(tuple(dict.fromkeys(filter(None, roles))), tuple(dict.fromkeys(people)))


def _role(roster: Roster, target: str) -> str:
    """The role a target names; a bare name that is no person's is a role's (`Court.holders`)."""
    parsed = Target.parse(target)
    if parsed.kind == "role":
        return parsed.id
    bare = parsed.kind == "person" and parsed.id not in roster.site.people
    return parsed.id if bare and target != SUCCESSION and parsed.id in roster.site.roles else ""


State = tuple[object, ...]


@dataclass(slots=True)
class Timeline:
    """The rosters as a playbook reads them: at which instants they change, and to what."""

    edges: list[datetime]
    states: list[int]

    @classmethod
    def of(cls, roster: Roster, named: Named, start: datetime, until: datetime) -> "Timeline":
        """From `start` to `until`; instants at which nothing that is read changes are left out."""
        instants = {start}
        for role in named.roles:
            instants.update(_changes(roster, role, start, until))
        away = [a for a in roster.site.absences if a.person in set(named.people)]
        instants.update(at for a in away for at in (a.start, a.end) if start < at < until)
        edges: list[datetime] = []
        states: list[int] = []
        known: dict[State, int] = {}
        for at in sorted(instants):
            posts = (roster.site.roles.get(role) for role in named.roles)
            held = tuple(
                (roster.holder(post.id, at), roster.posted(post, at)) for post in posts if post
            )
            gone = frozenset(a.person for a in away if a.covers(at))
            state = known.setdefault((held, gone), len(known))
            if not states or state != states[-1]:
                edges.append(at)
                states.append(state)
        return cls(edges, states)

    def changes(self, after: datetime, until: datetime) -> list[tuple[datetime, int]]:
        """The changes in (after, until]."""
        first, last = bisect_right(self.edges, after), bisect_right(self.edges, until)
        return list(zip(self.edges[first:last], self.states[first:last], strict=True))

    def state(self, at: datetime) -> int:
        """What is read at `at`: the number of one of the states that differ."""
        return self.states[bisect_right(self.edges, at) - 1]


def _changes(roster: Roster, role: str, start: datetime, until: datetime) -> Iterator[datetime]:
    """The instants at which a role's holder may change: all of them, however many."""
    at: datetime | None = start
    while at is not None and at < until:
        yield at
        at = roster.next_change(role, at)


@dataclass(slots=True)
class Moment:
    """Declarations that run alike; `at` is one of them, `changes` when the rosters change in it.

    `states` number what the rosters say at the declaration and after each change.
    """

    at: datetime
    changes: tuple[datetime, ...]
    states: tuple[int, ...]
    spans: list[Span] = field(default_factory=list)

    def instants(self, until: timedelta) -> tuple[datetime, ...]:
        """The declaration and every change up to `until` after it: all that a stretch shows."""
        return (self.at, *self.changes[: self.changed_by(until)])

    def changed_by(self, until: timedelta) -> int:
        """How many changes come up to `until` after the declaration."""
        return bisect_right(self.changes, self.at + until)


def grain_of(policy: Policy, hand_down_after: timedelta, question: Question) -> timedelta:
    """The largest span of which every span that counts in a run is a multiple."""
    spans = {step.wait for step in policy.steps}
    spans |= {AFTER_WIDENING, hand_down_after, question.answer_after, question.within}
    return _divisor(spans)


def _divisor(spans: Iterable[timedelta]) -> timedelta:
    return gcd(*(span // TICK for span in spans)) * TICK


def moments(timeline: Timeline, grain: timedelta, question: Question) -> tuple[list[Moment], int]:
    """Every declaration of the horizon in one of few moments; and at how many places it was cut."""
    near = [
        later - sooner
        for sooner, later in zip(timeline.edges[1:], timeline.edges[2:], strict=False)
        if later - sooner <= question.within
    ]
    grain = _divisor([grain, *near])
    found: dict[object, Moment] = {}
    cuts = _cuts(timeline, grain, question)
    for place, cut in enumerate(cuts):
        end = cuts[place + 1] if place + 1 < len(cuts) else question.end
        on_it = Span(cut, cut + TICK)
        _put(found, timeline, grain, question, cut, on_it)
        if on_it.end < end:
            between = Span(on_it.end, end)
            _put(found, timeline, grain, question, cut + (end - cut) / 2, between)
    return list(found.values()), len(cuts)


def _cuts(timeline: Timeline, grain: timedelta, question: Question) -> list[datetime]:
    """Where one place of the grid ends and the next begins."""
    lines = {question.start}
    for edge in timeline.edges[1:]:
        lines.update(_back_from(edge, grain, question.within))
    return sorted(line for line in lines if question.start <= line < question.end)


def _back_from(edge: datetime, grain: timedelta, within: timedelta) -> Iterator[datetime]:
    for count in range(within // grain + 1):
        yield edge - count * grain


def _put(
    found: dict[object, Moment],
    timeline: Timeline,
    grain: timedelta,
    question: Question,
    at: datetime,
    span: Span,
) -> None:
    changes = timeline.changes(at, at + question.within)
    places = tuple((*_place(change - at, grain), state) for change, state in changes)
    key = (timeline.state(at), places)
    moment = found.get(key)
    if moment is None:
        states = (timeline.state(at), *(state for _, state in changes))
        moment = found[key] = Moment(at, tuple(change for change, _ in changes), states)
    moment.spans.append(span)


def _place(distance: timedelta, grain: timedelta) -> tuple[int, bool]:
    """Where a distance lies in the grid: between which lines, and whether on the first of them."""
    return distance // grain, not distance % grain
