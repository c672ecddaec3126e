"""The write-ahead log, copied into the database beside the writer: no commit waits for that."""

import sqlite3
from contextlib import suppress
from threading import Event, Lock, Thread

ROWS = 500
"""Rows changed between two copies: some two megabytes of log."""


class LogKeeper:
    """A thread that owns a connection of its own and copies when the log has grown.

    SQLite itself copies within a commit once the log has a thousand pages: every thirtieth
    declaration then takes ten times as long as the others. `copying` is held meanwhile.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.copying = Lock()
        self._connection = connection
        self._copied = connection.total_changes
        self._grown = Event()
        self._closed = False
        self._thread = Thread(target=self._serve, name="log-keeper", daemon=True)
        self._thread.start()

    def grow(self, changed: int) -> None:
        """So many rows the writer has changed since it began."""
        if changed - self._copied >= ROWS:
            self._copied = changed
            self._grown.set()

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        self._grown.set()
        self._thread.join()

    def _serve(self) -> None:
        while self._grown.wait() and not self._closed:
            self._grown.clear()
            with self.copying, suppress(sqlite3.Error):  # the writer will meet it, and tell
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        self._connection.close()
