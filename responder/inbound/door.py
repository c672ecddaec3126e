"""What every door in is: routes of the web application, and work of its own while it is open."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from starlette.routing import BaseRoute


class Door(Protocol):
    """A way in from one platform."""

    @property
    def name(self) -> str:
        """What the record calls it."""
        ...

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Where the platform calls us; empty where we call it."""
        ...

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the door open until `stop`: a socket, a poll. A broken line is taken up again.

        Returns at once where there are only routes.
        """
        ...
