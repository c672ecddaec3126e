"""What is due in a drill, and when: pauses move it, conditions leave it out, an end is an end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.drill import Condition, DrillScenario, Result, Row
from responder.domain.drill_run import LONGEST, DrillRun, Ended, Pause
from responder.drills.conduct import coming, due_rows, ends_at, next_at

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SCENARIO = DrillScenario(
    "s",
    lasts=HOUR,
    rows={
        "late": Row("late", at=30 * MINUTE, only_if=(Condition("x", Result.NOT_DONE),)),
        "first": Row("first"),
        "praise": Row("praise", at=30 * MINUTE, only_if=(Condition("x"),)),
    },
)


def run(**fields) -> DrillRun:
    return replace(DrillRun("DRL-1", "s", START, "root"), **fields)


def due(at, results=None, **fields) -> tuple[list[str], list[str]]:
    send, skip = due_rows(SCENARIO, run(**fields), results or {}, START + at)
    return [row.id for row in send], [row.id for row in skip]


def test_rows_come_at_their_time_and_once():
    assert due(0 * MINUTE) == (["first"], [])
    assert due(29 * MINUTE, sent={"first": START}) == ([], [])
    assert due(30 * MINUTE, sent={"first": START}) == (["late"], ["praise"])
    assert due(HOUR, sent={"first": START, "late": START}, skipped={"praise": START}) == ([], [])


def test_a_condition_is_met_by_anything_done():
    """Done late or in part is done at all; not done is not done."""
    for result in (Result.DONE, Result.LATE, Result.PARTIAL):
        assert due(30 * MINUTE, {"x": result}, sent={"first": START}) == (["praise"], ["late"])
    assert due(30 * MINUTE, {"x": Result.NOT_DONE}, sent={"first": START})[0] == ["late"]


def test_nothing_is_due_while_it_stands_still_or_is_over():
    pause = Pause(START + MINUTE)
    assert due(HOUR, pauses=[pause]) == ([], [])
    assert next_at(SCENARIO, run(pauses=[pause])) is None
    over = run(ended=Ended.DONE, ended_at=START)
    assert next_at(SCENARIO, over) is None


def test_a_pause_moves_everything_that_was_to_come():
    pauses = [Pause(START + MINUTE, START + 21 * MINUTE)]
    drill = run(pauses=pauses, sent={"first": START})
    assert [at - START for at, _ in coming(SCENARIO, drill)] == [50 * MINUTE, 50 * MINUTE]
    assert ends_at(SCENARIO, drill) == START + 80 * MINUTE
    assert next_at(SCENARIO, drill) == START + 50 * MINUTE


def test_no_drill_runs_overnight():
    """However often it was paused, it ends."""
    pauses = [Pause(START, START + timedelta(hours=20))]
    assert ends_at(SCENARIO, run(pauses=pauses)) == START + LONGEST


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4)


@given(SPANS, st.integers(0, 90))
def test_an_offset_and_its_instant_belong_together(spans, minutes):
    """Whatever the pauses, the drill has run an offset's length at that offset's instant."""
    pauses, at = [], START
    for gap, length in spans:
        since = at + gap * MINUTE
        at = since + length * MINUTE
        pauses.append(Pause(since, at))
    drill = run(pauses=pauses)
    offset = minutes * MINUTE
    assert drill.ran_until(drill.instant(offset)) == offset
