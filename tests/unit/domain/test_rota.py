from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.rota import Absence, Override, Rotation, instant
from tests.oracle import meaning
from tests.oracle.effort import effort
from tests.oracle.worlds import ZONES

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONDON, NEW_YORK, SHANGHAI = ZONES


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def wall(written: str) -> datetime:
    return datetime.fromisoformat(written)


def rotation(starts: str, zone: str, shift: timedelta, *people: str) -> Rotation:
    return Rotation("duty-lead", wall(starts), zone, shift, people or ("ann", "bo"))


@pytest.mark.parametrize(
    ("local", "zone", "expected"),
    [
        ("2026-03-29T00:59", LONDON, "2026-03-29T00:59"),
        ("2026-03-29T01:00", LONDON, "2026-03-29T01:00"),  # skipped: the gap's end
        ("2026-03-29T01:30", LONDON, "2026-03-29T01:00"),
        ("2026-03-29T02:00", LONDON, "2026-03-29T01:00"),
        ("2026-03-29T02:01", LONDON, "2026-03-29T01:01"),
        ("2026-10-25T01:30", LONDON, "2026-10-25T00:30"),  # twice: the first
        ("2026-10-25T02:00", LONDON, "2026-10-25T02:00"),
        ("2026-03-08T02:30", NEW_YORK, "2026-03-08T07:00"),
        ("2026-11-01T01:59", NEW_YORK, "2026-11-01T05:59"),
        ("2026-10-01T08:30", SHANGHAI, "2026-10-01T00:30"),
    ],
)
def test_a_local_time_means_one_instant(local, zone, expected):
    """In a gap the first valid instant after it, of a repeated time the first."""
    assert instant(wall(local), zone) == utc(expected)


@given(
    st.sampled_from((LONDON, NEW_YORK, SHANGHAI, "Australia/Lord_Howe")),
    st.integers(0, 2 * 365 * 24 * 60),
)
@effort(200)
def test_both_implementations_read_the_same_clocks(zone, minute):
    local = wall("2026-01-01T00:00") + timedelta(minutes=minute)
    assert instant(local, zone) == meaning.instant(local, zone)


@pytest.mark.parametrize(("zone", "winter", "summer"), [(LONDON, 8, 7), (NEW_YORK, 13, 12)])
def test_shifts_of_whole_days_keep_the_local_time(zone, winter, summer):
    """A handover at eight stays at eight when the clocks change, and the shift has 23 hours."""
    rota = rotation("2026-01-05T08:00", zone, DAY)
    before, after = rota.turn(utc("2026-01-10T20:00")), rota.turn(utc("2026-07-10T20:00"))
    assert rota.handover(before).hour == winter
    assert rota.handover(after).hour == summer
    lengths = {rota.handover(turn + 1) - rota.handover(turn) for turn in range(before, after)}
    assert lengths == {DAY, 23 * HOUR}


def test_other_shifts_count_elapsed_time():
    """Twelve hours are twelve hours, so the local time of the handover moves with the clocks."""
    rota = rotation("2026-03-28T08:00", LONDON, 12 * HOUR)
    assert [rota.handover(turn) for turn in range(4)] == [
        utc("2026-03-28T08:00"),
        utc("2026-03-28T20:00"),
        utc("2026-03-29T08:00"),
        utc("2026-03-29T20:00"),
    ]
    assert rota.handover(2).astimezone(ZoneInfo(LONDON)).hour == 9


def test_a_handover_in_a_gap_and_at_a_repeated_time():
    """A shift that ends at half past one ends once on the nights when the clocks change."""
    rota = rotation("2026-03-28T01:30", LONDON, DAY)
    assert rota.on_shift(utc("2026-03-29T00:59:59")) == "ann"
    assert rota.on_shift(utc("2026-03-29T01:00")) == "bo"
    autumn = rotation("2026-10-24T01:30", LONDON, DAY)
    assert autumn.on_shift(utc("2026-10-25T00:29:59")) == "ann"
    assert autumn.on_shift(utc("2026-10-25T00:30")) == "bo"
    assert autumn.on_shift(utc("2026-10-25T01:30")) == "bo"


def test_nobody_is_on_shift_before_the_start():
    rota = rotation("2026-01-05T08:30", SHANGHAI, DAY)
    assert rota.on_shift(utc("2026-01-05T00:29:59")) == ""
    assert rota.on_shift(utc("2026-01-05T00:30")) == "ann"
    assert rotation("2026-01-05T08:30", SHANGHAI, DAY).next_handover(
        utc("2025-12-01T00:00")
    ) == utc("2026-01-05T00:30")


def test_a_rotation_of_nobody_is_nobody():
    empty = Rotation("duty-lead", wall("2026-01-05T08:30"), SHANGHAI, DAY, ())
    assert empty.on_shift(utc("2026-02-01T00:00")) == ""


def test_turns_go_round():
    """Each in turn, the same person again after all others."""
    rota = rotation("2026-01-05T08:30", SHANGHAI, 7 * DAY, "ann", "bo", "cy")
    weeks = [rota.on_shift(utc("2026-01-05T00:30") + week * 7 * DAY) for week in range(5)]
    assert weeks == ["ann", "bo", "cy", "ann", "bo"]


@given(
    st.sampled_from(ZONES),
    st.sampled_from([24 * HOUR, 12 * HOUR, 8 * HOUR, 7 * DAY, HOUR, 36 * HOUR]),
    st.integers(0, 24 * 60),
    st.integers(-300, 365 * 24 * 60),
)
@effort(200)
def test_both_implementations_find_the_same_person(zone, shift, start, minute):
    begin = wall("2026-01-05T00:00") + timedelta(minutes=start)
    rota = Rotation("duty-lead", begin, zone, shift, ("ann", "bo", "cy"))
    at = utc("2026-01-05T00:00") + timedelta(minutes=start + minute)
    assert rota.on_shift(at) == meaning.on_shift(rota, at)
    assert rota.next_handover(at) > at
    assert rota.on_shift(rota.next_handover(at) - timedelta(seconds=1)) == rota.on_shift(at)


@pytest.mark.parametrize("kind", [Override, Absence])
def test_spans_hold_from_their_start_to_before_their_end(kind):
    start, end = utc("2026-10-01T00:30"), utc("2026-10-02T00:30")
    span = (
        Override("duty-lead", start, end, "bo") if kind is Override else Absence("bo", start, end)
    )
    covered = [span.covers(at) for at in (start - timedelta(seconds=1), start, end)]
    assert covered == [False, True, False]
    assert span.covers(end - timedelta(seconds=1))
