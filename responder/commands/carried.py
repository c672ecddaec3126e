"""How much may go by a channel, as the site in force says."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from responder.domain.carriage import Carriage, carriage
from responder.errors import ResponderError
from responder.ports.unit_of_work import UnitOfWork

Stated = dict[str, Carriage]


class Read(Protocol):
    """Answers a question from a consistent snapshot."""

    def __call__(self, query: Callable[[UnitOfWork, datetime], Stated | None], /) -> Stated | None:
        """The answer."""
        ...


def _stated(uow: UnitOfWork, _now: datetime) -> Stated | None:
    version = uow.sites.accepted()
    return uow.sites.get(version).channels if version else None


def carries_little(read: Read) -> Callable[[str], bool]:
    """Tells of a channel whether no more than a reference may go by it.

    It is as the site says when the first message is sent; what it says later counts from the next
    start. Where the database cannot say, it is as usual with that channel.
    """
    kept: Stated | None = None

    def is_minimal(channel: str) -> bool:
        nonlocal kept
        if kept is None:
            with suppress(ResponderError):
                kept = read(_stated)
        return carriage(kept or {}, channel).is_minimal

    return is_minimal
