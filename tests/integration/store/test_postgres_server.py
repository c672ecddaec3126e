"""What can befall a PostgreSQL server, its connections and its transactions."""

import threading
from contextlib import closing, suppress
from threading import Event

import psycopg
import pytest

from responder.errors import StoreReadOnly, StoreUnreachable
from responder.store import postgres as room
from responder.store.opening import open_store
from responder.store.postgres_pool import connect, without_password
from tests.contract.store.samples import fact, incident
from tests.fakes.postgres import served

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres):
    name = postgres.create("ready")
    yield postgres.url(name)
    postgres.drop(name)


def put(key, value=1):
    return lambda uow: uow.notes.put(key, value)


def got(store, key):
    return store.read(lambda uow: uow.notes.get(key))


def cut(postgres, url):
    """End every connection to a database, as a restart of the server would."""
    name = url.partition("@/")[2].partition("?")[0]
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    )


def test_commits_are_synced_whatever_the_servers_default(postgres, url):
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as admin:
        name = admin.info.dbname
        admin.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with connect(url) as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        timeout = connection.execute("SHOW idle_in_transaction_session_timeout").fetchone()
        assert timeout == ("5s",)


def test_a_connection_cut_between_works_is_not_noticed(postgres, url, opened):
    store = opened()
    store.run(put("a"))
    assert got(store, "a") == 1
    cut(postgres, url)
    assert got(store, "a") == 1
    cut(postgres, url)
    store.run(put("b"))
    assert got(store, "b") == 1


def test_a_connection_cut_during_a_work_runs_it_again(postgres, url, opened):
    """From its start, and it is carried out once."""
    store = opened()
    runs = []

    def work(uow):
        runs.append(1)
        number = uow.next_number("INC")
        uow.ledger.append([fact()])
        if len(runs) == 1:
            cut(postgres, url)
        uow.outbox.counts()
        return number

    assert store.run(work) == 1
    assert len(runs) == 2
    assert len(store.read(lambda uow: uow.ledger.all())) == 1


def cutting_store(opened, postgres, url, point):
    """A store whose connections are cut the first time it reaches a point."""
    once = Event()

    def reached(name):
        if name == point and not once.is_set():
            once.set()
            cut(postgres, url)

    return opened(reached=reached)


def test_a_commit_that_did_not_happen_is_run_again(postgres, url, opened):
    """Cut before the server heard of the commit: it says so, and the work is run again, once."""
    store = cutting_store(opened, postgres, url, "writer.before_commit")
    assert store.run(lambda uow: uow.next_number("INC")) == 1
    assert store.run(lambda uow: uow.next_number("INC")) == 2


def test_a_commit_whose_answer_got_lost_is_looked_up(opened, monkeypatch):
    """It happened, so it is neither run again nor reported failed."""
    store = opened()
    runs = []
    lost = Event()

    class Lossy:
        """A connection that breaks right after a commit, before the answer is through."""

        def __init__(self, connection):
            self._connection = connection

        def __getattr__(self, name):
            return getattr(self._connection, name)

        def execute(self, text, *values):
            answer = self._connection.execute(text, *values)
            if text == "COMMIT" and not lost.is_set():
                lost.set()
                raise psycopg.OperationalError("server closed the connection unexpectedly")
            return answer

    def work(uow):
        runs.append(1)
        return uow.next_number("INC")

    commit = store._commit
    monkeypatch.setattr(store, "_commit", lambda connection: commit(Lossy(connection)))
    assert store.run(work) == 1
    assert lost.is_set()
    assert len(runs) == 1
    assert store.run(work) == 2


def test_crossing_works_are_run_again_until_both_are_done(opened):
    """Two works that lock the same two values in opposite order: neither fails."""
    stores = [opened(), opened()]
    met = threading.Barrier(2)

    def work(first, second):
        def locking(uow):
            one = uow.incidents.get(first)
            with suppress(threading.BrokenBarrierError):
                met.wait(0.5)
            two = uow.incidents.get(second)
            for value in (one, two):
                value.level += 1
                uow.incidents.put(value.id, value)

        return locking

    stores[0].run(lambda uow: [uow.incidents.put(k, incident(k)) for k in ("A", "B")])
    answers = [stores[0].submit(work("A", "B")), stores[1].submit(work("B", "A"))]
    for answer in answers:
        answer.result(20)
    levels = stores[0].read(lambda uow: [v.level for v in uow.incidents.all().values()])
    assert levels == [3, 3]


def test_a_restart_of_the_server_is_survived():
    """Killed like a power cut and started again: nothing confirmed is lost, the store goes on,
    and subscribers are woken, for nobody knows what they missed."""
    with served() as server:
        url = server.url(server.create())
        with closing(open_store(url)) as store, closing(open_store(url)) as other:
            woken = Event()
            store.subscribe(woken.set)
            for n in range(20):
                store.run(put(f"k{n}", n))
            woken.clear()
            server.kill()
            server.start()
            assert woken.wait(20)
            assert [got(store, f"k{n}") for n in range(20)] == list(range(20))
            store.run(put("after"))
            other.run(put("other"))
            assert got(store, "other") == 1


def test_a_server_that_does_not_answer(postgres, url, opened, monkeypatch):
    """It is said, after some attempts; nobody waits for ever."""
    monkeypatch.setattr(room, "ATTEMPTS", 2)
    with pytest.raises(StoreUnreachable):
        open_store("postgresql://nobody@/none?host=/nowhere")
    store = opened()
    store.run(put("a"))
    name = url.partition("@/")[2].partition("?")[0]
    cut(postgres, url)
    postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    for act in (lambda: store.run(put("b")), lambda: got(store, "a")):
        with pytest.raises(StoreUnreachable):
            act()


def test_a_standby_is_read_only(postgres, url, opened):
    name = url.partition("@/")[2].partition("?")[0]
    opened().run(put("a"))
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    store = opened()
    with pytest.raises(StoreReadOnly):
        store.run(put("b"))
    assert got(store, "a") == 1


def test_a_slow_work_does_not_block_others(opened):
    """Works on different things run beside each other."""
    store = opened()
    go = Event()
    slow = store.submit(lambda uow: (uow.incidents.get("A"), go.wait(5)))
    store.submit(put("quick")).result(5)
    assert not slow.done()
    go.set()
    slow.result(5)


def test_replicas_migrate_one_at_a_time(postgres):
    from concurrent.futures import ThreadPoolExecutor

    url = postgres.url(postgres.create())
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(lambda _: open_store(url), range(4)):
            store.close()


def test_no_password_in_what_people_see():
    url = "postgresql+psycopg://responder:secret@db.example:5433/firm?sslmode=require"
    assert without_password(url) == "postgresql://db.example/firm"
