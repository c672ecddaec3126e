"""One transaction on one connection: statements in, rows out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, cast

import msgspec

from responder.store.codec import encode
from responder.store.statements import Bound, Dialect, Statement

Row = tuple[Any, ...]

_ROWS = msgspec.json.Decoder(list[tuple[Any, ...]])

AT_ONCE = 500
"""Rows fetched at a time when streaming."""


class Cursor(Protocol):
    """What both drivers' cursors have in common."""

    @property
    def rowcount(self) -> int: ...

    def execute(self, text: str, values: Bound, /) -> object: ...

    def executemany(self, text: str, values: Iterable[Bound], /) -> object: ...

    def fetchall(self) -> list[Row]: ...

    def fetchmany(self, size: int, /) -> list[Row]: ...


class PostgresConnection(Protocol):
    """What PostgreSQL's connection has besides."""

    def pipeline(self) -> AbstractContextManager[object]: ...


class PostgresCursor(Protocol):
    """What PostgreSQL's cursor has besides: it need not hold a whole table in memory."""

    @property
    def connection(self) -> PostgresConnection: ...

    def stream(self, text: str, values: Bound, /, *, size: int) -> Iterator[Row]: ...


class Session:
    """Runs statements in a transaction that somebody else begins and ends.

    A `writing` session on PostgreSQL locks what it reads where asked to; on SQLite the one
    writer holds the whole database. `wrote` tells whether anything was changed.
    """

    __slots__ = ("_cursor", "_held", "dialect", "erased", "locks", "writing", "wrote")

    def __init__(self, cursor: Cursor, dialect: Dialect, writing: bool) -> None:
        self._cursor = cursor
        self._held: set[tuple[str, bool]] = set()
        self.dialect = dialect
        self.writing = writing
        self.locks = writing and dialect.name == "postgresql"
        self.wrote = False
        self.erased = False

    def rows(
        self, statement: Statement, values: Mapping[str, Any] | None = None, lock: bool = False
    ) -> list[Row]:
        """What a statement reads."""
        self._execute(statement, values or {}, lock and self.locks)
        return self._cursor.fetchall()

    def row(
        self, statement: Statement, values: Mapping[str, Any] | None = None, lock: bool = False
    ) -> Row | None:
        """The first row a statement reads, or None."""
        rows = self.rows(statement, values, lock)
        return rows[0] if rows else None

    def change(self, statement: Statement, values: Mapping[str, Any]) -> int:
        """Write; returns how many rows were changed."""
        self.must_write()
        self._execute(statement, values, lock=False)
        changed = self._cursor.rowcount
        self.wrote = self.wrote or changed > 0
        return changed

    def changing(self, statement: Statement, values: Mapping[str, Any]) -> list[Row]:
        """Write; returns what the statement gives back of the rows changed."""
        self.must_write()
        rows = self.rows(statement, values)
        self.wrote = self.wrote or bool(rows)
        return rows

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one row after another."""
        self.must_write()
        compiled = statement.compiled(self.dialect)
        self._cursor.executemany(compiled.text, map(compiled.bound, rows))
        # Under way to PostgreSQL, nobody knows yet how many rows will have changed.
        self.wrote = self.wrote or self.locks or self._cursor.rowcount > 0

    def batch(
        self, statement: Statement, values: Mapping[str, Any], lock: bool = False
    ) -> list[Row]:
        """What a statement reads, in whatever order; SQLite reads it all in one step.

        Between two steps SQLite's driver has to have the interpreter again, and another thread
        may keep it from that for as long as it likes to compute.
        """
        if self.dialect.name != "sqlite":
            return self.rows(statement, values, lock)
        compiled = statement.compiled(self.dialect, packed=True)
        self._cursor.execute(compiled.text, compiled.bound(values))
        return _ROWS.decode(self._cursor.fetchall()[0][0])

    def rewrite(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Carry out a `rewrite` statement for many rows; SQLite does it in one step."""
        if not rows:
            return
        if self.dialect.name == "sqlite":
            self.change(statement, {"rows": encode(rows)})
        else:
            self.many(statement, rows)

    def together(self) -> AbstractContextManager[object]:
        """Send the writes of the block without waiting for the answer to each."""
        if not self.locks:
            return nullcontext()
        return cast("PostgresCursor", self._cursor).connection.pipeline()

    def stream(self, statement: Statement) -> Iterator[Row]:
        """What a statement reads, row by row; nothing else may run meanwhile."""
        compiled = statement.compiled(self.dialect)
        text, values = compiled.text, compiled.bound({})
        if self.dialect.name == "postgresql":
            yield from cast("PostgresCursor", self._cursor).stream(text, values, size=AT_ONCE)
            return
        self._cursor.execute(text, values)
        while rows := self._cursor.fetchmany(AT_ONCE):
            yield from rows

    def erase(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Delete rows so that nothing of them stays, in the write-ahead log either."""
        self.many(statement, rows)
        self.erased = True

    def hold(self, name: str, shared: bool = False) -> None:
        """Hold something that has no row of its own until the transaction ends.

        Those who hold it `shared` keep out only those who hold it alone.
        """
        if not self.locks or (name, False) in self._held or (name, shared) in self._held:
            return
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        self._cursor.execute(f"SELECT {lock}(hashtextextended(%(name)s, 0))", {"name": name})
        self._held.add((name, shared))

    def _execute(self, statement: Statement, values: Mapping[str, Any], lock: bool) -> None:
        compiled = statement.compiled(self.dialect, lock)
        self._cursor.execute(compiled.text, compiled.bound(values))

    def must_write(self) -> None:
        """Raise RuntimeError where this session only reads."""
        if not self.writing:
            raise RuntimeError("a reading unit of work must not write")
