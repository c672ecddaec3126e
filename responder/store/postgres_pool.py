"""Connections to PostgreSQL: how they are made, lent and given back."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

PREFIXES = ("postgresql+psycopg://", "postgresql://", "postgres://")

_KEPT_ALIVE = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "client_encoding": "UTF8",
    "application_name": "responder",
}
_SETTINGS = {
    "synchronous_commit": "on",  # a confirmed command survives, whatever the server's default
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "5s",  # a stopped process must not hold the others up
}

Connection = psycopg.Connection[tuple[Any, ...]]


def connection_string(url: str) -> str:
    """The URL as the driver reads it."""
    rest = next(url.removeprefix(prefix) for prefix in PREFIXES if url.startswith(prefix))
    return f"postgresql://{rest}"


def connect(url: str, autocommit: bool = True) -> Connection:
    """A connection whose transactions we begin and end ourselves, unless told otherwise."""
    connection: Connection = psycopg.connect(
        connection_string(url),
        autocommit=True,
        **_KEPT_ALIVE,  # type: ignore[arg-type]
    )
    for name, value in _SETTINGS.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.autocommit = autocommit
    return connection


def without_password(url: str) -> str:
    """The database as people may see it: no password, no options."""
    parts = psycopg.conninfo.conninfo_to_dict(connection_string(url))
    host, name = parts.get("host") or "localhost", parts.get("dbname") or ""
    return f"postgresql://{host}/{name}"


class Pool:
    """Connections lying idle. One that broke, or was left in a transaction, is not lent again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._idle: deque[Connection] = deque()
        self._closed = False

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection for the time of the block."""
        connection = self._take()
        try:
            yield connection
        finally:
            idle = connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
            if connection.closed or not idle or self._closed:
                connection.close()
            else:
                self._idle.append(connection)

    def forget(self) -> None:
        """Close what lies idle: the server was restarted, or we are done."""
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def close(self) -> None:
        """Lend nothing that was used before any more."""
        self._closed = True
        self.forget()

    def _take(self) -> Connection:
        with suppress(IndexError):
            return self._idle.pop()
        return connect(self._url)
