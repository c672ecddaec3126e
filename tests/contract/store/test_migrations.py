"""The migrations make the very tables that the statements are written for."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, text

from responder.errors import StoreTooNew, StoreTooOld
from responder.store.migrate import REVISIONS, SCRIPTS
from responder.store.opening import migrate_store, open_store, pending_migrations
from responder.store.tables import METADATA


@pytest.fixture
def engine(url):
    migrate_store(url)
    engine = create_engine(url, poolclass=NullPool)
    yield engine
    engine.dispose()


def test_the_files_are_the_revisions_known():
    found = ScriptDirectory(str(SCRIPTS)).walk_revisions()
    assert tuple(script.revision for script in found)[::-1] == REVISIONS
    assert all(Path(script.path).name.startswith("r") for script in found)


def test_migrated_tables_equal_the_metadata(engine):
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert (
            compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
        )


def test_migrated_tables_are_written_the_same(tmp_path):
    """To the letter where the database keeps the letters: partial indexes and row ids included."""
    migrate_store(f"sqlite:///{tmp_path / 'migrated.db'}")
    migrated = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}", poolclass=NullPool)
    fresh = create_engine(f"sqlite:///{tmp_path / 'fresh.db'}", poolclass=NullPool)
    METADATA.create_all(fresh)
    assert written(migrated) - {"alembic_version"} == written(fresh)


def written(engine):
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL"))
        return {
            "alembic_version"
            if name == "alembic_version"
            else "".join(sorted(re.sub(r"\s+", " ", sql).replace(" ,", ",")))
            for name, sql in found
        }


@pytest.mark.postgres
def test_indexes_of_postgresql_are_the_same(postgres):
    fresh = create_engine(postgres.url(postgres.create()), poolclass=NullPool)
    METADATA.create_all(fresh)
    engine = create_engine(postgres.url("ready"), poolclass=NullPool)
    query = text(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1"
    )
    with engine.connect() as ours, fresh.connect() as theirs:
        assert ours.execute(query).all() == theirs.execute(query).all()


def set_version(engine, version):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_a_newer_database_is_left_alone(url, engine):
    """An older release neither serves from it, nor migrates it, nor reads it wrongly."""
    set_version(engine, "9999")
    for act in (
        lambda: open_store(url),
        lambda: open_store(url, read_only=True),
        lambda: migrate_store(url),
        lambda: pending_migrations(url),
    ):
        with pytest.raises(StoreTooNew, match="9999"):
            act()


def test_an_older_database_waits_for_its_migration(url, engine):
    with engine.begin() as connection:
        METADATA.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    assert pending_migrations(url) == REVISIONS
    with pytest.raises(StoreTooOld, match="0001"):
        open_store(url, migrate=False)
    with pytest.raises(StoreTooOld, match="0001"):
        open_store(url, read_only=True)
    assert migrate_store(url) == REVISIONS
    open_store(url, migrate=False).close()


def test_every_revision_can_be_taken_back(url, engine):
    from alembic import command
    from alembic.config import Config

    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(SCRIPTS))
        command.downgrade(config, "base")
    with engine.connect() as connection:
        from sqlalchemy import inspect

        assert inspect(connection).get_table_names() == ["alembic_version"]
    assert migrate_store(url) == REVISIONS


def test_drills_taken_in_before_get_an_id_of_their_own(url):
    """By number and first entry; the file they came as is rebuilt to the letter, and counts."""
    body = {
        "id": "DRL-2026-0001",
        "firm": {"zh": "示例证券", "en": ""},
        "entries": [{"hash": "ab" * 32}],
    }
    body |= {"record": {"id": "DRL-2026-0001"}, "names": {"li": {"zh": "李", "en": "Li"}}}
    written = json.dumps(
        body | {"sha256": "", "is_open": False}, ensure_ascii=False, separators=(",", ":")
    )
    digest = sha256(written.encode()).hexdigest()
    migrate_store(url)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(SCRIPTS))
        downgrade(config, "0011")
        doc = json.dumps(json.loads(written) | {"sha256": digest})
        row = {"id": digest, "doc": doc}
        connection.execute(
            text("INSERT INTO drill_archives (id, incident, open, doc) VALUES (:id, '', 0, :doc)"),
            row,
        )
    engine.dispose()
    migrate_store(url)
    store = open_store(url)
    [(id, found)] = store.read(lambda uow: uow.drill_archives.all()).items()
    store.close()
    assert id == found.key == "DRL-2026-0001@ababab"
    assert (found.text, found.sha256) == (written, digest)
    assert found.record is not None
    assert found.names["li"].en == "Li"
