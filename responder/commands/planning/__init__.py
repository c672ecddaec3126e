"""The plan's life cycle and the year's training (7.1 R, l, ab, ac; 4.4)."""

from responder.commands.planning import (
    adopting,
    departing,
    filing,
    knowing,
    reviewing,
    rounds,
    training,
    versions,
)

__all__ = [
    "adopting",
    "departing",
    "filing",
    "knowing",
    "reviewing",
    "rounds",
    "training",
    "versions",
]
