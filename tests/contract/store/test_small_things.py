"""Numbers, the inbox, notes and sites."""

import pytest

from responder.domain.people import Person, Way
from responder.domain.playbook import Playbook
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import UnknownId


def test_numbers_have_no_gaps_among_commits(opened):
    """A number taken by a work that failed is given again; series count apart."""
    stores = [opened(), opened()]

    def fails(uow):
        uow.next_number("INC-2026")
        raise KeyError

    works = [lambda uow: uow.next_number("INC-2026"), fails] * 10
    answers = [stores[n % 2].submit(work) for n, work in enumerate(works)]
    numbers = [a.result(20) for a in answers if a.exception(20) is None]
    assert sorted(numbers) == list(range(1, 11))
    assert stores[0].run(lambda uow: uow.next_number("DRL-2026")) == 1
    assert stores[0].run(lambda uow: [uow.next_number("X") for _ in range(3)]) == [1, 2, 3]


def test_an_event_is_new_once(opened):
    """Redelivered to another replica at the same instant, it is new to one of them."""
    stores = [opened(), opened()]
    answers = [stores[n % 2].submit(lambda uow: uow.first_seen("slack", "E1")) for n in range(10)]
    assert sorted(a.result(20) for a in answers) == [False] * 9 + [True]
    assert stores[0].run(lambda uow: uow.first_seen("telegram", "E1"))
    assert stores[0].run(lambda uow: (uow.first_seen("a", "b"), uow.first_seen("a", "b"))) == (
        True,
        False,
    )


@pytest.mark.parametrize("value", [0, "", [], {"乙": [1, None, True]}, False, 1.5])
def test_notes_keep_any_json(store, value):
    def work(uow):
        uow.notes.put("k", value)
        return uow.notes.get("k")

    assert store.run(work) == value
    assert store.read(lambda uow: uow.notes.get("k")) == value
    assert store.run(lambda uow: uow.notes.get("none")) is None


def site(*people):
    ways = (Way("voice", "+8613800000000"),)
    return Site(
        people={id: Person(id, Words(id), reach=ways) for id in people},
        playbooks={"p": Playbook("p", profile={0: "standard", 2: "loud"})},
    )


def test_the_same_site_is_kept_once(store, opened):
    """Its address is its content: adding it again, from anywhere, changes nothing."""
    first = store.run(lambda uow: uow.sites.add(site("a", "b")))
    assert opened().run(lambda uow: uow.sites.add(site("a", "b"))) == first
    other = store.run(lambda uow: uow.sites.add(site("b", "a")))
    assert other != first
    assert len(first) == 64
    for version, people in ((first, ["a", "b"]), (other, ["b", "a"])):
        found = opened().read(lambda uow, version=version: uow.sites.get(version))
        assert found == site("a", "b")
        assert list(found.people) == people


def test_a_site_can_be_read_in_the_work_that_added_it(store):
    assert store.run(lambda uow: uow.sites.get(uow.sites.add(site("a")))) == site("a")


def test_one_version_is_in_force(store):
    assert store.read(lambda uow: uow.sites.accepted()) is None
    versions = [store.run(lambda uow, p=p: uow.sites.add(site(p))) for p in "ab"]
    for version in versions:
        store.run(lambda uow, version=version: uow.sites.accept(version))
        assert store.read(lambda uow: uow.sites.accepted()) == version


def test_an_unknown_version_is_refused(store):
    """Not even one added by a work that was rolled back, and perhaps still at hand."""

    def rolled_back(uow):
        version.append(uow.sites.add(site("a")))
        uow.sites.get(version[0])
        raise KeyError

    version: list[str] = []
    with pytest.raises(KeyError):
        store.run(rolled_back)
    for unknown in ("none", version[0]):
        with pytest.raises(UnknownId):
            store.run(lambda uow, unknown=unknown: uow.sites.accept(unknown))
    with pytest.raises(UnknownId):
        store.read(lambda uow: uow.sites.get("none"))
