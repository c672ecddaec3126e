"""A process that conducts a drill and may be killed at any moment; the next one takes it up."""

import asyncio
import faulthandler
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.starting import StartDrill
from responder.commands.subjects import handle
from responder.documents.messages import Messages
from responder.domain.drill import Danger
from responder.domain.record import By
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.words import Words
from responder.engine.clock import VirtualClock
from responder.engine.cycle import Engine
from responder.store.opening import open_store
from tests.acceptance.test_drills import firm, scenario
from tests.chaos.child import MOST_TURNS, STUCK, One, Orders
from tests.chaos.journal import Journal
from tests.chaos.load import EVENING
from tests.chaos.points import Visits
from tests.fakes.http_channel import HttpChannel

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "messages"
STRIDE = timedelta(seconds=20)
OVER = timedelta(minutes=7)
"""Six minutes of drill, and one to come to rest."""
INSIDE = ("duty", "deputy", "head", "clerk")


def site() -> Site:
    """The small firm, with a scenario that raises an early warning and ends by itself."""
    short = scenario(lasts=timedelta(minutes=6))
    rows = {"a": replace(short.rows["a"], raises=Danger("outage", "core", 3))}
    usual = firm(replace(short, rows=rows))
    outage = replace(usual.playbooks["outage"], report_path=("bureau",))
    units = {"bureau": Unit("bureau", "regulator", Words("局", "bureau"))}
    return replace(usual, units=units, playbooks={**usual.playbooks, "outage": outage})


async def conduct(orders: Orders, reached: Callable[[str], None]) -> bool:
    """Approve and start what is not started, and let the engine run to the end."""
    journal, at = Journal(Path(orders.journal)), datetime.fromisoformat(orders.at)
    with closing(open_store(orders.database, reached=reached)) as store:
        store.engine_lock().acquire()
        async with HttpChannel(orders.provider) as channel:
            clock = VirtualClock(at)

            def execute(command):
                return store.submit(lambda uow: handle(command, uow, clock.now()))

            words, carriers = Messages(TEMPLATES), One(channel)
            engine = Engine(
                execute, store.read, clock, words, carriers, changes=store, reached=reached
            )
            journal.write(at=at.isoformat())
            if not store.read(lambda uow: uow.drill_approvals.all()):
                await asyncio.wrap_future(execute(ApproveDrill(by=By("boss", "x"), scenario="s")))
            if not store.read(lambda uow: uow.drill_runs.all()):
                await asyncio.wrap_future(execute(StartDrill(by=By("clerk", "x"), scenario="s")))
            await engine.begin()
            while clock.now() <= EVENING + OVER:
                await _this_instant(engine, store, clock)
                clock.move_to(_next(store, clock))
                journal.write(at=clock.now().isoformat())
                await engine.beat()
    return True


async def _this_instant(engine: Engine, store, clock: VirtualClock) -> None:
    for _ in range(MOST_TURNS):
        await engine.cycle(clock.now())
        await engine.drain()
        if _next(store, clock) > clock.now():
            return
    raise RuntimeError(f"what is due at {clock.now()} does not come to an end")


def _next(store, clock: VirtualClock) -> datetime:
    dues = store.read(lambda uow: (uow.timers.next_due(), uow.outbox.next_ready()))
    return min((*(at for at in dues if at is not None), clock.now() + STRIDE))


def main(orders: Orders) -> None:
    """Obey the orders; whatever goes wrong is told where the journal says."""
    journal, visits = Journal(Path(orders.journal)), Visits(*orders.kill)
    with journal.errors.open("a", encoding="utf-8") as errors:
        os.dup2(errors.fileno(), sys.stderr.fileno())
    faulthandler.enable()
    done = asyncio.run(conduct(orders, visits))
    journal.write(at=orders.at, visits=dict(visits.counts))
    sys.exit(0 if done else STUCK)
