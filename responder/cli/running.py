"""The life of a serving process: engine, web server and checkpoints in one loop, until a signal."""

import asyncio
import json
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from responder import app
from responder.app import App
from responder.cli.acting import DOOR, os_user
from responder.cli.frame import release
from responder.cli.greeting import next_commands
from responder.domain.record import By
from responder.engine.cycle import Engine
from responder.errors import SettingError
from responder.evidence.checkpoint import Checkpoint
from responder.inbound.door import Door
from responder.inbound.http import Firm, Pulse, application
from responder.ports.channel import Channel
from responder.settings import Settings, variable

CHECKPOINT_EVERY = 3600.0
SWEEP_EVERY = 86_400.0
BACKLOG = 128
OPEN_AGAIN_AFTER = 5.0
"""Seconds before a door that broke down is opened again."""
LINGER = 3
"""Seconds that requests under way get at the end."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    """What runs in this process."""

    house: App
    engine: Engine | None
    channels: list[Channel]
    doors: list[Door]
    web: uvicorn.Server
    socket: socket.socket

    @classmethod
    def of(cls, house: App, channels: list[Channel], playing: set[str]) -> "Running":
        """Everything ready to run, the port already ours."""
        sandbox = not any(channel.real for channel in channels)
        doors = app.doors_of(house, sandbox) if "doors" in playing else []
        listening = listen(house.settings)
        engine = app.engine_of(house, house.clock, channels) if "engine" in playing else None
        firm = house.roster().site.firm.name
        pulse = Pulse(
            house.read,
            house.clock,
            {via: kind for channel in channels for via, kind in _kinds(channel)},
            (lambda: engine.last_cycle_at) if engine else None,
        )
        page = Firm(firm.said("zh"), firm.said("en"), tuple(next_commands(house, "")))
        routes = [route for door in doors for route in door.routes]
        asgi = application(pulse.feel, page, release(), routes)
        config = uvicorn.Config(
            asgi,
            log_level="warning",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=LINGER,
        )
        return cls(house, engine, channels, doors, _Web(config), listening)

    @property
    def address(self) -> str:
        """Where the web pages are."""
        host, port = self.socket.getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"


class _Web(uvicorn.Server):
    """A web server that leaves signals to us."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals end the whole process, not the web server alone."""
        yield


def _kinds(channel: Channel) -> Iterator[tuple[str, str]]:
    kind = "real" if channel.real else "by hand" if channel.name == "by_hand" else "sandbox"
    return ((via, kind) for via in sorted(channel.vias))


def run(running: Running, say_up: Callable[[], None]) -> None:
    """Run until SIGTERM or SIGINT; everything started is finished first."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    asyncio.run(_run(running, say_up))


async def _run(running: Running, say_up: Callable[[], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    keeping = [
        asyncio.create_task(_keep_checkpoints(running.house)),
        asyncio.create_task(_keep_swept(running.house)),
    ]
    web = asyncio.create_task(running.web.serve(sockets=[running.socket]))
    engine = asyncio.create_task(running.engine.run(stop)) if running.engine else None
    open_doors = [asyncio.create_task(_keep_open(door, stop)) for door in running.doors]
    ends = [asyncio.create_task(stop.wait()), web, *([engine] if engine else [])]
    say_up()
    done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.remove_signal_handler(number)  # a second one does not wait for anything
    stop.set()
    running.web.should_exit = True
    for task in keeping:
        task.cancel()
    await asyncio.gather(*ends, *open_doors, *keeping, return_exceptions=True)
    for channel in running.channels:
        await channel.close()
    for ended in done:
        ended.result()  # what ended by itself says why


async def _keep_open(door: Door, stop: asyncio.Event) -> None:
    """One door that breaks down closes no other; it is opened again after a while."""
    while not stop.is_set():
        try:
            await door.run(stop)
        except Exception:
            log.exception("the door %s broke down", door.name)
        else:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), OPEN_AGAIN_AFTER)


async def _keep_checkpoints(house: App) -> None:
    """A signed checkpoint at the start and at intervals, where the site says to keep them."""
    folder = house.settings.checkpoint_to
    last: Checkpoint | None = None
    while folder is not None:
        try:
            last = await asyncio.to_thread(keep_checkpoint, house, folder, last) or last
        except Exception:
            log.exception("no checkpoint could be kept in %s", folder)
        await asyncio.sleep(CHECKPOINT_EVERY)


async def _keep_swept(house: App) -> None:
    """Files that were kept and never became evidence go, once they are old."""
    while True:
        try:
            swept = await asyncio.to_thread(app.sweep, house)
        except Exception:
            log.exception("files that nobody names could not be swept away")
        else:
            if swept:
                log.warning("%d files that nobody names were swept away", len(swept))
        await asyncio.sleep(SWEEP_EVERY)


def keep_checkpoint(house: App, folder: Path, last: Checkpoint | None) -> Checkpoint | None:
    """Sign a checkpoint into a file of its own, unless nothing happened since the last one."""
    after = last.seq + 1 if last else 0  # the entry that recorded the last one is no news
    if not house.read(lambda uow, _now: uow.ledger.all(after, 1)):
        return None
    taken = house.checkpoint(By("", DOOR, os_user()))
    folder.mkdir(parents=True, exist_ok=True)
    stamp = taken.at.replace("-", "").replace(":", "")[:15]
    file = folder / f"checkpoint-{taken.seq:09}-{stamp}Z.json"
    draft = file.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as out:
        json.dump(taken.document(), out)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)
    return taken


def listen(settings: Settings) -> socket.socket:
    """Take the port now, so that a second service is refused before it does anything."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio answers without Nagle's delay, up to 40 ms, only where the protocol is named
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(BACKLOG)
    except OSError as error:
        with suppress(OSError):
            listening.close()
        why = error.strerror or str(error)
        raise SettingError(
            key=variable("listen"),
            why_zh=f"{settings.host}:{settings.port} 用不了（{why}）",
            why_en=f"{settings.host}:{settings.port} cannot be used ({why})",
            mend_zh="请换一个端口，或停掉占用它的程序。",
            mend_en="Choose another port, or stop what uses it.",
        ) from error
    return listening
