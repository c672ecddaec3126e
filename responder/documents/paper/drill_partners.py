"""Units outside the firm in the papers of a joint drill: whom to call, and who took part."""

from responder.documents.paper.lines import Tone
from responder.documents.paper.naming import NOBODY, Naming
from responder.documents.paper.paper import Paper
from responder.documents.paper.table import Column
from responder.domain.call_task import manner
from responder.domain.drill import DrillScenario
from responder.domain.drill_run import DrillRun, PartnerSeen
from responder.domain.site import Site
from responder.drills.partners import read_out


def call_section(paper: Paper, scenario: DrillScenario, site: Site, naming: Naming) -> None:
    """In the plan: each unit, its part, how people reach it, and what they read out to it."""
    if not scenario.partners:
        return
    said = naming.said
    paper.heading(said("外部参演单位", "Units outside the firm"), 2)
    columns = (
        Column(said("单位", "Unit"), 38),
        Column(said("联系人与方式", "Contact"), 52),
        Column(said("任务", "Its part")),
    )
    partners = scenario.partners
    rows = [
        (naming.unit(one.unit), _reach(site, one.unit, naming), naming.words(one.part))
        for one in partners
    ]
    paper.table(columns, rows)
    paper.text(
        said(
            "系统不向外部单位发送任何消息，由组织人员逐家告知，照读：",
            "No machine sends them anything. Somebody calls each, and reads out:",
        ),
        Tone.QUIET,
    )
    paper.bullets([naming.words(read_out(scenario, site, one)) for one in partners])


def partners_section(paper: Paper, scenario: DrillScenario, run: DrillRun, naming: Naming) -> None:
    """After it: each unit, its part, whether it took part, and how it went."""
    if not scenario.partners:
        return
    said = naming.said
    columns = (
        Column(said("外部参演单位", "Unit outside the firm"), 42),
        Column(said("任务", "Its part")),
        Column(said("参加", "Took part"), 20),
        Column(said("说明", "Note"), 44),
    )
    rows = []
    for one in scenario.partners:
        seen = run.partners.get(one.unit)
        note = (seen.note if seen else "") or NOBODY
        rows.append((naming.unit(one.unit), naming.words(one.part), _came(seen, naming), note))
    paper.table(columns, rows)


def _reach(site: Site, id: str, naming: Naming) -> str:
    unit = site.units.get(id)
    if unit is None:
        return NOBODY
    lines = [f"{naming.words(manner(way.how or way.via))} {way.to}" for way in unit.reach]
    return "\n".join(filter(None, (naming.words(unit.contact), *lines)))


def _came(seen: PartnerSeen | None, naming: Naming) -> str:
    if seen is None:
        return naming.said("未登记", "not said")
    return naming.said("是", "yes") if seen.came else naming.said("否", "no")
