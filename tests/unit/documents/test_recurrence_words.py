"""Rules of what recurs, in words."""

import pytest

from responder.documents.paper.recurrence_words import recurrence_words
from responder.domain.recurrence import Recurrence


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (
            Recurrence(month="3,9", day="2nd sat"),
            "每年3月、9月，第二个星期六",
            "the second Saturday of March and September",
        ),
        (
            Recurrence(month="May", day="last fri,15"),
            "每年5月，最后一个星期五、15日",
            "the last Friday and day 15 of May",
        ),
        (Recurrence(day="last"), "每月，最后一天", "the last day of every month"),
    ],
)
def test_the_usual_rules(rule, zh, en):
    found = recurrence_words(rule)
    assert (found.zh, found.en) == (zh, en)


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (Recurrence(month="5-11", day="1"), "month 5-11; day 1"),
        (Recurrence(month="13", day="1"), "month 13; day 1"),
        (Recurrence(week="20,46", day_of_week="sat"), "week 20,46; day_of_week sat"),
        (Recurrence(month="5", day="xth sat"), "month 5; day xth sat"),
        (Recurrence(month="5"), "month 5"),
    ],
)
def test_a_rarer_one_stands_as_written(rule, written):
    """Nothing of it is left out, and nothing is guessed."""
    found = recurrence_words(rule)
    assert found.zh == found.en == written
