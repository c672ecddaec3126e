"""The phone as a live view, on a real pseudo-terminal."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

from tests.integration.cli.conftest import SURROUNDINGS

PATIENCE = 20


class Screen:
    """A terminal of 120 columns with the phone on it."""

    def __init__(self, person: str, var: str) -> None:
        self.near, far = pty.openpty()
        self.seen = ""
        here = {"RESPONDER_VAR": var, "TERM": "xterm", "COLUMNS": "120", "LINES": "40"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "responder", "handset", person, "--lang", "en"],
            env={**os.environ, **SURROUNDINGS, **here},
            stdin=far,
            stdout=far,
            stderr=far,
        )
        os.close(far)

    def wait_for(self, words: str) -> None:
        """Read until the words are on the screen."""
        began = time.monotonic()
        while words not in self.seen:
            assert time.monotonic() - began < PATIENCE, self.seen[-3000:]
            if select.select([self.near], [], [], 0.2)[0]:
                self.seen += os.read(self.near, 65536).decode(errors="replace")

    def press(self, key: str) -> None:
        self.seen = ""
        os.write(self.near, key.encode())


@pytest.fixture
def phone(cli, outage, duty, ticking):
    """The duty lead's phone, ringing."""
    ticking()
    screen = Screen(duty, str(cli.var))
    yield screen
    if screen.process.poll() is None:
        screen.process.kill()
    screen.process.wait()
    os.close(screen.near)


def test_it_rings_and_a_key_takes_it(cli, phone, outage, duty):
    """It shows the call with its choices; 7 is none; 1 takes it; q ends it."""
    phone.wait_for("RINGING")
    phone.wait_for("I take it")
    phone.press("7")
    phone.wait_for("no such choice")
    phone.press("1")
    phone.wait_for("you took it at")
    assert "Acknowledged" in cli.kinds(outage)
    phone.press("q")
    assert phone.process.wait(PATIENCE) == 0
