"""Opening a PostgreSQL database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from responder.store import migrate as migrating
from responder.store.postgres import PostgresStore
from responder.store.postgres_faults import of_postgres
from responder.store.postgres_pool import connect, without_password
from responder.store.unit import Reached, Surroundings


def open_to_write(
    url: str, around: Surroundings, reached: Reached, migrate: bool, check: bool
) -> PostgresStore:
    """Open it for everything; the server itself looks after its files, so `check` is moot."""
    del check
    with _told(url) as where, closing(connect(url)) as connection:
        if migrating.pending(connection, "postgresql", where) and migrate:
            migrating.migrate(lambda: connect(url, autocommit=False), "postgresql", where)
        migrating.must_be_current(connection, "postgresql", where)
    return PostgresStore(url, around, reached)


def open_to_read(url: str, around: Surroundings, check: bool) -> PostgresStore:
    """Open it for reading; nothing in it is changed."""
    del check
    with _told(url) as where, closing(connect(url)) as connection:
        migrating.must_be_current(connection, "postgresql", where)
    return PostgresStore(url, around, lambda _: None, read_only=True)


def migrate(url: str) -> tuple[str, ...]:
    """Bring it up to date; returns the revisions applied."""
    with _told(url) as where:
        return migrating.migrate(lambda: connect(url, autocommit=False), "postgresql", where)


def pending(url: str) -> tuple[str, ...]:
    """The revisions it lacks, oldest first."""
    with _told(url) as where, closing(connect(url)) as connection:
        return migrating.pending(connection, "postgresql", where)


@contextmanager
def _told(url: str) -> Iterator[str]:
    """Where the database is; the driver's errors are raised as store errors."""
    where = without_password(url)
    try:
        yield where
    except psycopg.Error as error:
        if fault := of_postgres(error, where):
            raise fault from error
        raise
