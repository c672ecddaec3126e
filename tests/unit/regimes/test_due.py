"""What the engine promises: nothing due vanishes, nothing is concluded, history stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.calendar import Calendar
from responder.domain.regime import Duty, Limit, Milestone, Regime, Span, Unit
from responder.domain.words import Words
from responder.regimes.due import Due, Happened, Standing, Submission, dues
from tests.unit.regimes.told import PACKS, calendars, due_of, happened, local, pack

CN = pack("cn-securities")
DORA = pack("eu-dora")
AWARE = "aware 2026-11-23 10:00"


def at(due: Due, regime: Regime, text: str) -> bool:
    return due.due_at == local(text, regime.time_zone)


# Continuing reports


def test_a_continuing_report_ends_with_the_report_of_the_end_alone():
    """The state of the incident ends nothing; the report that states it does, any of the regime."""
    told = f"{AWARE}; first 2026-11-23 10:20; continuing-other 2026-11-23 11:10"
    due = due_of(CN, f"{told}; restored 2026-11-23 11:30")["continuing-other"]
    assert (due.key, due.because) == ("continuing-other#2", "every")
    assert at(due, CN, "2026-11-23 12:10")
    ended = due_of(CN, f"{told}; continuing-other 2026-11-23 11:40 states restored")
    assert "continuing-other" not in ended
    assert "continuing-core" not in ended


def test_a_report_that_states_less_ends_nothing():
    """Only the milestone that the duty ends with."""
    told = f"{AWARE}; yes data_incident; first 2026-11-23 10:20 states restored"
    assert "continuing-data" in due_of(CN, told)
    assert "continuing-data" not in due_of(CN, told.replace("states restored", "states resolved"))


def test_reopening_makes_the_end_be_reported_anew():
    """Continuing reports go on at once, and the summary of an end that was none is due again."""
    told = f"{AWARE}; first 2026-11-23 10:20; continuing-other 2026-11-23 11:00 states restored"
    told += "; stood_down 2026-11-23 12:00; summary 2026-11-23 13:00"
    assert not {"continuing-other", "summary"} & due_of(CN, told).keys()
    again = due_of(CN, f"{told}; reopened 2026-11-23 14:00")
    assert again["continuing-other"].because == "reopened"
    assert at(again["continuing-other"], CN, "2026-11-23 14:00")
    assert again["summary"].key == "summary#2"
    assert "first" not in again


def test_numbers_follow_the_reports():
    """However they were numbered, the next has a number of its own."""
    sent = [Submission("first", 1, NOON), Submission("continuing-other", 4, NOON)]
    told = Happened({"aware": NOON}, submissions=sent, answers={"core_system": False})
    keys = [due.key for due in dues(CN, told, calendars())]
    assert "continuing-other#5" in keys


# Two steps, first parts, the rest


def test_phone_comes_before_paper():
    """Two steps in this order, each with a proof of its own."""
    assert due_of(CN, AWARE)["first"].duty.steps == ("phone", "written")
    assert due_of(CN, AWARE)["first"].is_at_once


def test_a_partial_first_report_opens_the_rest():
    """CAC: items 1 and 2 suffice at first, the others follow."""
    cac = pack("cn-cac-2025")
    told = f"grade major; {AWARE}; first 2026-11-23 11:00"
    form = cac.forms["incident"]
    duty = due_of(cac, f"grade major; {AWARE}")["first"].duty
    assert set(duty.first) == {one.id for one in form.fields if one.part in ("one", "two")}
    assert "rest" not in due_of(cac, told)
    assert "first" not in due_of(cac, f"{told} preliminary")
    assert due_of(cac, f"{told} preliminary")["rest"].standing is Standing.OWED


def test_a_preliminary_summary_opens_a_supplement_that_stays():
    """The supplement is open until one is submitted that leaves nothing open."""
    told = "stood_down 2026-09-30 16:00; summary 2026-10-13 10:00 preliminary"
    assert "summary" not in due_of(CN, told)
    still = due_of(CN, f"{told}; supplement 2026-11-01 10:00 preliminary")["supplement"]
    assert still.key == "supplement#2"
    assert still.due_at == due_of(CN, told)["supplement"].due_at
    assert "supplement" not in due_of(CN, f"{told}; supplement 2026-11-01 10:00")
    assert "supplement" not in due_of(CN, told.removesuffix(" preliminary"))


# Whether it is demanded


def test_what_nobody_classified_shows_what_would_be_due():
    """With the limit, never as not demanded; and somebody is to classify it in time for that."""
    found = due_of(DORA, AWARE)
    assert found["initial"].standing is Standing.DEPENDS
    assert found["initial"].asks == ("grade",)
    assert at(found["initial"], DORA, "2026-11-24 10:00")
    classify = found["classify"]
    assert (classify.standing, classify.asks, classify.because) == (
        Standing.OWED,
        ("grade",),
        "initial",
    )
    assert classify.due_at == found["initial"].due_at
    assert "classify" not in due_of(DORA, f"grade major; {AWARE}")


def test_a_judgement_not_made_is_asked_for():
    """Where clocks begin with a determination, the list says that it is open."""
    found = due_of(pack("us-8k-105"), AWARE)
    assert found["filing"].standing is Standing.DEPENDS
    assert found["classify"].asks == ("determined_at",)
    assert found["classify"].standing is Standing.TO_COME


def test_an_unknown_answer_never_spares():
    """Unknown whether core: the hourly reports are owed, the half-hourly ones may be."""
    told = f"{AWARE}; first 2026-11-23 10:20"
    open_ = due_of(CN, told)
    assert open_["continuing-core"].standing is Standing.DEPENDS
    assert open_["continuing-other"].standing is Standing.OWED
    assert open_["continuing-data"].standing is Standing.TO_COME, "the hourly ones stand for it"
    assert open_["classify"].asks == ("core_system",)
    core = due_of(CN, f"{told}; yes core_system")
    assert core["continuing-core"].standing is Standing.OWED
    assert core["continuing-other"].standing is Standing.NOT_DEMANDED


def test_a_grade_that_demands_nothing_stays_in_the_list():
    """By a named person's word, and anything but “not reportable”: it may still be reported."""
    due = due_of(DORA, f"grade not_major; {AWARE}")["initial"]
    assert (due.standing, due.due_at, due.asks) == (Standing.NOT_DEMANDED, None, ("grade",))


def test_a_grade_that_does_not_exist_decides_nothing():
    """It is as good as none."""
    assert due_of(DORA, f"grade minor; {AWARE}")["initial"].standing is Standing.DEPENDS


def test_reclassifying_keeps_history():
    """What was submitted stays; non-major opens its own report; major again asks for the rest."""
    sent = f"{AWARE}; classified 2026-11-23 11:00; initial 2026-11-23 13:00"
    down = due_of(DORA, f"grade not_major; {sent}; reclassified 2026-11-24 09:00")
    assert "initial" not in down
    assert down["reclassification"].standing is Standing.OWED
    assert down["intermediate"].standing is Standing.NOT_DEMANDED
    never = due_of(DORA, f"grade not_major; {AWARE}; reclassified 2026-11-24 09:00")
    assert never["reclassification"].standing is Standing.TO_COME
    up = due_of(DORA, f"grade major; {sent}; reclassification 2026-11-24 10:00")
    assert at(up["intermediate"], DORA, "2026-11-26 13:00")
    assert "reclassification" not in up


def test_a_kind_of_institution_is_bound_by_its_own_duty():
    """One hour for critical infrastructure, two for an organ of the state, four for others."""
    cac = pack("cn-cac-2025")
    told = f"grade larger; {AWARE}"
    assert {"first"} == {id for id in due_of(cac, told) if id.startswith("first")}
    assert {"first-cii"} == {id for id in due_of(cac, f"{told}; is cii") if id.startswith("first")}
    assert "drill" not in due_of(pack("cn-order218"), "drilled 2026-04-24 17:00")


# Limits that give way


def test_an_updated_report_is_spared_by_one_that_came_later():
    """DORA: an intermediate report after regular activity was back tells of it already."""
    told = "grade major; initial 2026-11-23 13:00; restored 2026-11-24 09:00"
    assert "intermediate-update" not in due_of(DORA, f"{told}; intermediate 2026-11-25 10:00")


def test_a_notice_of_lateness_goes_with_the_limit_it_is_about():
    """There when somebody said so, gone when the report was submitted after all."""
    told = "grade major; initial 2026-11-23 13:00"
    assert "late-intermediate" not in due_of(DORA, told)
    told += "; late intermediate 2026-11-25 12:00"
    due = due_of(DORA, told)["late-intermediate"]
    assert due.because == "intermediate"
    assert due.started_at == local("2026-11-25 12:00", DORA.time_zone)
    assert "late-intermediate" not in due_of(DORA, f"{told}; intermediate 2026-11-26 12:00")


def test_what_is_over_in_time_spares_the_report_in_between():
    """NIS2: resolved by the limit, there is no progress report; a second later there is."""
    nis2 = pack("eu-nis2")
    told = "grade significant; notification 2026-01-31 10:00; resolved 2026-02-28 10:00"
    assert "progress" not in due_of(nis2, told)
    assert "progress" in due_of(nis2, f"{told}:01")


def test_a_second_report_does_not_move_the_clock_of_the_next():
    """Filing the initial report again wins no time for the intermediate one."""
    told = "grade major; initial 2026-11-23 13:00; initial 2026-11-25 13:00"
    assert at(due_of(DORA, told)["intermediate"], DORA, "2026-11-26 13:00")


# Calendars that end


def test_past_its_calendar_a_limit_is_early_and_said_to_be_so():
    """Five working days are never sooner than five days."""
    due = due_of(CN, "stood_down 2026-12-29 16:00")["summary"]
    assert (due.beyond, due.standing) == ("cn", Standing.OWED)
    assert at(due, CN, "2027-01-03 16:00")
    bare = dues(CN, happened(CN, "stood_down 2026-09-30 16:00"), {})
    assert {due.duty.id: due.beyond for due in bare}["summary"] == "cn"
    unrolled = dues(DORA, happened(DORA, "grade major; aware 2026-11-28 09:30"), {})
    assert {due.duty.id: due.beyond for due in unrolled}["initial"] == "eu_target"


# Rules that hold whatever happened

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
instants = st.integers(-3 * 86_400, 40 * 86_400).map(lambda s: NOON + timedelta(seconds=s))
regimes = st.sampled_from([pack(id) for id in PACKS])


@st.composite
def happenings(draw: st.DrawFn, regime: Regime) -> Happened:
    ids = [duty.id for duty in regime.duties]
    states = st.sampled_from(((), ("restored",), ("resolved",), ("closed",)))
    sent = st.builds(
        Submission, st.sampled_from(ids), st.integers(1, 3), instants, states, st.booleans()
    )
    asked = sorted({fact for duty in regime.duties for fact in (*duty.when, *duty.unless)})
    return Happened(
        milestones=draw(st.dictionaries(st.sampled_from([*Milestone]), instants)),
        grade=draw(st.sampled_from(("", *regime.grades))),
        submissions=draw(st.lists(sent, max_size=6)),
        kinds=draw(st.sampled_from(((), ("cii",), ("trading_venue", "enhanced")))),
        answers=draw(st.dictionaries(st.sampled_from(asked), st.booleans())) if asked else {},
        changes=draw(st.lists(instants, max_size=3)),
        cannot_meet=draw(st.dictionaries(st.sampled_from(ids), instants, max_size=2)),
    )


told = regimes.flatmap(lambda regime: st.tuples(st.just(regime), happenings(regime)))


@given(told)
def test_the_same_happenings_give_the_same_list(case):
    """In the same order, in whatever order the reports come from the shelf, each key once."""
    regime, what = case
    found = dues(regime, what, calendars())
    backwards = replace(what, submissions=what.submissions[::-1], changes=what.changes[::-1])
    keys = [due.key for due in found]
    assert len(set(keys)) == len(keys)
    if len({one.at for one in what.submissions}) == len(what.submissions):
        assert dues(regime, backwards, calendars()) == found
    order = [duty.id for duty in regime.duties]
    shown = [order.index(due.duty.id) for due in found if due.duty.stage != "classification"]
    assert shown == sorted(shown)


@given(told, st.sampled_from([*Milestone]), instants, st.booleans())
def test_nothing_due_vanishes_but_by_a_report(case, milestone, moment, answer):
    """Not by a milestone (but the one named to spare it), not by an answer, not by a grade."""
    regime, what = case
    before = dues(regime, what, calendars())
    asked = [fact for duty in regime.duties for fact in (*duty.when, *duty.unless)]
    later = [
        replace(what, milestones={**what.milestones, milestone: moment}),
        replace(what, changes=[*what.changes, moment]),
        *(replace(what, answers={**what.answers, fact: answer}) for fact in asked),
        *(replace(what, grade=grade) for grade in ("", *regime.grades)),
    ]
    for happened_then in later:
        after = {due.duty.id for due in dues(regime, happened_then, calendars())}
        for due in before:
            spared = due.duty.spared_by or due.duty.covered_by
            assert due.duty.id in after or spared or due.duty.stage == "classification"


@given(told)
def test_every_report_bound_is_in_the_list_until_it_is_sent(case):
    """A pack's duty is listed, or was submitted, ended, spared, or does not bind the firm."""
    regime, what = case
    kinds = {what.institution, *what.kinds}
    listed = {due.duty.id for due in dues(regime, replace(what, submissions=()), calendars())}
    opened = {duty.opens for duty in regime.duties} | {duty.if_late for duty in regime.duties}
    for duty in regime.duties:
        bound = (not duty.institutions or kinds & {*duty.institutions}) and not kinds & {
            *duty.not_for
        }
        if bound and duty.id not in opened and not duty.spared_by:
            assert duty.id in listed


@given(told)
def test_of_several_limits_the_earliest_counts(case):
    """A due is never later than any limit that stands alone."""
    regime, what = case
    for due in dues(regime, what, calendars()):
        if due.limit is None or due.duty.recurs or due.due_at is None:
            continue
        for limit in due.duty.limits:
            alone = replace(regime, duties=_alone(regime, due.duty, limit))
            for one in dues(alone, what, calendars()):
                if one.duty.id == due.duty.id and one.due_at is not None:
                    assert due.due_at <= one.due_at


def _alone(regime: Regime, duty: Duty, limit: Limit) -> tuple[Duty, ...]:
    return tuple(
        replace(one, limits=(limit,)) if one.id == duty.id else one for one in regime.duties
    )


@given(st.integers(0, 60), st.integers(0, 30 * 86_400))
def test_days_past_a_calendar_are_never_later_than_the_truth(days, seconds):
    """Whatever is off: so many days of work take at least so many days."""
    duty = Duty("x", Words("某", "x"), limits=(Limit("aware", Span(days, Unit.WORKING_DAYS)),))
    regime = Regime("r", working_days="c", duties=(duty,))
    start = NOON + timedelta(seconds=seconds)
    known = Calendar("c", since=date(2026, 1, 1), until=date(2027, 12, 31))
    (guess,) = dues(regime, Happened({"aware": start}), {})
    (true,) = dues(regime, Happened({"aware": start}), {"c": known})
    assert guess.beyond == "c"
    assert guess.due_at is not None
    assert true.due_at is not None
    assert guess.due_at <= true.due_at


@pytest.mark.parametrize("id", PACKS)
def test_no_clock_needs_more_than_was_told(id):
    """With nothing told, everything is to come and nothing is asked."""
    found = dues(pack(id), Happened({}), calendars())
    assert all(due.due_at is None for due in found)
    assert "classify" not in {due.duty.id for due in found}
