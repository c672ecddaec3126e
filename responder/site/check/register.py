"""Related units, systems and the plan (4.4, 4.7, 7.1)."""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.register import UNIT_KIND_NAMES, UNIT_KINDS, Plan
from responder.domain.words import Words
from responder.site.check.view import View, named
from responder.site.finding import Finding, did_you_mean

VERIFIED_FOR = timedelta(days=180)
REVIEWED_FOR = timedelta(days=365)
SHORTEST_SECTION = 20
"""Fewer signs than this say nothing that a plan should say."""
INSTITUTIONS = ("core", "operating")

_SECTIONS = {
    "a": Words("目的和依据", "purpose and basis"),
    "b": Words("适用范围", "scope"),
    "c": Words("组织体系及职责", "organisation and duties"),
    "d": Words("预防措施、保障措施与应急准备", "prevention, safeguards and preparation"),
    "e": Words("预警监测、处置和信息报送", "warning, handling and submission of information"),
    "f": Words("分级分类", "grading and classification"),
    "g": Words("报告流程", "reporting procedure"),
    "h": Words("处置的一般原则", "general principles of handling"),
    "i": Words("处置的具体方案", "concrete handling schemes"),
    "j": Words("内部调查处理以及分析总结的要求", "internal investigation and summary"),
}


def unit_kinds_are_covered(view: View) -> Iterator[Finding]:
    """The table of related units has all the kinds of 4.7, and no others."""
    present = {unit.kind for unit in view.site.units.values()}
    for kind, name in UNIT_KIND_NAMES.items():
        if kind not in present:
            yield view.error(
                ("units",),
                "4.7-1",
                Words(
                    f"关联单位联系表缺少{name.zh}（{kind}）",
                    f"The table of related units lacks {name.en} ({kind})",
                ),
                Words("请补充该类单位。", "Add a unit of this kind."),
            )
    for unit in view.site.units.values():
        if unit.kind not in UNIT_KINDS:
            known = Words(
                f"可用：{'、'.join(UNIT_KINDS)}。", f"The kinds are {', '.join(UNIT_KINDS)}."
            )
            yield view.error(
                ("units", unit.id, "kind"),
                "4.7-1",
                Words(f"没有“{unit.kind}”这类关联单位", f"There is no kind of unit “{unit.kind}”"),
                did_you_mean(unit.kind, UNIT_KINDS, known),
            )


def units_can_be_reached(view: View) -> Iterator[Finding]:
    """A related unit has a contact and a means to reach them."""
    for unit in view.site.units.values():
        name = named(unit.name, unit.id)
        if not unit.contact.said("zh"):
            yield view.error(
                ("units", unit.id, "contact"),
                "7.1-o.3",
                Words(f"关联单位{name.zh}没有联系人", f"{name.en} has no contact"),
                Words("请填写 contact。", "Add “contact”."),
            )
        if not unit.reach:
            yield view.error(
                ("units", unit.id, "reach"),
                "7.1-o.3",
                Words(f"关联单位{name.zh}没有联系方式", f"{name.en} has no means to be reached"),
                Words("请填写 reach。", "Add “reach”."),
            )
        if not unit.business.said("zh"):
            yield view.warning(
                ("units", unit.id, "business"),
                "4.7-2",
                Words(f"关联单位{name.zh}没有业务事项", f"{name.en} has no business matter"),
                Words("请填写 business。", "Add “business”."),
            )


def units_were_verified(view: View) -> Iterator[Finding]:
    """Each unit's line was tried in the last 180 days."""
    for unit in view.site.units.values():
        name, last = named(unit.name, unit.id), unit.verified_on
        if last is not None and view.today - last <= VERIFIED_FOR:
            continue
        what = (
            Words(f"关联单位{name.zh}从未核对", f"{name.en} was never verified")
            if last is None
            else Words(
                f"关联单位{name.zh}上次核对于{last}，已超过{VERIFIED_FOR.days}天",
                f"{name.en} was last verified on {last}, over {VERIFIED_FOR.days} days ago",
            )
        )
        mend = Words("请联系核对，并更新 verified_on。", "Try the line and set “verified_on”.")
        yield view.warning(("units", unit.id, "verified_on"), "4.7-2", what, mend)


def units_told_are_known(view: View) -> Iterator[Finding]:
    """A record that a unit was told names a unit, and a day that has been."""
    for number, one in enumerate(view.site.units_told):
        if one.unit not in view.site.units:
            otherwise = Words("请检查单位编号。", "Check the unit's id.")
            yield view.error(
                ("units_told", number, "unit"),
                "7.1-o.2",
                Words(f"没有“{one.unit}”这个关联单位", f"There is no related unit “{one.unit}”"),
                did_you_mean(one.unit, view.site.units, otherwise),
            )
        if one.on > view.today:
            yield view.error(
                ("units_told", number, "on"),
                "7.1-o.2",
                Words(f"告知日期{one.on}在今天之后", f"Told on {one.on}, which is yet to come"),
                Words("请核对 on。", "Check “on”."),
            )


def systems_are_answered_for(view: View) -> Iterator[Finding]:
    """A system has an owner, an operator and a playbook."""
    covered = {id for playbook in view.site.playbooks.values() for id in playbook.systems}
    for system in view.site.systems.values():
        name = named(system.name, system.id)
        for key, given, what in (
            ("owner", system.owner, Words("没有主管人", "has no owner")),
            ("operator", system.operator, Words("没有运行人", "has no operator")),
        ):
            if not given:
                yield view.error(
                    ("systems", system.id, key),
                    "7.1-4",
                    Words(f"系统{name.zh}{what.zh}", f"The system {name.en} {what.en}"),
                    Words(f"请填写 {key}。", f"Add “{key}”."),
                )
        if system.id not in covered:
            yield view.error(
                ("systems", system.id),
                "7.1-R.a",
                Words(f"系统{name.zh}没有处置方案", f"The system {name.en} has no playbook"),
                Words(
                    "请在相应处置方案的 systems 中列出。",
                    "List it under “systems” of a playbook.",
                ),
            )
        if system.customers < 0:
            yield view.error(
                ("systems", system.id, "customers"),
                "7.2-8b",
                Words("客户数为负", "The number of customers is negative"),
                Words("请核对 customers。", "Check “customers”."),
            )


def institution_is_known(view: View) -> Iterator[Finding]:
    """The kind of institution decides whom the plan is filed with."""
    firm = view.site.firm
    if firm.institution not in INSTITUTIONS:
        yield view.error(
            ("firm", "institution"),
            "7.1-R.e",
            Words(
                f"没有“{firm.institution}”这类机构",
                f"There is no kind of institution “{firm.institution}”",
            ),
            Words("请写 core（核心机构）或 operating（经营机构）。", "Write core or operating."),
        )
    if firm.institution == "operating" and not firm.bureau:
        yield view.warning(
            ("firm", "bureau"),
            "7.1-R.e",
            Words("没有写明住所地证监局", "The local bureau is not named"),
            Words("请在 bureau 填写关联单位编号。", "Name a unit under “bureau”."),
        )


def plan_is_complete(view: View) -> Iterator[Finding]:
    """The plan has its ten sections, and each of them says something."""
    sections = (view.site.plan.sections if view.site.plan else None) or {}
    for letter, name in _SECTIONS.items():
        section = sections.get(letter)
        clause = f"7.1-P.{letter}"
        title = Words(f"{letter} {name.zh}", f"{letter} {name.en}")
        path = ("plan", "sections", letter)
        if section is None:
            yield view.error(
                path,
                clause,
                Words(f"应急预案缺少“{title.zh}”", f"The plan lacks the section “{title.en}”"),
                Words("请补写该部分。", "Write the section."),
            )
        elif _length(section.body) < SHORTEST_SECTION:
            yield view.error(
                path,
                clause,
                Words(
                    f"应急预案的“{title.zh}”不足{SHORTEST_SECTION}字",
                    f"The plan’s section “{title.en}” is shorter than {SHORTEST_SECTION} signs",
                ),
                Words("请写明具体内容。", "Write out what it has to say."),
            )


def _length(body: Words) -> int:
    return max(len("".join(text.split())) for text in (body.zh, body.en))


def plan_is_controlled(view: View) -> Iterator[Finding]:
    """The plan is a controlled document: version, approver, sensitivity."""
    plan = view.site.plan
    if plan is None:
        return
    for key, given, name in (
        ("version", plan.version, Words("版本", "version")),
        ("approver", plan.approver, Words("审批人", "approver")),
        ("sensitivity", plan.sensitivity, Words("敏感性标识", "sensitivity")),
    ):
        if not given:
            yield view.warning(
                ("plan", key),
                "4.4",
                Words(f"应急预案没有{name.zh}", f"The plan has no {name.en}"),
                Words(f"请填写 {key}。", f"Add “{key}”."),
            )


def plan_was_reviewed(view: View) -> Iterator[Finding]:
    """The plan was reviewed within a year."""
    plan = view.site.plan
    if plan is None:
        return
    last = plan.reviewed_on
    if last is not None and view.today - last <= REVIEWED_FOR:
        return
    what = (
        Words("应急预案从未评估", "The plan was never reviewed")
        if last is None
        else Words(
            f"应急预案上次评估于{last}，已超过一年",
            f"The plan was last reviewed on {last}, over a year ago",
        )
    )
    mend = Words("请评估、修订，并更新 reviewed_on。", "Review it and set “reviewed_on”.")
    yield view.warning(("plan", "reviewed_on"), "7.1-R.c", what, mend)


def plan_was_filed(view: View) -> Iterator[Finding]:
    """The plan in force was filed."""
    plan = view.site.plan
    if plan is None or _filed(plan):
        return
    core = view.site.firm.institution == "core"
    to = Words("中国证监会", "the CSRC") if core else Words("住所地证监局", "the local CSRC bureau")
    what = (
        Words("应急预案发布后未重新报备", "The plan was published anew and not filed again")
        if plan.filed
        else Words("应急预案未报备", "The plan was not filed")
    )
    yield view.warning(
        ("plan", "filed"),
        "7.1-R.f" if plan.filed else "7.1-R.e",
        what,
        Words(
            f"请向{to.zh}报备，并登记于 filed。", f"File it with {to.en} and note it in “filed”."
        ),
    )


def _filed(plan: Plan) -> bool:
    """Whether a filing is no older than the version in force."""
    published = plan.published_on
    return any(published is None or filing.on >= published for filing in plan.filed)
