import json
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.evidence.canonical import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


class Via(StrEnum):
    VOICE = "voice"


def test_the_form_is_fixed():
    """No library's taste may ever change this text: every chain hangs on it."""
    value = {
        "乙": [1, True, None],
        "a": datetime(2026, 10, 1, 3, 0, 0, 7, tzinfo=timezone(timedelta(hours=8))),
        "\U0001f600": "\u2028\n\x00/",
        "\uffff": Via.VOICE,
        "": ({"b": 1, "a": -2},),
    }
    assert canonical(value).decode() == (
        '{"":[{"a":-2,"b":1}],"a":"2026-09-30T19:00:00.000007Z",'
        '"乙":[1,true,null],"\uffff":"voice","\U0001f600":"\u2028\\n\\u0000/"}'
    )


@given(VALUES)
def test_it_says_the_same_and_is_stable(value):
    """Reading a canonical text and writing it again gives the same text."""
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(TEXT, st.integers(0, 9)))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(dict(reversed(list(value.items())))) == canonical(value)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"x": [0.5]},
        {1: "a"},
        {None: 1},
        b"bytes",
        {1, 2},
        timedelta(1),
        datetime(2026, 1, 1),  # noqa: DTZ001 - that it has no zone is the point
        2**63,
        "\ud800",
        {"\udfff": 1},
    ],
)
def test_what_has_no_canonical_form_is_refused(value):
    """Nothing is rounded, guessed or dropped on its way into the record."""
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_years_keep_four_digits():
    assert canonical(datetime(7, 1, 2, tzinfo=UTC)) == b'"0007-01-02T00:00:00.000000Z"'
