"""Verified, reported, lifted along the same path: read from the warning's own record (7.2)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.drill import Danger, DrillScenario, Expected, Objective, Result, Row
from responder.domain.drill_run import DrillRun, Ended
from responder.domain.record import Entry
from responder.domain.roster import Roster
from responder.drills.scoring import scores
from responder.drills.warned import lifted, reported, steps
from tests.stage.firm import small_firm

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WARNED, OTHER = "DRL-WRN-2026-0001", "DRL-WRN-2026-0002"
WANTED = tuple(
    Expected(act, act, within=30 * MINUTE, objective="o")
    for act in ("verify", "warn_report", "lift")
)
SCENARIO = DrillScenario(
    "s",
    playbook="outage",
    lasts=timedelta(hours=2),
    objectives={"o": Objective("o")},
    rows={"w": Row("w", raises=Danger("outage"), expects=WANTED)},
)
RUN = DrillRun("DRL-1", "s", START, "root", sent={"w": START}, warnings={"w": WARNED})

VERIFIED = ("WarningMoved", {"stage": "verified"})
REPORTED = ("WarningReported", {"units": ["a", "b"]})
ALL_TOLD = ("ObligationDischarged", {"obligation": "warning-report"})
LIFTED = ("WarningMoved", {"stage": "lifted", "units": ["a", "b"]})
END_ASKED = ("WarningEndReported", {"units": ["a", "b"]})
END_TOLD = ("ObligationDischarged", {"obligation": "warning-end"})
WHOLE = (VERIFIED, REPORTED, ALL_TOLD, END_ASKED, LIFTED, END_TOLD)


def record(*told, subject: str = WARNED) -> list[Entry]:
    """One thing a minute."""
    return [
        Entry(n, START + n * MINUTE, kind, "duty", "slack", subject, payload, "")
        for n, (kind, payload) in enumerate(told, 1)
    ]


def results(entries, run: DrillRun = RUN, now: timedelta = timedelta(hours=1)) -> list[Result]:
    found = scores(SCENARIO, run, entries, Roster(small_firm()), START + now)
    return [found[one.id].result for one in WANTED]


DONE, PARTIAL, NOT = Result.DONE, Result.PARTIAL, Result.NOT_DONE


def test_all_of_it_in_time():
    assert results(record(*WHOLE)) == [DONE, DONE, DONE]
    late = [replace(entry, at=entry.at + timedelta(hours=1)) for entry in record(*WHOLE)]
    assert results(late, now=timedelta(hours=2)) == [Result.LATE] * 3


@given(st.integers(0, len(WHOLE)))
def test_however_far_it_came(far):
    """A beginning is a part, and never more; who reads the record later sees no less."""
    wanted = {
        0: [NOT, NOT, NOT],
        1: [DONE, NOT, NOT],
        2: [DONE, PARTIAL, NOT],
        3: [DONE, DONE, NOT],
        4: [DONE, DONE, NOT],
        5: [DONE, DONE, PARTIAL],
        6: [DONE, DONE, DONE],
    }
    assert results(record(*WHOLE[:far])) == wanted[far]


def test_lifted_where_no_unit_had_heard_of_it():
    """Then nobody is to hear of the end."""
    alone = ("WarningMoved", {"stage": "lifted", "units": []})
    assert results(record(VERIFIED, alone)) == [DONE, NOT, DONE]


def test_a_unit_told_meanwhile_is_to_hear_of_the_end_too():
    """The end was told, then another unit heard of the warning: not everybody knows again."""
    told = (*WHOLE, END_ASKED)
    assert results(record(*told))[2] is PARTIAL
    assert results(record(*told, END_TOLD))[2] is DONE


def test_the_end_told_is_no_lift():
    """A warning that became an incident is reported as over, and was not lifted."""
    turned = ("WarningMoved", {"stage": "converted"})
    assert results(record(VERIFIED, END_ASKED, turned, END_TOLD))[2] is NOT


def test_another_record_shows_nothing():
    """Of another warning, of the drill itself, or of a real one with such entries."""
    for subject in (OTHER, "DRL-1", "WRN-2026-0001"):
        assert results(record(*WHOLE, subject=subject)) == [NOT, NOT, NOT]


def test_what_a_warnings_record_holds_is_no_act_of_the_drill():
    """A call along its path is not the call that a row wants of the drill itself."""
    call = Expected("called", "call", within=30 * MINUTE, objective="o")
    one = replace(SCENARIO, rows={"w": Row("w", raises=Danger("outage"), expects=(call,))})
    over = replace(RUN, ended=Ended.DONE, ended_at=START + MINUTE)
    made = ("CallRecorded", {"whom": "unit:a", "result": "reached"})
    here, there = record(made), record(made, subject="DRL-1")
    site = Roster(small_firm())
    assert scores(one, over, here, site, START)["called"].result is NOT
    assert scores(one, over, there, site, START)["called"].result is DONE


def test_its_steps_are_told_in_order():
    told = [step.what.en for step in steps(record(("WarningRaised", {}), *WHOLE))]
    assert told == [
        "raised",
        "verified",
        "reported along its path",
        "everybody on its path was told",
        "lifted",
        "its end was told along the same path",
    ]


def test_nothing_is_shown_by_nothing():
    assert lifted([]) == ([], [])
    assert reported([]) == ([], [])
