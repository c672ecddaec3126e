"""The front door on HTTP: alive, ready, metrics, and a page that says what this is."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from responder.commands.queries import SILENT_AFTER, health
from responder.inbound.front_page import front_page
from responder.inbound.metrics import exposition
from responder.ports.clock import Clock
from responder.ports.unit_of_work import UnitOfWork

DATABASE_WITHIN = 2.0
"""Seconds for the database to answer before it counts as not answering."""
ENGINE_WITHIN = timedelta(seconds=10)
"""An engine wakes each second; one whose last cycle is older than this is stuck."""


class Read(Protocol):
    """Answers a question from a consistent snapshot; called in a thread."""

    def __call__(self, query: Callable[[UnitOfWork, datetime], Any], /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the house does: what is wrong where something is, and the figures behind it."""

    troubles: tuple[str, ...] = ()
    database: str = "ok"
    engine_age: float | None = None
    channels: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether this process can carry an emergency now."""
        return not self.troubles

    def document(self) -> dict[str, Any]:
        """As `/readyz` prints it."""
        return {
            "ready": self.ready,
            "troubles": list(self.troubles),
            "database": self.database,
            "engine_cycle_age": self.engine_age,
            "channels": dict(self.channels),
            "sending": self.figures.get("sending"),
        }


@dataclass(frozen=True, slots=True)
class Pulse:
    """Feels the pulse: of this process's engine if it has one, else of whichever runs."""

    read: Read
    clock: Clock
    channels: Mapping[str, str]
    last_cycle_at: Callable[[], datetime | None] | None = None

    async def feel(self) -> Vitals:
        """The vitals now. Never raises: a question that fails is the answer."""
        try:
            asked = asyncio.to_thread(self.read, health)
            figures = await asyncio.wait_for(asked, DATABASE_WITHIN)
        except TimeoutError:
            return self._without_database(f"no answer in {DATABASE_WITHIN:g} s")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            return self._without_database(str(error))
        age, most = self._engine(figures)
        stuck = age is None or age > most
        troubles = ("no engine has run lately",) if stuck else ()
        return Vitals(troubles, "ok", age, self.channels, figures)

    def _without_database(self, why: str) -> Vitals:
        return Vitals(("the database does not answer",), why, None, self.channels)

    def _engine(self, figures: Mapping[str, Any]) -> tuple[float | None, float]:
        if self.last_cycle_at is None:
            return figures["engine_age"], SILENT_AFTER.total_seconds()
        last = self.last_cycle_at()
        age = (self.clock.now() - last).total_seconds() if last else None
        return age, ENGINE_WITHIN.total_seconds()


@dataclass(frozen=True, slots=True)
class Firm:
    """What the front page says of the firm, and what to do next."""

    name_zh: str
    name_en: str
    commands: tuple[str, ...]


def application(
    feel: Callable[[], Awaitable[Vitals]],
    firm: Firm,
    release: str,
    routes: Iterable[BaseRoute] = (),
) -> Starlette:
    """The web application, with the routes of the doors."""

    async def alive(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_: Request) -> Response:
        vitals = await feel()
        return JSONResponse(vitals.document(), status_code=200 if vitals.ready else 503)

    async def metrics(_: Request) -> Response:
        vitals = await feel()
        text = exposition(vitals.ready, vitals.engine_age, vitals.figures, release)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    async def front(_: Request) -> Response:
        vitals = await feel()
        page = front_page(firm.name_zh, firm.name_en, vitals.document(), firm.commands, release)
        return HTMLResponse(page, headers=SAFE)

    return Starlette(
        routes=[
            Route("/", front),
            Route("/healthz", alive),
            Route("/readyz", ready),
            Route("/metrics", metrics),
            *routes,
        ]
    )


SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
