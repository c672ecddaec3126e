"""Who answers in time in every run from a moment in which they are reachable: argued, not run.

Each is reached no later than a bound, whatever the others do (ADR 0030), and counts where an answer
comes `in_time` of that bound.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from responder.domain.court import Court
from responder.domain.policy import Policy, meant_by
from responder.domain.roster import Roster
from responder.readiness.proof.moments import Moment

Sure = tuple[str, bool]
"""Somebody who is reached in time whatever the others do, and whether they may command."""
InTime = Callable[[timedelta], bool]


def paged(roster: Roster, policy: Policy, moment: Moment, in_time: InTime) -> Iterable[Sure]:
    """Whom a step of the first round means at every instant at which it may start.

    It starts no later than when all waits before it have run out, answers or not.
    """
    latest = timedelta(0)
    found: dict[str, bool] = {}
    for step in policy.steps:
        if not in_time(latest):
            break
        instants = moment.instants(latest)
        for target in step.page:
            meant = [meant_by(roster, target, at)[0] for at in instants]
            for person in meant[0]:
                if roster.vias(person) and all(person in each for each in meant):
                    leads = all(roster.may_command(person, policy.command, at) for at in instants)
                    found[person] = found.get(person, False) or leads
        latest += step.wait
    return found.items()


def in_turn(court: Court, moment: Moment, in_time: InTime) -> Iterator[Sure]:
    """Whom the succession comes to in time, if everyone before them is silent.

    Not argued where a name stands twice in the order: authority then goes round.
    """
    roster, order = court.roster, court.roster.site.command.succession
    if len(set(order)) < len(order):
        return
    latest = timedelta(0)
    for person in order:
        if not in_time(latest):
            return
        if not roster.vias(person):
            continue
        if all(not roster.absent(person, at) for at in moment.instants(latest)):
            yield person, True
        latest += court.hand_down_after


def asked_at_once(court: Court, decision: str, moment: Moment, in_time: InTime) -> Iterator[Sure]:
    """The holders of a decision's roles, and the command body once their time is up."""
    roster = court.roster
    if not in_time(timedelta(0)):
        return
    for person in court.holders(court.decision(decision), moment.at):
        if roster.vias(person):
            yield person, True
    if not in_time(court.hand_down_after):
        return
    instants = moment.instants(court.hand_down_after)
    for person in roster.command_body:
        if roster.vias(person) and all(not roster.absent(person, at) for at in instants):
            yield person, True
