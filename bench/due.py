"""Ten thousand live escalations fall due: over ten seconds in a busy loop, then all at once.

Each due step pages one more person. In the first part something else takes 5 ms of every 20 ms
of the loop. Lag is from the due instant to the commit that holds the page.

Floor of the second part: one raw update of as many rows, with docs of the same size and an
indexed due instant, synchronous=FULL, in one commit.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench._figures import Goal, Spread, conclude, table
from bench._house import (
    EVENING,
    HOUR,
    House,
    SteadyClock,
    declaration,
    firm,
    folder,
    house,
    opened,
    serving,
)
from responder.channels.sandbox import Sandbox
from responder.commands import Command
from responder.commands.engine_work import Heartbeat, RunDue
from responder.commands.paging.outcomes import ClaimMessages, RecordOutcomes
from responder.commands.subjects import handle
from responder.domain.message import Message, Outcome, State

ESCALATIONS = 10_000
RUNS = 3
OVER = timedelta(seconds=10)
AT_ONCE = timedelta(0)
LEAD = timedelta(seconds=1)
"""How long the engine runs before the first is due."""
BUSY, EVERY = 0.005, 0.020
CHUNK = 500
DATABASE = "responder.db"


def due_at(number: int, over: timedelta) -> datetime:
    """When the second step of an escalation, numbered from 0, is due."""
    return EVENING + LEAD + number * over / ESCALATIONS


# Ten thousand live escalations


def prepare(where: Path, over: timedelta) -> Path:
    """A database with all of them live, their first pages delivered, the engine lately at work."""
    with house(where, firm(("first",), ("second",)), SteadyClock(EVENING)) as built:
        for start in range(0, ESCALATIONS, CHUNK):
            waiting = [declare(built, number, over) for number in range(start, start + CHUNK)]
            for answer in waiting:
                answer.result()
            deliver(built)
        built.store.run(lambda uow: handle(Heartbeat(), uow, EVENING))
    return where / DATABASE


def declare(built: House, number: int, over: timedelta) -> Any:
    """Declare one, as long ago as its first step lasts."""
    at = due_at(number, over) - HOUR
    return built.store.submit(lambda uow: handle(declaration(), uow, at))


def deliver(built: House) -> None:
    """Let every page that waits be delivered."""
    until = EVENING + HOUR
    claim = ClaimMessages(limit=CHUNK, until=until)
    messages = built.store.run(lambda uow: handle(claim, uow, EVENING))
    outcomes = tuple(Outcome(m.id, m.fence, State.DELIVERED, EVENING) for m in messages)
    built.store.run(lambda uow: handle(RecordOutcomes(outcomes=outcomes), uow, EVENING))


# What became of them


@dataclass
class Commits:
    """When due work was committed, and how much of it."""

    clock: SteadyClock
    batches: list[tuple[datetime, int]] = field(default_factory=list)

    def __call__(self, command: Command, result: Any) -> None:
        if isinstance(command, RunDue) and result:
            self.batches.append((self.clock.now(), result))

    @property
    def instants(self) -> Iterator[datetime]:
        """When each piece of due work was committed, in the order carried out."""
        for at, count in self.batches:
            yield from [at] * count


@dataclass(frozen=True)
class Found:
    """What a run shows."""

    lags: list[float]
    early: int
    missed: int
    repeated: int


def examine(commits: Commits, pages: list[Message], over: timedelta) -> Found:
    """Every page beside its due instant and the commit that holds it."""
    due = {number: due_at(number, over) for number in range(ESCALATIONS)}
    numbers = [int(page.incident.rpartition("-")[2]) - 1 for page in pages]
    lags = [
        (committed - due[number]).total_seconds()
        for number, committed in zip(numbers, commits.instants, strict=True)
    ]
    early = sum(
        page.ready_at < due[number] for number, page in zip(numbers, pages, strict=True)
    ) + sum(lag < 0 for lag in lags)
    paged = len(set(numbers))
    return Found(lags, early, ESCALATIONS - paged, len(numbers) - paged)


async def busy() -> None:
    """Take the loop for a slice, again and again."""
    while True:
        until = time.perf_counter() + BUSY
        while time.perf_counter() < until:
            pass
        await asyncio.sleep(EVERY - BUSY)


async def run(database: Path, over: timedelta, beside: bool) -> Found:
    """Let them fall due, with or without something busy beside, until all is sent."""
    with opened(database, SteadyClock(EVENING)) as built:
        clock = built.clock = SteadyClock(EVENING)  # opening took its time
        commits = built.watch = Commits(clock)
        async with serving(built, Sandbox()):
            working = asyncio.create_task(busy()) if beside else None
            await built.settle(ESCALATIONS)
            if working is not None:
                working.cancel()
        pages = built.store.read(lambda uow: uow.outbox.to("second", 2 * ESCALATIONS))
    return examine(commits, pages, over)


# The floor


def floor(where: Path, prepared: Path) -> float:
    """Seconds to update as many rows, of the same size, in one commit."""
    with sqlite3.connect(prepared) as source:
        rows = source.execute("SELECT id, incident, open, doc FROM escalations").fetchall()
    database = where / "floor.db"
    raw = sqlite3.connect(database, isolation_level=None)
    raw.executescript(LAYOUT)
    raw.execute("BEGIN")
    raw.executemany("INSERT INTO live (id, incident, open, doc, due_at) VALUES (?,?,?,?,0)", rows)
    raw.execute("COMMIT")
    changed = [(number, doc, id) for number, (id, _, _, doc) in enumerate(rows, start=1)]
    began = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany("UPDATE live SET due_at = ?, doc = ? WHERE id = ?", changed)
    raw.execute("COMMIT")
    took = time.perf_counter() - began
    raw.close()
    database.unlink()
    return took


LAYOUT = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
PRAGMA secure_delete=ON;
PRAGMA cache_size=-16000;
CREATE TABLE live (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    incident TEXT NOT NULL,
    open SMALLINT NOT NULL,
    doc TEXT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX live_of ON live (incident);
CREATE INDEX live_open ON live (open) WHERE open = 1;
CREATE INDEX live_due ON live (due_at);
"""


def measure(where: Path) -> tuple[Found, list[Found], list[float]]:
    """The busy ten seconds; then by turns all at once and the floor."""
    spread = asyncio.run(run(prepare(made(where / "spread"), OVER), OVER, beside=True))
    prepared = prepare(made(where / "at-once"), AT_ONCE)
    bursts, floors = [], []
    for number in range(RUNS):
        copy = shutil.copy(prepared, made(where / f"run-{number}") / DATABASE)
        bursts.append(asyncio.run(run(Path(copy), AT_ONCE, beside=False)))
        floors.append(floor(where, prepared))
    return spread, bursts, floors


def made(path: Path) -> Path:
    path.mkdir()
    return path


def main() -> None:
    with folder() as where:
        found, bursts, floors = measure(where)
    lag, last, least = Spread.of(found.lags), median(max(b.lags) for b in bursts), median(floors)
    table(
        ("10,000 escalations due over 10 s, 5 ms of every 20 ms busy", "p50", "p99", "most"),
        [("lag to the commit, ms", lag.p50, lag.p99, lag.most)],
    )
    table(
        ("10,000 escalations due at one instant", "ms"),
        [("last committed", 1000 * last), ("floor: one update of 10,000 rows", 1000 * least)],
    )
    every = (found, *bursts)
    goals = [
        Goal("early", sum(one.early for one in every), 0),
        Goal("missed", sum(one.missed for one in every), 0),
        Goal("paged twice", sum(one.repeated for one in every), 0),
        Goal("p99 lag / busy slice", lag.p99 / (1000 * BUSY), 10),
        Goal("last committed / one update", last / least, 100),
    ]
    conclude("due", {"lag_ms": lag, "last_ms": 1000 * last, "floor_ms": 1000 * least}, goals)


if __name__ == "__main__":
    main()
