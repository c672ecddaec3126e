"""The scene of a killing: a database, a provider that outlives everybody, one process at a time."""

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from responder.commands.firm import AcceptSite
from responder.commands.subjects import handle
from responder.domain.message import State
from responder.store.opening import open_store
from responder.store.store import Store
from tests.chaos import load
from tests.chaos.child import Orders, main
from tests.chaos.journal import Journal
from tests.fakes.provider import Provider

LIFETIME = 60.0
"""Seconds after which a process that should have ended is taken for stuck."""
KILLED = -signal.SIGKILL
NURSERY = multiprocessing.get_context("forkserver")
"""Processes are forked from a small one that has imported everything and done nothing."""
NURSERY.set_forkserver_preload(["pytest", "tests.chaos.child"])


@dataclass
class Scene:
    """What outlives the processes, and what happened to them.

    `in_flight` counts, over all kills, the messages that were under way when it happened; `down`
    is how long nothing ran, in all.
    """

    database: str
    provider: Provider
    journal: Journal
    in_flight: int = 0
    kills: int = 0
    down: timedelta = timedelta(0)

    @property
    def errors(self) -> str:
        """What processes said that ended otherwise than by being done or killed."""
        return self.journal.errors.read_text(encoding="utf-8")

    @classmethod
    def at(cls, database: str, provider: Provider, folder: Path) -> "Scene":
        """A database with the load's site in force."""
        with opened(database) as store:
            store.run(lambda uow: handle(AcceptSite(site=load.site()), uow, load.EVENING))
        return cls(database, provider, Journal(folder / "journal"))

    def live(
        self, down: timedelta = timedelta(0), kill: tuple[str, int] = ("", 0), live: float = 0.0
    ) -> int:
        """One process from start to end, `down` after the one before; returns how it ended."""
        with self.process(down, kill, live) as process:
            return self.ended(process)

    @contextmanager
    def process(
        self, down: timedelta = timedelta(0), kill: tuple[str, int] = ("", 0), live: float = 0.0
    ) -> Iterator[BaseProcess]:
        """A process at work; it does not outlive the block."""
        at = (self.journal.reached() or load.EVENING) + down
        self.down += down
        orders = Orders(
            self.database, self.provider.url, str(self.journal.path), at.isoformat(), kill, live
        )
        process = NURSERY.Process(target=main, args=(orders,))
        process.start()
        try:
            yield process
        finally:
            process.kill()
            process.join()

    def ended(self, process: BaseProcess) -> int:
        """Wait for a process; what a kill left under way is counted."""
        process.join(LIFETIME)
        assert process.exitcode is not None, "a process does not come to an end"
        if process.exitcode == KILLED:
            self.kills += 1
            self.in_flight += self._counts().get(State.SENDING, 0)
        return process.exitcode

    def is_quiet(self) -> bool:
        """Whether nothing waits to be sent."""
        return not any(self._counts().get(state) for state in (State.READY, State.SENDING))

    def _counts(self) -> dict[State, int]:
        with opened(self.database, read_only=True) as store:
            return store.read(lambda uow: uow.outbox.counts())


@contextmanager
def opened(database: str, read_only: bool = False) -> Iterator[Store]:
    """The database, looked at from outside."""
    store = open_store(database, read_only=read_only)
    try:
        yield store
    finally:
        store.close()
