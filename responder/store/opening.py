"""Opening the memory that a database URL names, brought up to date and found sound."""

import secrets

from responder.domain.recurrence import DaysOf, nothing_recurs
from responder.errors import SettingError
from responder.store.sites import SiteCache
from responder.store.store import Backend, Store
from responder.store.unit import Entropy, Reached, Surroundings

POSTGRES = ("postgresql+psycopg://", "postgresql://", "postgres://")


def nothing(_point: str) -> None:
    """Let a named point pass."""


def open_store(
    url: str,
    *,
    read_only: bool = False,
    migrate: bool = True,
    check: bool = True,
    reached: Reached = nothing,
    entropy: Entropy = secrets.token_bytes,
    days_of: DaysOf = nothing_recurs,
    durable: bool = True,
) -> Store:
    """Open the database at `sqlite:///PATH` or `postgresql://…`.

    Brings its tables up to date unless told not to, and looks for damage; on SQLite that reads
    the whole file, so a short command beside a running engine may leave the `check` out.
    `days_of` reads recurrences; without it nothing recurs. Where it is not `durable`, a SQLite
    file is thrown away at the end, and no commit waits for the disk.
    Raises StoreTooOld, StoreTooNew, StoreCorrupt, StoreReadOnly, StoreFull or StoreUnreachable.
    """
    around = Surroundings(entropy, SiteCache(), days_of, durable)
    backend = _backend(url)
    if read_only:
        return backend.open_to_read(url, around, check)
    return backend.open_to_write(url, around, reached, migrate, check)


def migrate_store(url: str) -> tuple[str, ...]:
    """Bring a database up to date, making it if there is none; returns the revisions applied."""
    return _backend(url).migrate(url)


def pending_migrations(url: str) -> tuple[str, ...]:
    """The revisions a database lacks, oldest first."""
    return _backend(url).pending(url)


def _backend(url: str) -> Backend:
    """The kind of database a URL names; SQLite needs no PostgreSQL driver, nor the reverse."""
    if url.startswith("sqlite:///"):
        from responder.store import sqlite_opening  # noqa: PLC0415

        return sqlite_opening
    if url.startswith(POSTGRES):
        from responder.store import postgres_opening  # noqa: PLC0415

        return postgres_opening
    raise SettingError(
        key="RESPONDER_DATABASE_URL",
        why_zh=f"不认识以“{url.partition(':')[0]}”开头的数据库地址",
        why_en=f"no kind of database begins with “{url.partition(':')[0]}”",
        mend_zh="请写成 sqlite:///路径 或 postgresql://用户@主机/库名。",
        mend_en="Write sqlite:///PATH or postgresql://USER@HOST/NAME.",
    )
