"""A running `responder serve`, and asking it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

PATIENCE = 30


@dataclass
class Service:
    """A running `responder serve`."""

    process: subprocess.Popen[str]
    greeting: list[str]
    said: str = ""

    @property
    def port(self) -> int:
        return int(self.greeting[0].rpartition(":")[2])

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def ready(self) -> dict:
        """What /readyz says, once it is ready."""
        began = time.monotonic()
        while True:
            status, body = self.get("/readyz")
            if status == 200:
                return json.loads(body)
            assert time.monotonic() - began < PATIENCE, body
            time.sleep(0.1)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        _, self.said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def start(surroundings: dict[str, str], *options: str) -> Service:
    """Start serving; returns once it says that it is up."""
    process = subprocess.Popen(
        [sys.executable, "-m", "responder", "serve", *options],
        env={**os.environ, **surroundings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    greeting = []
    for line in process.stdout:
        greeting.append(line.rstrip("\n"))
        if "Ctrl-C" in line:
            return Service(process, greeting)
    _, said = process.communicate()
    raise AssertionError(said)
