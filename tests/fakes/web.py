"""Routes served on loopback by the real web server, in a thread of its own."""

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute


class Quiet(uvicorn.Server):
    """A web server that leaves signals to the test runner, and tells when it is up."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        super().__init__(
            uvicorn.Config(
                Starlette(routes=list(routes)),
                log_level="warning",
                access_log=False,
                lifespan="off",
            )
        )
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer from now on."""
        await super().startup(sockets)
        self.is_up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are for the tests."""
        yield


def taken_port() -> socket.socket:
    """A port of its own; with the protocol named, asyncio answers without Nagle's delay."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.bind(("127.0.0.1", 0))
    found.listen()
    return found


@contextmanager
def serving(routes: Sequence[BaseRoute]) -> Iterator[int]:
    """The port at which the routes are served."""
    server, listening = Quiet(routes), taken_port()
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listening])), name="web", daemon=True
    )
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
