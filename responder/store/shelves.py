"""Shelves: domain values by id, as JSON docs."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, bindparam, collate, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from responder.store.codec import decoder, encode
from responder.store.session import Row, Session
from responder.store.statements import Statement, among, per_dialect, upsert

T = TypeVar("T")


class _Statements:
    """The statements of one shelf."""

    def __init__(self, table: Table) -> None:
        columns = select(table.c.id, table.c.doc)
        self.get = Statement(columns.where(table.c.id == bindparam("key")))
        self.get_many = per_dialect(
            lambda name: columns.where(among(name, table.c.id, "keys")).order_by(table.c.position)
        )
        opened = columns.where(literal_column("open") == literal_column("1"))
        self.open = Statement(opened.order_by(table.c.position))
        self.open_in_series = per_dialect(
            lambda name: opened.where(*_in_series(name, table)).order_by(table.c.position)
        )
        self.of = Statement(
            columns.where(table.c.incident == bindparam("key")).order_by(table.c.position)
        )
        self.all = Statement(columns.order_by(table.c.position))
        self.put = upsert(table, ["id"], "position")


def _in_series(name: str, table: Table) -> tuple[ColumnElement[bool], ...]:
    """A range of ids; in PostgreSQL's own order of texts the hyphen may count for nothing."""
    id = table.c.id if name == "sqlite" else collate(table.c.id, "C")
    return id >= bindparam("first"), id < bindparam("last")


@cache
def _statements(table: Table) -> _Statements:
    return _Statements(table)


class TableShelf(Generic[T]):
    """A shelf on a table. What is put is written when the work ends, or before a search; a value
    put back as it was read is not written again.

    On PostgreSQL, values got are locked row by row. `open` and `all` hold the whole shelf: a
    value put on it by another transaction appears before or after this one, never meanwhile.
    """

    __slots__ = ("_known", "_name", "_pending", "_read", "_session", "_sql")

    def __init__(self, session: Session, table: Table, kind: type[T]) -> None:
        self._session = session
        self._name = table.name
        self._sql = _statements(table)
        self._read: Callable[[str], T] = decoder(kind).decode
        self._pending: dict[str, dict[str, Any]] = {}
        self._known: dict[str, str] = {}

    def get(self, id: str) -> T | None:
        """The value, locked until the transaction ends, or None."""
        if waiting := self._pending.get(id):
            return self._read(waiting["doc"])
        rows = self._session.rows(self._sql.get, {"key": id}, lock=True)
        if not rows and self._session.locks:
            self._session.hold(f"{self._name} {id}")
            rows = self._session.rows(self._sql.get, {"key": id}, lock=True)
        return self._values(rows).get(id)

    def get_many(self, ids: Sequence[str]) -> dict[str, T]:
        """Those of `ids` that exist, locked, in one round trip."""
        self.flush()
        keys = self._session.dialect.listed(ids)
        return self._values(self._session.rows(self._sql.get_many, {"keys": keys}, lock=True))

    def put(self, id: str, value: T) -> None:
        """Write the value as it is now."""
        doc = encode(value)
        if self._known.get(id) == doc:
            self._pending.pop(id, None)
            return
        self._pending[id] = {
            "id": id,
            "incident": getattr(value, "incident", ""),
            "open": int(getattr(value, "is_open", True)),
            "doc": doc,
        }

    def open(self, series: str = "") -> dict[str, T]:
        """Values that are not yet done with, oldest first; of a series (`DRL`) alone."""
        if not series:
            return self._search(self._sql.open)
        return self._search(self._sql.open_in_series, {"first": f"{series}-", "last": f"{series}."})

    def of(self, incident: str) -> dict[str, T]:
        """All values that belong to an incident, oldest first."""
        self.flush()
        return self._values(self._session.rows(self._sql.of, {"key": incident}, lock=True))

    def all(self) -> dict[str, T]:
        """Every value, oldest first."""
        return self._search(self._sql.all)

    def flush(self) -> None:
        """Write what waits."""
        if not self._pending:
            return
        if self._session.locks and not self._pending.keys() <= self._known.keys():
            self._session.hold(self._name)
        self._session.many(self._sql.put, list(self._pending.values()))
        self._known.update((id, row["doc"]) for id, row in self._pending.items())
        self._pending.clear()

    def _search(self, statement: Statement, values: dict[str, str] | None = None) -> dict[str, T]:
        self.flush()
        self._session.hold(self._name)
        return self._values(self._session.rows(statement, values, lock=True))

    def _values(self, rows: Iterable[Row]) -> dict[str, T]:
        docs: dict[str, str] = dict(rows)
        self._known.update(docs)
        return {id: self._read(doc) for id, doc in docs.items()}
