"""The same command line on PostgreSQL: an empty database is made, the key must be given."""

import pytest

from tests.integration.cli.conftest import Terminal

pytestmark = pytest.mark.postgres


@pytest.fixture
def empty(postgres):
    """The address of a database with nothing in it."""
    name = postgres.create("template1")
    yield postgres.url(name)
    postgres.drop(name)


def test_a_story_on_an_empty_database(empty, tmp_path):
    """The first act makes the tables and takes the files; the record holds."""
    cli = Terminal(tmp_path / "var")
    where = {"RESPONDER_DATABASE_URL": empty}
    words = ("declare", "trading-outage", "--title", "Down", "--as", "jin.lu", "--json")
    id = cli(*words, **where).json["id"]
    assert cli("ack", id, "--as", "zhang.wei", "--json", **where).json["counted"] is True
    assert cli("incident", "show", id, "--json", **where).json["acknowledged"] == ["zhang.wei"]
    assert cli("ledger", "verify", "--json", **where).json["ok"]
    assert cli("doctor", **where).status == 0


def test_replicas_share_a_key_so_it_is_given(empty, tmp_path):
    """Without a key named, signing is refused with the setting's name; with one it works."""
    cli = Terminal(tmp_path / "var")
    where = {"RESPONDER_DATABASE_URL": empty}
    cli("note", "INC-1", "x", "--as", "li.na", **where)
    assert "RESPONDER_SITE_KEY_FILE" in cli.refused("ledger", "checkpoint", **where)
    key = {"RESPONDER_SITE_KEY_FILE": str(tmp_path / "shared.key")}
    assert cli("ledger", "checkpoint", "--json", **where, **key).json["seq"] >= 1


def test_two_services_side_by_side(empty, tmp_path, starts):
    """On PostgreSQL a second service is welcome; both are ready, both end in order."""
    cli = Terminal(tmp_path / "var")
    where = {"RESPONDER_DATABASE_URL": empty}
    first = starts(cli, **where)
    second = starts(cli, **where)
    assert first.ready()["ready"]
    assert second.ready()["ready"]
    assert (first.stop(), second.stop()) == (0, 0)
