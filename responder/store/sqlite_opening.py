"""Opening a SQLite file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from responder.store import migrate as migrating
from responder.store.faults import told
from responder.store.sqlite import (
    SqliteStore,
    check_file,
    connect,
    connect_to_read,
    connect_to_write,
)
from responder.store.unit import Reached, Surroundings


def open_to_write(
    url: str, around: Surroundings, reached: Reached, migrate: bool, check: bool
) -> SqliteStore:
    """Open it for everything, making it if there is none."""
    path = _path(url)
    connection = connect_to_write(path)
    try:
        if not around.durable:
            connection.execute("PRAGMA synchronous=OFF")
        if check:
            check_file(connection, path)
        with told(path):
            if _pending(connection, path) and migrate:
                migrating.migrate(lambda: connect(path), "sqlite", str(path))
            migrating.must_be_current(connection, "sqlite", str(path))
    except BaseException:
        connection.close()
        raise
    return SqliteStore(path, around, reached, connection)


def open_to_read(url: str, around: Surroundings, check: bool) -> SqliteStore:
    """Open it for reading; nothing in it is changed."""
    path = _path(url)
    with closing(connect_to_read(path)) as connection, told(path):
        if check:
            check_file(connection, path)
        migrating.must_be_current(connection, "sqlite", str(path))
    return SqliteStore(path, around, lambda _: None, None)


def migrate(url: str) -> tuple[str, ...]:
    """Bring it up to date; returns the revisions applied."""
    path = _path(url)
    with closing(connect_to_write(path)) as connection, told(path):
        if not _pending(connection, path):
            return ()
        return migrating.migrate(lambda: connect(path), "sqlite", str(path))


def pending(url: str) -> tuple[str, ...]:
    """The revisions it lacks, oldest first; all of them if there is no file yet."""
    path = _path(url)
    if not path.exists():
        return migrating.REVISIONS
    with closing(connect_to_read(path)) as connection, told(path):
        return _pending(connection, path)


def _pending(connection: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    return migrating.pending(connection, "sqlite", str(path))


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))
