"""A roll-call of ten thousand against a provider that takes 100 messages a second.

Of what the provider lets through, 1 % meets a 429 that asks for a pause, 1 % a 500, 1 % silence;
that is done with a bucket of 1, of 5 and of 30. All the while somebody in a key post is paged.

Floor: what the provider allows, so many messages a second except in the pauses it asked for.
Beside it, what a bare loop with nothing else to do gets of a bucket of one: on a busy machine
that is not all, for there each delay is lost.

`python -m bench.rollcall 2000` asks fewer people, for a quick look.
"""

import asyncio
import sys
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import aiohttp

from bench._figures import Goal, Spread, conclude, table
from bench._house import House, Http, declaration, firm, folder, house, person, serving
from bench._strict import LIMIT, REFUSED, Came, StrictProvider, Terms, requests
from responder.commands import Command
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.roll_call import CallRoll
from responder.domain.message import Message, Purpose, State
from responder.domain.record import By
from responder.domain.site import Site
from responder.ports.channel import Fate, Pace, Receipt
from responder.ports.renderer import Text

CALLER = By("duty", "handset")
PEOPLE = 10_000
RATE = 100.0
BURSTS = (1, 5, 30)
FAULTY = 0.01
PAUSE = 0.1
"""Seconds that a 429 asks for which is no fault of ours."""
PAGE_EVERY = 2.0
SLOT = 1 / RATE
ON_ITS_WAY = 0.02
"""Seconds within which what was sent before a pause was asked for may still come in."""
ALL_BUT = 0.05
LONGEST = 900.0
BARE = 1000
LATE = 0.002
"""Seconds by which a selector may wake late."""


# The channel


class PacedHttp(Http):
    """Carries every way to the strict provider; it says what its account may send."""

    def __init__(self, session: aiohttp.ClientSession, url: str, pace: Pace) -> None:
        super().__init__(session, url)
        self.pace = pace

    async def send(self, message: Message, text: Text) -> Receipt:
        body = {"id": message.id, "to": message.to, "text": text.body}
        async with self._session.post(self._url, json=body) as response:
            await response.read()
        if response.status == 429:
            after = timedelta(seconds=float(response.headers["Retry-After"]))
            return Receipt(Fate.RETRY_AFTER, reason="429", after=after, for_all=True)
        return Receipt(Fate.ACCEPTED if response.status == 200 else Fate.UNKNOWN, message.id)

    async def look_up(self, message: Message) -> Receipt | None:
        async with self._session.get(self._url, params={"id": message.id}) as response:
            await response.read()
        return Receipt(Fate.ACCEPTED, message.id) if response.status == 200 else None


# The roll-call


def everybody(people: int) -> Site:
    """A firm with a duty lead in a key post, and so many others."""
    site = firm(("duty",))
    staff = [person(f"{number:05}") for number in range(people)]
    known = site.people | {one.id: one for one in staff}
    return replace(site, people=known, teams={"staff": tuple(one.id for one in staff)})


@dataclass
class Commits:
    """When each page's incident was durable, by incident, and how long commands waited."""

    declared: dict[str, float] = field(default_factory=dict)

    def __call__(self, command: Command, result: Any) -> None:
        if isinstance(command, Declare):
            self.declared[result.id] = time.monotonic()


@dataclass(frozen=True)
class Told:
    """One run: how long the command took, what came to the provider, what the outbox holds."""

    asking: float
    declared: dict[str, float]
    came: list[Came]
    messages: list[Message]
    over_after: float


async def run(burst: int, people: int) -> Told:
    """Call the roll, page somebody now and then, until nobody is left unsent."""
    terms = Terms(RATE, burst, FAULTY, PAUSE)
    commits = Commits()
    connector = aiohttp.TCPConnector(limit=0)
    with folder() as where, house(where, everybody(people)) as built, StrictProvider(terms) as far:
        async with aiohttp.ClientSession(connector=connector) as session:
            channel = PacedHttp(session, far.url, Pace(RATE, burst))
            async with serving(built, channel):
                opened = await built.do(declaration())
                built.watch = commits
                began = time.monotonic()
                await built.do(CallRoll(by=CALLER, incident=opened.id, target="team:staff"))
                asking = time.monotonic() - began
                await beside(built, people)
                over = time.monotonic() - began
            async with session.get(far.url) as response:
                came = requests(await response.json())
        messages = built.store.read(
            lambda uow: [m for id in (opened.id, *commits.declared) for m in uow.outbox.of(id)]
        )
    return Told(asking, commits.declared, came, messages, over)


async def beside(built: House, people: int) -> None:
    """Page somebody now and then as long as there is a backlog; return when all is sent."""
    until = time.monotonic() + LONGEST
    left = people
    while left and time.monotonic() < until:
        if left > people * ALL_BUT:
            await built.do(declaration())
        await asyncio.sleep(PAGE_EVERY)
        counts = await asyncio.to_thread(built.store.read, lambda uow: uow.outbox.counts())
        left = sum(counts.get(state, 0) for state in (State.READY, State.SENDING))


async def bare() -> tuple[float, float]:
    """A loop that posts one after another at the pace: its share of the rate, and refusals."""
    with StrictProvider(Terms(RATE, 1, 0, PAUSE)) as far:
        async with aiohttp.ClientSession() as session:
            due, posts = time.monotonic(), []
            for number in range(BARE):
                while (left := due - time.monotonic()) > 0:  # noqa: ASYNC110 - measured
                    await asyncio.sleep(max(left - LATE, 0))
                due = time.monotonic() + SLOT
                posts.append(asyncio.create_task(post(session, far.url, number)))
            await asyncio.gather(*posts)
            async with session.get(far.url) as response:
                came = requests(await response.json())
    refused = sum(not one.let_through for one in came)
    return (BARE - refused) / (1 + RATE * (came[-1].at - came[0].at)), refused / BARE


async def post(session: aiohttp.ClientSession, url: str, number: int) -> None:
    async with session.post(url, json={"id": str(number), "text": "x" * 100}) as response:
        await response.read()


# What became of it


@dataclass(frozen=True)
class Found:
    """What a run shows. Durations in seconds."""

    asking: float
    rate: float
    refused: float
    in_a_pause: int
    unsent: int
    twice: int
    waits: list[float]
    slots: list[int]
    """Others that came between a page's commit and the page: of a larger bucket, many at once."""
    faults: dict[str, int]
    backlog: float
    over: float


def examine(told: Told, burst: int) -> Found:
    """The provider's list beside the outbox and the commits."""
    roll = {m.id for m in told.messages if m.purpose is Purpose.ROLL_CALL}
    pages = {m.id: m.incident for m in told.messages if m.purpose is Purpose.PAGE}
    came = sorted(told.came, key=lambda one: one.at)
    pauses = merged((one.at, one.at + PAUSE) for one in came if one.fate == LIMIT)
    start, end = came[0].at, first_tried(came, roll)
    bulk = [one for one in came if start <= one.at <= end]
    allowed = allowance(burst, pauses, start, end)
    refused = sum(not one.let_through for one in came)
    taken = [one.id for one in came if one.fate == "taken"]
    firsts = {one.id: one.at for one in reversed(came) if one.id in pages}
    rest = [one.at for one in came if one.id not in pages]
    waits, slots = [], []
    for id, incident in pages.items():
        since = told.declared.get(incident)
        if since is None or since > end:
            continue
        at = firsts[id]
        waits.append(at - since - overlap(pauses, since, at))
        if burst == 1:
            slots.append(bisect_left(rest, at) - bisect_left(rest, since))
    return Found(
        asking=told.asking,
        rate=sum(one.let_through for one in bulk) / allowed,
        refused=refused / len(came),
        in_a_pause=sum(during(pauses, one.at) for one in came),
        unsent=len(roll - set(taken)),
        twice=len(taken) - len(set(taken)),
        waits=waits,
        slots=slots,
        faults={fate: sum(one.fate == fate for one in came) for fate in {c.fate for c in came}},
        backlog=end - start,
        over=told.over_after,
    )


def allowance(burst: int, pauses: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """How many messages the provider allows: its bucket fills up in a pause, and not beyond."""
    refilled = sum(min(burst, RATE * overlap([one], start, end)) for one in pauses)
    return burst + refilled + RATE * (end - start - overlap(pauses, start, end))


def first_tried(came: Iterable[Came], roll: set[str]) -> float:
    """When everybody on the roll had been tried once: from then on only repeats are left."""
    left = set(roll)
    for one in came:
        left.discard(one.id)
        if not left:
            return one.at
    raise AssertionError(f"{len(left)} were never tried")


def merged(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans in order, those that overlap made one."""
    found: list[tuple[float, float]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def overlap(spans: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """Seconds of an interval that lie in the spans."""
    return sum(max(min(end, to) - max(start, since), 0.0) for since, to in spans)


def during(spans: Sequence[tuple[float, float]], at: float) -> bool:
    """Whether something came in a pause, and had not been on its way when that was asked for."""
    return any(since + ON_ITS_WAY < at < to for since, to in spans)


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    found = {burst: examine(asyncio.run(run(burst, people)), burst) for burst in BURSTS}
    table(
        (f"{people:,} people, {RATE:g} messages/s", *(f"burst {burst}" for burst in found)),
        [
            ("asked in one command, ms", *(1000 * one.asking for one in found.values())),
            ("everybody tried once, s", *(one.backlog for one in found.values())),
            ("nobody unsent, s", *(one.over for one in found.values())),
            ("rate / allowed, %", *(100 * one.rate for one in found.values())),
            ("refused, %", *(100 * one.refused for one in found.values())),
            *(
                (f"of these faults: {fate}", *(one.faults.get(fate, 0) for one in found.values()))
                for fate in ("429", "500", "silence", REFUSED, "taken")
            ),
            ("pages", *(len(one.waits) for one in found.values())),
            ("page: wait p50, ms", *(Spread.of(one.waits).p50 for one in found.values())),
            ("page: wait most, ms", *(Spread.of(one.waits).most for one in found.values())),
            (
                "page: others ahead of it, most",
                *(max(one.slots, default="") for one in found.values()),
            ),
        ],
    )
    share, refused = asyncio.run(bare())
    table(
        ("a bare loop, burst 1, no faults", "%"),
        [("rate", 100 * share), ("refused", 100 * refused)],
    )
    goals = [goal for burst, one in found.items() for goal in goals_of(burst, one)]
    conclude("rollcall", {"people": people, "bare_rate": share, "bare_refused": refused}, goals)


def goals_of(burst: int, one: Found) -> list[Goal]:
    """What is promised of a run."""
    return [
        Goal(f"burst {burst}: of the allowed rate", 100 * one.rate, 95, "%", least=True),
        Goal(f"burst {burst}: refused", 100 * one.refused, 0.5, "%"),
        Goal(f"burst {burst}: sent in a pause", one.in_a_pause, 0),
        Goal(f"burst {burst}: unsent", one.unsent, 0),
        Goal(f"burst {burst}: sent twice", one.twice, 0),
        Goal(f"burst {burst}: others ahead of a page", max(one.slots, default=0), 2),
        Goal(f"burst {burst}: a page waits, ms", Spread.of(one.waits).most, 2000 * SLOT),
    ]


if __name__ == "__main__":
    main()
