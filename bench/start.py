"""How long commands take to start, what an idle `serve` keeps in memory, how long the demo takes.

Floor of starting: `python -c pass` in the same interpreter.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from bench._figures import Goal, conclude, table
from bench._house import folder

RUNS = 15
SETTLED = 5.0
"""Seconds after which a server is taken to be idle."""
RESPONDER = (sys.executable, "-m", "responder")
BARE = (sys.executable, "-c", "pass")
HELP = (*RESPONDER, "--help")


def wall(command: tuple[str, ...]) -> float:
    """Seconds from starting a command to its end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def starting() -> tuple[float, float]:
    """Medians of `responder --help` and of the bare interpreter, by turns."""
    ours, floors = [], []
    for _ in range(RUNS):
        ours.append(wall(HELP))
        floors.append(wall(BARE))
    return median(ours), median(floors)


def exists(command: str) -> bool:
    """Whether there is such a command."""
    asked = subprocess.run((*RESPONDER, command, "--help"), check=False, capture_output=True)
    return asked.returncode == 0


def idle_megabytes(where: Path) -> float:
    """What an idle server keeps in memory; nothing leaves the machine."""
    environment = os.environ | {"RESPONDER_VAR": str(where), "RESPONDER_LISTEN": "127.0.0.1:0"}
    server = subprocess.Popen(
        (*RESPONDER, "serve", "--sandbox"),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(SETTLED)
        if server.poll() is not None:
            raise RuntimeError(f"serve ended with status {server.returncode}")
        return resident(server.pid)
    finally:
        server.terminate()
        server.wait()


def resident(pid: int) -> float:
    """The memory of a process, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kilobytes) / 1024


def demo_seconds(where: Path) -> float:
    """How long the demo takes."""
    return wall((*RESPONDER, "demo", "--out", str(where / "demo")))


def main() -> None:
    ours, floor = starting()
    table(
        ("start", "ms"),
        [("responder --help", 1000 * ours), ("floor: python -c pass", 1000 * floor)],
    )
    goals = [Goal("--help / bare interpreter", ours / floor, 15)]
    for command, what, limit, unit, measured in (
        ("serve", "idle serve", 150, "MB", idle_megabytes),
        ("demo", "demo", 10, "s", demo_seconds),
    ):
        if not exists(command):
            print(f"{what}: skipped, there is no such command yet")
            continue
        with folder() as where:
            goals.append(Goal(what, measured(where), limit, unit))
    conclude("start", {"help_ms": 1000 * ours, "bare_ms": 1000 * floor}, goals)


if __name__ == "__main__":
    main()
