"""The pacer against a provider's own bucket: never refused, and no slower than it must be."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.channels.email import Email
from responder.channels.phone import Twilio
from responder.channels.slack import Slack
from responder.channels.telegram.channel import Telegram
from responder.engine.pacer import MOST_PLACES, SPARED, STRETCHED, WAITED, Pacer, pacer_of
from responder.ports.channel import Pace
from tests.unit.engine.stand_ins import Wire

ROUNDING = 1e-9
rates = st.floats(0.1, 1000)
bursts = st.integers(1, 60)
waits = st.lists(st.floats(0, 5), min_size=1, max_size=60)


@dataclass
class Bucket:
    """A provider's own: full at first, and it refuses what it holds no token for."""

    rate: float
    burst: int
    tokens: float = 0.0
    at: float = 0.0

    def __post_init__(self):
        self.tokens = float(self.burst)

    def takes(self, now: float) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1 - ROUNDING * self.rate:
            return False
        self.tokens -= 1
        return True


def departures(pacer, asked):
    """When messages leave that are asked for at these instants, in order."""
    left, now = [], 0.0
    for at in asked:
        now = max(now, at, pacer.free_at())
        pacer.leave("somebody", now)
        pacer.answered(now, now)
        left.append(now)
    return left


def instants(gaps):
    at, found = 0.0, []
    for gap in gaps:
        at += gap
        found.append(at)
    return found


@given(rates, bursts, waits)
def test_a_provider_with_the_same_bucket_never_refuses(rate, burst, gaps):
    bucket = Bucket(rate, burst)
    left = departures(Pacer(Pace(rate, burst)), instants(gaps))
    assert all(bucket.takes(at) for at in left)


@given(rates, st.integers(2 * SPARED + 1, 60), waits, st.data())
def test_what_bunches_on_its_way_is_not_refused_where_the_bucket_is_large(rate, burst, gaps, data):
    """Any message may be late by as long as the tokens kept back last."""
    bucket = Bucket(rate, burst)
    left = departures(Pacer(Pace(rate, burst)), instants(gaps))
    late = st.floats(0, SPARED / rate)
    assert all(bucket.takes(at) for at in sorted(at + data.draw(late) for at in left))


@given(rates, bursts, st.integers(2, 500))
def test_a_backlog_leaves_at_the_rate(rate, burst, backlog):
    left = departures(Pacer(Pace(rate, burst)), [0.0] * backlog)
    assert left[-1] <= (backlog - 1) * STRETCHED / rate + ROUNDING


@given(rates, st.integers(3, 60), st.floats(0, 1))
def test_a_large_bucket_makes_up_for_being_late(rate, burst, share):
    """Late by less than the tokens not kept back, the rate over all is held."""
    pacer = Pacer(Pace(rate, burst))
    late = share * (burst - 1 - SPARED) / rate if burst > 2 * SPARED else 0.0
    for number in range(100):
        now = max(number / rate + late, pacer.free_at())
        pacer.leave("somebody", now)
        assert now <= number / rate + late + ROUNDING * 100


@given(rates, st.lists(st.floats(0, 0.8), min_size=1, max_size=60))
def test_a_late_answer_puts_off_the_next_where_nothing_is_spared(rate, late):
    """How late a message came in nobody knows but from its answer, and that suffices."""
    pacer, interval, now, arrived = Pacer(Pace(rate)), 1 / rate, 0.0, []
    for share in (0.0, *late):
        pacer.leave("somebody", now)
        arrived.append(now + share * interval)
        pacer.answered(now, now + (share + 0.1) * interval)
        now = pacer.free_at()
    gaps = [later - sooner for sooner, later in pairwise(arrived)]
    assert all(gap >= 0.9 * interval for gap in gaps)


def test_without_an_answer_the_next_waits_a_little_more():
    """And no longer: it may never come."""
    pacer = Pacer(Pace(10))
    pacer.leave("somebody", 0.0)
    assert pacer.free_at() == pytest.approx((1 + WAITED) * STRETCHED * 0.1)
    pacer.answered(0.0, 0.01)
    assert pacer.free_at() == pytest.approx(STRETCHED * 0.1)
    pacer.leave("somebody", 1.0)
    pacer.answered(1.0, 1.04)
    assert pacer.free_at() == pytest.approx(1.0 + STRETCHED * 0.1 + 0.03)


def test_a_provider_slower_than_its_pace_is_not_waited_for():
    pacer = Pacer(Pace(10))
    for left in (0.0, 1.0):
        pacer.leave("somebody", left)
        pacer.answered(left, left + 0.3)
    pacer.leave("somebody", 2.0)
    assert pacer.free_at() == pytest.approx(2.0 + STRETCHED * 0.1)


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_pause_holds_for_the_whole_account(first, second):
    """Also where there is no pace; a shorter one asked for later does not end it."""
    for pacer in (Pacer(), Pacer(Pace(1000))):
        pacer.pause(first)
        pacer.pause(second)
        assert pacer.free_at() == max(first, second)


def test_without_a_pace_everything_leaves_at_once():
    assert departures(Pacer(), [0.0] * 50) == [0.0] * 50


def test_a_place_has_a_gap_of_its_own():
    """By the longest beginning of its address; a group's topics count as the group."""
    pacer = Pacer(Pace(30, 30, {"": 1.0, "-": 3.0}))
    pacer.leave("42", 10.0)
    pacer.leave("-100/7", 10.0)
    assert pacer.place_free_at("42") == 11.0
    assert pacer.place_free_at("-100/8") == pacer.place_free_at("-100") == 13.0
    assert pacer.place_free_at("43") < 10.0


def test_places_are_forgotten_once_they_are_free():
    pacer = Pacer(Pace(1000, 1, {"": 1.0}))
    for number in range(3 * MOST_PLACES):
        pacer.leave(str(number), number / 100)
    assert len(pacer._places) <= MOST_PLACES


class PacedWire(Wire):
    """A wire that says its pace."""

    pace = Pace(1, 10, {"": 1.0})


def test_the_pace_is_the_channels_own_at_the_rate_that_the_site_sets():
    wire = Wire("sms", "sms")
    assert pacer_of(wire, {}).pace is None
    assert pacer_of(wire, {"sms": 3.0}).pace == Pace(3.0)
    paced = PacedWire("sms", "sms")
    assert pacer_of(paced, {}).pace == paced.pace
    assert pacer_of(paced, {"sms": 3.0}).pace == Pace(3.0, 10, {"": 1.0})


@pytest.mark.parametrize("channel", [Slack, Telegram, Twilio, Email])
def test_real_channels_say_their_pace(channel):
    assert isinstance(channel.pace, Pace)
    assert channel.pace.rate > 0
