"""Scores come from the record: in time by the right person is done, and nothing else is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.drill import DrillScenario, Expected, Objective, Result, Row
from responder.domain.drill_run import DrillRun, Ended, Pause
from responder.domain.record import Entry
from responder.domain.roster import Roster
from responder.domain.words import Words
from responder.drills.acts import NOT_KEPT_HERE
from responder.drills.scoring import Rating, Score, counts, rating, ratings, scores
from tests.stage.firm import small_firm

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
TAKE = Expected("take", "acknowledge", by=("role:duty_lead",), within=5 * MINUTE, objective="o")
HALT = Expected("halt", "decide", of="halt-orders", within=10 * MINUTE, objective="o")
SCENARIO = DrillScenario(
    "s",
    playbook="outage",
    lasts=timedelta(hours=1),
    objectives={"o": Objective("o", Words("目标", "objective")), "p": Objective("p")},
    rows={"a": Row("a", expects=(TAKE, HALT))},
)


def entry(kind: str, at: timedelta, seq: int = 1, actor: str = "", **payload) -> Entry:
    return Entry(seq, START + at, kind, actor, "slack", "DRL-1", payload, "")


def running(**fields) -> DrillRun:
    return replace(DrillRun("DRL-1", "s", START, "root", sent={"a": START}), **fields)


def scored(
    entries, now: timedelta, run: DrillRun | None = None, of: Expected | None = None
) -> dict[str, Score]:
    """The scores of the scenario, or of a row with one expected action alone."""
    wanted = replace(SCENARIO, rows={"a": Row("a", expects=(of,))}) if of else SCENARIO
    return scores(wanted, run or running(), entries, Roster(small_firm()), START + now)


REPORT = Expected("report", "report", of="cn-securities/first", within=10 * MINUTE, objective="o")


def report(at: timedelta, seq: int = 1, obligation: str = "cn-securities/first", **payload):
    """A report that was made."""
    return entry("ObligationDischarged", at, seq, "head", obligation=obligation, **payload)


@pytest.mark.parametrize(
    ("after", "result"),
    [(0 * SECOND, Result.DONE), (5 * MINUTE, Result.DONE), (5 * MINUTE + SECOND, Result.LATE)],
)
def test_a_second_late_is_late(after, result):
    """The limit itself is in time; one second more is not."""
    found = scored([entry("Acknowledged", after, person="duty")], timedelta(hours=1))
    assert found["take"].result is result
    assert (found["take"].by, found["take"].entry) == ("duty", 1)


def test_somebody_else_did_it():
    """Done by whoever was not to do it counts in part, and only once the limit is past."""
    told = [entry("Acknowledged", MINUTE, person="clerk")]
    assert "take" not in scored(told, 5 * MINUTE)
    assert scored(told, 5 * MINUTE + SECOND)["take"].result is Result.PARTIAL
    right = [*told, entry("Acknowledged", 2 * MINUTE, seq=2, person="duty")]
    assert scored(right, 5 * MINUTE)["take"].entry == 2


def test_nothing_is_said_before_its_time():
    """What may still be done has no score; a drill that is over leaves nothing open."""
    assert scored([], 5 * MINUTE) == {}
    assert scored([], 6 * MINUTE)["take"].result is Result.NOT_DONE
    over = running(ended=Ended.DONE, ended_at=START + MINUTE)
    assert {one.result for one in scored([], MINUTE, over).values()} == {Result.NOT_DONE}


def test_what_was_done_before_the_row_is_not_an_answer_to_it():
    """Only what follows the row counts; a row never sent asks for nothing."""
    run = running(sent={"a": START + 10 * MINUTE})
    told = [entry("Acknowledged", 9 * MINUTE, person="duty")]
    assert scored(told, timedelta(hours=1), run)["take"].result is Result.NOT_DONE
    assert scored(told, timedelta(hours=1), running(sent={})) == {}


def test_what_was_undone_does_not_count():
    """An acknowledgement taken back is none."""
    told = [entry("Acknowledged", MINUTE, person="duty"), entry("Undone", 2 * MINUTE, 2, seq_=0)]
    undone = replace(told[1], payload={"seq": 1, "undone": "Acknowledged"})
    assert scored([told[0], undone], timedelta(hours=1))["take"].result is Result.NOT_DONE


def test_another_decision_is_another_decision():
    """What it was done to has to be what was expected."""
    told = [entry("Decided", MINUTE, decision="police", person="boss")]
    assert scored(told, timedelta(hours=1))["halt"].result is Result.NOT_DONE
    told = [entry("Decided", MINUTE, decision="halt-orders", person="boss")]
    assert scored(told, timedelta(hours=1))["halt"].result is Result.DONE


def test_a_report_is_done_when_it_is_complete_and_on_time():
    """Left open, without its paper, after its rule's own limit: each is told, none is done."""
    later = timedelta(hours=1)
    done = report(9 * MINUTE, report="1", lacking=[], late_s=0)
    assert scored([done], later, of=REPORT)["report"].result is Result.DONE
    late = scored([report(9 * MINUTE, report="1", late_s=61)], later, of=REPORT)["report"]
    assert (late.result, late.late_by_rule) == (Result.LATE, 61 * SECOND)
    cause = {"id": "cause", "zh": "原因", "en": "Cause"}
    opened = scored([report(MINUTE, report="1", lacking=[cause])], later, of=REPORT)["report"]
    assert (opened.result, opened.lacking) == (Result.PARTIAL, (Words("原因", "Cause"),))
    bare = scored([report(MINUTE, report="", lacking=[])], later, of=REPORT)["report"]
    assert (bare.result, bare.lacking) == (Result.PARTIAL, (NOT_KEPT_HERE,))
    formless = scored([report(MINUTE, took_s=60)], later, of=REPORT)["report"]
    assert formless.result is Result.DONE


def test_a_complete_report_stands_before_one_that_was_not():
    """Within the limit it can still be mended; nothing is said of it before."""
    opened = report(MINUTE, report="1", lacking=[{"id": "a", "zh": "甲", "en": "a"}])
    assert scored([opened], 9 * MINUTE, of=REPORT) == {}
    done = report(9 * MINUTE, seq=2, report="2", lacking=[])
    found = scored([opened, done], 9 * MINUTE, of=REPORT)["report"]
    assert (found.result, found.entry) == (Result.DONE, 2)


def test_whichever_of_the_continuing_reports_it_was():
    """One that comes again is expected by its duty and recorded with its number."""
    third = replace(REPORT, of="cn-securities/continuing-other")
    told = [report(MINUTE, obligation="cn-securities/continuing-other#3", report="4")]
    assert scored(told, timedelta(hours=1), of=third)["report"].result is Result.DONE
    assert scored(told, timedelta(hours=1), of=REPORT)["report"].result is Result.NOT_DONE


def test_a_pause_does_not_count():
    """While the drill's clock stands still, nobody's limit runs."""
    pauses = [Pause(START + 2 * MINUTE, START + 32 * MINUTE)]
    told = [entry("Acknowledged", 35 * MINUTE, person="duty")]
    found = scored(told, timedelta(hours=1), running(pauses=pauses))
    assert found["take"].result is Result.DONE
    assert found["take"].due_at == START + 35 * MINUTE
    assert scored(told, timedelta(hours=1))["take"].result is Result.LATE


def test_the_evaluators_mark_stands():
    """What no entry shows is as it was marked."""
    run = running(marked={"take": Result.PARTIAL})
    assert scored([], timedelta(hours=1), run)["take"].result is Result.PARTIAL


def made(*results: Result) -> list[Score]:
    return [Score(str(n), "o", result, START) for n, result in enumerate(results)]


D, L, P, N = Result.DONE, Result.LATE, Result.PARTIAL, Result.NOT_DONE


@pytest.mark.parametrize(
    ("results", "rated"),
    [
        ((), None),
        ((D, D), Rating.PERFORMED),
        ((D, L), Rating.SOME_CHALLENGES),
        ((D, P), Rating.SOME_CHALLENGES),
        ((D, N), Rating.MAJOR_CHALLENGES),
        ((D, D, N), Rating.MAJOR_CHALLENGES),
        ((D, N, N), Rating.UNABLE),
        ((N,), Rating.UNABLE),
    ],
)
def test_the_rubric(results, rated):
    """Four ratings by a rule that anybody can check."""
    assert rating(made(*results)) is rated


@given(st.lists(st.sampled_from(Result), max_size=12))
def test_counts_add_up_and_more_failures_never_rate_better(results):
    """Counts are of everything, and one failure more is never a better rating."""
    found = made(*results)
    assert sum(counts(found).values()) == len(results)
    worse = rating([*found, *made(N)])
    order = [None, *Rating]
    assert order.index(worse) >= order.index(rating(found))


def test_an_objective_that_was_not_tried_has_no_rating():
    assert ratings(SCENARIO, made(D)) == {"o": Rating.PERFORMED, "p": None}
