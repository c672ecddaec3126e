"""A provider on loopback: a bare asyncio HTTP server in a process of its own.

It answers every POST with an id at once, and tells on GET what came and when, by the system's
steady clock, which all processes read alike.
"""

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Self

END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request that the provider got: when, in seconds of the steady clock, and its body."""

    at: float
    body: str


class Answering(asyncio.Protocol):
    """One connection."""

    def __init__(self, taken: list[tuple[int, str]]) -> None:
        self._taken = taken
        self._got = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self._got += data
        while (head_ends := self._got.find(END)) >= 0:
            head = self._got[:head_ends].lower()
            start = head_ends + len(END)
            stop = start + _length(head)
            if len(self._got) < stop:
                return
            at, body, self._got = time.monotonic_ns(), self._got[start:stop], self._got[stop:]
            assert self._transport is not None
            self._transport.write(self._answer(head, at, body))

    def _answer(self, head: bytes, at: int, body: bytes) -> bytes:
        if head.startswith(b"post"):
            self._taken.append((at, body.decode()))
            return _response({"sid": f"SM{len(self._taken):06}"})
        told = _response(self._taken)
        self._taken.clear()
        return told


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def _response(said: object) -> bytes:
    body = json.dumps(said).encode()
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
    return f"{head}{len(body)}\r\n\r\n".encode() + body


async def serve() -> None:
    """Serve on a free port, told on standard output, until the parent lets go of our input."""
    loop = asyncio.get_running_loop()
    taken: list[tuple[int, str]] = []
    server = await loop.create_server(lambda: Answering(taken), "127.0.0.1", 0)
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
