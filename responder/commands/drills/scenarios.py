"""The scenarios of the register in force, as commands look them up."""

from collections.abc import Iterable
from itertools import chain

from responder.domain.drill import DrillScenario
from responder.domain.site import Site
from responder.drills.flaws import Flaw, flaws
from responder.errors import BadInput, UnknownId


def scenario_in_force(site: Site, id: str) -> DrillScenario:
    """The scenario of an id. Raises UnknownId, with near misses."""
    if id not in site.scenarios:
        raise UnknownId("演练脚本", "scenario", id, site.scenarios)
    return site.scenarios[id]


def must_be_sound(scenario: DrillScenario, site: Site, more: Iterable[Flaw] = ()) -> None:
    """Raise BadInput for the first flaw, `more` of them looked at last."""
    if flaw := next(chain(flaws(scenario, site), more), None):
        raise BadInput(
            f"演练脚本有问题：{flaw.what.zh}。",
            f"The scenario has a flaw: {flaw.what.en}.",
            f"{flaw.mend.zh}全部问题见：drill check {scenario.id}",
            f"{flaw.mend.en} See them all: drill check {scenario.id}",
        )
