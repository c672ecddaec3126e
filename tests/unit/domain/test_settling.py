"""An outcome never takes a message backwards, whoever reports it, in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.message import FINAL, RANK, Message, Outcome, Purpose, State
from responder.domain.settling import settle

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
MESSAGE = Message("m", "INC-1", "p1", "voice", "+86138", Purpose.PAGE, NOON, fence=2)
STATES = st.sampled_from(State)
NEWS = st.tuples(STATES, st.sampled_from([1, 2, 3]), st.booleans(), st.booleans())


def settled(message, outcome, recalled=False):
    """The message after an outcome; it tells truly whether it changed."""
    after = replace(message)
    assert settle(after, outcome, recalled) or after == message
    return after


@given(STATES, st.lists(NEWS, max_size=6))
def test_rank_only_rises(state, news):
    """But for a retry of what is not known to be sent, which leads to ready or withdrawn."""
    message = replace(MESSAGE, state=state)
    for reported, fence, again, recalled in news:
        outcome = Outcome("m", fence, reported, LATER, retry_at=LATER if again else None)
        after = settled(message, outcome, recalled)
        if fence != 2 or message.state in FINAL:
            assert after == message
        if RANK[after.state] < RANK[message.state]:
            assert again
            assert after.state is State.READY
            assert not recalled
        if RANK[message.state] >= RANK[State.ACCEPTED]:
            assert RANK[after.state] >= RANK[message.state]
        message = after


@pytest.mark.parametrize("state", [State.READY, State.SENDING, State.UNKNOWN])
def test_a_retry_is_ready_again_at_its_time(state):
    message = replace(MESSAGE, state=state, leased_until=LATER)
    after = settled(message, Outcome("m", 2, State.FAILED, NOON, retry_at=LATER))
    assert (after.state, after.ready_at) == (State.READY, LATER)
    assert after.leased_until is after.settled_at is None


def test_a_recalled_one_is_not_tried_again():
    message = replace(MESSAGE, state=State.SENDING)
    after = settled(message, Outcome("m", 2, State.UNKNOWN, LATER, retry_at=LATER), recalled=True)
    assert (after.state, after.ready_at, after.settled_at) == (State.WITHDRAWN, NOON, LATER)
    done = settled(message, Outcome("m", 2, State.ACCEPTED, LATER), recalled=True)
    assert done.state is State.ACCEPTED


def test_what_is_left_out_stays():
    message = replace(MESSAGE, state=State.SENDING, provider="twilio", text="hello")
    after = settled(message, Outcome("m", 2, State.ACCEPTED, LATER, provider_id="CA1"))
    assert (after.provider, after.text, after.provider_id) == ("twilio", "hello", "CA1")
    assert after.settled_at == LATER


def test_of_what_was_accepted_the_provider_may_be_asked():
    """Heard of no more, it is handed out again to be looked up; nothing else leads back."""
    message = replace(MESSAGE, state=State.ACCEPTED, provider_id="CA1")
    asked = Outcome("m", 2, State.UNKNOWN, LATER, retry_at=LATER, asks=True)
    assert settled(message, asked).state is State.READY
    assert settled(message, replace(asked, asks=False)) == message
    assert settled(message, replace(asked, fence=1)) == message
    done = replace(message, state=State.DELIVERED)
    assert settled(done, asked) == done


def test_a_call_that_is_over_frees_its_line():
    """And a text that the sender reports late is kept; the state stays."""
    message = replace(MESSAGE, state=State.DELIVERED, calling_until=LATER)
    over = Outcome("m", 2, State.DELIVERED, LATER, over=True)
    assert settled(message, over) == replace(message, calling_until=None)
    late = Outcome("m", 2, State.ACCEPTED, LATER, text="said")
    assert settled(message, late) == replace(message, text="said")
