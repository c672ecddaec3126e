"""`serve` as a process of its own: up, ready, asked, full of work, and gone when told."""

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Terminal
from tests.integration.cli.service import PATIENCE, Service

MOST_MEMORY = 150_000_000


@pytest.fixture
def service(cli: Terminal, starts: Callable[..., Service]) -> Service:
    """One that serves the sample."""
    return starts(cli)


def test_it_says_what_is_real_and_what_to_do_next(service):
    """One line of what is real, then commands to copy."""
    assert "nothing leaves this machine" in service.greeting[1]
    assert any(" handset " in line for line in service.greeting)
    assert any(" declare " in line for line in service.greeting)


def test_alive_ready_and_measured(service):
    """/healthz, /readyz, /metrics and the page answer; nothing else does."""
    ready = service.ready()
    assert ready["database"] == "ok"
    assert ready["channels"]["voice"] == "sandbox"
    assert ready["engine_cycle_age"] < 5
    assert service.get("/healthz") == (200, "ok\n")
    metrics = service.get("/metrics")[1]
    assert "responder_ready 1" in metrics
    assert "# TYPE responder_messages gauge" in metrics
    status, page = service.get("/")
    assert status == 200
    assert "示例证券" in page
    assert service.get("/nothing")[0] == 404


def test_idle_it_is_small(service):
    """Idle memory stays under the budget."""
    service.ready()
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    (resident,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    assert int(resident) * 1024 < MOST_MEMORY


def test_a_declaration_is_sent_by_the_service(cli, service, duty):
    """A short command beside it is noticed at once: the phone rings."""
    service.ready()
    said = cli("declare", "trading-outage", "--title", "Down", "--as", "jin.lu", "--json")
    assert said.err == "", "an engine runs, so there is nothing to warn of"
    began = time.monotonic()
    while not cli("handset", duty, "--once", "--json").json["waiting"]:
        assert time.monotonic() - began < 10
    assert cli("handset", duty, "--key", "1").status == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told(cli, service, starts, number):
    """A signal ends it in order: status 0, the database closed, the next one may start."""
    service.ready()
    assert service.stop(number) == 0
    assert not list(cli.var.glob("*-wal"))
    again = starts(cli)
    again.ready()
    assert again.stop() == 0


def test_a_second_engine_is_refused(cli, service):
    """Exactly one engine on a file; the refusal says which to stop."""
    line = cli.refused("serve")
    assert "another engine" in line
    assert "responder serve" in line
    assert service.ready()["ready"]


def test_a_port_in_use_is_refused(cli, service, tmp_path):
    """The setting is named, and the mend."""
    line = Terminal(tmp_path / "other")
    said = line.refused("serve", RESPONDER_LISTEN=f"127.0.0.1:{service.port}")
    assert "RESPONDER_LISTEN" in said


def test_a_process_without_an_engine_is_not_ready_alone(cli, starts):
    """Doors without an engine anywhere: alive, not ready."""
    running = starts(cli, "--roles", "doors,desk")
    assert running.get("/healthz")[0] == 200
    status, body = running.get("/readyz")
    assert status == 503
    assert "engine" in json.loads(body)["troubles"][0]
    assert running.stop() == 0


def test_changed_files_are_taken_and_broken_ones_are_not(tmp_path, starts):
    """In an emergency it comes up: files that do not load leave the version in force."""
    folder = tmp_path / "firm"
    here = Terminal(folder / "var", folder)
    here("init", str(folder))
    here("note", "INC-1", "x", "--as", "li.na")
    roles = folder / "contacts" / "roles.yaml"
    roles.write_text(roles.read_text().replace("primary: zhang.wei", "primary: li.na"))

    def held_after(serving: Service) -> tuple[str, str]:
        serving.ready()
        assert serving.stop() == 0
        held = here("who", "--role", "it_lead", "--json").json["roles"][0]["holder"]
        return held, serving.said

    assert held_after(starts(here))[0] == "li.na"
    roles.write_text("roles: [")
    holder, said = held_after(starts(here))
    assert holder == "li.na"
    assert "do not load" in said


def test_signed_checkpoints_are_kept_elsewhere(cli, tmp_path, starts):
    """Where the site says so, a checkpoint file appears, and the record answers to it."""
    running = starts(cli, RESPONDER_CHECKPOINT_TO=str(tmp_path / "kept"))
    running.ready()
    began = time.monotonic()
    while not list((tmp_path / "kept").glob("*.json")):
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.1)
    assert running.stop() == 0
    (file,) = (tmp_path / "kept").glob("*.json")
    assert cli("ledger", "verify", "--against", str(file)).status == 0


def test_a_database_left_as_it_is(cli, monkeypatch):
    """--no-migrate on a database of an older release is refused."""
    from responder.store import migrate

    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "9999"))
    assert "responder migrate" in cli.refused("serve", "--no-migrate")
