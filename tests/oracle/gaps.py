"""What breaks a playbook, by brute force: every set, every one simulated, nothing argued."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from responder.domain.people import VIAS
from responder.domain.playbook import Playbook
from responder.domain.roster import Roster
from responder.domain.simulation import Scenario, simulate
from responder.readiness.proof.question import Question

CHANNELS = tuple(via for via in VIAS if via != "by_hand")


class Gap(NamedTuple):
    """Without these people and channels this stays undone (`""`: the page)."""

    what: str
    people: frozenset[str]
    channels: frozenset[str]


def subsets(of: tuple[str, ...], most: int) -> Iterator[frozenset[str]]:
    for size in range(most + 1):
        yield from map(frozenset, combinations(of, size))


def undone(
    roster: Roster,
    playbook: Playbook,
    question: Question,
    at: datetime,
    people: frozenset[str],
    channels: frozenset[str],
) -> set[str]:
    """What is not done in time: `""` where nobody takes it, and the decisions left open."""
    every = tuple(replace(point, after="") for point in playbook.decisions)
    scenario = Scenario(
        at, playbook.level, people, question.answer_after, question.within, channels
    )
    outcome = simulate(roster, replace(playbook, decisions=every), scenario)["outcome"]
    left = {p.id for p in every if p.id in roster.site.decisions} - outcome["decisions"].keys()
    taken = outcome["acknowledged_t"] is not None and not outcome["short"]
    return left if taken else left | {""}


def gaps(roster: Roster, playbook: Playbook, question: Question, at: datetime) -> set[Gap]:
    """The smallest sets that break a playbook declared at `at`: none within another."""
    used = tuple(v for v in CHANNELS if any(v in p.vias for p in roster.site.people.values()))
    found: list[Gap] = []
    for channels in subsets(used, question.channels):
        for people in subsets(tuple(roster.site.people), question.people):
            for what in undone(roster, playbook, question, at, people, channels):
                less = (
                    g.what == what and g.people <= people and g.channels <= channels for g in found
                )
                if not any(less):
                    found.append(Gap(what, people, channels))
    return {gap for gap in found if not any(_within(other, gap) for other in found)}


def _within(less: Gap, more: Gap) -> bool:
    smaller = less.people <= more.people and less.channels <= more.channels
    return less != more and less.what == more.what and smaller


def seconds(count: int) -> timedelta:
    return timedelta(seconds=count)
