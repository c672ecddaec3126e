"""What differs between SQLite and PostgreSQL, and the text of every statement on each.

Statements are Core constructs made once, at import, compiled once for each database, and
executed by the driver itself: executing through Core costs several times what SQLite needs for a
read by key. Values have names for us and for PostgreSQL; SQLite's driver takes them by position,
since it is slow at looking up names.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    Delete,
    Insert,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import Dialect as CoreDialect
from sqlalchemy.sql.elements import ColumnElement, TextClause
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import TypeEngine

Core = Select[Any] | Insert | Update | Delete
Values = Mapping[str, Any]
Bound = Values | Sequence[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """One database's ways: how statements are compiled, and how a list is passed to one."""

    name: str
    core: CoreDialect
    listed: Callable[[Iterable[Any]], Any]


SQLITE = Dialect(
    "sqlite",
    SQLiteDialect_pysqlite(paramstyle="qmark"),
    lambda values: json.dumps(list(values)),
)
POSTGRESQL = Dialect("postgresql", PGDialect_psycopg(), list)  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A statement's text on one database, and how it takes its values."""

    text: str
    bound: Callable[[Values], Bound]

    @classmethod
    def of(cls, core: Core, dialect: Dialect) -> "Compiled":
        """Compile it; parameters that Core itself adds are always bound."""
        compiled = core.compile(dialect=dialect.core)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        order = compiled.positiontup
        if order is None:
            return cls(str(compiled), (lambda v: {**fixed, **v}) if fixed else (lambda v: v))
        if fixed or len(order) < 2:  # a getter of one thing gives no tuple
            return cls(str(compiled), lambda v: tuple(_named(n, fixed, v) for n in order))
        return cls(str(compiled), itemgetter(*order))


def _named(name: str, fixed: Values, values: Values) -> Any:
    return fixed[name] if name in fixed else values[name]


class Statement:
    """One statement, as each database wants it."""

    __slots__ = ("_compiled", "_cores")

    def __init__(self, sqlite: Core, postgresql: Core | None = None) -> None:
        self._cores = {"sqlite": sqlite, "postgresql": sqlite if postgresql is None else postgresql}
        self._compiled: dict[tuple[str, bool, bool], Compiled] = {}

    def compiled(self, dialect: Dialect, lock: bool = False, packed: bool = False) -> Compiled:
        """Compiled for a database; with `lock`, rows read are locked.

        `packed`, a SQLite select gives one row with one value: its rows as a list in JSON.
        """
        key = (dialect.name, lock, packed)
        if key not in self._compiled:
            core = self._cores[dialect.name]
            if isinstance(core, Select):
                core = core.with_for_update() if lock else core
                core = _packed(core) if packed else core
            self._compiled[key] = Compiled.of(core, dialect)
        return self._compiled[key]


def _packed(core: Select[Any]) -> Select[Any]:
    rows = core.subquery()
    return select(func.json_group_array(func.json_array(*rows.columns)))


def per_dialect(make: Callable[[str], Core]) -> Statement:
    """A statement made for each database from its name."""
    return Statement(make("sqlite"), make("postgresql"))


def insert(table: Table, *omitted: str) -> Statement:
    """Insert a row, every column from the parameter of its name."""
    return Statement(Insert(table).values(_parameters(table, omitted)).inline())


def upsert(table: Table, key: Iterable[str], *omitted: str) -> Statement:
    """Insert a row, or replace all but `key` of the one that is there."""
    keys = list(key)

    def make(name: str) -> Core:
        into = SqliteInsert(table) if name == "sqlite" else PostgresInsert(table)
        into = into.values(_parameters(table, omitted)).inline()
        changing = [c.name for c in table.columns if c.name not in (*keys, *omitted)]
        return into.on_conflict_do_update(
            index_elements=keys, set_={name: into.excluded[name] for name in changing}
        )

    return per_dialect(make)


def rewrite(table: Table, key: str, *columns: str) -> Statement:
    """Change these columns of many rows, each found by `key`, for `Session.rewrite`.

    A row's values are named as its columns. PostgreSQL is given one row after another; SQLite all
    of them as one JSON list, `rows`.
    """

    def make(new: Callable[[str], ColumnElement[Any] | TextClause]) -> Core:
        return update(table).where(table.c[key] == new(key)).values({c: new(c) for c in columns})

    row = func.json_each(bindparam("rows")).table_valued("value").c.value
    return Statement(
        make(lambda column: row.op("->>")(literal_column(f"'{column}'"))),
        make(lambda column: text(f":{column}")),
    )


def _parameters(table: Table, omitted: Iterable[str]) -> dict[str, Any]:
    return {c.name: bindparam(c.name) for c in table.columns if c.name not in omitted}


def listed(name: str, parameter: str, kind: TypeEngine[Any] | None = None) -> FromClause:
    """The values of a list passed as one parameter, as a table with the column `value`."""
    if name == "sqlite":
        return func.json_each(bindparam(parameter)).table_valued("value")
    values = func.unnest(bindparam(parameter, type_=ARRAY(kind or Text())))
    return values.table_valued("value").render_derived()


def among(name: str, column: Column[Any], parameter: str) -> ColumnElement[bool]:
    """Whether a column's value is in a list passed as one parameter."""
    return column.in_(select(listed(name, parameter, column.type).c.value))
