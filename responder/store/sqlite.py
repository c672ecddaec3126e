"""Memory on one SQLite file: one writer, readers on snapshots, changes of others noticed."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from responder.errors import StoreCorrupt, StoreReadOnly
from responder.ports.unit_of_work import Work
from responder.store.changes import Subscribers
from responder.store.faults import told
from responder.store.files import EngineLock, make_private, refuse_network
from responder.store.log_keeper import LogKeeper
from responder.store.session import Session
from responder.store.statements import SQLITE
from responder.store.unit import Reached, Surroundings, Unit
from responder.store.writer import Writer

T = TypeVar("T")

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process's commit."""
WRITING = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is removed is overwritten, not just given free
    "cache_size=-16000",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
    "wal_autocheckpoint=8000",  # where the log's keeper does not get that far
)
READING = ("query_only=ON", "foreign_keys=ON")


def connect(path: Path, mode: str = "rw", immutable: bool = False) -> sqlite3.Connection:
    """A connection whose transactions we begin and end ourselves; `mode` is `rw` or `ro`."""
    return sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}{'&immutable=1' if immutable else ''}",
        uri=True,
        timeout=BUSY_TIMEOUT,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection that can write, else StoreReadOnly. The file is made if there is none."""
    refuse_network(path)
    make_private(path)
    with told(path):
        connection = connect(path)
        try:
            _set(connection, WRITING)
            _try_to_write(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot write.

    On a medium where SQLite cannot make its shared memory, a file with nothing waiting beside
    it is read as it lies: nobody can be writing it.
    """
    with told(path):
        connection = connect(path, "ro")
        try:
            _set(connection, READING)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except sqlite3.Error as error:
            connection.close()
            cannot = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CANTOPEN
            if not cannot or _has_log(path):
                raise
            connection = connect(path, "ro", immutable=True)
            _set(connection, READING)
        return connection


def check_file(connection: sqlite3.Connection, path: Path, thorough: bool = False) -> None:
    """Raise StoreCorrupt unless the file passes SQLite's integrity check."""
    pragma = "integrity_check" if thorough else "quick_check"
    with told(path):
        found = connection.execute(f"PRAGMA {pragma}(1)").fetchone()[0]
    if found != "ok":
        raise StoreCorrupt(where=str(path), why=found)


class SqliteStore:
    """Transactions and changes on one file. Close it when done."""

    dialect = SQLITE

    def __init__(
        self,
        path: Path,
        around: Surroundings,
        reached: Reached,
        writing: sqlite3.Connection | None,
    ) -> None:
        self.path = path
        self.where = str(path)
        self._around = around
        self._subscribers = Subscribers()
        self._followers = Subscribers()
        self._readers: deque[sqlite3.Connection] = deque()
        self._writer: Writer | None = None
        if writing is not None:
            keeper = LogKeeper(connect(path))
            self._writer = Writer(
                writing, path, around, self._subscribers, self._followers, keeper, reached
            )

    def submit(self, work: Work[T]) -> "Future[T]":
        """Run `work` in a writing transaction; its error rolls back that work alone."""
        if self._writer is None:
            raise StoreReadOnly(where=self.where)
        return self._writer.submit(work)

    def run(self, work: Work[T]) -> T:
        """`submit` and wait."""
        return self.submit(work).result()

    def read(self, work: Work[T]) -> T:
        """Run `work` on a consistent snapshot; it must not write."""
        with self.reading() as session:
            unit = Unit(session, self._around)
            result = work(unit)
            unit.flush()
            return result

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on a consistent snapshot, in the calling thread."""
        with told(self.path):
            connection = self._reader()
            try:
                connection.execute("BEGIN")
                yield Session(connection.cursor(), SQLITE, writing=False)
            finally:
                connection.execute("ROLLBACK")
                self._readers.append(connection)

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` soon after each commit, of this process or another."""
        return self._subscribers.add(wake)

    def before_commit(self, ahead: Callable[[], None]) -> Callable[[], None]:
        """Call `ahead` before a commit is made; works submitted by it belong to that commit."""
        return self._followers.add(ahead)

    def engine_lock(self) -> EngineLock:
        """What the one engine on this file holds."""
        return EngineLock(self.path)

    def clock(self) -> None:
        """The file has no clock but the machine's."""

    def check(self) -> None:
        """Raise StoreCorrupt unless the whole file is sound."""
        with told(self.path):
            connection = self._reader()
            check_file(connection, self.path, thorough=True)
            self._readers.append(connection)

    def close(self) -> None:
        """Finish what waits, and let go of the file."""
        with suppress(IndexError):
            while True:
                self._readers.pop().close()
        if self._writer is not None:
            self._writer.close()  # last: one that only reads leaves the log beside the file

    def _reader(self) -> sqlite3.Connection:
        with suppress(IndexError):
            return self._readers.pop()
        return connect_to_read(self.path)


def _set(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Write something and take it back: beginning alone succeeds on a read-only file too."""
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version={version}")
    connection.execute("ROLLBACK")


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0
