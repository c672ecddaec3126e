"""`prove` finds each smallest set that breaks a playbook, and only those.

Held against brute force: the real simulation, run for every set, at random declarations and at
those around every change of the rosters.
"""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.roster import Roster
from responder.readiness.proof.question import Breach, Question
from responder.readiness.proof.search import search
from tests.oracle.effort import effort
from tests.oracle.gaps import Gap, gaps, seconds
from tests.oracle.worlds import World, worlds

HORIZON = 1800


def question(world: World, within: int, people: int, channels: int) -> Question:
    return Question(
        world.at,
        seconds(HORIZON),
        people,
        channels,
        seconds(within),
        seconds(max(world.answer_after, 1)),
    )


def proved(breaches: tuple[Breach, ...], at: datetime) -> list[Gap]:
    """The gaps that a proof says are open to a declaration at an instant."""
    return [
        Gap(what, frozenset(one.people), frozenset(one.channels))
        for one in breaches
        if any(span.start <= at < span.end for span in one.spans)
        for what in one.decisions or ("",)
    ]


@st.composite
def instants(draw: st.DrawFn, world: World) -> datetime:
    """Somewhere in the horizon, mostly shortly before or at a change of who is there."""
    site = world.site
    spans = [(one.start, one.end) for one in site.absences]
    spans += [(one.start, one.end) for one in site.overrides]
    edges = [at for span in spans for at in span]
    edges += [rotation.next_handover(world.at) for rotation in site.rotations.values()]
    before = draw(st.sampled_from((0, 1, 30, 59, 60, 61, 90, 120, 180, 181, 240, 300)))
    edge = draw(st.sampled_from([*edges, None]))
    at = edge - seconds(before) if edge else world.at + seconds(draw(st.integers(0, HORIZON - 1)))
    inside = world.at <= at < world.at + seconds(HORIZON)
    return at if inside else world.at + seconds(draw(st.sampled_from((0, 1, 77, 240))))


@given(worlds(), st.data())
@effort(40)
def test_each_smallest_set_and_only_those(world, data):
    """People and channels together, for each thing that has to be done."""
    within = data.draw(st.sampled_from((300, 240, 125, 600)))
    people, channels = data.draw(st.sampled_from(((1, 1), (2, 0), (1, 2), (3, 0))))
    asked = question(world, within, people, channels)
    roster = Roster(world.site)
    found = search(roster, world.playbook, asked)
    at = data.draw(instants(world))
    told = proved(found.breaches, at)
    assert len(told) == len(set(told))
    assert set(told) == gaps(roster, world.playbook, asked, at), at
