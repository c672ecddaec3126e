"""Keys: what each means on which call, and what has to be said twice."""

import pytest

from responder.domain.keys import MENUS, NAMES, READ_BACK_FIRST, Act, Press, menu, press
from responder.domain.message import Purpose

ALL_KEYS = "0123456789*#"


@pytest.mark.parametrize(
    ("purpose", "keys"),
    [
        (Purpose.PAGE, {"1": Act.TAKE, "2": Act.DECLINE, "*": Act.REPEAT, "0": Act.HELP}),
        (Purpose.VERIFY_WARNING, {"1": Act.TAKE, "2": Act.DECLINE, "*": Act.REPEAT, "0": Act.HELP}),
        (Purpose.DECISION, {"1": Act.DECIDING, "2": Act.HAND_DOWN, "*": Act.REPEAT}),
        (Purpose.ROLL_CALL, {"1": Act.SAFE, "9": Act.NEED_HELP, "*": Act.REPEAT}),
        (Purpose.STILL_THERE, {"1": Act.HERE, "*": Act.REPEAT}),
        (Purpose.DUE, {"1": Act.TAKE, "*": Act.REPEAT}),
        (Purpose.HANDOVER, {"1": Act.ACCEPT, "2": Act.REFUSE, "*": Act.REPEAT}),
        (Purpose.ASSENT, {"1": Act.AGREE, "2": Act.DISAGREE, "*": Act.REPEAT}),
        (Purpose.CHECK_IN, {"1": Act.ON_POST, "*": Act.REPEAT}),
        (Purpose.INVITATION, {"1": Act.COME, "2": Act.STAY_AWAY, "*": Act.REPEAT}),
        (
            Purpose.HOT_WASH,
            {str(n): Act(f"knew_{n}") for n in range(1, 6)} | {"*": Act.REPEAT},
        ),
        (Purpose.TOLD, {"*": Act.REPEAT}),
        (Purpose.CANCELLED, {"*": Act.REPEAT}),
        (Purpose.ALARM, {"*": Act.REPEAT}),
    ],
)
def test_what_each_key_means(purpose, keys):
    """A key means what the call said it means, and every other key means nothing."""
    for key in ALL_KEYS:
        meant = press(purpose, key)
        if purpose is Purpose.DECISION and key in "46":
            continue
        assert meant == Press(keys.get(key, Act.WRONG))


@pytest.mark.parametrize(("key", "act"), [("4", Act.APPROVE), ("6", Act.REJECT)])
def test_a_decision_is_read_back_before_it_counts(key, act):
    """4 and 6 decide nothing by themselves; 1 confirms, and nothing but 1 does."""
    first = press(Purpose.DECISION, key)
    assert first == Press(Act.READ_BACK, act)
    assert press(Purpose.DECISION, "1", first.awaits) == Press(act)
    for other in set(ALL_KEYS) - {"1"}:
        assert press(Purpose.DECISION, other, first.awaits).act is not act


def test_another_answer_instead_of_confirming_is_read_back_too():
    """4, then 6: rejecting is read back, and 1 now confirms the rejection."""
    turned = press(Purpose.DECISION, "6", Act.APPROVE)
    assert turned == Press(Act.READ_BACK, Act.REJECT)


@pytest.mark.parametrize("key", ["*", "5"])
def test_repeating_or_slipping_keeps_what_waits(key):
    """Hearing it again, or a wrong key, does not lose the answer half given."""
    assert press(Purpose.DECISION, key, Act.APPROVE).awaits is Act.APPROVE


def test_the_only_one_says_it_twice():
    """Where nobody else holds the post, 2 has to be pressed again; 1 still takes it."""
    assert press(Purpose.PAGE, "2", Act.DECLINE) == Press(Act.DECLINE_SURELY)
    assert press(Purpose.PAGE, "1", Act.DECLINE) == Press(Act.TAKE)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_choice_can_be_said(purpose):
    """Every key on offer has words in both languages, before and while confirming."""
    for awaits in (None, Act.DECLINE, *READ_BACK_FIRST):
        for act in menu(purpose, awaits).values():
            assert NAMES[act].zh
            assert NAMES[act].en


def test_every_call_can_be_heard_again():
    """No menu is without `*`."""
    assert all("*" in keys for keys in MENUS.values())
