"""Each fault planted in the search is noticed: random firms, each judged by brute force once.

The folding of time has faults of its own: `test_every_second`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from responder.domain.playbook import Entry, Step
from responder.domain.roster import Roster
from responder.readiness.proof import search, silence, trial
from responder.readiness.proof.moments import Moment
from responder.readiness.proof.question import Question
from responder.readiness.proof.sure import paged
from responder.readiness.proof.trial import Trial
from tests.oracle.gaps import Gap, gaps, seconds
from tests.oracle.worlds import World, worlds
from tests.unit.readiness.proof.firms import EDGE, MINUTE, person, playbook, site
from tests.unit.readiness.proof.test_against_brute_force import instants, proved, question

CASES = 120


class Case(NamedTuple):
    """One declaration in one random firm, and what brute force finds of it."""

    world: World
    asked: Question
    at: datetime
    right: set[Gap]

    def is_found(self) -> bool:
        """Whether the proof says the same."""
        found = search.search(Roster(self.world.site), self.world.playbook, self.asked)
        return set(proved(found.breaches, self.at)) == self.right


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    found: list[Case] = []

    @settings(
        max_examples=CASES,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(worlds(), st.data())
    def collect(world: World, data: Any) -> None:
        people, channels = data.draw(st.sampled_from(((1, 1), (2, 0), (1, 2))))
        at = data.draw(instants(world))
        within = data.draw(st.sampled_from((300, 240, 400)))
        asked = question(world, within, people, channels)
        asked = replace(asked, start=at, horizon=seconds(1))
        roster = Roster(world.site)
        found.append(Case(world, asked, at, gaps(roster, world.playbook, asked, at)))

    collect()
    return [*found, late_by_a_failed_channel()]


def late_by_a_failed_channel() -> Case:
    """Both entries of the profile ring by SMS alone where there is no phone: chat is tried late."""
    profiles = {"urgent": (Entry(("sms",)), Entry(("sms", "voice"), MINUTE, 5 * MINUTE))}
    people = {"ann": person("ann", "slack", "sms"), "bo": person("bo", "sms")}
    firm = site(people=people, profiles=profiles)
    outage = playbook(Step(("ann",)), command=("ann",))
    world = World(firm, outage, EDGE, 2, frozenset(), 60, 0)
    asked = replace(question(world, 240, 1, 1), horizon=seconds(1))
    return Case(world, asked, EDGE, gaps(Roster(firm), outage, asked, EDGE))


def test_without_a_fault_all_is_found(cases):
    assert all(case.is_found() for case in cases)


def only_one_saver_tried(patch: Any) -> None:
    right = Trial.saved_by

    def saved_by(self: Trial, *case: Any) -> frozenset[str] | None:
        saved = right(self, *case)
        return None if saved is None else frozenset(sorted(saved)[:1])

    patch.setattr(Trial, "saved_by", saved_by)


def nobody_hears_late(patch: Any) -> None:
    right = silence.silence_of
    patch.setattr(silence, "silence_of", lambda *case: replace(right(*case), late=frozenset()))


def answers_take_no_time(patch: Any) -> None:
    patch.setattr(Trial, "_in_time", lambda self, asked_by: asked_by <= self.question.within)


def one_answer_is_enough(patch: Any) -> None:
    patch.setattr(Trial, "need", property(lambda self: 1))


def anybody_may_command(patch: Any) -> None:
    patch.setattr(trial, "paged", lambda *case: [(person, True) for person, _ in paged(*case)])


def channels_never_fail(patch: Any) -> None:
    patch.setattr(search, "silences", lambda *case: silence.silences(*case)[:1])


def supersets_shown_too(patch: Any) -> None:
    right = trial.Trial.saved_by

    def every(one: Trial, moment: Moment, silenced: Any, most: int) -> list[frozenset[str]]:
        people = one.roster.site.people
        sets = [frozenset(), *(frozenset({p}) for p in people)]
        return [s for s in sets if right(one, moment, s, silenced) is None]

    patch.setattr(search, "smallest", every)


FAULTS = [
    only_one_saver_tried,
    nobody_hears_late,
    answers_take_no_time,
    one_answer_is_enough,
    anybody_may_command,
    channels_never_fail,
    supersets_shown_too,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_noticed(cases, monkeypatch, fault: Callable[[Any], None]):
    fault(monkeypatch)
    assert not all(case.is_found() for case in cases)
