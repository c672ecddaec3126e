"""A work is carried out whole or not at all, and answered only once it is durable."""

from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread

import pytest

from responder.errors import BadInput, StoreReadOnly, StoreUnreachable
from tests.contract.store.samples import NOON, fact, incident, message


def put(key, value=1):
    return lambda uow: uow.notes.put(key, value)


def got(store, key):
    return store.read(lambda uow: uow.notes.get(key))


def test_the_answer_comes_after_the_commit(opened):
    """At no named point before the commit is the answer known; when it is, others can read it."""
    seen: list[tuple[str, bool]] = []
    answer: list[Future] = []
    submitted = Event()

    def reached(point):
        submitted.wait(5)
        seen.append((point, answer[0].done()))

    store, other = opened(reached=reached), opened()
    answer.append(store.submit(put("a")))
    submitted.set()
    answer[0].result(5)
    assert got(other, "a") == 1
    store.close()
    before = [point for point, done in seen if not done]
    assert before[-1] == "writer.after_commit"
    assert {"writer.begun", "writer.flushed", "writer.before_commit"} <= set(before)
    assert seen[-1] == ("writer.answered", True)


def test_everything_is_written_together(opened):
    """State, record, messages, timers and numbers of one work appear at one instant."""

    def work(uow):
        uow.incidents.put("INC-1", incident())
        uow.outbox.add([message("m1")])
        uow.timers.set("escalation", "INC-1", NOON)
        uow.ledger.append([fact()])
        uow.notes.put("k", {"v": 1})
        return uow.next_number("INC")

    opened().run(work)
    other = opened()
    assert other.read(lambda uow: uow.incidents.get("INC-1")) == incident()
    assert other.read(lambda uow: uow.outbox.get("m1")) == message("m1")
    assert other.read(lambda uow: uow.timers.next_due()) == NOON
    assert [e.kind for e in other.read(lambda uow: uow.ledger.of("INC-1"))] == ["Declared"]
    assert got(other, "k") == {"v": 1}
    assert other.run(lambda uow: uow.next_number("INC")) == 2


def test_a_failing_work_leaves_nothing_and_harms_nobody(store):
    """Its error rolls back that work alone, whatever it had written or flushed."""

    def fails(uow):
        uow.notes.put("gone", 1)
        uow.incidents.put("INC-9", incident("INC-9"))
        uow.timers.set("escalation", "INC-9", NOON)
        uow.outbox.add([message("m9")])
        uow.ledger.append([fact(subject="INC-9")])
        assert uow.incidents.open()
        assert uow.outbox.of("INC-1")
        assert uow.next_number("INC") == 1
        assert uow.first_seen("slack", "E1")
        raise BadInput("不行", "no")

    answers = [store.submit(w) for w in (put("a"), fails, put("b"), fails, put("c"))]
    outcomes = [answer.exception(5) for answer in answers]
    assert [type(error) for error in outcomes[1::2]] == [BadInput, BadInput]
    assert outcomes[::2] == [None, None, None]
    assert [got(store, key) for key in ("a", "b", "c", "gone")] == [1, 1, 1, None]
    assert store.read(lambda uow: uow.incidents.all()) == {}
    assert store.read(lambda uow: uow.outbox.of("INC-1")) == []
    assert store.read(lambda uow: uow.ledger.all()) == []
    assert store.read(lambda uow: uow.timers.next_due()) is None
    again = store.run(lambda uow: (uow.next_number("INC"), uow.first_seen("slack", "E1")))
    assert again == (1, True)


def test_the_first_of_a_group_fails_alone_too(opened):
    """It undoes the whole transaction so far, which is nothing but itself."""
    gate = Event()
    store = opened(reached=lambda point: point == "writer.begun" and gate.wait(5))

    def fails(uow):
        uow.next_number("INC")
        uow.notes.put("gone", 1)
        raise BadInput("不行", "no")

    works = (put("before"), fails, put("a"), fails, put("b"))
    answers = [store.submit(work) for work in works]
    gate.set()
    assert [answer.exception(5) is None for answer in answers] == [True, False, True, False, True]
    assert [got(store, key) for key in ("before", "a", "b", "gone")] == [1, 1, 1, None]
    assert store.run(lambda uow: uow.next_number("INC")) == 1


def test_a_failing_flush_fails_its_work_alone(store):
    """What cannot be written is told to whoever wrote it, and to nobody else."""
    store.run(lambda uow: uow.outbox.add([message("m1")]))
    answers = [
        store.submit(put("a")),
        store.submit(lambda uow: uow.outbox.add([message("m1")])),
        store.submit(lambda uow: uow.ledger.append([fact(weight=1.5)])),
        store.submit(put("b")),
    ]
    assert [answer.exception(5) is None for answer in answers] == [True, False, False, True]
    assert store.read(lambda uow: uow.ledger.all()) == []
    assert (got(store, "a"), got(store, "b")) == (1, 1)


def test_a_failed_commit_fails_every_work_in_it(opened):
    """Nobody hears "done" of a commit that did not happen, and the next one is unharmed."""
    failing = Event()
    first = Event()

    def reached(point):
        if point == "writer.begun":
            first.wait(5)
        if point == "writer.before_commit" and failing.is_set():
            raise OSError("the disk is gone")

    store = opened(reached=reached)
    failing.set()
    answers = [store.submit(put(key)) for key in ("a", "b", "c")]
    first.set()
    assert {type(answer.exception(5)) for answer in answers} == {OSError}
    failing.clear()
    assert [got(store, key) for key in ("a", "b", "c")] == [None, None, None]
    store.run(put("d"))
    assert got(store, "d") == 1


def test_a_read_sees_one_instant(store, opened):
    """A snapshot stays as it was while others commit."""
    writer = opened()

    def work(uow):
        before = uow.notes.get("a")
        writer.run(put("a", 2))
        writer.run(lambda other: other.incidents.put("INC-1", incident()))
        return before, uow.notes.get("a"), uow.incidents.all()

    store.run(put("a", 1))
    assert store.read(work) == (1, 1, {})
    assert got(store, "a") == 2


@pytest.mark.parametrize(
    "write",
    [
        put("a"),
        lambda uow: uow.incidents.put("INC-1", incident()),
        lambda uow: uow.outbox.add([message("m1")]),
        lambda uow: uow.outbox.claim(NOON, NOON, 1),
        lambda uow: uow.outbox.withdraw("INC-1", None, ["page"]),
        lambda uow: uow.timers.set("escalation", "INC-1", NOON),
        lambda uow: uow.timers.claim(NOON, 1),
        lambda uow: uow.ledger.append([fact()]),
        lambda uow: uow.next_number("INC"),
        lambda uow: uow.first_seen("slack", "E1"),
    ],
)
def test_a_reader_cannot_write(store, write):
    """What a reading work would write is refused, not quietly lost."""
    with pytest.raises(RuntimeError, match="must not write"):
        store.read(write)


def test_a_read_only_store_refuses_works(store, opened):
    store.run(put("a"))
    reader = opened(read_only=True)
    assert got(reader, "a") == 1
    with pytest.raises(StoreReadOnly):
        reader.run(put("a", 2))
    assert got(store, "a") == 1


def test_a_work_cannot_wait_for_another(store):
    """It would wait for itself for ever; it is told so at once."""
    with pytest.raises(RuntimeError, match="must not wait"):
        store.run(lambda uow: store.run(put("a")))


def test_a_cancelled_work_is_not_carried_out(opened):
    """Whoever withdraws a work that has not begun can rely on it."""
    go = Event()
    store = opened()
    blocking = [store.submit(lambda uow: go.wait(5)) for _ in range(8)]
    late = store.submit(put("late"))
    assert late.cancel()
    go.set()
    for answer in blocking:
        answer.result(5)
    store.run(put("after"))
    assert got(store, "late") is None


def test_closing_finishes_what_waits(opened):
    store, other = opened(), opened()
    answers = [store.submit(put(f"k{n}", n)) for n in range(50)]
    store.close()
    assert all(answer.exception(5) is None for answer in answers)
    assert [got(other, f"k{n}") for n in range(50)] == list(range(50))
    with pytest.raises(StoreUnreachable):
        store.submit(put("z"))
    store.close()


def test_many_threads_and_stores_count_together(opened):
    """Read, add one, write: no addition is lost, whoever runs beside whom."""
    stores = [opened(), opened()]

    def add(uow):
        found = uow.incidents.get("INC-1") or incident(reported_by=[])
        found.reported_by.append(str(len(found.reported_by)))
        uow.incidents.put("INC-1", found)
        uow.notes.put("n", (uow.notes.get("n") or 0) + 1)
        uow.ledger.append([fact("Counted")])

    together = Barrier(4)

    def run(store):
        together.wait(5)
        for _ in range(10):
            store.run(add)

    threads = [Thread(target=run, args=(stores[n % 2],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert got(stores[0], "n") == 40
    found = stores[1].read(lambda uow: uow.incidents.get("INC-1"))
    assert found.reported_by == [str(n) for n in range(40)]
    assert [e.seq for e in stores[0].read(lambda uow: uow.ledger.all())] == list(range(1, 41))


def test_two_who_look_for_an_open_incident_find_one(opened):
    """Declaring twice at one instant, on two engines, makes one incident, not two."""
    stores = [opened(), opened()]

    def declare(uow):
        for id in uow.incidents.open():
            return id
        id = f"INC-{uow.next_number('INC')}"
        uow.incidents.put(id, incident(id))
        return id

    answers = [stores[n % 2].submit(declare) for n in range(12)]
    assert {answer.result(30) for answer in answers} == {"INC-1"}


def test_tokens_are_short_fresh_and_unguessable(store):
    tokens = store.read(lambda uow: {uow.token() for _ in range(1000)})
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {16}
    assert not set("".join(tokens)) & set("iloOIL-_")


def test_chance_can_be_given(opened):
    """Tests and rehearsals repeat themselves exactly."""
    drawn = opened(entropy=lambda count: bytes(range(count)))
    assert drawn.read(lambda uow: uow.token()) == "0123456789abcdef"


def test_replicas_ask_the_server_what_time_it_is(store):
    """A file has no clock of its own; a server's is near the machine's here, and has a zone."""
    now = store.clock()
    assert now is None or abs(now - datetime.now(UTC)) < timedelta(seconds=5)
    assert (now is None) == (store.dialect.name == "sqlite")
