"""The outbox: taken once, settled by whoever holds the fence, never backwards."""

from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.domain.load import Room
from responder.domain.message import FINAL, RANK, Purpose, State
from tests.contract.store.anything import anything
from tests.contract.store.samples import NOON, at, message, outcome

FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def add(store, *messages):
    store.run(lambda uow: uow.outbox.add(messages))


def claim(store, now=NOON, until=None, limit=50):
    return store.run(lambda uow: uow.outbox.claim(now, until or now + timedelta(seconds=30), limit))


def settle(store, *outcomes):
    return store.run(lambda uow: uow.outbox.settle(outcomes))


def get(store, id="m1"):
    return store.read(lambda uow: uow.outbox.get(id))


@settings(max_examples=25, deadline=None, suppress_health_check=FIXTURES)
@given(data=st.data())
def test_every_message_comes_back_equal(store, data):
    """Whatever a message holds, the database gives it back, within the work and after it."""
    drawn = data.draw(anything(type(message("m"))))
    drawn.id = store.read(lambda uow: uow.token())
    drawn.attempt, drawn.fence = drawn.attempt % 1000, drawn.fence % 1000

    def put(uow):
        uow.outbox.add([drawn])
        return uow.outbox.get(drawn.id)

    assert store.run(put) == drawn
    assert get(store, drawn.id) == drawn


def test_the_most_urgent_first(store):
    """By urgency, then by age, then in the order enqueued; never one before its time."""
    add(
        store,
        message("late", 0, urgency=5),
        message("second", -1, urgency=2),
        message("third", 0, urgency=2),
        message("fourth", 0, urgency=2),
        message("first", -9, urgency=2),
        message("not yet", 0.000001, urgency=0),
    )
    assert [m.id for m in claim(store, limit=4)] == ["first", "second", "third", "fourth"]
    assert [m.id for m in claim(store)] == ["late"]
    assert [m.id for m in claim(store, at(1))] == ["not yet"]
    assert claim(store, at(99)) == []


def test_a_claim_leases_and_counts(store):
    add(store, message("m1"))
    (taken,) = claim(store, NOON, at(30))
    assert (taken.state, taken.attempt, taken.fence) == (State.SENDING, 1, 1)
    assert taken.leased_until == at(30)
    assert get(store) == taken


def test_leases_run_out(store):
    """A claimant that never came back leaves its messages to be looked into, oldest lease first."""
    add(store, message("m1"), message("m2"), message("m3"))
    claim(store, NOON, at(30), 1)
    claim(store, NOON, at(20), 1)
    claim(store, NOON, at(99), 1)

    def expired(now, limit=10):
        return [m.id for m in store.run(lambda uow: uow.outbox.expired(now, limit))]

    assert expired(at(19)) == []
    assert expired(at(30)) == ["m2", "m1"]
    assert expired(at(30), 1) == ["m2"]
    settle(store, outcome(get(store, "m2"), State.UNKNOWN))
    assert expired(at(30)) == ["m1"]


def test_an_old_fence_changes_nothing(store):
    """Whoever lost its lease to another cannot speak for the message any more."""
    add(store, message("m1"))
    (lost,) = claim(store)
    settle(store, outcome(lost, State.UNKNOWN, retry_at=at(1)))
    (mine,) = claim(store, at(1))
    assert (mine.attempt, mine.fence) == (2, 2)
    assert settle(store, outcome(lost, State.ACCEPTED)) == []
    assert settle(store, outcome(lost, State.FAILED, retry_at=at(2))) == []
    assert get(store) == mine
    assert [m.id for m in settle(store, outcome(mine))] == ["m1"]


def test_what_the_provider_said_is_kept(store):
    """Later news adds to earlier news; what it leaves out stays as it was."""
    add(store, message("m1"))
    (taken,) = claim(store)
    said = outcome(taken, provider="twilio", provider_id="CA1", text="演练\0")
    (accepted,) = settle(store, replace(said, calling_until=at(90)))
    assert (accepted.provider_id, accepted.text) == ("CA1", "演练\0")
    assert accepted.leased_until is None
    assert get(store).text == "演练\N{REPLACEMENT CHARACTER}"
    settle(store, outcome(taken, State.DELIVERED, at=at(70), reason="answered"))
    done = get(store)
    assert (done.state, done.provider_id, done.reason) == (State.DELIVERED, "CA1", "answered")
    assert (done.settled_at, done.calling_until) == (at(70), None)


def test_a_batch_is_settled_together_in_order(store):
    """Unknown ids are passed over, two outcomes of one message both count, one after the other."""
    add(store, message("m1"), message("m2"))
    one, two = claim(store)
    changed = settle(
        store,
        outcome(one, State.ACCEPTED, provider_id="SM1"),
        outcome(one, State.DELIVERED),
        outcome(message("none")),
        outcome(two, State.DELIVERED),
        outcome(two, State.ACCEPTED),
    )
    assert {m.id: (m.state, m.provider_id) for m in changed} == {
        "m1": (State.DELIVERED, "SM1"),
        "m2": (State.DELIVERED, ""),
    }
    assert get(store, "m1").state is get(store, "m2").state is State.DELIVERED


NEWS = st.tuples(
    st.sampled_from(State), st.sampled_from([0, 0, 0, -1]), st.none() | st.integers(0, 3)
)
MOVES = st.lists(st.sampled_from(["claim", "withdraw"]) | NEWS, max_size=14)


@settings(max_examples=120, deadline=None, suppress_health_check=FIXTURES)
@given(MOVES)
def test_states_never_go_backwards(store, moves):
    """Whatever is reported, in whatever order: final states stay, rank only rises.

    The one way back is a retry of what is not known to be sent, and it leads to ready alone.
    """
    id = store.read(lambda uow: uow.token())
    add(store, message(id, incident=id))
    for move in moves:
        before = get(store, id)
        changed = make(store, id, move, before)
        after = get(store, id)
        assert changed == (after != before)
        if before.state in FINAL:
            assert after == before
        if RANK[after.state] < RANK[before.state]:
            assert after.state is State.READY
            assert RANK[before.state] < RANK[State.ACCEPTED]
            assert isinstance(move, tuple)
            assert move[2] is not None
        assert after.fence - before.fence == (move == "claim" and changed)


def make(store, id, move, known):
    """One move; returns whether the store says that it changed the message."""
    if move == "claim":
        return any(m.id == id for m in claim(store, at(9), limit=1000))
    if move == "withdraw":
        return store.run(lambda uow: uow.outbox.withdraw(id, None, [Purpose.PAGE])) == 1
    state, off, retry = move
    retry_at = None if retry is None else at(retry)
    news = outcome(known, state, retry_at=retry_at, reason=state.value)
    return bool(settle(store, replace(news, fence=known.fence + off)))


def test_withdrawn_are_only_the_ready_ones_meant(store):
    """Of one incident, for the purposes named, for the people named or for all."""
    add(
        store,
        message("taken", -5),
        message("other incident", incident="INC-2"),
        message("other purpose", purpose=Purpose.TOLD),
        message("p1", 50),
        message("p2", 50, person="p2"),
        message("p3", 50, person="p3", purpose=Purpose.DECISION),
    )
    (taken,) = claim(store, limit=1)

    def withdraw(persons, purposes):
        return store.run(lambda uow: uow.outbox.withdraw("INC-1", persons, purposes))

    assert withdraw(None, []) == 0
    assert withdraw([], [Purpose.PAGE]) == 0
    assert withdraw(["p2", "p3"], [Purpose.PAGE]) == 1
    assert get(store, "p2").state is State.WITHDRAWN
    assert withdraw(None, ["page", "decision"]) == 2
    assert get(store, taken.id) == taken
    assert get(store, "other purpose").state is State.READY
    assert get(store, "other incident").state is State.READY


def test_what_is_under_way_is_recalled(store):
    """After a cancellation, a sending that fails is not tried again; one that succeeds, counts."""
    add(store, message("m1"), message("m2"), message("m3", person="p2"))
    one, two, three = claim(store)
    assert store.run(lambda uow: uow.outbox.withdraw("INC-1", ["p1"], [Purpose.PAGE])) == 0
    settle(store, *[outcome(m, State.FAILED, retry_at=at(1)) for m in (one, three)], outcome(two))
    found = [m.state for m in store.read(lambda uow: uow.outbox.of("INC-1"))]
    assert found == [State.WITHDRAWN, State.ACCEPTED, State.READY]


def test_withdrawing_sees_what_the_same_work_added(store):
    def work(uow):
        uow.outbox.add([message("m1")])
        return uow.outbox.withdraw("INC-1", None, [Purpose.PAGE])

    assert store.run(work) == 1
    assert claim(store) == []


def test_what_is_next(store):
    """The next that is ready, or the next lease to run out, whichever comes first."""

    def following():
        return store.read(lambda uow: uow.outbox.next_ready())

    assert following() is None
    add(store, message("m1", 5), message("m2", 40))
    assert following() == at(5)
    claim(store, at(5), at(30))
    assert following() == at(30)
    settle(store, outcome(get(store, "m1")))
    assert following() == at(40)


def test_lists_and_counts(store):
    add(store, *[message(f"m{n}", person=f"p{n % 2}") for n in range(6)])
    claim(store, limit=1)
    read = store.read
    assert [m.id for m in read(lambda uow: uow.outbox.of("INC-1"))] == [f"m{n}" for n in range(6)]
    assert [m.id for m in read(lambda uow: uow.outbox.to("p1", 2))] == ["m3", "m5"]
    assert read(lambda uow: uow.outbox.to("nobody")) == []
    assert read(lambda uow: uow.outbox.counts()) == {State.READY: 5, State.SENDING: 1}
    assert read(lambda uow: uow.outbox.get("none")) is None


def test_two_engines_never_take_the_same(opened):
    """While one engine's claim is not committed, another passes over it or waits for the end."""
    mine, other = opened(), opened()
    taken, go = Event(), Event()

    def slow(uow):
        found = uow.outbox.claim(NOON, at(30), 3)
        taken.set()
        go.wait(1)
        return found

    add(mine, *[message(f"m{n}") for n in range(8)])
    first = mine.submit(slow)
    assert taken.wait(5)
    second = other.submit(lambda uow: uow.outbox.claim(NOON, at(30), 10))
    go.set()
    ids = [m.id for m in first.result(10) + second.result(10)]
    assert sorted(ids) == [f"m{n}" for n in range(8)]


def test_an_id_is_enqueued_once(store):
    """Enqueueing the same message twice is a mistake of the caller, and nothing is doubled."""
    add(store, message("m1"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        add(store, message("m1"))
    assert len(store.read(lambda uow: uow.outbox.of("INC-1"))) == 1


def test_a_way_gives_no_more_than_there_is_room_for(store):
    """A full one gives only what is more urgent than what it has; the others give everything."""
    add(
        store,
        *(message(f"sms {n}", n, via="sms", urgency=60) for n in range(-9, 0)),
        message("sms page", via="sms", urgency=2),
        message("call", via="voice", urgency=60),
        message("mail 1", -2, via="email", urgency=60),
        message("mail 2", -1, via="email", urgency=60),
        message("pigeon", via="pigeon", urgency=1000),
    )
    rooms = {"sms": Room(50, before=60), "email": Room(1)}

    def claim_room(limit):
        until = NOON + timedelta(seconds=30)
        taken = store.run(lambda uow: uow.outbox.claim(NOON, until, limit, rooms))
        return [one.id for one in taken]

    assert claim_room(2) == ["sms page", "mail 1"]
    assert claim_room(50) == ["mail 2", "call", "pigeon"]
    assert claim_room(50) == []
    assert len(claim(store)) == 9


def test_a_way_fails_whose_latest_message_failed(store):
    """For good, for now, or in doubt; not one that got through since, nor one not yet tried."""
    sent: dict[str, tuple[State, dict[str, Any]]] = {
        "failed": (State.FAILED, {}),
        "doubt": (State.UNKNOWN, {}),
        "again": (State.FAILED, {"retry_at": at(9), "provider": "p"}),
        "joined": (State.SKIPPED, {"reason": "joined"}),
        "back": (State.READY, {"retry_at": at(9), "reason": "channel busy"}),
        "asked": (State.ACCEPTED, {"provider": "p", "provider_id": "CA1"}),
        "later": (State.FAILED, {}),
    }
    add(store, *(message(id, via="voice", person=id) for id in sent))
    taken = {one.id: one for one in claim(store)}
    settle(store, *(outcome(taken[id], state, **more) for id, (state, more) in sent.items()))
    add(store, message("later 2", 1, via="voice", person="later"))
    add(store, message("roll", via="sms", person="failed", purpose=Purpose.ROLL_CALL))
    purposes = [Purpose.PAGE, Purpose.DECISION]
    failing = store.read(lambda uow: uow.outbox.failing("INC-1", purposes))
    assert failing == [("failed", "voice"), ("doubt", "voice"), ("again", "voice")]
    assert store.read(lambda uow: uow.outbox.failing("INC-2", purposes)) == []


def test_it_is_known_who_is_still_to_be_sent_something(store):
    add(store, message("m1"), message("m2", person="p2"), message("m3", person="p3"))
    settle(store, outcome(claim(store, limit=1)[0]))
    waiting = store.read(lambda uow: uow.outbox.waiting("INC-1", [Purpose.PAGE]))
    assert waiting == {"p2", "p3"}
    assert store.read(lambda uow: uow.outbox.waiting("INC-1", [Purpose.ROLL_CALL])) == set()
