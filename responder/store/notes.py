"""Notes, counters and the inbox: what a word is enough for."""

from typing import Any

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from responder.store.codec import decoder, encode
from responder.store.session import Session
from responder.store.statements import Core, Statement, per_dialect, upsert
from responder.store.tables import COUNTERS, INBOX, NOTES


def _next(name: str) -> Core:
    into = (SqliteInsert if name == "sqlite" else PostgresInsert)(COUNTERS)
    counted = into.values(series=bindparam("series"), value=literal_column("1"))
    return counted.on_conflict_do_update(
        index_elements=["series"], set_={"value": COUNTERS.c.value + literal_column("1")}
    ).returning(COUNTERS.c.value)


def _see(name: str) -> Core:
    into = (SqliteInsert if name == "sqlite" else PostgresInsert)(INBOX)
    seen = into.values(door=bindparam("door"), event=bindparam("event")).inline()
    return seen.on_conflict_do_nothing()


GET = Statement(select(NOTES.c.value).where(NOTES.c.key == bindparam("wanted")))
PUT = upsert(NOTES, ["key"])
NEXT = per_dialect(_next)
SEE = per_dialect(_see)


class TableNotes:
    """Small facts by key; what is put is written when the work ends."""

    __slots__ = ("_known", "_pending", "_session")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, str | None] = {}
        self._pending: dict[str, str] = {}

    def get(self, key: str) -> Any:
        """The value, or None; nobody else changes it before the transaction ends.

        Of two who both read a note and then write it, one is run again.
        """
        if key not in self._known:
            self._session.hold(f"notes {key}", shared=True)
            row = self._session.row(GET, {"wanted": key})
            self._known[key] = row[0] if row else None
        value = self._known[key]
        return None if value is None else decoder(object).decode(value)

    def put(self, key: str, value: Any) -> None:
        """Write a JSON value."""
        self._known[key] = self._pending[key] = encode(value)

    def flush(self) -> None:
        """Write what waits."""
        if not self._pending:
            return
        rows = [{"key": key, "value": value} for key, value in sorted(self._pending.items())]
        for row in rows:
            self._session.hold(f"notes {row['key']}")
        self._session.many(PUT, rows)
        self._pending.clear()


def next_number(session: Session, series: str) -> int:
    """The next number of a series; until the transaction ends nobody else gets one of it."""
    return int(session.changing(NEXT, {"series": series})[0][0])


def first_seen(session: Session, door: str, event: str) -> bool:
    """Whether a platform's event is new; remembers it."""
    return session.change(SEE, {"door": door, "event": event}) == 1
