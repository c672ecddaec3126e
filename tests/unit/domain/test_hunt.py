"""The hunt for an owner: everybody who may report is asked before it is due, whatever the span."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain import hunt
from responder.domain.hunt import DAY, HOUR, LEAST_WAIT, MINUTE, SECOND, Chain
from responder.domain.obligation import Kind, Obligation
from responder.domain.words import Words

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
MANY = 200


def owed(span: timedelta) -> Obligation:
    found = Obligation("r/first", "INC-1", Kind.REPORT, "r/first", Words("首报", "first"))
    found.started_at, found.due_at = START, START + span
    return found


def chain(people: int, officers: int = 1) -> Chain:
    return Chain(tuple(f"p{n}" for n in range(people)), officers, 5 * MINUTE)


def asked(row: Obligation, order: Chain, until: datetime) -> list[tuple[datetime, tuple[str, ...]]]:
    """Who is asked when, if nobody ever takes it."""
    found = []
    for _ in range(MANY):
        at = hunt.asks_at(row, order)
        if at is None or at > until or not order.left(row):
            break
        people = hunt.to_ask(row, order, at)
        row.asked += people
        row.asked_at = at
        found.append((at, people))
    return found


@given(people=st.integers(1, 9), minutes=st.integers(1, 6000))
def test_everybody_is_asked_before_it_is_due(people: int, minutes: int) -> None:
    """One after the other, no two closer than a minute; all together where there is no time."""
    row, order = owed(minutes * MINUTE), chain(people)
    assert row.due_at is not None
    found = asked(row, order, row.due_at)
    assert [one for _, group in found for one in group] == list(order.order)
    assert found[0][0] == START
    assert all(at < row.due_at for at, _ in found)
    if minutes >= people:
        assert all(len(group) == 1 for _, group in found)
    instants = [at for at, _ in found]
    gaps = [later - at for at, later in pairwise(instants)]
    assert all(gap >= LEAST_WAIT for gap in gaps)


@given(people=st.integers(2, 9), minutes=st.integers(1, 6000), asleep=st.integers(0, 6000))
def test_whenever_it_wakes_the_rest_is_asked_in_what_is_left(
    people: int, minutes: int, asleep: int
) -> None:
    """After downtime nobody is left out, and nobody is asked before the engine runs again."""
    row, order = owed(minutes * MINUTE), chain(people)
    limit = START + minutes * MINUTE
    row.asked, row.asked_at = ["p0"], START
    woke = START + asleep * MINUTE
    while order.left(row):
        at = max(hunt.asks_at(row, order) or woke, woke)
        row.asked += hunt.to_ask(row, order, at)
        row.asked_at = at
    assert row.asked_at is not None
    assert row.asked_at <= max(limit, woke + people * LEAST_WAIT)


def test_at_once_the_officers_together_and_the_succession_a_minute_apart() -> None:
    """There is no time before it."""
    found = asked(owed(timedelta(0)), chain(4, officers=2), START + HOUR)
    assert [(at - START, group) for at, group in found] == [
        (timedelta(0), ("p0", "p1")),
        (MINUTE, ("p2",)),
        (2 * MINUTE, ("p3",)),
    ]


def test_where_there_is_time_the_succession_is_spared_until_half_of_it() -> None:
    """A four-hour clock: its first owner at once, the next after two hours; five days: a day."""
    second = [asked(owed(span), chain(4), START + span)[1][0] for span in (4 * HOUR, 5 * DAY)]
    assert [at - START for at in second] == [2 * HOUR, 4 * DAY]


@pytest.mark.parametrize(
    ("span", "before"),
    [
        (timedelta(0), []),
        (8 * MINUTE, [4 * MINUTE]),
        (30 * MINUTE, [5 * MINUTE]),
        (HOUR, [10 * MINUTE]),
        (4 * HOUR, [2 * HOUR, 10 * MINUTE]),
        (36 * HOUR, [18 * HOUR, HOUR, 10 * MINUTE]),
        (5 * DAY, [2.5 * DAY, DAY, HOUR, 10 * MINUTE]),
    ],
)
def test_warnings_come_by_the_span(span: timedelta, before: list[timedelta]) -> None:
    """Sooner or later before it is due."""
    row = owed(span)
    assert [START + span - at for at in hunt.warns_at(row)] == before


def test_late_from_the_first_second() -> None:
    """Lateness counts in seconds begun; the limit itself is in time."""
    row = owed(HOUR)
    limit = START + HOUR
    assert row.late_by(limit) == timedelta(0)
    assert row.late_by(limit + timedelta(microseconds=1)) == SECOND
    assert row.late_by(limit + SECOND) == SECOND
    assert hunt.breaches_at(row, chain(2)) == limit + SECOND
    assert hunt.breaches_at(owed(timedelta(0)), chain(2)) == START + 5 * MINUTE


def test_taken_it_is_left_alone_until_it_is_late_and_again_half_an_hour_after() -> None:
    """Who has it in hand is trusted so far."""
    row, order = owed(HOUR), chain(2)
    row.taken_at = START + MINUTE
    assert hunt.asks_at(row, order) is None
    row.breached_at = START + HOUR + SECOND
    assert hunt.asks_at(row, order) == row.breached_at
    row.taken_at = START + HOUR + MINUTE
    assert hunt.asks_at(row, order) is None
    assert hunt.renewed_at(row) == row.taken_at + 30 * MINUTE
    row.done_at = row.taken_at
    assert hunt.next_at(row, order) is None
