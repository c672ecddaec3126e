"""SQLite takes the way meant for each statement that runs often: no scan, no sorting of it all."""

import pytest

from responder.store import ledger, outbox, shelves, tables, timers
from responder.store.opening import open_store
from responder.store.sqlite import connect_to_read
from responder.store.statements import SQLITE, Statement

SHELF = shelves._statements(tables.TASKS)
MEANT = [
    (outbox.READY, "SCAN outbox USING INDEX outbox_urgent"),
    (outbox.LEASE, "SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)"),
    (outbox.EXPIRED, "USING INDEX outbox_leased"),
    (outbox.SETTLING, "USING INDEX sqlite_autoindex_outbox_1 (id=?)"),
    (outbox.SETTLE, "SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)"),
    (outbox.OF, "USING INDEX outbox_of"),
    (outbox.TO, "USING INDEX outbox_to"),
    (outbox.WITHDRAW, "USING INDEX outbox_of"),
    (outbox.RECALL, "USING INDEX outbox_of"),
    (outbox.NEXT_READY, "USING INDEX outbox_ready"),
    (outbox.NEXT_LEASE, "USING INDEX outbox_leased"),
    (timers.CLAIM, "USING COVERING INDEX timers_due"),
    (timers.NEXT_DUE, "USING COVERING INDEX timers_due"),
    (ledger.LAST, "USING INDEX ledger_entries_about"),
    (ledger.OF, "USING INDEX ledger_entries_about"),
    (ledger.BY, "USING INDEX ledger_entries_by"),
    (ledger.ALL, "USING INTEGER PRIMARY KEY"),
    (SHELF.get, "USING INDEX sqlite_autoindex_tasks_1 (id=?)"),
    (SHELF.get_many, "USING INDEX sqlite_autoindex_tasks_1 (id=?)"),
    (SHELF.open, "USING INDEX tasks_open"),
    (SHELF.open_in_series, "USING INDEX tasks_open"),
    (SHELF.of, "USING INDEX tasks_of"),
]
LISTS = ("keys", "persons", "positions", "purposes", "rows", "subjects")


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "a.db"
    open_store(f"sqlite:///{path}").close()
    connection = connect_to_read(path)
    yield connection
    connection.close()


class Whatever(dict):
    """Some value for every parameter; the plan does not look at it."""

    def __missing__(self, name):
        return "[]" if name in LISTS else 1


@pytest.mark.parametrize(("statement", "way"), MEANT)
def test_the_way_meant_is_taken(connection, statement: Statement, way: str):
    compiled = statement.compiled(SQLITE)
    explain = f"EXPLAIN QUERY PLAN {compiled.text}"
    plan = [row[3] for row in connection.execute(explain, compiled.bound(Whatever()))]
    assert any(way in step for step in plan), plan
