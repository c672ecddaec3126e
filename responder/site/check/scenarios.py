"""A drill's file can be held as it stands (JR/T 0099 7.1 w): the flaws that `drill check` tells."""

from collections.abc import Iterator

from responder.domain.drill import DrillScenario
from responder.drills.flaws import Flaw, flaws
from responder.drills.recurring_flaws import recurrence_flaws
from responder.site.check.view import View
from responder.site.finding import Finding

CLAUSE = "7.1-w"


def scenarios_are_sound(view: View) -> Iterator[Finding]:
    """Nothing is wrong with a scenario that its rehearsal, or its day, would bring to light."""
    for id, scenario in view.site.scenarios.items():
        for flaw in (*flaws(scenario, view.site), *_of_its_recurrence(view, scenario)):
            yield view.error(("scenarios", id, *flaw.path), CLAUSE, flaw.what, flaw.mend)


def _of_its_recurrence(view: View, scenario: DrillScenario) -> Iterator[Flaw]:
    if view.days_of is not None:
        yield from recurrence_flaws(scenario, view.site, view.days_of, view.today)
