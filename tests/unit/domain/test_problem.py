"""Problems: which stage may follow which, what is proven, what teaches."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.problem import (
    LEGAL,
    Problem,
    Stage,
    StageEntered,
    lessons,
    looked_into,
)
from responder.errors import IllegalChange

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def problem(stage: Stage = Stage.PROPOSED, days: int = 0, **more) -> Problem:
    usual = {"id": "P", "title": "t", "system": "core", "source": "event", "opened_at": NOW}
    one = Problem(**{**usual, "opened_by": "p", "stage": stage, **more})
    one.stages.append(StageEntered(stage, NOW + days * DAY, "p"))
    return one


@given(st.lists(st.sampled_from(Stage), max_size=12))
def test_only_what_may_follow_follows(wanted):
    """Whatever is tried: a refusal names what is legal and changes nothing; the rest is kept."""
    one, entered = problem(), [Stage.PROPOSED]
    for number, stage in enumerate(wanted):
        before = one.stage
        if stage in LEGAL[before]:
            assert one.move(stage, "p", NOW + number * DAY) is before
            entered.append(stage)
        else:
            with pytest.raises(IllegalChange) as refused:
                one.move(stage, "p", NOW)
            assert one.stage is before
            assert all(legal.value in refused.value.said("en") for legal in LEGAL[before])
    assert [step.stage for step in one.stages] == entered
    assert one.is_open is (one.stage not in (Stage.ENDED, Stage.DISMISSED))


def test_every_stage_can_be_reached_and_the_ends_are_ends():
    """From the proposal on; nothing follows what is ended or dismissed."""
    seen, todo = {Stage.PROPOSED}, [Stage.PROPOSED]
    while todo:
        new = [stage for stage in LEGAL[todo.pop()] if stage not in seen]
        seen.update(new)
        todo += new
    assert seen == set(Stage)
    assert {s for s, after in LEGAL.items() if not after} == {Stage.ENDED, Stage.DISMISSED}
    assert Stage.SOLVED not in LEGAL[Stage.ANALYSED], "nothing is solved before it is handled"


@given(st.booleans(), st.booleans(), st.booleans())
def test_it_takes_three_things_to_be_solved(cause, fix, verification):
    """Blanks are none."""
    said = {True: "写明", False: "  "}
    one = problem(cause=said[cause], fix=said[fix], verification=said[verification])
    there = {"cause": cause, "fix": fix, "verification": verification}
    assert set(one.unproven) == {name for name, is_there in there.items() if not is_there}


@given(st.integers(0, 90), st.sampled_from(Stage))
def test_a_problem_is_stuck_at_the_end_of_its_time(days, stage):
    """And never once it has ended."""
    one = problem(stage)
    assert one.is_stuck(NOW + days * DAY, 30 * DAY) is (one.is_open and days >= 30)


def test_what_was_looked_into_is_the_last_that_closed():
    """An open one settles nothing."""
    closed = [problem(Stage.DISMISSED, 1), problem(Stage.ENDED, 3), problem(Stage.ANALYSED, 9)]
    assert looked_into(closed) == NOW + 3 * DAY
    assert looked_into([problem(Stage.SUBMITTED, 3)]) is None


def test_what_teaches_comes_latest_first():
    """A lesson, or a cause that is known; never what was dismissed."""
    old = problem(Stage.ENDED, 1, id="old", lesson="先压测")
    new = problem(Stage.ANALYSED, 5, id="new", cause="泄漏")
    dismissed = problem(Stage.DISMISSED, 9, cause="误报")
    assert [one.id for one in lessons([old, problem(), dismissed, new])] == ["new", "old"]
