"""An expected action in words: what is done, and to what by name."""

from collections.abc import Callable

from responder.documents.paper.naming import Naming
from responder.domain.drill import DrillScenario, Expected
from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.notice import OF_INCIDENT_NAMES
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


def scored_words(score: Score, scenario: DrillScenario, naming: Naming) -> str:
    """What a score is about, in words."""
    _, one = scenario.expected[score.expected]
    return expected_words(one, scenario, naming)


def _named(one: Expected, scenario: DrillScenario, naming: Naming) -> Words:
    """What it is done to, by its name in the register."""
    look = NAMED.get(one.does)
    found = look(one.of, scenario, naming.site) if look and one.of else None
    return found or Words(one.of, one.of)


def _task(of: str, scenario: DrillScenario, site: Site) -> Words | None:
    playbook = site.playbooks.get(scenario.playbook)
    tasks = playbook.tasks if playbook else ()
    return next((task.title for task in tasks if task.id == of), None)


def _decision(of: str, _scenario: DrillScenario, site: Site) -> Words | None:
    return site.decisions[of].question if of in site.decisions else None


def _audience(of: str, _scenario: DrillScenario, site: Site) -> Words | None:
    return site.audiences[of].name if of in site.audiences else None


def _duty(of: str, _scenario: DrillScenario, site: Site) -> Words | None:
    regime, _, id = of.partition("/")
    pack = site.regimes.get(regime)
    duty = pack.duty(id) if pack else None
    return duty.name if duty else None


def _regime(of: str, _scenario: DrillScenario, site: Site) -> Words | None:
    return site.regimes[of].name if of in site.regimes else None


def _notice(of: str, _scenario: DrillScenario, _site: Site) -> Words | None:
    return OF_INCIDENT_NAMES.get(of.rpartition(".")[2])


def _danger(of: str, scenario: DrillScenario, _site: Site) -> Words | None:
    row = scenario.rows.get(of)
    return row.raises.title if row and row.raises else None


def _phase(of: str, _scenario: DrillScenario, _site: Site) -> Words | None:
    return PHASE_NAMES[Phase(of)] if of in list(Phase) else None


def _level(of: str, _scenario: DrillScenario, _site: Site) -> Words | None:
    level = ROMAN.get(int(of)) if of.isdecimal() else None
    return Words(f"{level}级", f"level {level}") if level else None


def _interval(of: str, scenario: DrillScenario, site: Site) -> Words | None:
    return _audience(of, scenario, site) or _duty(of, scenario, site)


NAMED: dict[str, Callable[[str, DrillScenario, Site], Words | None]] = {
    "do": _task,
    "decide": _decision,
    "brief": _audience,
    "interval": _interval,
    "report": _duty,
    "grade": _regime,
    "notice": _notice,
    "verify": _danger,
    "warn_report": _danger,
    "lift": _danger,
    "phase": _phase,
    "level": _level,
}
"""How the name of what an act is done to is found, by the act."""
