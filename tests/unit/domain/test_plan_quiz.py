"""The quiz: the same person gets the same questions, and four of five pass."""

from collections import Counter

import pytest

from responder.domain.plan_quiz import PASS, QUESTIONS, drawn, passes, right
from responder.domain.register import PLAN_SECTIONS
from responder.site.loader import load
from responder.site.sample import sample_folder

SITE = load(sample_folder()).site


def test_a_draw_is_the_same_for_the_same_person_and_version():
    """No dice: whoever takes it up again elsewhere goes on with the same questions."""
    first = drawn(SITE.quiz, "du.peng", "3.2")
    assert first == drawn(tuple(reversed(SITE.quiz)), "du.peng", "3.2")
    assert len({one.id for one in first}) == QUESTIONS
    others = {
        tuple(q.id for q in drawn(SITE.quiz, person, version, attempt))
        for person in ("du.peng", "li.na")
        for version in ("3.2", "3.3")
        for attempt in (0, 1)
    }
    assert len(others) == 8, "another person, version or attempt gets others"


def test_every_question_comes_up():
    """Over the readers of a version no question of the sample is left out."""
    seen = Counter(q.id for person in SITE.people for q in drawn(SITE.quiz, person, "3.2"))
    assert set(seen) == {one.id for one in SITE.quiz}


@pytest.mark.parametrize(
    ("score", "asked", "passed"),
    [
        (5, 5, True),
        (4, 5, True),
        (3, 5, False),
        (1, 2, True),
        (0, 1, False),
        (1, 1, True),
        (0, 0, False),
    ],
)
def test_four_of_five_pass(score, asked, passed):
    """And of fewer questions all but one."""
    assert PASS == 4
    assert passes(score, asked) is passed


def test_right_answers_are_counted():
    """By place, and no further than there are answers."""
    five = drawn(SITE.quiz, "li.na", "3.2")
    assert right(five, [one.answer for one in five]) == 5
    assert right(five, [one.answer for one in five][:3]) == 3
    assert right(five, [0] * 5) == 0


def test_the_samples_questions_can_be_answered():
    """At least fifteen, in both languages, each with its answer among several choices."""
    assert len(SITE.quiz) >= 15
    for one in SITE.quiz:
        assert 1 <= one.answer <= len(one.choices)
        assert len(one.choices) >= 3
        assert one.section in PLAN_SECTIONS
        for words in (one.ask, *one.choices):
            assert words.zh
            assert words.en
    assert {one.subject for one in SITE.quiz} == {"plan", "rules"}
