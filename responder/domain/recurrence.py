"""When a drill comes again: a rule in the words of a calendar, and what reads it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The days on which a scenario is to be held again, whatever the year.

    Each field is written as in cron (`5,11`, `2nd sat`, `last`, `mon-fri`); an empty one leaves
    every value open. `at` is the local time of day as time past midnight, the scenario's `starts`
    where it is None; `by_itself` has the engine begin the drill then.
    """

    month: str = ""
    day: str = ""
    week: str = ""
    day_of_week: str = ""
    at: timedelta | None = None
    by_itself: bool = False


DaysOf = Callable[[Recurrence, date, date], Iterable[date]]
"""The days of a rule in [since, until), in order, found as they are asked for.

The first that is asked for raises BadInput where the rule cannot be read.
"""


def nothing_recurs(_rule: Recurrence, _since: date, _until: date) -> Iterable[date]:
    """No day at all: nobody here can read rules."""
    return ()
