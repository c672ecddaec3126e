"""An expected action in words: what is done, and to what by name."""

from responder.documents.paper.naming import Naming
from responder.domain.drill import DrillScenario, Expected
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.notice import OF_INCIDENT_NAMES
from responder.domain.regime import Duty
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.acts import ACTS
from responder.drills.scoring import Score


def expected_words(one: Expected, scenario: DrillScenario, naming: Naming) -> str:
    """The file's own words; else the act's, with the name of what it is done to."""
    if own := naming.words(one.words):
        return own
    act = ACTS.get(one.does)
    what = naming.words(act.words) if act else one.does
    named = naming.words(_named(one, scenario, naming))
    return naming.said(f"{what}：{named}", f"{what}: {named}") if named else what


def _duty(of: str, site: Site) -> Duty | None:
    regime, _, id = of.partition("/")
    pack = site.regimes.get(regime)
    return pack.duty(id) if pack else None


def scored_words(score: Score, scenario: DrillScenario, naming: Naming) -> str:
    """What a score is about, in words."""
    _, one = scenario.expected[score.expected]
    return expected_words(one, scenario, naming)


def _named(one: Expected, scenario: DrillScenario, naming: Naming) -> Words:
    """What it is done to, by its name in the register."""
    site, of = naming.site, one.of
    match one.does:
        case "do":
            playbook = site.playbooks.get(scenario.playbook)
            titles = {task.id: task.title for task in playbook.tasks} if playbook else {}
            return titles.get(of, Words(of, of))
        case "decide" if of in site.decisions:
            return site.decisions[of].question
        case "brief" | "interval" if of in site.audiences:
            return site.audiences[of].name
        case "report" | "interval":
            duty = _duty(of, site)
            return duty.name if duty else Words(of, of)
        case "notice":
            return OF_INCIDENT_NAMES.get(of.rpartition(".")[2], Words(of, of))
        case "phase" if of in list(Phase):
            return PHASE_NAMES[Phase(of)]
        case _:
            return Words(of, of)
