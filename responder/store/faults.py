"""Driver errors of SQLite as the errors a person can be told."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from responder.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)

LOCKED = "another process keeps it locked"
FULL_BELOW = 1 << 16
"""With fewer bytes free than this, an input/output error is taken for a full disk."""


@contextmanager
def told(where: Path) -> Iterator[None]:
    """Raise SQLite's errors as store errors; a fault of a statement stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        if fault := of_sqlite(error, where):
            raise fault from error
        raise


def of_sqlite(error: BaseException, where: Path) -> StoreError | None:
    """The store error that an error of SQLite means, None if it is a fault of the statement."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name, why = str(where), str(error)
    match primary:
        case sqlite3.SQLITE_FULL:
            return StoreFull(where=name)
        case sqlite3.SQLITE_READONLY:
            return StoreReadOnly(where=name)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreCorrupt(where=name, why=why)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreUnreachable(where=name, why=LOCKED)
        case sqlite3.SQLITE_IOERR if _full(where):
            return StoreFull(where=name)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreUnreachable(where=name, why=why)
    return None


def _full(where: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(where.parent).free < FULL_BELOW
    return False
