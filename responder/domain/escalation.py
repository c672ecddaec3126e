"""Escalation: whom to page, when the next step starts, when enough have answered.

The rules are those of `docs/reference/semantics.md`, "Escalation"; their numbers stand in
brackets. An `Escalation` is one incident's state, changed in place by the functions here, which
return what happened. They are pure otherwise: no clock, no chance, no I/O, so the engine,
`simulate` and the tests run the same ones.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from responder.domain.cycle import Escalation
from responder.domain.events import Acknowledged, Declined, Event, Late, WayFailed
from responder.domain.policy import Policy, people_of
from responder.domain.roster import Roster
from responder.domain.rounds import enough, judge, page, settle, working

__all__ = [
    "LATE",
    "Escalation",
    "Policy",
    "acknowledge",
    "advance",
    "decline",
    "fail",
    "people_of",
    "remove",
    "restart",
    "settle",
    "start",
    "summon",
    "withdraw",
    "working",
]

LATE = timedelta(seconds=10)
"""Work noticed up to this late counts as at its due time (Downtime, 4)."""


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
    judge(escalation, policy, roster, person, now)
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
    if escalation.completed_at is None or enough(escalation, policy):
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
        run.bring_forward(now, ways, via)
    return [WayFailed(now, person, via, for_good)]


def stall(
    escalation: Escalation, roster: Roster, person: str, via: str, now: datetime
) -> list[Event]:
    """Nothing is heard of a way: it counts as failed, unless it is the only one to go on by.

    Then its line is still taken, and to ring anew before that is free would reach nobody.
    """
    run = escalation.runs.get(person)
    ways = working(escalation, roster, person)
    if run is None or not set(ways) & set(run.goes_on_by(now, ways)) - {via}:
        return []
    return fail(escalation, roster, person, via, False, now)


def summon(
    escalation: Escalation, policy: Policy, roster: Roster, person: str, now: datetime
) -> list[Event]:
    """Page somebody beside the policy, under the step started last."""
    return [
        *page(escalation, policy, roster, person, escalation.step, now),
        *settle(escalation, policy, roster, now),
    ]
