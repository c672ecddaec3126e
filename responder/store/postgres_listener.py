"""Hearing of other processes' commits on PostgreSQL."""

import logging
import select
import socket
from collections.abc import Callable
from threading import Event, Lock, Thread

import psycopg

from responder.store.postgres_pool import Connection, connect

CHANNEL = "responder"
AGAIN_AFTER = 1.0
"""Seconds between two attempts to reach the server."""
LOOK_EVERY = 15.0
"""Seconds after which a silent connection is tried, for a cut network says nothing."""
FIRST_WAIT = 5.0

_log = logging.getLogger(__name__)


class Listener:
    """A thread that wakes for each commit of others. After a broken connection it wakes once
    more, for nobody knows what was missed.
    """

    def __init__(self, url: str, origin: str, wake: Callable[[], None]) -> None:
        self._url = url
        self._origin = origin
        self._wake = wake
        self._lock = Lock()
        self._thread: Thread | None = None
        self._listening = Event()
        self._stopped = Event()
        self._stop_here, self._stop_there = socket.socketpair()

    def start(self) -> None:
        """Begin, once; returns when the server listens for us, or does not answer."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="listener", daemon=True)
                self._thread.start()
        self._listening.wait(FIRST_WAIT)

    def stop(self) -> None:
        """End at once."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self._stop_there.send(b".")
        if self._thread is not None:
            self._thread.join()
        self._stop_here.close()
        self._stop_there.close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with connect(self._url) as connection:
                    self._listen(connection)
            except psycopg.Error as error:
                _log.warning("lost touch with the database: %s", error)
            self._stopped.wait(AGAIN_AFTER)

    def _listen(self, connection: Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        if self._listening.is_set():
            self._wake()
        self._listening.set()
        while not self._stopped.is_set():
            doors: list[int] = [connection.fileno(), self._stop_here.fileno()]
            heard, _, _ = select.select(doors, [], [], LOOK_EVERY)
            if not heard:
                connection.execute("SELECT 1")
            origins = {notice.payload for notice in connection.notifies(timeout=0)}
            if origins - {self._origin}:
                self._wake()
