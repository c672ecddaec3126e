"""`simulate` against the second implementation of the same rules, over random worlds."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given

from responder.domain.roster import Roster
from responder.domain.simulation import Scenario, simulate
from tests.oracle.compare import DECIDING, PAGING, counted, places, sequence
from tests.oracle.effort import effort
from tests.oracle.simulate import simulate as judged
from tests.oracle.worlds import World, worlds


def simulated(world: World) -> dict[str, Any]:
    scenario = Scenario(
        world.at,
        world.level,
        world.unreachable,
        timedelta(seconds=world.answer_after),
        timedelta(seconds=world.until),
    )
    return simulate(Roster(world.site), world.playbook, scenario)


def expected(world: World) -> dict[str, Any]:
    return judged(
        world.site,
        world.playbook,
        world.at,
        world.level,
        world.unreachable,
        world.answer_after,
        world.until,
    )


@given(worlds())
@effort(300)
def test_both_tell_the_same_story(world):
    """To the second, kinds in their order at each instant, and the same outcome."""
    told, right = simulated(world), expected(world)
    assert counted(told["events"]) == counted(right["events"])
    assert sequence(told["events"]) == sequence(right["events"])
    for order in (PAGING, DECIDING):
        placed = list(places(told["events"], order))
        assert placed == sorted(placed)
    assert told["outcome"] == right["outcome"]


@given(worlds())
@effort(20)
def test_the_head_names_the_scenario(world):
    told = simulated(world)
    assert told["playbook"] == world.playbook.id
    assert datetime.fromisoformat(told["at"]) == world.at
    assert set(told["unreachable"]) == world.unreachable
