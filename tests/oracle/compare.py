"""Holding two tellings of one story against each other."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

Event = dict[str, Any]
PAGING = {"acknowledged": 0, "changed": 1, "step": 2, "nobody": 2, "widened": 2, "page": 3}
DECIDING = {"decided": 0, "asked": 1}
"""The places of the kinds at one instant."""


def counted(events: Iterable[Event]) -> dict[int, Counter[str]]:
    """What happened at each instant, in whatever order."""
    return {
        t: Counter(str(sorted(event.items())) for event in at_once)
        for t, at_once in groupby(events, key=lambda event: event["t"])
    }


def sequence(events: Iterable[Event]) -> list[Event]:
    """The events whose order among each other the law fixes even at one instant."""
    return [event for event in events if event["kind"] in ("acknowledged", "step", "widened")]


def places(events: Iterable[Event], order: dict[str, int]) -> Iterator[tuple[int, int]]:
    """When each event happened, and in which place of that instant it belongs."""
    return ((event["t"], order[event["kind"]]) for event in events if event["kind"] in order)
