"""A provider on loopback: a bare asyncio HTTP server in a process of its own.

It answers every POST with an id at once, and tells on GET what came and when, by the system's
steady clock, which all processes read alike.
"""

import asyncio
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Self

from bench._http import Answering, response


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request that the provider got: when, in seconds of the steady clock, and its body."""

    at: float
    body: str


class Desk(Answering):
    """One connection, whose requests are kept with those of the others."""

    def __init__(self, taken: list[tuple[int, str]]) -> None:
        super().__init__()
        self._taken = taken

    def answer(self, head: str, body: bytes) -> bytes:
        """An id for what is posted; what came, on being asked."""
        if head.startswith("POST"):
            self._taken.append((time.monotonic_ns(), body.decode()))
            return response({"sid": f"SM{len(self._taken):06}"})
        told = response(self._taken)
        self._taken.clear()
        return told


async def serve() -> None:
    """Serve on a free port, told on standard output, until the parent lets go of our input."""
    loop = asyncio.get_running_loop()
    taken: list[tuple[int, str]] = []
    server = await loop.create_server(lambda: Desk(taken), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


class Provider:
    """The provider, started and stopped."""

    def __init__(self) -> None:
        command = (sys.executable, "-m", "bench._provider")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}/messages"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def arrivals(told: list[tuple[int, str]]) -> list[Arrival]:
    """What the provider tells, as values."""
    return [Arrival(at / 1e9, body) for at, body in told]


if __name__ == "__main__":
    asyncio.run(serve())
