"""Escalation: whom to page, when the next step starts, when enough have answered.

The rules are those of `docs/reference/semantics.md`, "Escalation"; their numbers stand in
brackets below. An `Escalation` is one incident's state, changed in place by the functions
here, which return what happened. They are pure otherwise: no clock, no chance, no I/O, so the
engine, `simulate` and the tests run the same ones.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from responder.domain.events import (
    Acknowledged,
    Changed,
    Completed,
    Declined,
    Event,
    Late,
    NobodyLeft,
    NobodyMeant,
    PassedOver,
    Rang,
    StepStarted,
    UnitNamed,
    Unreachable,
    WayFailed,
    Widened,
)
from responder.domain.organisation import SUCCESSION
from responder.domain.people import CHAT
from responder.domain.playbook import LEAST_WAIT, Entry, Playbook, Step
from responder.domain.ringing import Run, begin
from responder.domain.roster import DEFAULT_COMMAND, Roster, Target

LATE = timedelta(seconds=10)
"""Work noticed up to this late counts as at its due time (Downtime, 4)."""
AFTER_WIDENING = timedelta(seconds=60)
QUIET_LEVEL = 4
_HEIR = "heir:"


@dataclass(frozen=True, slots=True)
class Policy:
    """How one incident pages: its playbook's escalation at its level, expanded and floored.

    `spare` turns on what protects people from too many calls (quiet hours at level 4, fewer
    rings after ten): on in the engine, off in `simulate`.
    """

    steps: tuple[Step, ...]
    profile: tuple[Entry, ...]
    need: int = 1
    widen_after: int = 2
    command: tuple[str, ...] = DEFAULT_COMMAND
    level: int = 1
    spare: bool = False

    @classmethod
    def of(cls, roster: Roster, playbook: Playbook, level: int, spare: bool = False) -> "Policy":
        """The policy of a playbook; values below the floors count as the floors."""
        return cls(
            steps=tuple(_expand(roster, playbook.escalation)),
            profile=roster.site.profiles.get(playbook.profile_at(level), ()),
            need=max(playbook.need, 1),
            widen_after=max(playbook.widen_after, 1),
            command=playbook.command or DEFAULT_COMMAND,
            level=level,
            spare=spare,
        )


def _expand(roster: Roster, steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        if step.page == (SUCCESSION,):
            wait = max(roster.site.command.hand_down_after, LEAST_WAIT)
            yield from (Step((_HEIR + p,), wait) for p in roster.site.command.succession)
            yield Step(("team:command_body",), wait)
        else:
            yield Step(step.page, max(step.wait, LEAST_WAIT))


@dataclass(slots=True)
class Held:
    """A role named in this round: the step that named it last, and who held it then."""

    step: int
    holder: str


@dataclass(slots=True)
class Escalation:
    """One cycle of paging. `runs` holds the people open: rung and not yet answered.

    `by_step` and `by_round` are the people paged by the step started last and by this round's
    steps; `first_paged` is the order in which answers at one instant count (9). `told`
    are people of an earlier cycle who are told and not rung until this cycle's first round ends.
    """

    subject: str
    started_at: datetime
    cycle: int = 1
    round: int = 1
    step: int = 0
    step_ends_at: datetime | None = None
    widened: bool = False
    by_step: list[str] = field(default_factory=list)
    by_round: list[str] = field(default_factory=list)
    runs: dict[str, Run] = field(default_factory=dict)
    acknowledged: dict[str, datetime] = field(default_factory=dict)
    declined: list[str] = field(default_factory=list)
    commanders: list[str] = field(default_factory=list)
    first_paged: list[str] = field(default_factory=list)
    roles: dict[str, Held] = field(default_factory=dict)
    change_at: datetime | None = None
    failed: dict[str, list[str]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    completed_at: datetime | None = None
    short: bool = False
    stopped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether people are still being paged."""
        return self.completed_at is None and not self.stopped

    @property
    def commander(self) -> str:
        """The first acknowledger who may command, `""` if none."""
        return next((p for p in self.acknowledged if p in self.commanders), "")

    @property
    def next_due(self) -> datetime | None:
        """When something is to be done next; None once over."""
        if not self.is_open:
            return None
        rings = (run.next_at for run in self.runs.values())
        instants = (self.step_ends_at, self.change_at, *rings)
        return min((at for at in instants if at is not None), default=None)


# What the engine and the people can do


def start(subject: str, now: datetime) -> Escalation:
    """A new escalation whose first step is due now: `advance` it to begin."""
    return Escalation(subject=subject, started_at=now, step_ends_at=now)


def restart(escalation: Escalation, now: datetime, told: Iterable[str] = ()) -> None:
    """A new cycle: round 1, step 1; earlier answers no longer count, failed ways stay failed.

    Those `told` are not rung by its first round.
    """
    fresh = Escalation(escalation.subject, now, escalation.cycle + 1, step_ends_at=now)
    fresh.failed = escalation.failed
    fresh.told = list(told)
    for name in Escalation.__slots__:
        setattr(escalation, name, getattr(fresh, name))


def advance(escalation: Escalation, policy: Policy, roster: Roster, now: datetime) -> list[Event]:
    """Do everything due by `now`.

    Work up to `LATE` late counts at its due instant, one instant after another. Later than
    that, everything overdue is taken at `now`: one ring a way, only one step (Downtime, 4).
    """
    events: list[Event] = []
    while (due := escalation.next_due) is not None and due <= now:
        late = now - due
        if late > LATE:
            events.append(Late(now, late))
        events += settle(escalation, policy, roster, now if late > LATE else due)
    return events


def acknowledge(
    escalation: Escalation, policy: Policy, roster: Roster, person: str, now: datetime
) -> list[Event]:
    """Count an acknowledgement; `settle` judges whether it completes the escalation."""
    if person in escalation.acknowledged:
        return []
    escalation.acknowledged[person] = now
    escalation.runs.pop(person, None)
    if person in escalation.declined:
        escalation.declined.remove(person)
    _judge(escalation, policy, roster, person, now)
    return [Acknowledged(now, person)]


def decline(escalation: Escalation, person: str, now: datetime) -> list[Event]:
    """Take a person out for the rest of the round [7]."""
    if person in escalation.acknowledged or person in escalation.declined:
        return []
    escalation.declined.append(person)
    escalation.runs.pop(person, None)
    return [Declined(now, person)]


def withdraw(escalation: Escalation, policy: Policy, person: str, now: datetime) -> bool:
    """Take back an acknowledgement, by undo or because the person was removed.

    Returns whether the escalation goes on: then its next step starts at once.
    """
    if escalation.acknowledged.pop(person, None) is None:
        return False
    if escalation.completed_at is None or _enough(escalation, policy):
        return False
    escalation.completed_at = None
    escalation.short = False
    escalation.step_ends_at = now
    escalation.change_at = now if escalation.roles else None
    return True


def remove(escalation: Escalation, policy: Policy, person: str, now: datetime) -> bool:
    """Somebody's rights were removed: they stop being rung and stop counting at once.

    Returns whether an escalation that was complete goes on.
    """
    escalation.runs.pop(person, None)
    return withdraw(escalation, policy, person, now)


def fail(
    escalation: Escalation, roster: Roster, person: str, via: str, for_good: bool, now: datetime
) -> list[Event]:
    """A way failed: the earliest entry not yet begun starts at once, else every other way.

    A way that fails `for_good` is not tried again in the incident.
    """
    if for_good and via not in escalation.failed.setdefault(person, []):
        escalation.failed[person].append(via)
    ways = working(escalation, roster, person)
    run = escalation.runs.get(person)
    if run is not None and not ways:
        del escalation.runs[person]
    elif run is not None:
        run.bring_forward(now, ways)
    return [WayFailed(now, person, via, for_good)]


def working(escalation: Escalation, roster: Roster, person: str) -> tuple[str, ...]:
    """The kinds of way by which a person can still be tried."""
    broken = escalation.failed.get(person, ())
    return tuple(via for via in roster.vias(person) if via not in broken)


def settle(escalation: Escalation, policy: Policy, roster: Roster, now: datetime) -> list[Event]:
    """Carry out what an instant demands, answers having been counted: completion, changes of
    holder, steps, rings [9]."""
    events: list[Event] = []
    if not escalation.is_open:
        return events
    if _enough(escalation, policy):
        return [_complete(escalation, now)]
    if escalation.change_at is not None and escalation.change_at <= now:
        events += _changes(escalation, policy, roster, now)
    while escalation.is_open and _step_is_over(escalation, now):
        events += _proceed(escalation, policy, roster, now)
    if escalation.is_open:
        events += _ring(escalation, policy, roster, now)
    return events


# Completion [4]


def _enough(escalation: Escalation, policy: Policy) -> bool:
    acknowledged = escalation.acknowledged
    return len(acknowledged) >= policy.need and bool(escalation.commander)


def _complete(escalation: Escalation, now: datetime, short: bool = False) -> Event:
    escalation.completed_at, escalation.short = now, short
    escalation.runs.clear()
    return Completed(now, tuple(escalation.acknowledged), escalation.commander, short)


def _judge(
    escalation: Escalation, policy: Policy, roster: Roster, person: str, now: datetime
) -> None:
    """Whether a person may command is judged when paged and when acknowledging."""
    if person not in escalation.commanders and roster.may_command(person, policy.command, now):
        escalation.commanders.append(person)


# Steps and rounds [1, 5, 6]


def _step_is_over(escalation: Escalation, now: datetime) -> bool:
    if escalation.step_ends_at is not None and escalation.step_ends_at <= now:
        return True
    if escalation.widened or escalation.step == 0:
        return False
    return not any(person in escalation.runs for person in escalation.by_step)


def _proceed(
    escalation: Escalation, policy: Policy, roster: Roster, now: datetime
) -> Iterator[Event]:
    """Start the next step, or end the round."""
    if escalation.widened:
        _begin_round(escalation, escalation.round + 1)
    if escalation.step < len(policy.steps):
        yield from _start_step(escalation, policy, roster, now)
    else:
        yield from _end_round(escalation, policy, roster, now)


def _begin_round(escalation: Escalation, number: int) -> None:
    escalation.round, escalation.step, escalation.widened = number, 0, False
    escalation.by_round.clear()
    escalation.by_step.clear()
    escalation.roles.clear()
    escalation.change_at = None


def _start_step(
    escalation: Escalation, policy: Policy, roster: Roster, now: datetime
) -> Iterator[Event]:
    step = policy.steps[escalation.step]
    escalation.step += 1
    escalation.step_ends_at = now + step.wait
    escalation.by_step.clear()
    yield StepStarted(now, escalation.round, escalation.step)
    for target in step.page:
        people, passed_over = _meant(escalation, roster, target, now)
        if passed_over:
            yield PassedOver(now, escalation.round, escalation.step, passed_over)
        if not people:
            yield _nobody(escalation, roster, target, now)
        for person in people:
            if person not in escalation.by_step:
                yield from _page(escalation, policy, roster, person, escalation.step, now)
    _watch_roles(escalation, roster, now)


def _nobody(escalation: Escalation, roster: Roster, target: str, now: datetime) -> Event:
    parsed = Target.parse(target)
    if parsed.kind == "unit" and parsed.id in roster.site.units:
        return UnitNamed(now, escalation.round, escalation.step, parsed.id)
    written = SUCCESSION if target.startswith(_HEIR) else target
    return NobodyMeant(now, escalation.round, escalation.step, written)


def _meant(
    escalation: Escalation, roster: Roster, target: str, now: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people a target means now and those passed over; remembers a role's holder [8]."""
    if target.startswith(_HEIR):
        heir = target.removeprefix(_HEIR)
        away = roster.absent(heir, now)
        people = () if away or not roster.known(heir) else (heir,)
        return people, (heir,) if away else ()
    parsed = Target.parse(target)
    resolved = roster.resolve(target, now)
    if parsed.kind == "role":
        holder = next(iter(resolved.people), "")
        escalation.roles.pop(parsed.id, None)
        escalation.roles[parsed.id] = Held(escalation.step, holder)
    return resolved.people, resolved.passed_over


def _end_round(
    escalation: Escalation, policy: Policy, roster: Roster, now: datetime
) -> Iterator[Event]:
    escalation.declined.clear()
    escalation.told.clear()
    reached = any(person in escalation.runs for person in escalation.by_round)
    if reached and escalation.round < policy.widen_after:
        _begin_round(escalation, escalation.round + 1)
        if policy.steps:
            yield from _start_step(escalation, policy, roster, now)
            return
    yield from _widen(escalation, policy, roster, now)


def _widen(
    escalation: Escalation, policy: Policy, roster: Roster, now: datetime
) -> Iterator[Event]:
    """Page the command body, else everyone; the next round starts a minute later [6]."""
    escalation.widened = True
    escalation.step_ends_at = now + AFTER_WIDENING
    escalation.by_step.clear()
    wider = _left(escalation, roster, roster.command_body)
    wider = wider or _left(escalation, roster, tuple(roster.site.people))
    if wider:
        yield Widened(now, escalation.round, wider)
        for person in wider:
            yield from _page(escalation, policy, roster, person, 0, now)
        return
    yield NobodyLeft(now, escalation.round)
    if escalation.acknowledged:
        yield _complete(escalation, now, short=True)


def _left(escalation: Escalation, roster: Roster, people: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        person
        for person in people
        if person not in escalation.acknowledged and working(escalation, roster, person)
    )


# Pages [2, 3, 7]


def _page(
    escalation: Escalation,
    policy: Policy,
    roster: Roster,
    person: str,
    step: int,
    now: datetime,
) -> Iterator[Event]:
    if step == escalation.step and not escalation.widened:
        escalation.by_step.append(person)
    if person in escalation.acknowledged or person in escalation.declined:
        return
    if step and person not in escalation.by_round:
        escalation.by_round.append(person)
    if person not in escalation.first_paged:
        escalation.first_paged.append(person)
    _judge(escalation, policy, roster, person, now)
    ways = _allowed(escalation, policy, roster, person, now)
    running = escalation.runs.get(person)
    if not ways:
        yield Unreachable(now, person)
    elif person not in escalation.told and (running is None or running.begun(now, ways)):
        escalation.runs[person] = begin(policy.profile, ways, now, escalation.round, step)


def _ring(
    escalation: Escalation, policy: Policy, roster: Roster, now: datetime
) -> Iterator[Event]:
    for person in escalation.first_paged:
        run = escalation.runs.get(person)
        if run is None or run.next_at is None or run.next_at > now:
            continue
        ways = _allowed(escalation, policy, roster, person, now)
        for via in run.ring(now, ways, policy.spare):
            yield Rang(now, run.round, run.step, person, via)


def _allowed(
    escalation: Escalation, policy: Policy, roster: Roster, person: str, now: datetime
) -> tuple[str, ...]:
    """The ways that may be used now: at level 4, in the quiet hours, chat is enough."""
    ways = working(escalation, roster, person)
    if policy.spare and policy.level == QUIET_LEVEL and roster.may_sleep(person, now):
        return tuple(via for via in ways if via in CHAT) or ways
    return ways


# Changes of holder [8]


def _watch_roles(escalation: Escalation, roster: Roster, now: datetime) -> None:
    changes = (roster.next_change(role, now) for role in escalation.roles)
    escalation.change_at = min((at for at in changes if at is not None), default=None)


def _changes(
    escalation: Escalation, policy: Policy, roster: Roster, now: datetime
) -> Iterator[Event]:
    for role, held in escalation.roles.items():
        holder = roster.holder(role, now)
        if holder == held.holder:
            continue
        held.holder = holder
        if holder:
            yield Changed(now, role, holder)
            yield from _page(escalation, policy, roster, holder, held.step, now)
    _watch_roles(escalation, roster, now)
