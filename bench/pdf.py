"""What a paper costs by its rows, and what making one does to an event loop beside it.

Floors: a paper of 1,000 rows for one of 10,000; for the loop's lag, the same loop beside a process
that computes as long without making anything, standing back as far. Turn by turn.
"""

import asyncio
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from statistics import median

from bench._figures import Goal, Spread, conclude, table
from responder.documents.paper.incident_report import incident_report
from responder.documents.paper.press import POLITE, Press
from responder.domain.incident import Incident, Phase
from responder.domain.incident_facts import IncidentFacts, Turn
from responder.domain.people import Person
from responder.domain.record import Entry
from responder.domain.report_order import INTERNAL, ReportOrder
from responder.domain.site import Firm, Site
from responder.domain.words import Words
from responder.store.writer import SWITCH_INTERVAL

FEW, MANY = 1_000, 10_000
RUNS = 5
TICK = 0.005
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
SAID = "值班负责人电话联系机房，确认主用数据库存储控制器故障，core-trading-primary 切换准备就绪。"


def order_of(rows: int) -> ReportOrder:
    """The internal report of an incident with so many notes on its record."""
    people = {"duty": Person("duty", Words("王五", "Wang Wu"), "technology")}
    site = Site(firm=Firm(Words("示例证券", "Example Securities")), people=people)
    incident = Incident("INC-1", "outage", "集中交易系统中断", 2, NOON, "duty", "0", ("core",))
    incident.phase = Phase.STOOD_DOWN
    entries = [
        Entry(
            n,
            NOON + timedelta(seconds=n),
            "Noted",
            "duty",
            "cli",
            "INC-1",
            {"text": f"{n}：{SAID}"},
            f"{n:064x}",
        )
        for n in range(rows)
    ]
    turns = [Turn(Phase.DECLARED, NOON)]
    facts = IncidentFacts(NOON + timedelta(hours=4), site, incident, entries, {}, turns, [], [], [])
    return ReportOrder(facts, INTERNAL)


def made_in(order: ReportOrder) -> float:
    began = time.perf_counter()
    incident_report(order, "zh").bytes()
    return time.perf_counter() - began


def stand_back() -> None:
    os.nice(POLITE)


def compute(seconds: float) -> None:
    """As much of a processor as a paper takes."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        sum(range(1000))


async def lag_beside(work) -> Spread:
    """How late a loop's ticks come while `work` is waited for in a thread."""
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(asyncio.to_thread(work))
    late = []
    while not task.done():
        due = loop.time() + TICK
        await asyncio.sleep(TICK)
        late.append(loop.time() - due)
    await task
    return Spread.of(late)


def as_served() -> None:
    """The interpreter changes threads as often as beside a database (`store.writer`)."""
    sys.setswitchinterval(SWITCH_INTERVAL)


async def lags(order: ReportOrder, seconds: float) -> tuple[list[Spread], list[Spread]]:
    as_served()
    floors, papers = [], []
    press, spawn = Press(apart=True), multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, stand_back) as pool:
        press.make("incident-report", order_of(10), "zh")
        pool.submit(compute, 0.0).result()
        for _ in range(RUNS):
            floors.append(await lag_beside(lambda: pool.submit(compute, seconds).result()))
            papers.append(await lag_beside(lambda: press.make("incident-report", order, "zh")))
    press.close()
    return floors, papers


def main() -> None:
    few, many = order_of(FEW), order_of(MANY)
    made_in(few)
    times = [(made_in(few), made_in(many)) for _ in range(RUNS)]
    little, much = (median(run) for run in zip(*times, strict=True))
    floors, papers = asyncio.run(lags(many, much))
    floor, beside = Spread.typical(floors), Spread.typical(papers)
    table(
        ("paper", "s", "µs a row"),
        [(f"{n:,} rows", took, 1e6 * took / n) for n, took in ((FEW, little), (MANY, much))],
    )
    table(
        ("the loop's lag, ms", "p50", "p99", "most"),
        [
            ("floor: beside a process that computes", floor.p50, floor.p99, floor.most),
            ("beside a paper of 10,000 rows", beside.p50, beside.p99, beside.most),
        ],
    )
    goals = [
        Goal("a row of 10,000 / a row of 1,000", (much / MANY) / (little / FEW), 1.5),
        Goal("p99 lag / floor", beside.p99 / floor.p99, 1.2),
    ]
    conclude("pdf", {"seconds": {FEW: little, MANY: much}, "floor": floor, "lag": beside}, goals)


if __name__ == "__main__":
    main()
