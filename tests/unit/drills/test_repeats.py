"""A finding that comes back is known by its words or its clause; feedback is counted."""

from datetime import UTC, date, datetime

import pytest

from responder.domain.drill_run import DrillRun, Ended, Feedback
from responder.domain.measure import Measure, Origin
from responder.drills.feedback import scale_of
from responder.drills.repeats import repeats

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def measure(id: str, title: str, clause: str = "") -> Measure:
    day = date(2026, 12, 1)
    return Measure(id, "DRL-1", Origin.DRILL, title, "duty", day, AT, "clerk", clause=clause)


@pytest.mark.parametrize(
    ("now", "before", "again"),
    [
        (("值班表未更新", ""), ("值班表 未更新。", ""), True),
        (("Update the roster", ""), ("update the ROSTER!", ""), True),
        (("换一种说法", "3.2"), ("值班表未更新", "3.2"), True),
        (("换一种说法", "3.2"), ("值班表未更新", "3.3"), False),
        (("换一种说法", ""), ("值班表未更新", ""), False),
    ],
)
def test_the_same_words_or_the_same_clause(now, before, again) -> None:
    """Spaces, stops and capitals make no difference; no clause is no clause in common."""
    found = repeats([measure("M-2", *now)], [measure("M-1", *before)])
    assert found == ({"M-2": ("M-1",)} if again else {})


def test_every_score_is_counted_even_none() -> None:
    """Counts of 1 to 5, and never a mean."""
    run = DrillRun("DRL-1", "s", AT, "clerk", absent=["b"], took_part=["a", "b", "c"])
    assert run.asked == []
    run.ended = Ended.DONE
    assert run.asked == ["a", "c"]
    run.feedback = {"a": Feedback(AT, 5), "c": Feedback(AT, 5)}
    assert scale_of(run) == {1: 0, 2: 0, 3: 0, 4: 0, 5: 2}
    run.ended = Ended.ABORTED
    assert run.asked == []
