"""What an instant of paging demands: completion, changes of holder, steps and rounds, rings.

The rules are those of `docs/reference/semantics.md`, "Escalation"; their numbers stand in brackets.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from responder.domain.cycle import Escalation, Held
from responder.domain.events import (
    Changed,
    Completed,
    Event,
    NobodyLeft,
    NobodyMeant,
    PassedOver,
    Rang,
    StepStarted,
    UnitNamed,
    Unreachable,
    Widened,
)
from responder.domain.organisation import SUCCESSION
from responder.domain.people import CHAT, WRITTEN
from responder.domain.policy import HEIR, Policy, meant_by
from responder.domain.ringing import begin
from responder.domain.roster import Roster, Target

AFTER_WIDENING = timedelta(seconds=60)
QUIET_LEVEL = 4


def settle(escalation: Escalation, policy: Policy, roster: Roster, now: datetime) -> list[Event]:
    """Carry out what an instant demands, answers having been counted [9].

    In this order: completion, changes of holder, steps, rings.
    """
    events: list[Event] = []
    if not escalation.is_open:
        return events
    if enough(escalation, policy):
        return [_complete(escalation, now)]
    if escalation.change_at is not None and escalation.change_at <= now:
        events += _changes(escalation, policy, roster, now)
    while _step_is_over(escalation, now):
        events += _proceed(escalation, policy, roster, now)
    return [*events, *_ring(escalation, policy, roster, now)]


# Completion [4]


def enough(escalation: Escalation, policy: Policy) -> bool:
    """Whether `need` people have acknowledged, one of whom may command [4]."""
    acknowledged = escalation.acknowledged
    return len(acknowledged) >= policy.need and bool(escalation.commander)


def _complete(escalation: Escalation, now: datetime, short: bool = False) -> Event:
    escalation.completed_at, escalation.short = now, short
    escalation.runs.clear()
    return Completed(now, tuple(escalation.acknowledged), escalation.commander, short)


def judge(
    escalation: Escalation, policy: Policy, roster: Roster, person: str, now: datetime
) -> None:
    """Whether a person may command is judged when paged and when acknowledging."""
    if person not in escalation.commanders and roster.may_command(person, policy.command, now):
        escalation.commanders.append(person)


# Steps and rounds [1, 5, 6]


def _step_is_over(escalation: Escalation, now: datetime) -> bool:
    if not escalation.is_open:
        return False
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
    escalation.declined.clear()
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
                yield from page(escalation, policy, roster, person, escalation.step, now)
    _watch_roles(escalation, roster, now)


def _nobody(escalation: Escalation, roster: Roster, target: str, now: datetime) -> Event:
    parsed = Target.parse(target)
    callable_unit = parsed.id in roster.site.units and roster.only is None
    if parsed.kind == "unit" and callable_unit:
        return UnitNamed(now, escalation.round, escalation.step, parsed.id)
    written = SUCCESSION if target.startswith(HEIR) else target
    return NobodyMeant(now, escalation.round, escalation.step, written)


def _meant(
    escalation: Escalation, roster: Roster, target: str, now: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people a target means now and those passed over; remembers a role's holder [8]."""
    people, passed_over = meant_by(roster, target, now)
    kind, _, role = target.partition(":")
    if kind == "role":
        escalation.roles.pop(role, None)
        escalation.roles[role] = Held(escalation.step, next(iter(people), ""))
    return people, passed_over


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
            yield from page(escalation, policy, roster, person, 0, now)
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


def page(
    escalation: Escalation,
    policy: Policy,
    roster: Roster,
    person: str,
    step: int,
    now: datetime,
) -> Iterator[Event]:
    """Page a person under a step: their profile begins unless it is running [2, 3, 7]."""
    if step == escalation.step and not escalation.widened:
        escalation.by_step[person] = None
    if person in escalation.acknowledged or person in escalation.declined:
        return
    if step:
        escalation.by_round[person] = None
    escalation.first_paged[person] = None
    judge(escalation, policy, roster, person, now)
    ways = _allowed(escalation, policy, roster, person, now)
    running = escalation.runs.get(person)
    if not ways:
        yield Unreachable(now, person)
    elif running is None or running.begun(now, ways):
        begins = max(now, escalation.spared.get(person, now))
        escalation.runs[person] = begin(policy.profile, ways, begins, escalation.round, step)


def _ring(escalation: Escalation, policy: Policy, roster: Roster, now: datetime) -> Iterator[Event]:
    for person in escalation.first_paged:
        run = escalation.runs.get(person)
        if run is None or run.next_at is None or run.next_at > now:
            continue
        ways = _allowed(escalation, policy, roster, person, now)
        for via in run.ring(now, ways, policy.spare):
            if escalation.rung.first(person, via, now):
                yield Rang(now, run.round, run.step, person, via)


def _allowed(
    escalation: Escalation, policy: Policy, roster: Roster, person: str, now: datetime
) -> tuple[str, ...]:
    """The ways that may be used now: no ringing for those told, at level 4 no ringing at night."""
    ways = working(escalation, roster, person)
    if person in escalation.told:
        return tuple(via for via in ways if via in WRITTEN) or ways
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
            yield from page(escalation, policy, roster, holder, held.step, now)
    _watch_roles(escalation, roster, now)


def working(escalation: Escalation, roster: Roster, person: str) -> tuple[str, ...]:
    """The kinds of way by which a person can still be tried."""
    broken = escalation.failed.get(person, ())
    return tuple(via for via in roster.vias(person) if via not in broken)
