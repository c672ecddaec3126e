"""Shelves give fresh copies, in order, of everything put, within the work and after it."""

from typing import get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.domain.site import Site
from responder.domain.task import Progress, Task
from responder.domain.words import Words
from responder.ports import unit_of_work as port
from responder.store.codec import decoder, encode
from tests.contract.store.anything import anything
from tests.contract.store.samples import incident

KINDS = {
    name: get_args(kind)[0]
    for name, kind in get_type_hints(port.UnitOfWork).items()
    if get_args(kind)
}
"""What stands on each shelf."""


@pytest.mark.parametrize("shelf", KINDS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_value_comes_back_equal(store, shelf, data):
    """Whatever a value of any kind holds, it is the same within the work and after it."""
    value = data.draw(anything(KINDS[shelf]))

    def put(uow):
        getattr(uow, shelf).put("x", value)
        return getattr(uow, shelf).get("x")

    assert store.run(put) == value
    assert store.read(lambda uow: getattr(uow, shelf).get("x")) == value


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(anything(Site))
def test_every_site_comes_back_equal(site):
    """The copy a running incident refers to is the site as accepted, to the last field (P9)."""
    assert decoder(Site).decode(encode(site)) == site


def test_a_work_sees_what_it_put(store):
    """Before anything is written, `get` and every search already know it."""

    def work(uow):
        value = incident()
        uow.incidents.put("INC-1", value)
        value.title = "changed after it was put"
        assert uow.incidents.get("INC-1") == incident()
        uow.tasks.put("INC-1/a", Task("a", "INC-1", Words("a")))
        assert list(uow.tasks.of("INC-1")) == ["INC-1/a"]
        assert list(uow.incidents.open()) == ["INC-1"]
        uow.incidents.put("INC-1", incident(title="second"))
        uow.incidents.put("INC-2", incident("INC-2"))
        assert list(uow.incidents.get_many(["INC-2", "INC-1", "none"])) == ["INC-1", "INC-2"]
        assert uow.incidents.get("INC-1").title == "second"
        assert list(uow.incidents.all()) == ["INC-1", "INC-2"]

    store.run(work)
    assert store.read(lambda uow: uow.incidents.get("INC-1").title) == "second"


def test_values_are_copies(store):
    """Changing a value changes nothing until it is put."""

    def change(uow):
        uow.incidents.get("INC-1").title = "changed"
        next(iter(uow.incidents.open().values())).title = "changed"
        assert uow.incidents.get("INC-1").title == "交易中断"

    store.run(lambda uow: uow.incidents.put("INC-1", incident()))
    store.run(change)
    assert store.read(lambda uow: uow.incidents.get("INC-1").title) == "交易中断"


def test_oldest_first_however_often_changed(store):
    """The order is that of first arrival: within a work, and from one to the next."""
    store.run(lambda uow: [uow.tasks.put(k, Task(k, "INC-1", Words(k))) for k in "cab"])
    store.run(lambda uow: uow.tasks.put("0", Task("0", "INC-1", Words("0"))))
    store.run(lambda uow: uow.tasks.put("c", Task("c", "INC-1", Words("again"))))
    assert list(store.read(lambda uow: uow.tasks.of("INC-1"))) == ["c", "a", "b", "0"]


def test_open_and_of_follow_the_value(store):
    """What is done with is no longer open; what moves to another incident is found there."""
    store.run(lambda uow: [uow.tasks.put(k, Task(k, "INC-1", Words(k))) for k in "ab"])
    done = Task("a", "INC-2", Words("a"), progress=Progress.DONE)
    store.run(lambda uow: uow.tasks.put("a", done))
    assert list(store.read(lambda uow: uow.tasks.open())) == ["b"]
    assert list(store.read(lambda uow: uow.tasks.of("INC-1"))) == ["b"]
    assert store.read(lambda uow: uow.tasks.of("INC-2")) == {"a": done}
    assert list(store.read(lambda uow: uow.tasks.all())) == ["a", "b"]


def test_open_of_a_series(store):
    """Drills and incidents are looked for apart; a series is no mere beginning of a word."""
    ids = ["DRL-2026-0002", "INC-2026-0001", "DRL-2026-0001", "DRLX-1", "DRL.1", "DRL"]
    store.run(lambda uow: [uow.incidents.put(id, incident(id)) for id in ids])
    found = store.run(lambda uow: (uow.incidents.open("DRL"), uow.incidents.open("INC")))
    assert list(found[0]) == ["DRL-2026-0002", "DRL-2026-0001"]
    assert list(found[1]) == ["INC-2026-0001"]


def test_nothing_there(store):
    assert store.run(lambda uow: uow.incidents.get("none")) is None
    assert store.read(lambda uow: uow.incidents.get("none")) is None
    assert store.run(lambda uow: uow.incidents.get_many([])) == {}
    assert store.run(lambda uow: uow.incidents.open()) == {}
