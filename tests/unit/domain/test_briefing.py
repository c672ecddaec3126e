"""The audiences' clocks: due when, reminded before, missed at the end, never made up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.briefing import (
    CHANGES,
    LEADERS,
    REMIND_BEFORE,
    Audience,
    Briefing,
    How,
    Step,
    change_since,
    end,
    miss,
    step,
    told,
    turn,
)
from responder.domain.record import Entry

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BRANCHES = Audience("branches", every={1: 30 * MINUTE, 2: 30 * MINUTE, 3: HOUR}, levels=(1, 2, 3))


@pytest.mark.parametrize(
    ("audience", "level", "every"),
    [
        (LEADERS, 1, HOUR),
        (LEADERS, 2, HOUR),
        (LEADERS, 3, None),
        (LEADERS, 4, None),
        (BRANCHES, 1, 30 * MINUTE),
        (BRANCHES, 3, HOUR),
        (BRANCHES, 4, None),
        (replace(BRANCHES, levels=(1,)), 2, None),
        (replace(BRANCHES, every={1: MINUTE}), 1, 10 * MINUTE),
    ],
)
def test_how_often_at_each_level(audience: Audience, level: int, every: timedelta | None) -> None:
    """Leaders hourly at 1 and 2; others as the site says, never under ten minutes."""
    assert audience.interval(level) == every


@pytest.mark.parametrize(("level", "due"), [(1, 15), (2, 15), (3, 15), (4, None)])
def test_a_turn_is_told_soon(level: int, due: int | None) -> None:
    """Within fifteen minutes of activation, at the levels that concern the audience."""
    clock = Briefing("INC", "branches")
    turn(clock, BRANCHES, level, NOON)
    assert clock.due_at == (NOON + due * MINUTE if due else None)


def test_a_turn_never_puts_off_what_is_due() -> None:
    """What is due in five minutes stays due then; what is due later comes forward."""
    clock = Briefing("INC", "branches", due_at=NOON + 5 * MINUTE, reminded_at=NOON)
    turn(clock, BRANCHES, 1, NOON)
    assert (clock.due_at, clock.reminded_at) == (NOON + 5 * MINUTE, NOON)
    clock = Briefing("INC", "branches", due_at=NOON + 25 * MINUTE)
    turn(clock, BRANCHES, 1, NOON)
    assert clock.due_at == NOON + 15 * MINUTE


def test_late_by_a_second_is_late() -> None:
    """Lateness is kept to the second, for each interval that went by."""
    clock = Briefing("INC", "branches", due_at=NOON)
    assert told(clock, NOON, "duty", How.TEXT, "…", HOUR) == timedelta(0)
    miss(clock, HOUR, NOON + HOUR)
    late = told(clock, NOON + HOUR + timedelta(seconds=1), "duty", How.TEXT, "…", HOUR)
    assert late == timedelta(seconds=1)
    assert [one.late for one in clock.intervals] == [timedelta(0), timedelta(seconds=1)]


def test_being_told_closes_every_interval_that_was_missed() -> None:
    """Each is late by its own seconds; the oldest is what is answered for."""
    clock = Briefing("INC", "branches", due_at=NOON)
    miss(clock, HOUR, NOON)
    miss(clock, HOUR, NOON + HOUR)
    assert told(clock, NOON + 61 * MINUTE, "duty", How.TEXT, "…", HOUR) == 61 * MINUTE
    assert [one.late for one in clock.intervals] == [61 * MINUTE, MINUTE]
    assert clock.missed == []
    assert clock.due_at == NOON + 61 * MINUTE + HOUR


def test_downtime_is_not_made_up() -> None:
    """Three intervals went by while nothing ran: one is missed, the next ends in the future."""
    clock = Briefing("INC", "branches", due_at=NOON)
    assert miss(clock, HOUR, NOON + 3 * HOUR + MINUTE) == 3
    assert clock.due_at == NOON + 4 * HOUR
    assert len(clock.missed) == 1


def test_what_is_over_asks_for_nothing() -> None:
    """An ended clock has no next instant."""
    clock = Briefing("INC", "branches", due_at=NOON)
    end(clock)
    assert clock.next_at is None
    assert step(clock, NOON + HOUR) is None


MOVES = st.lists(
    st.tuples(st.sampled_from(["told", "turn", "wait"]), st.integers(0, 90), st.integers(1, 4)),
    max_size=25,
)


@given(MOVES)
def test_no_interval_without_a_reminder_before_and_an_alarm_at_its_end(
    moves: list[tuple[str, int, int]],
) -> None:
    """Whatever people do: an interval that ended untold was reminded of, and ended in an alarm."""
    clock, now, level = Briefing("INC", "branches"), NOON, 2
    turn(clock, BRANCHES, level, now)
    reminded: list[tuple[datetime, datetime]] = []
    alarmed: list[datetime] = []
    for what, minutes, new in moves:
        until = now + minutes * MINUTE
        while clock.next_at is not None and clock.next_at <= until:
            now = max(now, clock.next_at)
            if step(clock, now) is Step.REMIND:
                assert clock.due_at is not None
                clock.reminded_at = now
                reminded.append((now, clock.due_at))
            else:
                assert step(clock, now) is Step.END
                alarmed.append(now)
                miss(clock, BRANCHES.interval(level) or BRANCHES.within, now)
        now = until
        if what == "told":
            told(clock, now, "duty", How.TEXT, "…", BRANCHES.interval(level))
        elif what == "turn":
            level = new
            turn(clock, BRANCHES, level, now)
    untold = [one for one in clock.intervals if one.told_at is None or one.told_at > one.due_at]
    assert {one.due_at for one in untold} <= set(alarmed)
    ended = [one for one in clock.intervals if one.told_at is None or one.told_at >= one.due_at]
    assert len(ended) == len(alarmed)
    for at_end in alarmed:
        assert any(due == at_end and at_end - REMIND_BEFORE <= at < at_end for at, due in reminded)
    assert all(one.due_at <= now for one in clock.missed)


KINDS = st.lists(st.sampled_from([*CHANGES, "Noted", "Rang", "Briefed", "other"]), max_size=12)


@given(KINDS)
def test_no_change_is_refused_exactly_where_the_record_shows_one(kinds: list[str]) -> None:
    """A change counts if it stands after this audience's last briefing, another's or not."""
    entries = [entry(seq, kind) for seq, kind in enumerate(kinds)]
    last = max((seq for seq, kind in enumerate(kinds) if kind == "Briefed"), default=-1)
    later = [one for one in entries[last + 1 :] if one.kind in CHANGES]
    assert change_since(entries, "branches") == (later[-1] if later else None)


def test_a_starred_note_is_a_change() -> None:
    """A plain one is none."""
    assert change_since([entry(1, "Noted")], "branches") is None
    starred = replace(entry(1, "Noted"), payload={"starred": True})
    assert change_since([starred], "branches") == starred


def entry(seq: int, kind: str) -> Entry:
    """An entry; `other` is the briefing of another audience."""
    payload = {"audience": "hotline" if kind == "other" else "branches"}
    return Entry(seq, NOON, "Briefed" if kind == "other" else kind, "", "cli", "INC", payload, "")
