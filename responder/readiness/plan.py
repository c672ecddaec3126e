"""The plan: its ten sections (7.1 a to j)."""

from collections.abc import Iterator

from responder.domain.plan_in_force import PlanInForce, plan_in_force
from responder.domain.register import Section
from responder.domain.words import Words
from responder.readiness.control import Gap, Judge, Light, Seen, control
from responder.readiness.naming import named
from responder.readiness.situation import Situation

SHORTEST_SECTION = 20
"""Fewer signs than this say nothing that a plan should say."""


def found_plan(situation: Situation) -> PlanInForce | None:
    """The plan in force, with the version kept of it."""
    return plan_in_force(situation.site, situation.plan_versions)


def keeper(situation: Situation) -> str:
    """Who sees to the plan."""
    plan = situation.site.plan
    return (plan.keeper or plan.approver) if plan else ""


def _section_gaps(situation: Situation, letter: str, name: Words) -> Iterator[Gap]:
    sections = (situation.site.plan.sections if situation.site.plan else None) or {}
    section = sections.get(letter)
    title, mend = Words(f"{letter} {name.zh}", f"{letter} {name.en}"), _to_write(letter)
    if section is None:
        what = Words(f"应急预案缺少“{title.zh}”", f"The plan lacks the section “{title.en}”")
        yield Gap(what, mend, owner=keeper(situation))
    elif _length(section) < SHORTEST_SECTION:
        what = Words(
            f"应急预案的“{title.zh}”不足{SHORTEST_SECTION}字",
            f"The plan’s section “{title.en}” is shorter than {SHORTEST_SECTION} signs",
        )
        yield Gap(what, mend, owner=keeper(situation))


def _to_write(letter: str) -> Words:
    return Words(
        f"请在 playbooks/plan.yaml 的 sections 下写明 {letter} 项，然后 plan adopt。",
        f"Write section {letter} in playbooks/plan.yaml, then `plan adopt`.",
    )


def _length(section: Section) -> int:
    return max(len("".join(text.split())) for text in (section.body.zh, section.body.en))


def _no_more(_situation: Situation) -> Iterator[Gap]:
    yield from ()


def _scope_is_listed(situation: Situation) -> Iterator[Gap]:
    """Section b is about systems that are on the list, and about every core one."""
    if not situation.site.systems:
        yield Gap(
            Words("系统清单为空，适用范围没有着落", "No systems are listed, so there is no scope"),
            Words("请填写 contacts/systems.yaml。", "Fill in contacts/systems.yaml."),
        )
    section = ((situation.site.plan.sections if situation.site.plan else None) or {}).get("b")
    listed = section.systems if section else ()
    for id in listed:
        if id not in situation.site.systems:
            yield Gap(
                Words(
                    f"适用范围所列系统{id}不在系统清单",
                    f"The scope names {id}, which is not listed",
                ),
                _to_write("b"),
                owner=keeper(situation),
            )
    for system in situation.site.systems.values():
        if listed and system.core and system.id not in listed:
            name = named(system.name, system.id)
            yield Gap(
                Words(f"适用范围没有列入{name.zh}", f"The scope leaves out {name.en}"),
                _to_write("b"),
                Light.AMBER,
                keeper(situation),
            )


def _organisation_is_current(situation: Situation) -> Iterator[Gap]:
    """Section c is made from the roster: where that departs, the plan is no longer what it was."""
    found = found_plan(situation)
    kept = found.kept if found else None
    if kept is not None and any(one.section == "c" for one in kept.departures):
        yield Gap(
            Words(
                "组织体系已变，预案标为“报备后有变化”",
                "The organisation changed: the plan is marked changed since filing",
            ),
            Words("请 plan diff 查看，再 plan adopt。", "See `plan diff`, then `plan adopt`."),
            Light.AMBER,
            keeper(situation),
        )


def _is_supported(situation: Situation) -> Iterator[Gap]:
    """Section d rests on registers; what is missing there is red in its own control."""
    registers = {one.register for one in situation.site.provisions.values()}
    for register, name in (
        ("agreement", Words("支持协议", "agreements")),
        ("spare", Words("备品备件", "spares")),
    ):
        if register not in registers:
            yield Gap(
                Words(f"d项没有关联的{name.zh}", f"Section d links to no {name.en}"),
                Words("请登记：responder register。", "Put them on register: `register`."),
                Light.AMBER,
            )


def _schemes_are_kept(situation: Situation) -> Iterator[Gap]:
    """Every scheme has an owner."""
    for book in situation.site.playbooks.values():
        if not book.owner:
            name = named(book.title, book.id)
            yield Gap(
                Words(f"处置方案{name.zh}没有责任人", f"The scheme {name.en} has no owner"),
                Words(
                    f"请在 playbooks/{book.id}.yaml 填写 owner。",
                    f"Add “owner” to playbooks/{book.id}.yaml.",
                ),
            )


SECTIONS = {
    "a": (Words("目的和依据", "purpose and basis"), _no_more),
    "b": (Words("适用范围", "scope"), _scope_is_listed),
    "c": (Words("组织体系及职责", "organisation and duties"), _organisation_is_current),
    "d": (Words("预防、保障与应急准备", "prevention, safeguards, preparation"), _is_supported),
    "e": (Words("预警监测、处置和信息报送", "warning, handling, submission"), _no_more),
    "f": (Words("事件分级分类", "grading and classification"), _no_more),
    "g": (Words("报告流程", "reporting procedure"), _no_more),
    "h": (Words("处置一般原则", "general principles of handling"), _no_more),
    "i": (Words("处置的具体方案", "concrete handling schemes"), _schemes_are_kept),
    "j": (Words("内部调查和总结的要求", "internal investigation and summary"), _no_more),
}


def _judge(letter: str) -> Judge:
    name, more = SECTIONS[letter]

    def judge(situation: Situation) -> Seen:
        plan = situation.site.plan
        version = plan.version if plan else ""
        return Seen(
            (*_section_gaps(situation, letter, name), *more(situation)),
            Words(
                f"预案{version}版{letter}项“{name.zh}”已写明",
                f"Version {version} of the plan has section {letter}, {name.en}",
            ),
            plan.published_on if plan else None,
        )

    return judge


for _letter, (_name, _) in SECTIONS.items():
    control(f"7.1-P.{_letter}", f"预案{_letter}：{_name.zh}", f"Plan {_letter}: {_name.en}")(
        _judge(_letter)
    )
