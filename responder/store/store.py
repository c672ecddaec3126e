"""What every memory offers, whichever database it is on."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from responder.ports.unit_of_work import Changes, Transactions
from responder.store.session import Session
from responder.store.statements import Dialect
from responder.store.unit import Reached, Surroundings


class Lock(Protocol):
    """Held by an engine while it runs."""

    def acquire(self) -> None:
        """Take it, at once or not at all: StoreBusy if another engine holds it."""
        ...

    def release(self) -> None:
        """Give it back."""
        ...


class Store(Transactions, Changes, Protocol):
    """Memory: transactions, changes, and what operating it needs."""

    where: str
    dialect: Dialect

    def reading(self) -> AbstractContextManager[Session]:
        """A session on a consistent snapshot, for proofs that read rows as they lie."""
        ...

    def engine_lock(self) -> Lock:
        """What keeps a second engine from a database that bears only one."""
        ...

    def clock(self) -> datetime | None:
        """What the database server's clock says; None where it is the machine's own."""
        ...

    def check(self) -> None:
        """Raise StoreCorrupt unless the whole database is sound, as far as it can tell."""
        ...

    def close(self) -> None:
        """Finish what waits, and let go."""
        ...


class Backend(Protocol):
    """One kind of database: how it is opened and brought up to date."""

    def open_to_write(
        self, url: str, around: Surroundings, reached: Reached, migrate: bool, check: bool
    ) -> Store:
        """Open it for everything."""
        ...

    def open_to_read(self, url: str, around: Surroundings, check: bool) -> Store:
        """Open it for reading; nothing in it is changed."""
        ...

    def migrate(self, url: str) -> tuple[str, ...]:
        """Bring it up to date; returns the revisions applied."""
        ...

    def pending(self, url: str) -> tuple[str, ...]:
        """The revisions it lacks, oldest first."""
        ...
