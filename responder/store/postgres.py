"""Memory on PostgreSQL: one transaction a work, several at once, run again when they collide."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from threading import local
from typing import TypeVar

import psycopg
from sqlalchemy import func, select

from responder.errors import StoreReadOnly, StoreUnreachable
from responder.ports.unit_of_work import Work
from responder.store.changes import Subscribers
from responder.store.postgres_faults import AGAIN, is_lost, of_postgres
from responder.store.postgres_listener import CHANNEL, Listener
from responder.store.postgres_pool import Connection, Pool, without_password
from responder.store.session import Session
from responder.store.statements import POSTGRESQL, Statement
from responder.store.unit import Reached, Surroundings, Unit

T = TypeVar("T")

WORKERS = 4
ATTEMPTS = 12
FIRST_PAUSE = 0.005
"""Seconds before the second attempt; each further pause is twice as long, up to `LAST_PAUSE`."""
LAST_PAUSE = 0.5

CLOCK = Statement(select(func.clock_timestamp()))
_COMMITTED = "committed"


class NoLock:
    """PostgreSQL bears any number of engines: what each does is claimed row by row."""

    def acquire(self) -> None:
        """Nothing to take."""

    def release(self) -> None:
        """Nothing to give back."""


class _Aborted(Exception):
    """The connection broke during the commit, and the server says nothing was committed."""


class PostgresStore:
    """Transactions and changes on a PostgreSQL database. Close it when done.

    A work that collides with another transaction, or whose connection breaks before its
    commit, is run again from its start. A commit whose answer got lost is looked up by its
    number: neither is it carried out twice, nor reported failed when it was not.
    """

    dialect = POSTGRESQL

    def __init__(
        self, url: str, around: Surroundings, reached: Reached, read_only: bool = False
    ) -> None:
        self.where = without_password(url)
        self._around = around
        self._reached = reached
        self._read_only = read_only
        self._pool = Pool(url)
        self._subscribers = Subscribers()
        self._origin = around.entropy(8).hex()
        self._listener = Listener(url, self._origin, self._subscribers.wake)
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="writer")
        self._working = local()

    def submit(self, work: Work[T]) -> "Future[T]":
        """Run `work` in a writing transaction; its error rolls back that work alone."""
        if self._read_only:
            raise StoreReadOnly(where=self.where)
        if getattr(self._working, "here", False):
            raise RuntimeError("a work must not wait for another one")
        try:
            answer = self._workers.submit(self._carry_out, work)
        except RuntimeError as error:
            raise StoreUnreachable(where=self.where, why="it is closed") from error
        answer.add_done_callback(lambda _: self._reached("writer.answered"))
        return answer

    def run(self, work: Work[T]) -> T:
        """`submit` and wait."""
        return self.submit(work).result()

    def read(self, work: Work[T]) -> T:
        """Run `work` on a consistent snapshot; it must not write."""

        def once() -> T:
            with self.reading() as session:
                unit = Unit(session, self._around)
                result = work(unit)
                unit.flush()
                return result

        return self._until_it_succeeds(once)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on a consistent snapshot, in the calling thread."""
        with self._pool.lent() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            with _ended(connection):
                yield Session(connection.cursor(), POSTGRESQL, writing=False)

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` soon after each commit, of this process or another."""
        unsubscribe = self._subscribers.add(wake)
        self._listener.start()
        return unsubscribe

    def before_commit(self, ahead: Callable[[], None]) -> Callable[[], None]:  # noqa: ARG002
        """Nobody is called: each work has a commit of its own."""
        return lambda: None

    def engine_lock(self) -> NoLock:
        """Nothing: engines share a PostgreSQL database."""
        return NoLock()

    def clock(self) -> datetime:
        """What the server's clock says, in UTC: the one that all replicas go by."""
        with self.reading() as session:
            ((now,),) = session.rows(CLOCK)
        at: datetime = now
        return at.astimezone(UTC)

    def check(self) -> None:
        """Raise StoreUnreachable unless the server answers; it sees to its files itself."""
        self.read(lambda uow: uow.timers.next_due())

    def close(self) -> None:
        """Finish what waits, and let go of the server."""
        self._workers.shutdown(wait=True)
        self._listener.stop()
        self._pool.close()

    def _carry_out(self, work: Work[T]) -> T:
        self._working.here = True
        try:
            result, wrote = self._until_it_succeeds(lambda: self._once(work))
        finally:
            self._working.here = False
        if wrote:
            self._subscribers.wake()
        return result

    def _once(self, work: Work[T]) -> tuple[T, bool]:
        with self._pool.lent() as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN")
            with _ended(connection):
                self._reached("writer.begun")
                session = Session(cursor, POSTGRESQL, writing=True)
                unit = Unit(session, self._around)
                result = work(unit)
                unit.flush()
                self._reached("writer.flushed")
                if session.wrote:
                    self._commit(connection)
                return result, session.wrote

    def _commit(self, connection: Connection) -> None:
        row = connection.execute(
            "SELECT pg_current_xact_id()::text, pg_notify(%s, %s)", (CHANNEL, self._origin)
        ).fetchone()
        number = row[0] if row else ""
        self._reached("writer.before_commit")
        try:
            connection.execute("COMMIT")
        except psycopg.Error as error:
            if not is_lost(error):
                raise
            self._look_up(number, error)
        self._reached("writer.after_commit")

    def _look_up(self, number: str, error: psycopg.Error) -> None:
        """Return if the transaction was committed after all; else say that it was not."""
        self._pool.forget()
        for pause in _pauses():
            time.sleep(pause)
            with suppress(psycopg.Error), self._pool.lent() as connection:
                asked = connection.execute("SELECT pg_xact_status(%s::text::xid8)", (number,))
                status = (asked.fetchone() or ("",))[0]
                if status == _COMMITTED:
                    return
                if status == "aborted":
                    raise _Aborted from error
        why = "the connection broke during the commit; whether it was carried out is unknown"
        raise StoreUnreachable(where=self.where, why=why) from error

    def _until_it_succeeds(self, once: Callable[[], T]) -> T:
        """Attempt until nothing stands in the way; raises the last error as a store error."""
        failed: Exception = StoreUnreachable(where=self.where, why="")
        for pause in _pauses():
            try:
                return once()
            except AGAIN as error:
                failed = error
            except _Aborted:
                failed = StoreUnreachable(where=self.where, why="it broke off the commit")
            except psycopg.Error as error:
                failed = error
                if not is_lost(error):
                    break
                self._pool.forget()
            time.sleep(pause)
        raise self._told(failed)

    def _told(self, error: Exception) -> Exception:
        fault = of_postgres(error, self.where)
        if fault is None:
            return error
        fault.__cause__ = error
        return fault


@contextmanager
def _ended(connection: Connection) -> Iterator[None]:
    """Roll back whatever the block has not committed, unless the connection is gone."""
    try:
        yield
    finally:
        with suppress(psycopg.Error):
            if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                connection.execute("ROLLBACK")


def _pauses() -> Iterator[float]:
    for attempt in range(ATTEMPTS):
        yield min(FIRST_PAUSE * 2**attempt, LAST_PAUSE)
