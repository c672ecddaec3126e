"""The points at which a process may be killed, read from the source, and the killing."""

import ast
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).parents[2] / "responder"
DATABASES = ("sqlite", "postgres")
_NEVER_RUN = {"sqlite": ("store/postgres",), "postgres": ("store/sqlite", "store/writer")}
"""The files that a process on each database never runs."""


def points(database: str) -> tuple[str, ...]:
    """Every point named in the code that runs on a database."""
    named: set[str] = set()
    for file in ROOT.rglob("*.py"):
        if not str(file.relative_to(ROOT)).startswith(_NEVER_RUN[database]):
            named.update(_named_in(file))
    return tuple(sorted(named))


def _named_in(file: Path) -> Iterator[str]:
    """The points that a file tells of; one whose name is not written there is refused."""
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match call:
            case ast.Call(ast.Name("reached") | ast.Attribute(attr="reached" | "_reached"), [name]):
                if not isinstance(name, ast.Constant):
                    raise TypeError(f"{file}:{call.lineno}: write the point's name here")
                yield str(name.value)


HELD = 0.03
"""Seconds for which a thread is held at its last point, so that whatever was answered too early
is heard outside."""


class Visits:
    """Told of each point reached; at the n-th visit of one the process is gone.

    SIGKILL leaves no time to tidy up: no handler, no `finally`, no buffer is flushed.
    """

    def __init__(self, point: str = "", nth: int = 0) -> None:
        self.counts: Counter[str] = Counter()
        self._fatal = (point, nth)
        self._lock = Lock()

    def __call__(self, point: str) -> None:
        """A point was reached, in whatever thread."""
        with self._lock:
            self.counts[point] += 1
            here = (point, self.counts[point])
        if here == self._fatal:
            time.sleep(HELD)
            os.kill(os.getpid(), signal.SIGKILL)
