"""Figures: percentiles, medians of runs, goals, and how a benchmark tells them."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """What a run measured, in milliseconds."""

    p50: float
    p99: float
    most: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Spread":
        """The spread of a run's durations."""
        run = sorted(1000 * value for value in seconds)
        return cls(percentile(run, 50), percentile(run, 99), run[-1])

    @classmethod
    def typical(cls, runs: Sequence["Spread"]) -> "Spread":
        """The median of each figure over several runs."""
        return cls(
            median(run.p50 for run in runs),
            median(run.p99 for run in runs),
            median(run.most for run in runs),
        )


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, and the most it may be (`least`: the least)."""

    what: str
    value: float
    limit: float
    unit: str = ""
    least: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def row(self) -> tuple[str, ...]:
        bound = "at least" if self.least else "at most"
        verdict = "holds" if self.holds else "MISSED"
        limit = f"{bound} {self.limit:g} {self.unit}".rstrip()
        return (self.what, f"{shown(self.value)} {self.unit}".rstrip(), limit, verdict)


def percentile(ordered: Sequence[float], percent: float) -> float:
    """A percentile of ordered values, between its two neighbours in proportion."""
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def shown(value: object) -> str:
    """A figure as a table shows it."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.2f}" if abs(value) < 100 else f"{value:,.0f}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a head, the first column to the left, the others to the right."""
    lines = [tuple(head), *(tuple(shown(cell) for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, *rest = (cell for cell in line)
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        print("  ".join((first.ljust(widths[0]), *cells)).rstrip())
    print()


def conclude(name: str, figures: dict[str, Any], goals: Sequence[Goal]) -> None:
    """Print the goals and everything as one JSON object; exit 1 if a goal is missed."""
    table(("goal", "measured", "limit", ""), (goal.row for goal in goals))
    told = [
        {"goal": g.what, "value": g.value, "limit": g.limit, "least": g.least, "holds": g.holds}
        for g in goals
    ]
    print(json.dumps({"benchmark": name, **figures, "goals": told}, default=asdict))
    sys.exit(0 if all(goal.holds for goal in goals) else 1)
