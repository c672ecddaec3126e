"""Whoever alters any cell, or takes away any row, of any ledger table in the file is found out.

Nothing here knows the tables: they are taken from the database by their name.
"""

from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from responder.domain.record import Fact
from responder.evidence.audit import Verdict
from responder.store.opening import open_store
from responder.store.proofs import make_checkpoint, verify_ledger
from responder.store.session import Session
from responder.store.signing import KeyFileSigner
from responder.store.sqlite import connect
from responder.store.statements import SQLITE
from tests.contract.store.samples import NOON, ZHANG
from tests.stage.removing import remove_payloads

LAST = 11
TABLES = ("entries", "payloads", "head", "keys", "checkpoints")


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tampering")
    store = open_store(f"sqlite:///{folder / 'a.db'}")
    signer = KeyFileSigner(folder / "site.key")
    for minute in range(4):
        at = NOON + timedelta(minutes=minute)
        facts = [Fact("Noted", f"INC-{n}", ZHANG, at, {"text": f"{minute}-{n}"}) for n in (1, 2)]
        append(store, facts)
        if minute == 1:
            make_checkpoint(store, signer, ZHANG, at)
    remove_payloads(store, [3], "retention", ZHANG, NOON)
    store.close()
    connection = connect(folder / "a.db")
    yield connection
    connection.close()


def append(store, facts):
    store.run(lambda uow: uow.ledger.append(facts))


class Opened:
    """A database somebody has just tampered with, as the audit reads it."""

    def __init__(self, connection):
        self._connection = connection

    @contextmanager
    def reading(self):
        yield Session(self._connection.cursor(), SQLITE, writing=False)


def audited(connection: Any) -> Verdict:
    opened: Any = Opened(connection)
    return verify_ledger(opened)


@contextmanager
def tampered(connection, statement, *values):
    connection.execute("BEGIN")
    try:
        assert connection.execute(statement, values).rowcount == 1
        yield audited(connection)
    finally:
        connection.execute("ROLLBACK")


def cells(connection, table):
    """Every row's number and every column of it, whatever they are called."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    numbers = [row[0] for row in connection.execute(f"SELECT rowid FROM {table}")]
    assert columns
    return [(number, column) for number in numbers for column in columns]


def test_there_are_no_other_ledger_tables(connection):
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE name LIKE 'ledger~_%' ESCAPE '~'"
    )
    names = {row[0] for row in found} - {"ledger_entries_about", "ledger_entries_by"}
    assert names == {f"ledger_{name}" for name in TABLES}


def test_untouched_it_is_sound(connection):
    verdict = audited(connection)
    assert verdict.ok
    assert (verdict.entries, verdict.removed, verdict.checkpoints) == (LAST, (3,), 1)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "changed",
    [
        "CASE typeof({0}) WHEN 'integer' THEN {0} + 1000 ELSE {0} || 'x' END",
        "CASE typeof({0}) WHEN 'integer' THEN {0} + 1000 ELSE upper({0}) || ' ' END",
        "CASE typeof({0}) WHEN 'integer' THEN -{0} - 1 ELSE substr({0}, 2) || '-' END",
    ],
)
def test_every_cell(connection, table, changed):
    """The entry that was tampered with is named, or the first one that its change uncovers."""
    for number, column in cells(connection, f"ledger_{table}"):
        update = f"UPDATE ledger_{table} SET {column} = {changed.format(column)} WHERE rowid = ?"
        with tampered(connection, update, number) as verdict:
            assert verdict.fault is not None, (number, column)
            if table == "head":
                assert verdict.fault.seq in (LAST, LAST + 1)
            elif column == "seq" and changed.startswith("CASE typeof({0}) WHEN 'integer' THEN -"):
                assert verdict.fault.seq in (number, -number - 1, 1)
            else:
                assert verdict.fault.seq == number, (number, column)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_taken_away(connection, table):
    numbers = {number for number, _ in cells(connection, f"ledger_{table}")}
    for number in numbers:
        with tampered(connection, f"DELETE FROM ledger_{table} WHERE rowid = ?", number) as verdict:
            assert verdict.fault is not None
            assert verdict.fault.seq == (LAST if table == "head" else number)


def test_a_tail_cut_off_without_the_head(connection):
    """What is missing at the end is named by the row that remembers the end."""
    with tampered(connection, "DELETE FROM ledger_entries WHERE seq = ?", LAST) as verdict:
        assert verdict.fault is not None
        assert verdict.fault.seq == LAST
