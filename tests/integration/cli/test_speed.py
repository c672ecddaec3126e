"""Asking for help answers at once."""

import subprocess
import sys
import time

MOST = 15
"""Times a bare interpreter (ADR 0005)."""


def seconds(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def test_help_costs_little_more_than_the_interpreter():
    """`responder --help` within fifteen times `python -c pass`: the fastest runs, side by side."""
    pairs = [(seconds("-m", "responder", "--help"), seconds("-c", "pass")) for _ in range(9)]
    ratio = min(helped for helped, _ in pairs) / min(bare for _, bare in pairs)
    assert ratio <= MOST, f"{ratio:.1f}"
