"""Driver errors of PostgreSQL as the errors a person can be told."""

import psycopg
from psycopg import errors

from responder.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)

AGAIN = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)
"""The transaction met another one; nothing happened, and running it again will do."""


def of_postgres(error: BaseException, where: str) -> StoreError | None:
    """The store error that an error of PostgreSQL means, None if the statement is at fault."""
    why = str(error).strip()
    match error:
        case errors.DiskFull():
            return StoreFull(where=where)
        case errors.ReadOnlySqlTransaction() | errors.InsufficientPrivilege():
            return StoreReadOnly(where=where)
        case errors.DataCorrupted() | errors.IndexCorrupted():
            return StoreCorrupt(where=where, why=why)
        case psycopg.OperationalError() | psycopg.InterfaceError():
            return StoreUnreachable(where=where, why=why)
    return None


def is_lost(error: BaseException) -> bool:
    """Whether the connection is gone, as when the server restarts."""
    return isinstance(
        error,
        errors.AdminShutdown
        | errors.CrashShutdown
        | errors.CannotConnectNow
        | errors.IdleInTransactionSessionTimeout
        | psycopg.InterfaceError,
    ) or (isinstance(error, psycopg.OperationalError) and error.sqlstate is None)
