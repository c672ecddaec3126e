"""What the paper after a drill tells: all of it from the record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from responder.domain.drill import DrillScenario, Result
from responder.domain.drill_run import DrillRun, Observation
from responder.domain.measure import Measure
from responder.domain.site import Site
from responder.drills.scoring import Rating, Score, counted_by_hand, counts, ratings
from responder.drills.warned import DrilledWarning

LEAST_FOR_MEDIAN = 3
"""Of fewer values a median says nothing that the values themselves do not."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A drill of the same scenario held before: its day, its counts, its ratings.

    `by_hand` is how many of those counted were entered by hand.
    """

    id: str
    on: datetime
    counts: dict[Result, int]
    ratings: dict[str, Rating | None]
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class AfterAction:
    """Everything about one drill that is over; `head` is the hash of its last entry.

    `anonymous` leaves out who gave which feedback; `repeats` are earlier measures by the measure
    that says the same again.
    """

    site: Site
    scenario: DrillScenario
    run: DrillRun
    scores: dict[str, Score]
    measures: tuple[Measure, ...]
    earlier: tuple[Earlier, ...]
    acknowledged: dict[str, timedelta]
    silent: tuple[str, ...]
    made_at: datetime
    head: str = ""
    anonymous: bool = False
    repeats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[DrilledWarning, ...] = ()

    @property
    def counts(self) -> dict[Result, int]:
        """How many expected actions ended how."""
        return counts(self.scores.values())

    @property
    def by_hand(self) -> int:
        """How many of them were entered by hand."""
        return counted_by_hand(self.scores.values())

    @property
    def ratings(self) -> dict[str, Rating | None]:
        """Each objective's rating."""
        return ratings(self.scenario, self.scores.values())

    @property
    def strengths(self) -> list[Observation]:
        """What evaluators found done well."""
        return [one for one in self.run.observations if one.strength]

    @property
    def to_improve(self) -> list[Observation]:
        """What they found to be better."""
        return [one for one in self.run.observations if not one.strength]

    @property
    def fallen_short(self) -> list[Score]:
        """Expected actions that were late, done in part or not done, in the scenario's order."""
        order = list(self.scenario.expected)
        found = [s for s in self.scores.values() if s.result is not Result.DONE]
        return sorted(found, key=lambda score: order.index(score.expected))

    @property
    def answer_time(self) -> timedelta | None:
        """The median until those who took the page did; None of too few."""
        return middle(self.acknowledged.values())

    def earliest(self, score: Score) -> datetime:
        """When the row was sent that a score answers."""
        row, _ = self.scenario.expected[score.expected]
        return self.run.sent[row.id]


def middle(spans: Iterable[timedelta]) -> timedelta | None:
    """The median of three or more, to the second."""
    seconds = [span.total_seconds() for span in spans]
    if len(seconds) < LEAST_FOR_MEDIAN:
        return None
    return timedelta(seconds=int(median(seconds)))
