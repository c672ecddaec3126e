"""Timers: one row per kind and subject, claimed once, rearmed or gone."""

from datetime import timedelta
from threading import Event

import pytest

from tests.contract.store.samples import NOON, at


def arm(*timers):
    return lambda uow: [uow.timers.set(kind, subject, due) for kind, subject, due in timers]


def claimed(store, now, limit=10):
    return store.run(lambda uow: uow.timers.claim(now, limit))


def test_due_ones_come_earliest_first(store):
    store.run(arm(("b", "2", at(2)), ("a", "1", at(3)), ("a", "2", at(1)), ("a", "3", at(9))))
    assert store.read(lambda uow: uow.timers.next_due()) == at(1)
    assert claimed(store, at(3), 2) == [("a", "2", at(1)), ("b", "2", at(2))]
    assert claimed(store, at(3)) == [("a", "1", at(3))]
    assert claimed(store, at(8)) == []
    assert store.read(lambda uow: uow.timers.next_due()) == at(9)


def test_never_early_not_by_a_microsecond(store):
    store.run(arm(("a", "1", NOON)))
    assert claimed(store, NOON - timedelta(microseconds=1)) == []
    assert claimed(store, NOON) == [("a", "1", NOON)]


def test_a_claimed_timer_is_disarmed_unless_set_again(store):
    """Within one work it may be claimed, set again, and disarmed; the last word counts."""

    def work(uow):
        assert len(uow.timers.claim(NOON, 10)) == 2
        uow.timers.set("a", "1", at(5))
        uow.timers.set("a", "2", at(5))
        uow.timers.set("a", "2", None)
        return uow.timers.next_due()

    store.run(arm(("a", "1", NOON), ("a", "2", NOON)))
    assert store.run(work) == at(5)
    assert claimed(store, at(9)) == [("a", "1", at(5))]


def test_setting_again_moves_it(store):
    store.run(arm(("a", "1", at(1))))
    store.run(arm(("a", "1", at(7)), ("a", "none", None)))
    assert store.read(lambda uow: uow.timers.next_due()) == at(7)
    store.run(arm(("a", "1", None)))
    assert store.read(lambda uow: uow.timers.next_due()) is None


def test_a_claim_rolled_back_is_due_again(store):
    def fails(uow):
        assert uow.timers.claim(NOON, 10)
        raise KeyError

    store.run(arm(("a", "1", NOON)))
    with pytest.raises(KeyError):
        store.run(fails)
    assert claimed(store, NOON) == [("a", "1", NOON)]


def test_two_engines_never_take_the_same(opened):
    """While one engine's claim is not committed, another passes over it or waits for the end."""
    mine, other = opened(), opened()
    taken, go = Event(), Event()

    def slow(uow):
        found = uow.timers.claim(NOON, 2)
        taken.set()
        go.wait(1)
        return found

    mine.run(arm(*[("a", str(n), NOON) for n in range(5)]))
    first = mine.submit(slow)
    assert taken.wait(5)
    second = other.submit(lambda uow: uow.timers.claim(NOON, 10))
    go.set()
    both = first.result(10) + second.result(10)
    assert sorted(subject for _, subject, _ in both) == ["0", "1", "2", "3", "4"]
