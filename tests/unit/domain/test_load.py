"""Load: the order of messages, and one call to a number at a time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.load import Room, joint, precedence, share_lines
from responder.domain.message import Message, Purpose

NOW = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)

MESSAGES = st.lists(
    st.builds(
        Message,
        id=st.uuids().map(str),
        incident=st.sampled_from(["INC-1", "INC-2"]),
        person=st.just("wang.fang"),
        via=st.sampled_from(["voice", "voice", "sms", "slack"]),
        to=st.sampled_from(["+861", "+862", "+863"]),
        purpose=st.sampled_from(list(Purpose)),
        ready_at=st.integers(-100, 0).map(lambda s: NOW + timedelta(seconds=s)),
        urgency=st.integers(0, 64),
        drill=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda message: message.id,
)
CALLS = st.dictionaries(
    st.sampled_from(["+861", "+862"]),
    st.integers(-30, 30).map(lambda s: NOW + timedelta(seconds=s)),
)


@given(MESSAGES, CALLS)
def test_one_call_to_a_number(messages, calling):
    """Every message is sent or joins; a number in a call is not rung, any other at most once."""
    shared = share_lines(messages, calling, NOW)
    assert sorted(m.id for m in (*shared.send, *shared.joined)) == sorted(m.id for m in messages)
    rung = [m.to for m in shared.send if m.via == "voice"]
    assert len(rung) == len(set(rung))
    assert all(calling.get(number, NOW) <= NOW for number in rung)
    for message in shared.joined:
        assert message.via == "voice"
        assert message.to in rung or calling[message.to] > NOW


@given(MESSAGES, CALLS)
def test_the_call_is_the_one_that_goes_first(messages, calling):
    """Of several rings to a number the gravest is the call; the real one before any drill."""
    shared = share_lines(messages, calling, NOW)
    assert shared.send == sorted(shared.send, key=precedence)
    for call in shared.send:
        if call.via == "voice":
            others = [m for m in messages if m.via == "voice" and m.to == call.to]
            assert call == min(others, key=precedence)
            assert not call.drill or all(m.drill for m in others)


@given(MESSAGES)
def test_the_order_is_real_urgency_age(messages):
    """Real before drill, then urgency, then age."""
    for one in messages:
        for other in messages:
            if (one.drill, one.urgency) < (other.drill, other.urgency):
                assert precedence(one) < precedence(other)


def test_a_call_that_ends_now_is_over():
    """The instant a call ends its number is free."""
    ring = Message("a", "INC-1", "p", "voice", "+861", Purpose.PAGE, NOW)
    assert share_lines([ring], {"+861": NOW}, NOW).send == [ring]
    assert share_lines([ring], {"+861": NOW + timedelta(seconds=1)}, NOW).joined == [ring]


def test_a_way_has_the_room_of_all_that_carry_it():
    """One channel that is full leaves the other's room; where all are, only the urgent pass."""
    full, fuller = Room(20, before=60), Room(9, before=2)
    assert joint([Room(5), Room(7)]) == Room(12)
    assert joint([full, Room(7)]) == Room(7)
    assert joint([full, fuller]) == full
