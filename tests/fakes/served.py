"""A fake provider as a real server on loopback, in the loop of the test."""

from abc import ABC, abstractmethod
from typing import Self

from aiohttp import web


class Served(ABC):
    """Answers every path. `url` is where it listens, within `async with`."""

    url = ""
    _runner: web.AppRunner | None = None

    @abstractmethod
    async def _answer(self, request: web.Request) -> web.StreamResponse:
        """What a request gets."""

    async def __aenter__(self) -> Self:
        served = web.Application()
        served.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(served)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *broke: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()
