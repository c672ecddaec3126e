"""What the command line says when the database cannot serve; nothing is ever half-done."""

import sqlite3

import pytest

DECLARE = ("declare", "trading-outage", "--title", "x", "--as", "jin.lu", "--lang", "en")


def test_a_full_disk(cli, outage, monkeypatch):
    """Refused, nothing kept, and the mend says to work by hand meanwhile."""
    from responder.store import sqlite

    connect = sqlite.connect

    def small(*arguments, **options):
        connection = connect(*arguments, **options)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    before = cli("ledger", "verify", "--json").json
    monkeypatch.setattr(sqlite, "connect", small)
    note = ("note", outage, "x" * 4000, "--as", "jin.lu", "--lang", "en")
    said = cli(*note)
    while said.status == 0:
        before = cli("ledger", "verify", "--json").json
        said = cli(*note)
    assert said.status == 1
    assert "full" in said.err
    assert "by hand" in said.err
    monkeypatch.undo()
    assert cli("ledger", "verify", "--json").json == before


def test_a_read_only_database(cli, outage, monkeypatch):
    """Refused with the mend; looking still works."""
    from responder.store import sqlite

    connect = sqlite.connect
    monkeypatch.setattr(
        sqlite, "connect", lambda path, mode="rw", **rest: connect(path, "ro", **rest)
    )
    line = cli.refused(*DECLARE)
    assert "read-only" in line
    assert cli("incident", "list").status == 0


def test_a_damaged_database(cli):
    """Keep it as evidence, restore a backup; nothing is made anew over it."""
    cli.database.write_bytes(b"nothing that SQLite knows" * 100)
    line = cli.refused(*DECLARE)
    assert "damaged" in line
    assert cli.database.read_bytes().startswith(b"nothing")


def test_a_database_of_a_newer_release(cli):
    """Only the newer release may touch it."""
    with sqlite3.connect(cli.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for words in (DECLARE, ("who",), ("migrate",), ("serve",)):
        assert "newer release" in cli.refused(*words)


def test_a_database_of_an_older_release_waits_for_migrate(cli, monkeypatch):
    """A short command beside an engine does not change its tables under it."""
    from responder.store import migrate

    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "9999"))
    assert "responder migrate" in cli.refused(*DECLARE)


def test_migrate_says_what_it_did(cli):
    """Up to date is said as such."""
    assert cli("migrate", "--json").json == {"id": "database", "applied": []}


@pytest.mark.parametrize("url", ["mysql://x", "nonsense", "sqlite://relative"])
def test_an_address_of_no_database(cli, url):
    """The setting is named, and the form it should have."""
    line = cli.refused(*DECLARE, RESPONDER_DATABASE_URL=url)
    assert "RESPONDER_DATABASE_URL" in line
    assert "postgresql://" in line


def test_a_database_that_does_not_answer(cli):
    """Refused within seconds, with the mend; no password in the line."""
    url = "postgresql://someone:hidden@127.0.0.1:1/nothing"
    line = cli.refused(*DECLARE, RESPONDER_DATABASE_URL=url)
    assert "cannot be reached" in line
    assert "hidden" not in line


def test_a_folder_that_cannot_be_written(cli, tmp_path):
    """The state's place is a file: said as such, not as a fault of ours."""
    (tmp_path / "file").write_text("")
    line = cli.refused(*DECLARE, RESPONDER_VAR=str(tmp_path / "file"))
    assert "file" in line
