"""A provider that is strict about its pace, on loopback, in a process of its own.

It keeps a token bucket, full at first, and answers 429 with a Retry-After to whatever finds it
empty. Of what it lets through, a share meets a fault: a 429 that asks for a pause, a 500, or
silence; none of these is taken. On GET it tells of one message, or of everything, with instants
by the system's steady clock.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import parse_qs, urlsplit

from bench._http import Answering, response

TAKEN, REFUSED = "taken", "refused"
LIMIT, ERROR, SILENCE = "429", "500", "silence"
FAULTS = (LIMIT, ERROR, SILENCE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the provider allows, the share of each fault, the seconds that such a 429 asks for."""

    rate: float
    burst: int
    faulty: float
    pause: float
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Came:
    """A request: when, for which message, and what became of it."""

    at: float
    id: str
    fate: str

    @property
    def let_through(self) -> bool:
        """Whether the bucket held a token for it."""
        return self.fate != REFUSED


class Desk:
    """What the provider decides and keeps."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._chance = random.Random(terms.seed)
        self._tokens, self._at = float(terms.burst), time.monotonic()
        self.came: list[Came] = []
        self.taken: set[str] = set()

    def decide(self, id: str) -> tuple[int | None, float]:
        """The status to answer with, None for silence, and the pause asked for."""
        now, terms = time.monotonic(), self._terms
        self._tokens = min(terms.burst, self._tokens + (now - self._at) * terms.rate)
        self._at = now
        if self._tokens < 1:
            self.came.append(Came(now, id, REFUSED))
            return 429, (1 - self._tokens) / terms.rate
        self._tokens -= 1
        drawn = self._chance.random() / terms.faulty if terms.faulty else len(FAULTS)
        fate = FAULTS[int(drawn)] if drawn < len(FAULTS) else TAKEN
        self.came.append(Came(now, id, fate))
        if fate == TAKEN:
            self.taken.add(id)
        return {TAKEN: 200, LIMIT: 429, ERROR: 500, SILENCE: None}[fate], terms.pause


class Answered(Answering):
    """One connection to the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def answer(self, head: str, body: bytes) -> bytes:
        """What the desk decides of what is posted; what it knows, on being asked."""
        if head.startswith("POST"):
            status, pause = self._desk.decide(json.loads(body)["id"])
            if status is None:
                return b""
            more = f"Retry-After: {pause:.6f}\r\n" if status == 429 else ""
            return response({}, status, more)
        asked = parse_qs(urlsplit(head.split(" ", 2)[1]).query).get("id")
        if asked is None:
            return response([asdict(one) for one in self._desk.came])
        return response({}, 200 if asked[0] in self._desk.taken else 404)


async def serve(terms: Terms) -> None:
    """Serve on a free port, told on standard output, until the parent lets go of our input."""
    loop = asyncio.get_running_loop()
    desk = Desk(terms)
    server = await loop.create_server(lambda: Answered(desk), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


class StrictProvider:
    """The provider, started and stopped."""

    def __init__(self, terms: Terms) -> None:
        command = (sys.executable, "-m", "bench._strict", json.dumps(asdict(terms)))
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}/messages"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def requests(told: Iterable[dict]) -> list[Came]:
    """What the provider tells, as values."""
    return [Came(**one) for one in told]


if __name__ == "__main__":
    asyncio.run(serve(Terms(**json.loads(sys.argv[1]))))
