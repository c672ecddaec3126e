"""Nothing of a drill leaves unmarked, or for anybody who takes no part in it (P5)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.documents.drill import MARKS
from responder.domain.fence import FIRST_WORDS, breach
from responder.domain.message import FOR_ROOMS, Message, Purpose

AT = datetime(2026, 11, 23, tzinfo=UTC)


def message(**fields) -> Message:
    usual: dict[str, Any] = {
        "incident": "DRL-2026-0001",
        "person": "li.na",
        "purpose": Purpose.PAGE,
        "drill": True,
    }
    return Message("m", via="voice", to="x", ready_at=AT, **(usual | fields))


def test_every_mark_is_one_the_fence_knows():
    """What documents write first is what the fence looks for."""
    assert [first for first, _ in MARKS.values() if not first.startswith(FIRST_WORDS)] == []


@pytest.mark.parametrize(
    ("fields", "words", "why"),
    [
        ({"drill": False}, "【演练】接手", "without its mark"),
        ({}, "接手", "words without their mark"),
        ({}, " 【演练】", "words without their mark"),
        ({"person": "boss"}, "DRILL · take it", "not on the drill's list"),
        ({"person": "", "purpose": Purpose.NOTICE}, "【演练】公告", "nobody outside"),
        ({"person": "", "purpose": Purpose.CALL_TASK}, "【演练】请致电", "nobody outside"),
    ],
)
def test_a_breach_is_named(fields, words, why):
    assert why in breach(message(**fields), words, ("li.na",))


@given(st.sampled_from(Purpose), st.sampled_from(["", "li.na", "boss"]), st.sampled_from(["", "x"]))
def test_the_fence_in_full(purpose, person, words):
    """A message passes if and only if it is marked and meant for its people or its room."""
    for mark in (*FIRST_WORDS, ""):
        one = message(purpose=purpose, person=person)
        passes = not breach(one, mark + words, ("li.na",))
        inside = person == "li.na" or (person == "" and purpose in FOR_ROOMS)
        assert passes == (bool(mark) and inside)


@given(st.sampled_from(Purpose), st.sampled_from(["INC-2026-0001", "WRN-2026-0001", "FIRM"]))
def test_the_real_thing_is_none_of_its_business(purpose, incident):
    one = message(purpose=purpose, incident=incident, drill=False, person="boss")
    assert breach(one, "接手", ()) == ""


def test_a_drill_without_a_list_is_among_the_firm():
    """Declared by hand without a list, everybody in the contacts may be asked, nobody else."""
    assert breach(message(person="boss"), "【演练】接手", ()) == ""
    assert breach(message(person=""), "【演练】接手", ()) != ""
