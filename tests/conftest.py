"""Fresh databases of both kinds, for suites that hold every plug of a socket to one promise."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.fakes.postgres import Postgres, served

settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the whole session, with a migrated database to copy."""
    from responder.store.opening import migrate_store

    with served() as server:
        server.execute("CREATE DATABASE ready")
        migrate_store(server.url("ready"))
        yield server


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'responder.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create("ready")
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def opened(url: str) -> Iterator[Callable[..., Any]]:
    """Opens stores on the fresh database, as another process would, and closes them all."""
    from responder.store.opening import open_store

    stores: list[Any] = []

    def again(**options: Any) -> Any:
        stores.append(open_store(url, **options))
        return stores[-1]

    yield again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[..., Any]) -> Any:
    """A store on the fresh database."""
    return opened()
