"""The ledger's rows: facts are chained and written when the work ends."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from responder.domain.record import Entry, Fact
from responder.evidence.chain import HeadRow, extend
from responder.evidence.instants import instant, micros
from responder.store.session import Row, Session
from responder.store.statements import Core, Statement, among, insert, listed, per_dialect
from responder.store.tables import LEDGER_ENTRIES as E
from responder.store.tables import LEDGER_HEAD as H
from responder.store.tables import LEDGER_PAYLOADS as P

_PAYLOADS = msgspec.json.Decoder()


def _last(name: str) -> Core:
    """The last hash of each subject of a list: one step into the index for each."""
    subjects = listed(name, "subjects")
    latest = (
        select(E.c.hash)
        .where(E.c.subject == subjects.c.value)
        .order_by(E.c.seq.desc())
        .limit(1)
        .correlate(subjects)
        .scalar_subquery()
    )
    return select(subjects.c.value, latest)


_ENTRIES = (
    select(E.c.seq, E.c.at, E.c.kind, E.c.actor, E.c.door, E.c.subject, P.c.payload, E.c.hash)
    .select_from(E.outerjoin(P, P.c.seq == E.c.seq))
    .order_by(E.c.seq)
)
HEAD = Statement(select(H.c.id, H.c.seq, H.c.at, H.c.hash))
LAST = per_dialect(_last)
ADD_ENTRY = insert(E)
ADD_PAYLOAD = insert(P)
MOVE_HEAD = Statement(
    update(H).values(seq=bindparam("new_seq"), at=bindparam("new_at"), hash=bindparam("new_hash"))
)
OF = Statement(_ENTRIES.where(E.c.subject == bindparam("key")))
OF_KINDS = per_dialect(
    lambda name: _ENTRIES.where(E.c.subject == bindparam("key"), among(name, E.c.kind, "kinds"))
)
BY = Statement(_ENTRIES.where(E.c.actor == bindparam("key"), E.c.at >= bindparam("since")))
ALL = Statement(_ENTRIES.where(E.c.seq > bindparam("after")).limit(bindparam("most")))


class TableLedger:
    """The ledger on its tables.

    The head is locked from the flush until the transaction ends: entries are numbered without
    gaps, and never in another order than they are committed.
    """

    __slots__ = ("_pending", "_salts", "_session")

    def __init__(self, session: Session, salts: Iterator[str]) -> None:
        self._session = session
        self._salts = salts
        self._pending: list[Fact] = []

    def append(self, facts: Iterable[Fact]) -> None:
        """Record facts, in this order; they are chained when the work ends."""
        self._pending.extend(facts)

    def of(self, subject: str, kinds: Collection[str] = ()) -> list[Entry]:
        """The entries about a subject, in order, payloads included where still held.

        Only those of `kinds` where any is named: most of a long record is about messages.
        """
        if not kinds:
            return self._entries(OF, {"key": subject})
        wanted = self._session.dialect.listed(sorted(kinds))
        return self._entries(OF_KINDS, {"key": subject, "kinds": wanted})

    def by(self, actor: str, since: datetime) -> list[Entry]:
        """What an actor did since an instant, in order."""
        return self._entries(BY, {"key": actor, "since": micros(since)})

    def all(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Entries with seq greater than `after`, in order."""
        return self._entries(ALL, {"after": after, "most": limit})

    def head(self) -> HeadRow:
        """Where the chain ends, with what waits chained to it."""
        self.flush()
        return self._head()

    def flush(self) -> None:
        """Chain and write what waits."""
        if not self._pending:
            return
        facts, self._pending = self._pending, []
        head = self._head()
        keys = self._session.dialect.listed({fact.subject for fact in facts})
        last = {
            subject: last_hash
            for subject, last_hash in self._session.rows(LAST, {"subjects": keys})
            if last_hash
        }
        grown = extend(head, last, facts, self._salts)
        self._session.many(ADD_ENTRY, [row._asdict() for row in grown.entries])
        self._session.many(ADD_PAYLOAD, [row._asdict() for row in grown.payloads])
        new = grown.head
        self._session.change(
            MOVE_HEAD, {"new_seq": new.seq, "new_at": new.at, "new_hash": new.hash}
        )

    def _head(self) -> HeadRow:
        row = self._session.row(HEAD, lock=True)
        if row is None:
            raise LookupError("the ledger has lost its head")
        return HeadRow(*row)

    def _entries(self, statement: Statement, values: dict[str, Any]) -> list[Entry]:
        self.flush()
        return [_entry(row) for row in self._session.rows(statement, values)]


def _entry(row: Row) -> Entry:
    seq, at, kind, actor, door, subject, payload, own_hash = row
    held = None if payload is None else _PAYLOADS.decode(payload)
    return Entry(seq, instant(at), kind, actor, door, subject, held, own_hash)
