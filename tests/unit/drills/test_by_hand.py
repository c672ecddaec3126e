"""What was entered by hand counts by its true time, and never against the record."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.drill import Result
from responder.drills.remarks import remarks
from responder.drills.scoring import RANK, counted_by_hand
from tests.stage.firm import small_firm
from tests.unit.drills.test_intervals import KEEP
from tests.unit.drills.test_scoring import MINUTE, SECOND, START, TAKE, entry, scored

LATER = timedelta(hours=2)


def by_hand(acted: timedelta, at: timedelta = LATER, seq: int = 9, person: str = "duty", of="take"):
    said = {"expected": of, "person": person, "acted_at": (START + acted).isoformat()}
    return entry("ActionEntered", at, seq, "clerk", **said, reason="by his own phone")


def taken(at: timedelta, seq: int = 1, person: str = "duty"):
    return entry("Acknowledged", at, seq, person=person)


@pytest.mark.parametrize(
    ("acted", "result"),
    [(5 * MINUTE, Result.DONE), (5 * MINUTE + SECOND, Result.LATE), (MINUTE, Result.DONE)],
)
def test_its_true_time_decides(acted, result):
    """However late it was entered; who did it, who entered it and when stand beside."""
    found = scored([by_hand(acted)], LATER)["take"]
    assert found.result is result
    assert (found.by, found.done_at, found.entry) == ("duty", START + acted, 9)
    assert found.by_hand is not None
    assert (found.by_hand.entered_by, found.by_hand.entered_at) == ("clerk", START + LATER)
    assert counted_by_hand([found]) == 1


def test_by_somebody_else_it_is_done_in_part():
    assert scored([by_hand(MINUTE, person="head")], LATER)["take"].result is Result.PARTIAL


def test_the_record_stands_before_it():
    """Where both show as much, the engine's entry is the proof."""
    for own, result in ((MINUTE, Result.DONE), (8 * MINUTE, Result.LATE)):
        found = scored([taken(own), by_hand(own)], LATER)["take"]
        assert (found.result, found.entry, found.by_hand) == (result, 1, None)


def test_it_mends_what_the_record_does_not_show():
    """Taken late in the system, and in time by a call outside it."""
    found = scored([taken(8 * MINUTE), by_hand(3 * MINUTE)], LATER)["take"]
    assert (found.result, found.entry) == (Result.DONE, 9)


def test_the_later_entry_counts():
    """Entered again, the earlier one is of no account any more, even where it was better."""
    found = scored([by_hand(MINUTE), by_hand(7 * MINUTE, seq=10)], LATER)["take"]
    assert (found.result, found.entry) == (Result.LATE, 10)


def test_one_telling_keeps_no_interval():
    """Told once outside, it was kept in part at most."""
    assert scored([by_hand(MINUTE, of="keep")], LATER, of=KEEP)["keep"].result is Result.PARTIAL


def test_it_says_by_whose_hand():
    """In both languages, with when and why."""
    (said,) = remarks(scored([by_hand(MINUTE)], LATER)["take"], small_firm(), lambda _: "22:00")
    assert said.zh == "人工补登（clerk22:00登记）：by his own phone"
    assert said.en == "entered by hand (Clerk, 22:00): by his own phone"


RECORD = st.lists(
    st.tuples(st.integers(0, 10), st.sampled_from(["duty", "head"]), st.booleans()), max_size=6
)


@given(RECORD, st.integers(0, 10))
def test_nothing_done_or_entered_makes_it_worse(record, now):
    """Of one entry by hand and any record: what is known is never taken back."""
    hands = [r for r in record if r[2]][:1]
    kept = sorted([r for r in record if not r[2]] + hands)
    entries = [
        by_hand(at * MINUTE, at * MINUTE, seq, who) if hand else taken(at * MINUTE, seq, who)
        for seq, (at, who, hand) in enumerate(kept, 1)
    ]
    whole = scored(entries, LATER, of=TAKE)["take"].result
    part = [one for one in entries if one.at <= START + now * MINUTE]
    before = scored(part, now * MINUTE, of=TAKE).get("take")
    assert before is None or RANK.index(whole) <= RANK.index(before.result)


@given(RECORD)
def test_an_entry_by_hand_is_told_only_where_it_counts(record):
    """Where the record alone shows as much, nothing is marked as by hand."""
    own = [taken(at * MINUTE, seq, who) for seq, (at, who, _) in enumerate(sorted(record), 1)]
    alone = scored(own, LATER, of=TAKE)["take"]
    both = scored([*own, by_hand(4 * MINUTE)], LATER, of=TAKE)["take"]
    assert both == alone if alone.result is Result.DONE else both.by_hand is not None
