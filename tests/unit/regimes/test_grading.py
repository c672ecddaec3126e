"""Grades are proposed, the gravest that holds, and only where the firm turned it on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.regime import Comparison, Criterion, GradeRule, Regime
from responder.regimes.grading import Proposal, proposed_grade
from tests.unit.regimes.told import pack


def graded(id: str, **values: str) -> Proposal:
    """What a pack of the release proposes, once its grading is on."""
    proposal = proposed_grade(replace(pack(id), grading=True), values)
    assert proposal is not None
    return proposal


def test_stand_ins_propose_nothing():
    """The release's packs have their grading off."""
    assert proposed_grade(pack("cn-securities"), {"trading_minutes": "600"}) is None


@pytest.mark.parametrize(
    ("values", "grade"),
    [
        ({"trading_minutes": "6"}, "larger"),
        ({"trading_minutes": "4.9"}, ""),
        ({"trading_minutes": "30", "full_outage": "yes", "active_customers": "100000"}, "major"),
        ({"trading_minutes": "30", "full_outage": "yes", "active_customers": "99999"}, "larger"),
        ({"trading_minutes": "30", "full_outage": "no", "active_customers": "100000"}, "larger"),
        ({"records_leaked": "100000"}, "major"),
        ({"branches_percent": "5"}, "larger"),
        ({"trading_minutes": "many"}, ""),
        ({"trading_minutes": "NaN"}, ""),
        ({"trading_minutes": "Infinity"}, ""),
        ({}, ""),
    ],
)
def test_the_text_of_2012(values, grade):
    """Art. 11 and 12, as far as they were found."""
    assert graded("cn-securities", **values).grade == grade


@pytest.mark.parametrize(
    ("values", "grade"),
    [
        ({"cii_outage": "360"}, "extraordinary"),
        ({"cii_outage": "359"}, "larger"),
        ({"cii_main_outage": "1440"}, "extraordinary"),
        ({"personal_records_leaked": "100000000"}, "extraordinary"),
        ({"personal_records_leaked": "99999999"}, "major"),
        ({"loss": "20000000"}, "major"),
        ({"loss": "5000000"}, "larger"),
        ({"cii_outage": "10"}, "larger"),
        ({"cii_outage": "9"}, ""),
    ],
)
def test_the_annex_of_the_measures(values, grade):
    """One criterion suffices."""
    assert graded("cn-cac-2025", **values).grade == grade


CRITICAL = {"critical_services": "yes"}


@pytest.mark.parametrize(
    ("values", "grade"),
    [
        ({"malicious_access": "yes"}, "major"),
        ({"reputation_hit": "yes"}, ""),
        ({"reputation_hit": "yes", "duration": "1441"}, "major"),
        ({"reputation_hit": "yes", "duration": "1440"}, ""),
        ({"duration": "1441", "downtime": "121"}, ""),  # one criterion, met twice
        ({"customers": "100001", "customers_percent": "11"}, ""),  # likewise
        ({"customers": "100001", "loss": "100001"}, "major"),
        ({"customers": "100000", "loss": "100001"}, ""),
        ({"relevant_clients": "yes", "member_states": "2"}, "major"),
    ],
)
def test_dora_counts_criteria_not_facts(values, grade):
    """Critical services affected, and malicious access or two of the others."""
    assert graded("eu-dora", **values, **CRITICAL).grade == grade
    assert graded("eu-dora", **values).grade == ""


def test_what_is_unknown_is_named():
    """What could still make it graver, and never that it is not reportable."""
    proposal = graded("cn-securities", trading_minutes="6")
    assert {"full_outage", "active_customers", "records_leaked"} <= {*proposal.unknown}
    assert proposal.rule
    assert "5分钟" in proposal.rule.says.zh


RULE = GradeRule("larger", (Criterion("loss", Comparison.AT_LEAST, "5"),))


@given(st.decimals(-10, 10, allow_nan=False), st.permutations(("major", "larger", "ordinary")))
def test_the_gravest_that_holds_is_proposed(loss, order):
    """Whatever the order of the rules."""
    bounds = {"major": "5", "larger": "0", "ordinary": "-5"}
    rules = tuple(
        GradeRule(grade, (Criterion("loss", Comparison.AT_LEAST, bounds[grade]),))
        for grade in order
    )
    proposal = proposed_grade(Regime("r", gradings=rules, grading=True), {"loss": str(loss)})
    assert proposal is not None
    expected = next((g for g in ("major", "larger", "ordinary") if loss >= int(bounds[g])), "")
    assert proposal.grade == expected


def test_an_empty_rule_holds_never():
    """A rule without criteria would grade everything."""
    bare = Regime("r", gradings=(GradeRule("major"),), grading=True)
    assert proposed_grade(bare, {}) == Proposal()
    same = replace(RULE, all=(Criterion("place", Comparison.IS, "上海"),))
    proposal = proposed_grade(Regime("r", gradings=(same,), grading=True), {"place": "上海"})
    assert proposal is not None
    assert proposal.grade == "larger"
