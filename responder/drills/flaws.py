"""What is wrong with a drill's file before anybody is asked to take part (`drill check`).

Each rule is a function of scenario and site; a drill with a flaw is not approved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from responder.domain.drill import DrillScenario, Kind, Result
from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.drill_run import LONGEST
from responder.domain.people import BY_HAND, VIAS
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.partners import partner_faults
from responder.drills.people import possible
from responder.drills.sessions import session_met
from responder.drills.unmeetable import unmeetable
from responder.drills.warning_flaws import warning_faults

SHORTEST_HEADING = 6
"""Fewer signs than these say nothing."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing to be mended: where in the file (`rows`, a row's id, …), what, how."""

    path: tuple[str, ...]
    what: Words
    mend: Words


def flaws(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """Everything wrong with a scenario, in the order of its file."""
    for rule in RULES:
        yield from rule(scenario, site)


def _plan_says_all(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """The nine headings of 7.1 w, each with something in it in the firm's first language."""
    for heading, name in PLAN_HEADINGS.items():
        said = scenario.plan.get(heading, Words()).said(site.language)
        if len(said.strip()) < SHORTEST_HEADING:
            yield Flaw(
                ("plan", heading),
                Words(f"演练计划缺少“{name.zh}”", f"The drill plan says nothing of its {name.en}"),
                Words(f"请填写 plan.{heading}。", f"Fill in plan.{heading}."),
            )


def _playbook_is_there(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    if scenario.kind is not Kind.REACHABILITY and scenario.playbook not in site.playbooks:
        yield Flaw(
            ("playbook",),
            Words(
                f"没有“{scenario.playbook}”这个处置方案",
                f"There is no playbook {scenario.playbook}",
            ),
            Words(f"可用：{'、'.join(site.playbooks)}。", f"Use {', '.join(site.playbooks)}."),
        )


def _has_people(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """Somebody takes part, and somebody who conducts it is known."""
    if not possible(site, scenario.recipients):
        yield Flaw(
            ("recipients",),
            Words("没有参演人员", "Nobody takes part"),
            Words("请填写 recipients。", "Name people under “recipients”."),
        )
    for field, targets in (
        ("recipients", scenario.recipients),
        ("controllers", scenario.controllers),
    ):
        for target in targets:
            if not possible(site, (target,)):
                yield Flaw(
                    (field, target),
                    Words(f"“{target}”不指任何人", f"“{target}” means nobody"),
                    Words("请核对编号。", "Check the id."),
                )


def _lasts_a_while(scenario: DrillScenario, _site: Site) -> Iterator[Flaw]:
    if not timedelta(0) < scenario.lasts <= LONGEST:
        hours = LONGEST // timedelta(hours=1)
        yield Flaw(
            ("lasts",),
            Words(f"演练时长须在{hours}小时以内", f"A drill lasts {hours} hours at most"),
            Words("请修改 lasts。", "Change “lasts”."),
        )


def _keeps_out_of_sessions(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """Not in trading hours (6.2), unless the file says why."""
    met = "" if scenario.off_days else session_met(scenario, site)
    if met and not scenario.in_session.strip():
        yield Flaw(
            ("starts",),
            Words(
                f"演练时间与{met}的交易时段重叠", f"The planned time falls into a session of {met}"
            ),
            Words(
                "请改期，或在 in_session 写明理由。",
                "Move it, or give the reason in “in_session”.",
            ),
        )


def _rows_lie_within(scenario: DrillScenario, _site: Site) -> Iterator[Flaw]:
    for row in scenario.rows.values():
        if not timedelta(0) <= row.at <= scenario.lasts:
            yield Flaw(
                ("msel", row.id),
                Words(f"{row.id}在演练结束之后", f"{row.id} comes after the drill’s end"),
                Words("请改时间，或延长 lasts。", "Move it, or let the drill last longer."),
            )


def _rows_stay_inside(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """No row goes to anybody outside the drill's list, or by a way that no machine takes (P5)."""
    inside = possible(site, scenario.recipients) | possible(site, scenario.controllers)
    for row in scenario.rows.values():
        for target in row.to:
            people = possible(site, (target,))
            if not people or not people <= inside:
                yield Flaw(
                    ("msel", row.id, "to", target),
                    Words(
                        f"{row.id}发给名单外的“{target}”",
                        f"{row.id} goes to “{target}”, outside the list",
                    ),
                    Words(
                        "请列入 recipients，或改收件人。", "Add them to “recipients”, or change it."
                    ),
                )
        for via in row.by:
            if via not in VIAS or via == BY_HAND:
                yield Flaw(
                    ("msel", row.id, "by", via),
                    Words(f"{row.id}不能用“{via}”发送", f"{row.id} cannot go by “{via}”"),
                    Words(f"可用：{'、'.join(VIAS[:-1])}。", f"Use {', '.join(VIAS[:-1])}."),
                )


def _rows_say_something(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    for row in scenario.rows.values():
        if not row.text.said(site.language).strip() and not row.expects:
            yield Flaw(
                ("msel", row.id),
                Words(f"{row.id}没有内容，也不期待任何动作", f"{row.id} says and expects nothing"),
                Words("请填写 text 或 expects。", "Fill in “text” or “expects”."),
            )


def _expectations_differ(scenario: DrillScenario, _site: Site) -> Iterator[Flaw]:
    seen: dict[str, str] = {}
    for row in scenario.rows.values():
        for one in row.expects:
            if one.id in seen:
                yield Flaw(
                    ("msel", row.id, "expects", one.id),
                    Words(
                        f"预期动作{one.id}写了两次", f"The expected action {one.id} stands twice"
                    ),
                    Words("请改编号。", "Give it another id."),
                )
            seen[one.id] = row.id


def _expectations_can_be_met(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """The act exists, is done to something of the playbook, by somebody in the drill, in time."""
    inside = possible(site, scenario.recipients)
    for row, one in scenario.expected.values():
        yield from (
            Flaw(("msel", row.id, "expects", one.id), what, mend)
            for what, mend in unmeetable(scenario, site, row, one, inside)
        )


def _conditions_look_back(scenario: DrillScenario, _site: Site) -> Iterator[Flaw]:
    """What a row depends on is known by then; no row depends on itself by any detour."""
    for row in scenario.rows.values():
        for condition in row.only_if:
            found = scenario.expected.get(condition.expected)
            path = ("msel", row.id, "only_if", condition.expected)
            if found is None:
                yield Flaw(
                    path,
                    Words(
                        f"没有“{condition.expected}”这个预期动作",
                        f"There is no expected action {condition.expected}",
                    ),
                    Words("请核对编号。", "Check the id."),
                )
            elif row.id in _leads_to(scenario, found[0].id, row.id):
                yield Flaw(
                    path,
                    Words(
                        f"{row.id}的条件构成循环",
                        f"The conditions of {row.id} go round in a circle",
                    ),
                    Words("请去掉其中一个条件。", "Take one of the conditions away."),
                )
            elif found[0].at + found[1].within > row.at:
                yield Flaw(
                    path,
                    Words(
                        f"到{row.id}时还不知道{condition.expected}做没做到",
                        f"At {row.id} nobody can know yet whether {condition.expected} was done",
                    ),
                    Words("请把该行推后，或缩短时限。", "Move the row back, or shorten the limit."),
                )


def _leads_to(scenario: DrillScenario, start: str, wanted: str) -> set[str]:
    """The rows that a row depends on, itself among them, as far as `wanted`."""
    found, left = set[str](), [start]
    while left and wanted not in found:
        id = left.pop()
        if id in found:
            continue
        found.add(id)
        row = scenario.rows[id]
        before = (scenario.expected.get(c.expected) for c in row.only_if)
        left += [one[0].id for one in before if one]
    return found


def _objectives_are_shown(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """Every objective has an expected action, each of these an objective and a known evaluator."""
    if not scenario.objectives:
        yield Flaw(
            ("objectives",),
            Words("没有写明演练目标", "The drill has no objective"),
            Words("请填写 objectives。", "Fill in “objectives”."),
        )
    served = {one.objective for _, one in scenario.expected.values()}
    for id in scenario.objectives:
        if id not in served:
            yield Flaw(
                ("objectives", id),
                Words(f"目标{id}没有任何预期动作", f"Nothing is expected for the objective {id}"),
                Words("请在 msel 中补充。", "Add something to the list."),
            )
    for row, one in scenario.expected.values():
        if one.objective not in scenario.objectives:
            yield Flaw(
                ("msel", row.id, "expects", one.id, "objective"),
                Words(f"{one.id}没有对应的目标", f"{one.id} serves no objective"),
                Words("请填写 objective。", "Fill in “objective”."),
            )
        if one.evaluator and one.evaluator not in site.people:
            yield Flaw(
                ("msel", row.id, "expects", one.id, "evaluator"),
                Words(f"评估人“{one.evaluator}”不存在", f"The evaluator {one.evaluator} is nobody"),
                Words("请核对编号。", "Check the id."),
            )


def _scripts_can_be_played(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """One script meets everything, one fails in something; whoever speaks takes part."""
    inside = possible(site, scenario.recipients) | possible(site, scenario.controllers)
    results = [set(script.results.values()) for script in scenario.scripts.values()]
    if not any(not found - {Result.DONE} for found in results):
        yield _lacking("full", "全部做到", "that meets everything")
    if not any(Result.NOT_DONE in found for found in results):
        yield _lacking("failing", "有未做到", "that fails in something")
    for id, script in scenario.scripts.items():
        for cue in script.cues:
            if not possible(site, (cue.who,)) & inside:
                yield Flaw(
                    ("scripts", id, cue.who),
                    Words(
                        f"脚本{id}中的“{cue.who}”不参演",
                        f"“{cue.who}” in script {id} takes no part",
                    ),
                    Words("请核对 recipients。", "Check “recipients”."),
                )
        for expected in script.results:
            if expected not in scenario.expected:
                yield Flaw(
                    ("scripts", id, "results", expected),
                    Words(
                        f"没有“{expected}”这个预期动作", f"There is no expected action {expected}"
                    ),
                    Words("请核对编号。", "Check the id."),
                )


def _partners_are_known(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """Who else takes part in a joint drill."""
    yield from (Flaw(*fault) for fault in partner_faults(scenario, site))


def _warnings_can_be_played(scenario: DrillScenario, site: Site) -> Iterator[Flaw]:
    """Rows that raise an early warning, and what is expected of it (7.2)."""
    yield from (Flaw(*fault) for fault in warning_faults(scenario, site))


def _lacking(id: str, zh: str, en: str) -> Flaw:
    return Flaw(
        ("scripts",),
        Words(f"缺少{zh}的预演脚本", f"There is no rehearsal script {en}"),
        Words(f"请在 scripts.{id} 补上。", f"Add one, scripts.{id}."),
    )


RULES = (
    _playbook_is_there,
    _keeps_out_of_sessions,
    _lasts_a_while,
    _plan_says_all,
    _has_people,
    _partners_are_known,
    _objectives_are_shown,
    _rows_lie_within,
    _rows_stay_inside,
    _rows_say_something,
    _expectations_differ,
    _expectations_can_be_met,
    _warnings_can_be_played,
    _conditions_look_back,
    _scripts_can_be_played,
)
