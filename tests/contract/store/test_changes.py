"""Whoever subscribes hears of every commit that changed something, soon, and of nothing else."""

from threading import Event

from tests.contract.store.samples import NOON, message


class Bell:
    """Counts, and can be waited for."""

    def __init__(self):
        self.rung = Event()

    def __call__(self):
        self.rung.set()

    def rings(self, seconds=3.0):
        heard = self.rung.wait(seconds)
        self.rung.clear()
        return heard


def test_own_and_others_commits_are_heard(opened):
    mine, other = opened(), opened()
    bell = Bell()
    mine.subscribe(bell)
    for value, store in enumerate((mine, other, other, mine, other)):
        store.run(lambda uow, value=value: uow.notes.put("k", value))
        assert bell.rings()


def test_a_work_that_changes_nothing_wakes_nobody(opened):
    """An engine that looks for due work and finds none must not wake itself for ever."""
    mine, other = opened(), opened()
    bell = Bell()
    mine.subscribe(bell)

    def idle(uow):
        uow.timers.claim(NOON, 10)
        uow.outbox.claim(NOON, NOON, 10)
        uow.outbox.settle([])
        uow.outbox.withdraw("INC-1", None, ["page"])
        uow.incidents.open()
        uow.notes.get("k")

    for store in (mine, other):
        store.run(idle)
        assert not bell.rings(0.2)


def test_a_failing_work_wakes_nobody(opened):
    mine = opened()
    bell = Bell()
    mine.subscribe(bell)

    def fails(uow):
        uow.notes.put("k", 1)
        uow.outbox.add([message("m")])
        uow.outbox.get("m")
        raise ValueError

    mine.submit(fails).exception(5)
    assert not bell.rings(0.2)


def test_unsubscribed_is_left_alone_and_a_broken_one_stops_nobody(opened):
    mine = opened()
    gone, bell = Bell(), Bell()

    def broken():
        raise ValueError

    leave = mine.subscribe(gone)
    mine.subscribe(broken)
    mine.subscribe(bell)
    leave()
    mine.run(lambda uow: uow.notes.put("k", 1))
    assert bell.rings()
    assert not gone.rings(0.05)
    mine.run(lambda uow: uow.notes.put("k", 2))
    assert bell.rings()


def test_what_is_submitted_before_a_commit_belongs_to_it(opened):
    """On SQLite it is answered with the works it follows, sees them and does not undo them."""
    store = opened()
    answers = []

    def ahead():
        answers.append(store.submit(lambda uow: uow.notes.get("k")))
        answers.append(store.submit(lambda uow: 1 // uow.notes.get("k") - uow.notes.get("none")))
        raise ValueError

    leave = store.before_commit(ahead)
    store.run(lambda uow: uow.notes.put("k", 1))
    if store.dialect.name == "sqlite":
        assert answers[0].result(0) == 1
        assert isinstance(answers[1].exception(0), TypeError)
    else:
        assert answers == []
    leave()
    answers.clear()
    store.run(lambda uow: uow.notes.put("k", 2))
    assert store.read(lambda uow: uow.notes.get("k")) == 2
    assert answers == []


def test_nobody_is_asked_before_a_commit_that_changes_nothing(opened):
    store = opened()
    bell = Bell()
    store.before_commit(bell)
    store.run(lambda uow: uow.notes.get("k"))
    assert not bell.rings(0.05)
