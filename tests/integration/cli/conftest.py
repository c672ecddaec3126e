"""The command line on the sample site, with a state of its own in a temporary folder."""

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click.testing
import pytest

from responder import app
from responder.cli import root
from responder.settings import Settings
from tests.integration.cli.service import Service, start

SURROUNDINGS = {
    "LANG": "en_US.UTF-8",
    "LC_ALL": "",
    "LC_MESSAGES": "",
    "RESPONDER_AS": "",
    "RESPONDER_DATABASE_URL": "",
    "RESPONDER_LISTEN": "127.0.0.1:0",
}


@dataclass
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.status == 0, self.err
        return json.loads(self.out)


@dataclass
class Terminal:
    """Types commands; its state lies in `var`."""

    var: Path
    site: Path | None = None

    @property
    def database(self) -> Path:
        return self.var / "responder.db"

    def surroundings(self, more: dict[str, str]) -> dict[str, str]:
        """The environment of a command."""
        site = {"RESPONDER_SITE": str(self.site)} if self.site else {}
        return {**SURROUNDINGS, "RESPONDER_VAR": str(self.var), **site, **more}

    def __call__(self, *words: str, **environ: str) -> Said:
        runner = click.testing.CliRunner(env=self.surroundings(environ))
        result = runner.invoke(root, list(words))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    def act(self, person: str, *words: str) -> Any:
        """Act as somebody; the answer in JSON."""
        return self(*words, "--as", person, "--json").json

    def refused(self, *words: str, **environ: str) -> str:
        """What a refusal says: one line on stderr and nothing on stdout, status 1."""
        said = self(*words, **environ)
        assert (said.status, said.out) == (1, ""), said
        lines = [line for line in said.err.splitlines() if line]
        assert len(lines) == 1, said.err
        assert "Traceback" not in said.err
        return lines[0]

    def kinds(self, id: str) -> list[str]:
        """The kinds of the record's entries about an incident."""
        return [e["kind"] for e in self("incident", "timeline", id, "--json").json["entries"]]


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder whose database holds the sample, made by the first act in it."""
    var = tmp_path_factory.mktemp("fresh")
    said = Terminal(var)("note", "INC-1", "x", "--as", "li.na")
    assert said.status == 1, "there is no such incident, but the files have been taken"
    return var


@pytest.fixture
def cli(fresh: Path, tmp_path: Path) -> Terminal:
    """A terminal on a database that holds the sample and nothing else."""
    var = tmp_path / "var"
    shutil.copytree(fresh, var)
    return Terminal(var)


@pytest.fixture
def duty(cli: Terminal) -> str:
    """Who is duty lead now."""
    return str(cli("who", "--role", "duty_lead", "--json").json["roles"][0]["holder"])


@pytest.fixture
def outage(cli: Terminal) -> str:
    """An incident declared just now."""
    reply = cli.act("jin.lu", "declare", "trading-outage", "--title", "集中交易系统中断")
    return str(reply["id"])


@pytest.fixture
def ticking(cli: Terminal) -> Callable[[], None]:
    """Lets an engine carry out and send what is due now, once."""
    settings = replace(app.settings_of(), database_url=f"sqlite:///{cli.database}")
    return lambda: asyncio.run(_cycle(settings))


async def _cycle(settings: Settings) -> None:
    with app.opened(settings) as house:
        channels = app.channels_of(settings, sandbox=True)
        engine = app.engine_of(house, house.clock, channels, settle=True)
        await engine.begin()
        await engine.cycle(house.clock.now())


@pytest.fixture
def starts() -> Iterator[Callable[..., Service]]:
    """Starts services; none is left running when the test is over, however it ends."""
    started: list[Service] = []

    def again(cli: Terminal, *options: str, **environ: str) -> Service:
        started.append(start(cli.surroundings(environ), *options))
        return started[-1]

    yield again
    for service in started:
        if service.process.poll() is None:
            service.process.kill()
            service.process.communicate()
