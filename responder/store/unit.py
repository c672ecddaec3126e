"""The unit of work: all sockets of one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from responder.domain.authority import Authority
from responder.domain.call_task import CallTask
from responder.domain.consent import Consent
from responder.domain.escalation import Escalation
from responder.domain.exhibit import Exhibit
from responder.domain.incident import Incident
from responder.domain.talk import Talk
from responder.domain.task import Task
from responder.domain.warning import Warning
from responder.evidence.chain import SALT_BYTES, HeadRow
from responder.ports.unit_of_work import Ledger, Notes, Outbox, Shelf, Sites, Timers
from responder.store import tables
from responder.store.ledger import TableLedger
from responder.store.notes import TableNotes, first_seen, next_number
from responder.store.outbox import TableOutbox
from responder.store.session import Session
from responder.store.shelves import TableShelf
from responder.store.sites import SiteCache, TableSites
from responder.store.timers import TableTimers

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Nothing that is easily misread or misheard; a letter is five bits."""
LETTERS = bytes(ord(ALPHABET[byte & 31]) for byte in range(256))
TOKEN_LETTERS = 16

Entropy = Callable[[int], bytes]
Reached = Callable[[str], None]
"""Told the name of each point that a work reaches, so that tests can kill a process there."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What units of work share: where chance comes from, and immutable sites at hand."""

    entropy: Entropy
    sites: SiteCache


class Buffer(Protocol):
    """What keeps writes waiting."""

    def flush(self) -> None:
        """Write what waits."""
        ...


class Unit:
    """What a command handler is given; writes wait in memory until `flush` or a search."""

    def __init__(self, session: Session, around: Surroundings) -> None:
        self.session = session
        self._entropy = around.entropy
        incidents = TableShelf(session, tables.INCIDENTS, Incident)
        escalations = TableShelf(session, tables.ESCALATIONS, Escalation)
        authorities = TableShelf(session, tables.AUTHORITIES, Authority)
        tasks = TableShelf(session, tables.TASKS, Task)
        warnings = TableShelf(session, tables.WARNINGS, Warning)
        consents = TableShelf(session, tables.CONSENTS, Consent)
        talks = TableShelf(session, tables.TALKS, Talk)
        call_tasks = TableShelf(session, tables.CALL_TASKS, CallTask)
        exhibits = TableShelf(session, tables.EXHIBITS, Exhibit)
        outbox, timers = TableOutbox(session), TableTimers(session)
        kept, ledger = TableNotes(session), TableLedger(session, self._salts())
        self.incidents: Shelf[Incident] = incidents
        self.escalations: Shelf[Escalation] = escalations
        self.authorities: Shelf[Authority] = authorities
        self.tasks: Shelf[Task] = tasks
        self.warnings: Shelf[Warning] = warnings
        self.consents: Shelf[Consent] = consents
        self.talks: Shelf[Talk] = talks
        self.call_tasks: Shelf[CallTask] = call_tasks
        self.exhibits: Shelf[Exhibit] = exhibits
        self.outbox: Outbox = outbox
        self.timers: Timers = timers
        self.notes: Notes = kept
        self.sites: Sites = TableSites(session, kept, around.sites)
        self.ledger: Ledger = ledger
        self._chain = ledger
        shelves = (
            incidents,
            escalations,
            authorities,
            tasks,
            warnings,
            consents,
            talks,
            call_tasks,
            exhibits,
        )
        # The ledger comes last, for from then on its head is locked.
        self._buffers: tuple[Buffer, ...] = (*shelves, outbox, timers, kept, ledger)

    def next_number(self, series: str) -> int:
        """The next number of a series, from 1, without gaps among commits."""
        return next_number(self.session, series)

    def first_seen(self, door: str, event: str) -> bool:
        """Whether this platform event is new; remembers it."""
        return first_seen(self.session, door, event)

    def token(self) -> str:
        """A fresh, short, unguessable id: 80 bits in 16 letters."""
        return self._entropy(TOKEN_LETTERS).translate(LETTERS).decode()

    def head(self) -> HeadRow:
        """Where the chain ends, with what waits chained to it."""
        return self._chain.head()

    def flush(self) -> None:
        """Write everything that waits."""
        with self.session.together():
            for buffer in self._buffers:
                buffer.flush()

    def _salts(self) -> Iterator[str]:
        while True:
            yield self._entropy(SALT_BYTES).hex()
