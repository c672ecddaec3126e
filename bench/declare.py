"""From declaring an incident to the request at the provider, one incident after another.

Floor: two raw commits of a small insert, synchronous=FULL, and one round trip over HTTP.
"""

import asyncio
import json
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp

from bench._figures import Goal, Spread, conclude, table
from bench._house import House, Http, declaration, firm, folder, house, serving, taken
from bench._provider import Provider

RUNS = 5
SINGLES = 200
PAUSE = 0.01
"""Seconds of rest before each single, of the floor too."""
WARM_UP = 20

Run = Callable[[int], Awaitable[list[float]]]


def small_database(where: Path) -> sqlite3.Connection:
    """A raw database with the settings of the product's."""
    connection = sqlite3.connect(where / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE small (position INTEGER PRIMARY KEY, doc TEXT)")
    return connection


def commit(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO small (doc) VALUES (?)", ("x" * 100,))
    connection.execute("COMMIT")


async def floor(
    connection: sqlite3.Connection, session: aiohttp.ClientSession, url: str, singles: int
) -> list[float]:
    """Two commits and a round trip, again and again."""
    body = {"id": "0123456789abcdef", "to": "+86duty", "text": "x" * 100}
    took = []
    for _ in range(singles):
        await asyncio.sleep(PAUSE)
        began = time.monotonic()
        commit(connection)
        commit(connection)
        async with session.post(url, json=body) as response:
            await response.json()
        took.append(time.monotonic() - began)
    return took


async def product(
    built: House, session: aiohttp.ClientSession, provider: Provider, singles: int
) -> list[float]:
    """Declare, and see when the page is at the provider."""
    began: list[float] = []
    await taken(session, provider)
    for _ in range(singles):
        await asyncio.sleep(PAUSE)
        began.append(time.monotonic())
        await built.do(declaration())
        await built.settle(built.settled + 1)
    arrived = await taken(session, provider)
    assert len({json.loads(arrival.body)["id"] for arrival in arrived}) == singles
    return [arrival.at - at for arrival, at in zip(arrived, began, strict=True)]


async def measure() -> tuple[list[Spread], list[Spread]]:
    """The spreads of the product's runs and of the floor's, taken by turns."""
    products, floors = [], []
    with folder() as where, Provider() as provider, house(where, firm(("duty",))) as built:
        connection = small_database(where)
        async with aiohttp.ClientSession() as session, serving(built, Http(session, provider.url)):
            await product(built, session, provider, WARM_UP)
            for _ in range(RUNS):
                products.append(await product(built, session, provider, SINGLES))
                floors.append(await floor(connection, session, provider.url, SINGLES))
        connection.close()
    return [Spread.of(run) for run in products], [Spread.of(run) for run in floors]


def main() -> None:
    products, floors = asyncio.run(measure())
    ours, least = Spread.typical(products), Spread.typical(floors)
    table(
        ("declare → request at the provider, ms", "p50", "p99", "most"),
        [
            ("product", ours.p50, ours.p99, ours.most),
            ("floor: 2 commits, 1 round trip", least.p50, least.p99, least.most),
        ],
    )
    goals = [
        Goal("p50 / floor's p50", ours.p50 / least.p50, 3.0),
        Goal("p99 / floor's p99", ours.p99 / least.p99, 5.0),
    ]
    conclude("declare", {}, goals)


if __name__ == "__main__":
    main()
