"""How those in a drill judged it: counts, never a mean."""

from collections import Counter

from responder.domain.drill_run import DrillRun

SCALE = range(1, 6)
"""From 1, I did not know at all what to do, to 5, I always did."""


def scale_of(run: DrillRun) -> dict[int, int]:
    """How many gave each score, none left out."""
    counted = Counter(one.knew for one in run.feedback.values())
    return {score: counted[score] for score in SCALE}
