"""Who hears of a late measure: never fewer as it gets later, never nobody, the next announced."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.measure import reminders
from responder.domain.measure_ladder import Ladder, Rung, heard_by, next_rise, reached, week_of

DAY = timedelta(days=1)
DUE = date(2026, 12, 4)
OWNER, LEAD, COMPLIANCE, HEAD = Rung
PEOPLE = ["owner", "lead", "coordinator", "law", "lex", "boss", "second", "root"]
SITE = Ladder(
    {
        OWNER: ("owner",),
        LEAD: ("lead", "coordinator"),
        COMPLIANCE: ("law", "lex"),
        HEAD: ("boss", "second"),
    },
    ("root",),
)
LISTS = st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True).map(tuple)
LADDERS = st.builds(
    lambda owner, lead, law, head, last: Ladder(
        {OWNER: (owner,), LEAD: lead, COMPLIANCE: law, HEAD: head}, last
    ),
    st.sampled_from(PEOPLE),
    *[LISTS] * 4,
)
SETS = st.frozensets(st.sampled_from(PEOPLE))


def heard(days_late: int, *missing: str, ladder: Ladder = SITE) -> list[str]:
    """Who hears of it so many days after its day, while some are not there."""
    found = heard_by(
        ladder, reached(DUE, DUE + days_late * DAY), lambda p: p not in missing, lambda p: True
    )
    return list(found.people.values())


@pytest.mark.parametrize(
    ("days_late", "week", "people"),
    [
        (-7, 0, ["owner"]),
        (0, 0, ["owner"]),
        (1, 1, ["owner"]),
        (7, 1, ["owner"]),
        (8, 2, ["owner", "lead"]),
        (21, 3, ["owner", "lead"]),
        (22, 4, ["owner", "lead", "law", "boss"]),
        (400, 58, ["owner", "lead", "law", "boss"]),
    ],
)
def test_it_goes_up_by_the_week(days_late, week, people):
    assert week_of(DUE, DUE + days_late * DAY) == week
    assert heard(days_late) == people


def test_whoever_is_away_is_passed_over_to_the_next():
    """To the one beside them, then to the rung above; and on record is who was passed over."""
    assert heard(1, "owner") == ["lead"]
    assert heard(8, "owner") == ["lead", "coordinator"]
    assert heard(8, "lead") == ["owner", "coordinator"]
    assert heard(8, "lead", "coordinator") == ["owner", "law"]
    assert heard(22, "boss") == ["owner", "lead", "law", "second"]
    found = heard_by(SITE, [OWNER, LEAD], lambda p: p != "lead", lambda p: True)
    assert found.passed_over == ("lead",)


def test_a_post_that_nobody_has_is_no_rung():
    """Without compliance in the firm the head alone hears in the fourth week, not a second one."""
    small = Ladder({OWNER: ("owner",), HEAD: ("boss", "second")})
    assert heard(22, ladder=small) == ["owner", "boss"]


def test_one_who_is_owner_and_lead_does_not_stop_it():
    own = Ladder({OWNER: ("lead",), LEAD: ("lead",), COMPLIANCE: ("law",), HEAD: ("lead", "boss")})
    assert heard(8, ladder=own) == ["lead", "law"]


@given(LADDERS, SETS, SETS, st.integers(-10, 60), st.integers(0, 60))
def test_later_never_reaches_fewer_and_never_nobody(ladder, present, gone, days, more):
    """Whoever is there hears; each person once; if anybody at all is known, somebody hears."""

    def people(late: int) -> list[str]:
        rungs = reached(DUE, DUE + late * DAY)
        found = heard_by(ladder, rungs, lambda p: p in present - gone, lambda p: p not in gone)
        return list(found.people.values())

    now, then = people(days), people(days + more)
    assert set(now) <= set(then)
    assert len(now) == len(set(now))
    assert not set(now) & gone
    everyone = {p for rung in ladder.rungs.values() for p in rung} | set(ladder.last)
    assert bool(now) == bool(everyone - gone)
    if everyone & (present - gone):
        assert set(now) <= present


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(-10, 60))
def test_what_is_announced_is_what_happens(due, days):
    """The day named is the first reminder at which others hear; from the top none is named."""
    zone = "Asia/Shanghai"
    now = datetime.combine(due + days * DAY, time(9, 30), ZoneInfo(zone))
    today = now.date()

    def coming():
        return reminders(due, now, zone, lambda day: day.weekday() < 5)

    at = next_rise(due, today, coming())
    if at is None:
        assert reached(due, today) == list(Rung)
        return
    assert at.astimezone(UTC) > now
    assert set(reached(due, at.date())) > set(reached(due, today))
    for one in coming():
        if one >= at:
            break
        assert reached(due, one.date()) == reached(due, today)
