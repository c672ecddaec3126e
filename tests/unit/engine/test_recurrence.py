"""On which days a rule falls: across year ends and leap days, and what cannot be read."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.recurrence import Recurrence
from responder.engine.recurrence import days_of
from responder.errors import BadInput

FAR = date(2100, 1, 1)
DAYS = [
    ({"month": "5,11", "day": "2nd sat"}, "2026-11-23", ["2027-05-08", "2027-11-13"]),
    ({"month": "5,11", "day": "2nd sat"}, "2027-05-08", ["2027-05-08", "2027-11-13"]),
    ({"month": "may,nov", "day": "last fri"}, "2026-11-27", ["2026-11-27", "2027-05-28"]),
    ({"month": "12,1", "day": "last"}, "2026-12-31", ["2026-12-31", "2027-01-31", "2027-12-31"]),
    ({"month": "2", "day": "29"}, "2026-01-01", ["2028-02-29", "2032-02-29"]),
    ({"month": "2", "day": "29"}, "2096-03-01", []),
    ({"month": "2", "day": "last"}, "2027-01-01", ["2027-02-28", "2028-02-29"]),
    ({"month": "*/6", "day": "1"}, "2026-12-31", ["2027-01-01", "2027-07-01", "2028-01-01"]),
    ({"week": "53", "day_of_week": "sun"}, "2026-06-01", ["2027-01-03", "2033-01-02"]),
    ({"week": "1", "day_of_week": "mon"}, "2026-06-01", ["2027-01-04", "2028-01-03"]),
    ({"month": "3", "day": "5th wed"}, "2027-01-01", ["2027-03-31", "2028-03-29"]),
    ({"month": "3", "day_of_week": "sat,sun"}, "2027-03-06", ["2027-03-06", "2027-03-07"]),
    ({"month": " 6 ", "day": "15"}, "2027-06-16", ["2028-06-15"]),
    ({}, "2026-12-31", ["2026-12-31", "2027-01-01", "2027-01-02"]),
    ({"month": "2", "day": "31"}, "2026-01-01", []),
]


@pytest.mark.parametrize(("rule", "since", "days"), DAYS, ids=str)
def test_the_days_of_a_rule(rule, since, days):
    """From the first day asked about, that day included, whatever the year."""
    found = days_of(Recurrence(**rule), date.fromisoformat(since), FAR)
    assert [day.isoformat() for day in islice(found, len(days) or 1)] == days


@pytest.mark.parametrize(
    "rule",
    [
        {"month": "13"},
        {"month": "11-5"},
        {"day": "2nd sut"},
        {"day": "6th sat"},
        {"day": "0"},
        {"day": "每月"},
        {"week": "54"},
        {"day_of_week": "someday"},
        {"day_of_week": "0"},
        {"day_of_week": "1-5"},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_named_with_a_mend(rule):
    """The field and what stands in it; weekdays by number are refused: whose week begins when?"""
    with pytest.raises(BadInput) as refused:
        list(days_of(Recurrence(month=rule.pop("month", "5"), **rule), FAR, FAR))
    for language in ("zh", "en"):
        said = refused.value.said(language)
        assert "recurs" in said
        assert refused.value.facts[f"mend_{language}"]


@given(
    st.sets(st.integers(1, 12), min_size=1),
    st.sets(st.integers(1, 31), min_size=1),
    st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1),
    st.dates(date(2020, 1, 1), date(2099, 1, 1)),
    st.integers(0, 800),
)
def test_it_agrees_with_counting_day_by_day(months, days, weekdays, since, length):
    """Every day of the span on which all fields hold, in order, and no other."""
    until = since + timedelta(days=length)
    rule = Recurrence(
        month=",".join(map(str, months)),
        day=",".join(map(str, days)),
        day_of_week=",".join(sorted(weekdays)),
    )
    span = (since + timedelta(days=n) for n in range(length))
    expected = [
        day
        for day in span
        if day.month in months and day.day in days and f"{day:%a}".lower() in weekdays
    ]
    assert list(days_of(rule, since, until)) == expected
