"""A process is killed while it makes the tables: the database is as it was, and the next one
makes them all."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from responder.store.migrate import REVISIONS
from responder.store.opening import open_store, pending_migrations
from tests.chaos.points import Visits
from tests.chaos.scene import KILLED, NURSERY

STATEMENT = "statement"


def migrating(database: str, fatal: int) -> None:
    """Open a database, and be killed at the statement of that number; the commit counts as one."""
    visits = Visits(STATEMENT, fatal)
    event.listen(Engine, "before_cursor_execute", lambda *_: visits(STATEMENT))
    event.listen(Engine, "commit", lambda *_: visits(STATEMENT))
    open_store(database).close()


def life(database: str, fatal: int) -> int | None:
    """One process; how it ended."""
    process = NURSERY.Process(target=migrating, args=(database, fatal))
    process.start()
    process.join()
    return process.exitcode


@pytest.mark.chaos
@pytest.mark.parametrize(
    "database",
    ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)
def test_killed_while_migrating(
    database: str, pytestconfig: pytest.Config, record_property: Callable[[str, int], None]
) -> None:
    """Killed at one statement after another, the commit included, it leaves nothing behind."""
    stride = 1 if "chaos" in pytestconfig.option.markexpr else 9
    kills = 0
    while (ended := life(database, 1 + kills * stride)) == KILLED:
        assert pending_migrations(database) == REVISIONS
        kills += 1
    assert ended == 0
    assert kills > 3
    record_property("kills while migrating", kills)
    _is_ready(database)


def _is_ready(database: str) -> None:
    assert pending_migrations(database) == ()
    with closing(open_store(database)) as store:
        store.check()
        store.run(lambda uow: uow.notes.put("after", "all"))
        assert store.read(lambda uow: uow.notes.get("after")) == "all"


@pytest.mark.chaos
def test_killed_at_the_commit(tmp_path: Path) -> None:
    """The last moment at which nothing is made yet is the commit itself."""
    counted = Visits()
    listeners = [
        (name, lambda *_: counted(STATEMENT)) for name in ("before_cursor_execute", "commit")
    ]
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    open_store(f"sqlite:///{tmp_path / 'counted.db'}").close()
    for name, listener in listeners:
        event.remove(Engine, name, listener)
    database = f"sqlite:///{tmp_path / 'responder.db'}"
    assert life(database, counted.counts[STATEMENT]) == KILLED
    assert pending_migrations(database) == REVISIONS
    assert life(database, counted.counts[STATEMENT] + 1) == 0
    _is_ready(database)
