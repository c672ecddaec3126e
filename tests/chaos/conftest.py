"""Where processes are killed: a provider that outlives them, and databases of both kinds.

`make test` kills at each point once a database; `make chaos`, which asks for the marker `chaos`,
kills more often, twice in a row, and with a provider that cannot be asked.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.chaos.scene import Scene
from tests.fakes.postgres import Postgres, served
from tests.fakes.provider import Provider


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server for the whole session."""
    with served() as server:
        yield server


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider; at the end nobody may have asked it for anything unexpected."""
    with Provider() as provider:
        yield provider
    provider.over()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of the kind named by the test's parameter."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'responder.db'}"
        return
    server: Postgres = request.getfixturevalue("server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def scene(
    database: str, provider: Provider, tmp_path: Path, record_property: Callable[[str, int], None]
) -> Iterator[Scene]:
    """A firm at work, nobody killed yet; at the end what happened is counted."""
    scene = Scene.at(database, provider, tmp_path)
    yield scene
    record_property("kills", scene.kills)
    record_property("duplicates", provider.duplicates())
    record_property("in flight", scene.in_flight)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How often was killed, and what was sent twice, over all cases."""
    told: Counter[str] = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if getattr(report, "when", "") == "teardown":
            told.update(dict(report.user_properties))
    if told:
        said = ", ".join(f"{count} {what}" for what, count in told.items())
        terminalreporter.write_line(f"chaos: {said}")
