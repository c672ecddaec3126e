"""The log of all events: the matrix, what lies idle, what is alike."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.logged_event import (
    LEVELS,
    OF_LEVEL,
    PRIORITIES,
    EventRules,
    LoggedEvent,
    alike,
    likeness,
    matrix_is_whole,
    symptom_of,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = EventRules()
MATRICES = st.lists(
    st.lists(st.sampled_from(PRIORITIES), min_size=3, max_size=3).map(tuple), min_size=3, max_size=3
).map(tuple)


def event(days: int = 0, **more) -> LoggedEvent:
    usual = {"id": "E", "title": "t", "system": "core", "symptom": "x", "impact": 2, "scope": 2}
    return LoggedEvent(**{**usual, "priority": 3, "at": NOW + days * DAY, "by": "p", **more})


@pytest.mark.parametrize(
    ("impact", "scope", "priority"),
    [(1, 1, 1), (1, 2, 2), (1, 3, 2), (2, 1, 2), (2, 2, 3), (2, 3, 3), (3, 1, 3), (3, 2, 4),
     (3, 3, 4)],
)  # fmt: skip
def test_the_usual_matrix(impact, scope, priority):
    """Every cell of it."""
    assert RULES.priority(impact, scope) == priority


@given(MATRICES, st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_a_graver_impact_or_scope_never_ranks_lower(matrix, impact, scope):
    """Of a matrix that is whole; one that is not ranks everything gravest."""
    rules = EventRules(matrix=matrix)
    here = rules.priority(impact, scope)
    if not matrix_is_whole(matrix):
        assert here == 1
        return
    assert here == matrix[impact - 1][scope - 1]
    if impact > 1:
        assert rules.priority(impact - 1, scope) <= here
    if scope > 1:
        assert rules.priority(impact, scope - 1) <= here


@pytest.mark.parametrize(
    "matrix", [(), ((1, 2, 2), (2, 3, 3)), ((1, 2, 2), (2, 3), (3, 4, 4)), ((0, 1, 1),) * 3]
)
def test_what_is_no_matrix(matrix):
    """Too few rows, too few cells, a priority there is not."""
    assert not matrix_is_whole(matrix)


def test_response_levels_rank_as_they_stand():
    """A graver level never ranks lower."""
    ranks = [RULES.priority(*OF_LEVEL[level]) for level in (1, 2, 3, 4)]
    assert ranks == sorted(ranks) == [1, 2, 3, 4]


@given(st.integers())
def test_a_priority_off_the_scale_counts_as_the_nearest_on_it(priority):
    nearest = min(max(priority, PRIORITIES[0]), PRIORITIES[-1])
    assert RULES.may_lie(priority) == RULES.may_lie(nearest)


@given(st.integers(0, 200), st.sampled_from(PRIORITIES), st.integers(0, 90))
def test_an_event_is_overdue_from_the_end_of_its_span(minutes, priority, acted):
    """Counted from when anything was last done, to the minute; never what is handled elsewhere."""
    at = NOW + timedelta(minutes=minutes)
    one = event(priority=priority, acted_at=NOW + timedelta(minutes=acted) if acted else None)
    limit = (one.acted_at or one.at) + RULES.may_lie(priority)
    assert one.is_overdue(RULES, at) is (at >= limit)
    assert one.nag_at(RULES) == limit
    assert event(priority=priority, became="INC-1").nag_at(RULES) is None
    assert event(priority=priority, closed_at=NOW).nag_at(RULES) is None
    assert not event(priority=priority, became="INC-1").is_overdue(RULES, at + 9 * DAY)


def test_being_urged_buys_time_and_does_not_make_it_less_overdue():
    """The next time is a span later; it is idle all the same."""
    one = event(priority=2, nagged=[NOW + 2 * HOUR])
    assert one.nag_at(RULES) == NOW + 4 * HOUR
    assert one.is_overdue(RULES, NOW + 2 * HOUR)


# What is alike


@given(
    st.lists(
        st.tuples(
            st.integers(-200, 0), st.sampled_from(["core", "crm", ""]), st.sampled_from(["x", "y"])
        ),
        max_size=8,
    ),
    st.none() | st.integers(-200, 0),
)
def test_alike_are_those_of_one_system_and_symptom_in_time(rows, looked_at):
    """Against the words of the rule, one by one."""
    since = None if looked_at is None else NOW + looked_at * DAY
    others = [
        event(days, id=f"E{n}", system=system, symptom=symptom)
        for n, (days, system, symptom) in enumerate(rows)
    ]
    found = alike(event(), others, 90 * DAY, since)
    assert found == [
        one
        for one in others
        if (one.system, one.symptom) == ("core", "x")
        and NOW - 90 * DAY <= one.at <= NOW
        and (since is None or one.at > since)
    ]


@pytest.mark.parametrize(
    ("days", "looked_at", "is_alike"),
    [(-90, None, True), (-91, None, False), (-10, -11, True), (-10, -10, False), (-10, -5, False)],
)
def test_what_was_looked_into_does_not_count_again(days, looked_at, is_alike):
    """Nor what is further back than the interval; its last day is in it."""
    since = None if looked_at is None else NOW + looked_at * DAY
    assert bool(alike(event(), [event(days, id="F")], 90 * DAY, since)) is is_alike


def test_without_a_system_nothing_is_alike():
    """Nor without a symptom, nor is an event alike to itself."""
    assert alike(event(system=""), [event(id="F", system="")], 90 * DAY, None) == []
    assert alike(event(), [event()], 90 * DAY, None) == []
    assert likeness("core", "") == likeness("", "x") == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("行情延迟 09:31", "行情延迟，10:02", True),
        ("Gateway DOWN #12", "gateway down 13", True),
        ("ＣＰＵ高", "cpu 高", True),
        ("行情延迟", "行情中断", False),
    ],
)
def test_a_symptom_is_its_letters(one, other, same):
    """Times, numbers, case and width make no difference; words do."""
    assert (symptom_of(one) == symptom_of(other)) is same
