"""One incident pages a thousand people; 50 requests are in flight, results are durable.

What is held against the floor is the fan-out: from the moment that the declarer has the answer,
when a thousand pages lie in the outbox, until the last result is durable. The declaration before
it, which makes those pages, is shown by itself and within the whole way, and `bench.declare`
measures it.

Floor: a bare aiohttp loop that posts the same bodies, 50 in flight, and keeps nothing.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from statistics import median

import aiohttp

from bench._figures import Goal, conclude, table
from bench._house import Http, declaration, firm, folder, house, serving, taken
from bench._provider import Provider

RUNS = 15
PAGES = 1000
IN_FLIGHT = 50
PEOPLE = tuple(f"{number:04}" for number in range(PAGES))


async def product(session: aiohttp.ClientSession, provider: Provider) -> dict[str, object]:
    """Declare; seconds until the answer, the first and last request, and the last durable result.

    Of these `fanned_out` alone counts from the answer; the others count from the declaration.
    """
    await taken(session, provider)
    with folder() as where, house(where, firm(PEOPLE)) as built:
        async with serving(built, Http(session, provider.url)):
            began = time.monotonic()
            await built.do(declaration())
            declared = time.monotonic()
            await built.settle(PAGES)
            over = time.monotonic()
    arrived = await taken(session, provider)
    bodies = [json.loads(arrival.body) for arrival in arrived]
    assert len({body["id"] for body in bodies}) == PAGES
    return {
        "declared": declared - began,
        "first": arrived[0].at - began,
        "last": arrived[-1].at - began,
        "over": over - began,
        "fanned_out": over - declared,
        "bodies": bodies,
    }


async def floor(session: aiohttp.ClientSession, url: str, bodies: Sequence[object]) -> float:
    """Post the bodies, so many in flight; seconds."""
    waiting = iter(bodies)

    async def post() -> None:
        for body in waiting:
            async with session.post(url, json=body) as response:
                await response.json()

    began = time.monotonic()
    await asyncio.gather(*(post() for _ in range(IN_FLIGHT)))
    return time.monotonic() - began


async def measure() -> tuple[list[dict], list[float]]:
    """What the product's runs took and what the floor's took, by turns."""
    products, floors = [], []
    with Provider() as provider:
        async with aiohttp.ClientSession() as session:
            warm = await product(session, provider)
            for _ in range(RUNS):
                products.append(await product(session, provider))
                floors.append(await floor(session, provider.url, warm["bodies"]))
                await taken(session, provider)
    return products, floors


def main() -> None:
    products, floors = asyncio.run(measure())
    stages = ("declared", "first", "last", "over", "fanned_out")
    took = {stage: median(run[stage] for run in products) for stage in stages}
    least = median(floors)
    table(
        ("1,000 pages, 50 in flight", "ms", "pages/s"),
        [
            ("declared", 1000 * took["declared"], ""),
            ("first request", 1000 * took["first"], ""),
            ("last request", 1000 * took["last"], ""),
            ("the whole way: every result durable", 1000 * took["over"], PAGES / took["over"]),
            ("the fan-out alone", 1000 * took["fanned_out"], PAGES / took["fanned_out"]),
            ("floor: a bare loop", 1000 * least, PAGES / least),
        ],
    )
    goals = [
        Goal(
            "pages/s from the declaration's answer to the last result / floor's",
            least / took["fanned_out"],
            0.5,
            least=True,
        ),
    ]
    conclude("fanout", {}, goals)


if __name__ == "__main__":
    main()
