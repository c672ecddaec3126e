"""Which release's tables a database has, and bringing it up to date.

Reading the version takes one statement; Alembic is imported only when there is work for it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from responder.errors import StoreTooNew, StoreTooOld

REVISIONS = (
    *("0001", "0002", "0003", "0004", "0005", "0006"),
    *("0007", "0008", "0009", "0010", "0011", "0012"),
)
"""All revisions, oldest first; a test compares them with the files."""
SCRIPTS = Path(__file__).with_name("migrations")
LOCK = 0x7265_7370
"""The advisory lock under which one of several replicas migrates on PostgreSQL."""

_HAS_VERSION = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT count(*) FROM information_schema.tables"
    " WHERE table_schema = current_schema() AND table_name = 'alembic_version'",
}


def pending(connection: Any, dialect: str, where: str) -> tuple[str, ...]:
    """The revisions a database lacks, oldest first. Raises StoreTooNew for one unknown here."""
    found = _version(connection, dialect)
    if found is None:
        return REVISIONS
    if found not in REVISIONS:
        raise StoreTooNew(where=where, found=found, known=REVISIONS[-1])
    return REVISIONS[REVISIONS.index(found) + 1 :]


def must_be_current(connection: Any, dialect: str, where: str) -> None:
    """Raise StoreTooOld or StoreTooNew unless the tables are those of this release."""
    if lacking := pending(connection, dialect, where):
        raise StoreTooOld(where=where, lacking=", ".join(lacking))


def migrate(connect: Callable[[], Any], dialect: str, where: str) -> tuple[str, ...]:
    """Bring a database up to date; returns the revisions applied.

    All of it is one transaction: a migration killed half-way leaves the database as it was.
    """
    from alembic import command  # noqa: PLC0415 - takes a second to import
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import NullPool, create_engine  # noqa: PLC0415

    driver = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}[dialect]
    engine = create_engine(driver, creator=connect, poolclass=NullPool)
    with engine.connect() as connection:
        if dialect == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        lacking = pending(connection.connection.cursor(), dialect, where)
        if lacking:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
            command.upgrade(config, "head")
        connection.commit()
    return lacking


def _version(connection: Any, dialect: str) -> str | None:
    """The revision of a database, None if it has none; takes a connection or a cursor."""
    if not _first(connection, _HAS_VERSION[dialect]):
        return None
    found = _first(connection, "SELECT version_num FROM alembic_version")
    return None if found is None else str(found)


def _first(connection: Any, text: str) -> Any:
    row = connection.execute(text).fetchone()
    return row[0] if row else None
