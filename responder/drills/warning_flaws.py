"""What is wrong with the early warnings of a drill's file, and with what is expected of them."""

from collections.abc import Iterator

from responder.domain.drill import Danger, DrillScenario, Expected, Row
from responder.domain.organisation import DUTY_LEAD
from responder.domain.playbook import LEVELS
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.acts import ACTS
from responder.drills.people import possible
from responder.drills.warned import raisers

LONGEST_TITLE = 200
"""As long as a warning's title may be."""

Fault = tuple[tuple[str, ...], Words, Words]
"""Where it is in the file, what is wrong, how to mend it."""


def warning_faults(scenario: DrillScenario, site: Site) -> Iterator[Fault]:
    """Everything wrong with the warnings that rows raise, then with what is expected of them."""
    for row in scenario.rows.values():
        if row.raises is not None:
            yield from _danger_faults(scenario, site, row, row.raises)
    for row, one in scenario.expected.values():
        if one.does in ACTS and ACTS[one.does].warned is not None:
            yield from _nothing_raised(scenario, row, one)


def _danger_faults(
    scenario: DrillScenario, site: Site, row: Row, danger: Danger
) -> Iterator[Fault]:
    here = ("msel", row.id, "raises")
    yield from _unknown(site, here, danger)
    title = danger.title.said(site.language) or row.text.said(site.language)
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        yield (
            (*here, "title"),
            Words(
                f"{row.id}的预警标题为空或超过{LONGEST_TITLE}字",
                f"The warning of {row.id} has no title, or one over {LONGEST_TITLE} characters",
            ),
            Words("请填写 raises.title。", "Fill in raises.title."),
        )
    if not possible(site, (f"role:{DUTY_LEAD}",)) & possible(site, scenario.recipients):
        yield (
            here,
            Words(
                f"{row.id}发起预警，但值班负责人不参演，无人核实",
                f"{row.id} raises a warning, and no duty lead takes part to verify it",
            ),
            Words(f"请在 recipients 加入 role:{DUTY_LEAD}。", f"Add role:{DUTY_LEAD}."),
        )
    playbook = site.playbooks.get(danger.playbook)
    if playbook is None:
        return
    if not any(unit in site.units for unit in playbook.report_path):
        yield (
            (*here, "playbook"),
            Words(
                f"处置方案{playbook.id}没有报告路径，预警无处可报",
                f"The playbook {playbook.id} has no report path: the warning can go nowhere",
            ),
            Words("请在该方案填写 report_path。", "Fill in its report_path."),
        )
    if row.at + playbook.verify_within > scenario.lasts:
        yield (
            here,
            Words(
                f"{row.id}发起预警太晚，演练结束前来不及核实",
                f"{row.id} raises a warning too late to be verified before the end",
            ),
            Words("请提前该行，或延长 lasts。", "Move the row forward, or lengthen “lasts”."),
        )


def _unknown(site: Site, here: tuple[str, ...], danger: Danger) -> Iterator[Fault]:
    """What it names and nobody knows."""
    if danger.playbook not in site.playbooks:
        yield (
            (*here, "playbook"),
            Words(
                f"没有“{danger.playbook}”这个处置方案", f"There is no playbook {danger.playbook}"
            ),
            Words(f"可用：{'、'.join(site.playbooks)}。", f"Use {', '.join(site.playbooks)}."),
        )
    if danger.system and danger.system not in site.systems:
        yield (
            (*here, "system"),
            Words(f"没有“{danger.system}”这个系统", f"There is no system {danger.system}"),
            Words(f"可用：{'、'.join(site.systems)}。", f"Use {', '.join(site.systems)}."),
        )
    if danger.level and danger.level not in LEVELS:
        yield (
            (*here, "level"),
            Words(f"没有{danger.level}级响应", f"There is no level {danger.level}"),
            Words("请用1、2、3或4，不写按处置方案。", "Use 1, 2, 3 or 4; none is the playbook’s."),
        )


def _nothing_raised(scenario: DrillScenario, row: Row, one: Expected) -> Iterator[Fault]:
    """By the time it is expected, the one warning that is meant has been raised."""
    ids, path = raisers(scenario, row), ("msel", row.id, "expects", one.id)
    if one.of and one.of not in ids:
        yield (
            path,
            Words(
                f"{one.id}无法做到：到那时“{one.of}”没有发起预警",
                f"{one.id} can never be met: “{one.of}” has raised no warning by then",
            ),
            Words("of 请写发起预警的行的编号。", "“of” is the row that raises the warning."),
        )
    elif not ids:
        yield (
            path,
            Words(
                f"{one.id}无法做到：到那时没有发起预警",
                f"{one.id} can never be met: no warning is raised by then",
            ),
            Words("请给该行或之前的行写 raises。", "Give this row or one before it “raises”."),
        )
    elif len(ids) > 1 and not one.of:
        yield (
            path,
            Words(f"{one.id}没有写明是哪个预警", f"It is not said which warning {one.id} is about"),
            Words(f"of 可用：{'、'.join(ids)}。", f"“of” may be {', '.join(ids)}."),
        )
