"""The engine of a house, on the machine's clock or on one that is moved by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from responder.app.clock import days_of
from responder.app.doors_out import channels_of
from responder.app.house import SQLITE, App
from responder.app.words import messages_of
from responder.settings import Settings

if TYPE_CHECKING:
    from responder.engine.clock import EngineClock, VirtualClock
    from responder.engine.cycle import Engine
    from responder.ports.channel import Channel

AT_ONCE = {"email": 4}
"""Messages in flight on channels that take few at a time: mails go down one connection."""


def engine_of(
    house: App, clock: "EngineClock", channels: "list[Channel]", *, settle: bool = False
) -> "Engine":
    """The engine of a house, on the machine's clock or one that is moved by hand."""
    from responder.channels.registry import Registry, sandbox_apart
    from responder.commands.subjects import handle
    from responder.engine.cycle import Engine

    return Engine(
        lambda command: house.store.submit(lambda uow: handle(command, uow, clock.now())),
        house.store.read,
        clock,
        messages_of(house),
        Registry(*sandbox_apart(channels)),
        at_once=AT_ONCE,
        rates=house.settings.rates,
        changes=None if settle else house.store,
        settle=settle,
    )


@contextmanager
def staged(settings: Settings, at: datetime, *, kept: bool = False) -> "Iterator[Stage]":
    """The real house on a clock that only moves when told, every channel a sandbox.

    The database named by the settings is made anew; `kept` where it is to outlive the play.
    """
    from responder.engine.clock import VirtualClock
    from responder.store.opening import open_store

    path = Path(settings.database_url.removeprefix(SQLITE))
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    clock = VirtualClock(at)
    store = open_store(settings.database_url, days_of=days_of, durable=kept)
    try:
        house = App(settings, store, clock)
        channels = channels_of(settings, sandbox=True)
        yield Stage(house, clock, engine_of(house, clock, channels, settle=True))
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class Stage:
    """A house to play stories in."""

    house: App
    clock: "VirtualClock"
    engine: "Engine"

    async def until(self, at: datetime) -> None:
        """Let time pass, every due thing done at its own instant."""
        while (due := await self.engine.cycle(self.clock.now())) is not None and due <= at:
            self.clock.move_to(due)
        self.clock.move_to(at)
