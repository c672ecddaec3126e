"""The six rules of the plan: covered, worded, reviewed, learning from drills, filed (7.1 R)."""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.fault_grid import fault_grid
from responder.domain.plan_in_force import unanswered
from responder.domain.plan_life import REVISE_WITHIN
from responder.domain.plan_lines import addressee
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import listed, named
from responder.readiness.plan import found_plan, keeper
from responder.readiness.situation import Situation

SOON = timedelta(days=30)
NO_PLAN = Gap(
    Words("没有应急预案", "There is no emergency plan"),
    Words("请编写 playbooks/plan.yaml。", "Write playbooks/plan.yaml."),
)


@control("7.1-R.a", "方案覆盖各类技术故障", "A scheme for every failure that may occur")
def covers_every_fault(situation: Situation) -> Seen:
    """Each fault at each system has a handling flow and a reporting flow."""
    site = situation.site
    cells = fault_grid(site)
    if not site.faults:
        what = Words("没有登记可能发生的技术故障", "No failures that may occur are listed")
        return Seen(
            (Gap(what, Words("请填写 playbooks/faults.yaml。", "Fill in playbooks/faults.yaml.")),)
        )
    gaps = []
    for cell in cells:
        if not cell.is_hole:
            continue
        system = named(site.systems[cell.system].name, cell.system)
        known = site.faults.get(cell.fault)
        fault = named(known.name, cell.fault) if known else Words("任何故障", "any fault")
        lacks = listed(LACKS[one] for one in cell.lacks)
        owner = site.systems[cell.system].owner
        gaps.append(
            Gap(
                Words(
                    f"{system.zh}·{fault.zh}：缺{lacks.zh}",
                    f"{system.en}, {fault.en}: no {lacks.en}",
                ),
                Words(
                    "请补写处置方案（playbooks/），用 responder plan coverage 核对。",
                    "Write the playbook (playbooks/) and look again with `plan coverage`.",
                ),
                owner=owner,
            )
        )
    proof = Words(
        f"{len(site.systems)}个系统、{len(site.faults)}类故障，{len(cells)}处均有处置流程和报告流程",
        f"{len(site.systems)} systems, {len(site.faults)} faults: all {len(cells)} places have"
        " a handling flow and a reporting flow",
    )
    return Seen(tuple(gaps), proof, site.plan.reviewed_on if site.plan else None)


LACKS = {
    "scheme": Words("处置方案", "scheme"),
    "handling": Words("处置流程", "handling flow"),
    "reporting": Words("报告流程", "reporting flow"),
}


@control("7.1-R.b", "统一解释口径和公告模板", "Agreed wording and notice templates")
def has_its_wording(situation: Situation) -> Seen:
    """Each scheme has its line to take, in the languages of the site, and notices."""
    site, gaps = situation.site, []
    for book in site.playbooks.values():
        name, wording = named(book.title, book.id), site.wordings.get(book.wording)
        mend = Words(
            f"请补写 templates/wording/{book.wording or book.id}.yaml 和公告模板。",
            f"Write templates/wording/{book.wording or book.id}.yaml and the notices.",
        )
        if wording is None or not wording.line.zh:
            what = Words(f"{name.zh}没有统一解释口径", f"{name.en} has no line to take")
            gaps.append(Gap(what, mend, owner=book.owner))
        elif not book.notices:
            what = Words(f"{name.zh}没有公告模板", f"{name.en} has no notice templates")
            gaps.append(Gap(what, mend, owner=book.owner))
    count = len(site.playbooks)
    return Seen(
        tuple(gaps),
        Words(
            f"{count}个处置方案均有口径和公告模板", f"All {count} schemes have a line and notices"
        ),
        site.plan.reviewed_on if site.plan else None,
    )


@control("7.1-R.c", "每年至少评估一次", "Reviewed at least once a year, and revised")
def is_reviewed(situation: Situation) -> Seen:
    """The last review is less than a year old; a revision it asked for came."""
    found = found_plan(situation)
    if found is None:
        return Seen((NO_PLAN,))
    by, today, owner = found.review_by, situation.today, keeper(situation)
    mend = Words(
        "请组织评估：responder plan review --findings … --decision …",
        "Hold the review: `plan review --findings … --decision …`.",
    )
    gaps = []
    if by is None:
        gaps.append(Gap(Words("预案从未评估", "The plan was never reviewed"), mend, owner=owner))
    elif today > by:
        late = (today - by).days
        what = Words(f"预案评估已逾期{late}天", f"The plan’s review is {late} days overdue")
        gaps.append(Gap(what, mend, owner=owner))
    elif by - today <= SOON:
        what = Words(f"预案应于{by}前评估", f"The plan is to be reviewed by {by}")
        gaps.append(Gap(what, mend, Light.AMBER, owner))
    revise = found.kept.revise_by if found.kept else None
    if revise is not None:
        what = Words(
            f"评估要求修订，应于{revise}前发布新版本",
            f"The review asks for a new version by {revise}",
        )
        light = Light.RED if today > revise else Light.AMBER
        gaps.append(Gap(what, _adopt(), light, owner))
    on = found.plan.reviewed_on
    return Seen(
        tuple(gaps), Words(f"上次评估{on}，{by}前再评", f"Reviewed {on}, again by {by}"), on
    )


def _adopt() -> Words:
    return Words("请修订后 responder plan adopt。", "Revise it, then `plan adopt`.")


@control("7.1-R.d", "根据演练情况评估和更新", "Evaluated and updated after drills")
def learns_from_drills(situation: Situation) -> Seen:
    """Each drill answered whether the plan changes, and each yes is taken up by a version."""
    site, today = situation.site, situation.today
    held = [d for d in site.drills_held if d.on and d.on <= today]
    gaps = (*_unsaid(situation), *_not_taken_up(situation))
    proof = Words(
        f"{len(held)}次演练均已写明预案是否修订，提出的修订均有对应版本",
        f"{len(held)} drills say whether the plan changes; every change asked for has its version",
    )
    return Seen(gaps, proof, max((d.on for d in held if d.on), default=None))


def _unsaid(situation: Situation) -> Iterator[Gap]:
    """Drills evaluated without saying whether the plan changes."""
    for drill in situation.site.drills_held:
        if drill.evaluated_on and not drill.plan_changes:
            what = Words(
                f"演练{drill.id}没有写明预案是否修订",
                f"Drill {drill.id} does not say whether the plan changes",
            )
            mend = Words(
                "请在 contacts/drills.yaml 填写 plan_changes。",
                "Add “plan_changes” in contacts/drills.yaml.",
            )
            yield Gap(what, mend, owner=keeper(situation))


def _not_taken_up(situation: Situation) -> Iterator[Gap]:
    """Changes that drills ask for and no version made."""
    for drill in unanswered(situation.site, situation.plan_versions):
        since = drill.evaluated_on or drill.on or situation.today
        what = Words(
            f"演练{drill.id}要求修订预案，尚无版本对应",
            f"Drill {drill.id} asks for a change that no version refers to",
        )
        mend = Words(
            f"请修订后 responder plan adopt --references {drill.id}。",
            f"Revise it, then `plan adopt --references {drill.id}`.",
        )
        late = situation.today > since + REVISE_WITHIN
        yield Gap(what, mend, Light.RED if late else Light.AMBER, keeper(situation))


@control("7.1-R.e", "预案报备", "The plan is filed with the authority")
def is_filed(situation: Situation) -> Seen:
    """It was filed with the authority that the kind of institution decides, with a receipt."""
    found = found_plan(situation)
    if found is None:
        return Seen((NO_PLAN,))
    to, owner = addressee(situation.site)[1], keeper(situation)
    filing = found.filing
    proof = Words(
        f"{found.plan.version}版已报{to.zh}（{filing.on}，回执{filing.receipt}）"
        if filing
        else "已报备",
        f"Version {found.plan.version} filed with {to.said('en')} on {filing.on},"
        f" receipt {filing.receipt}"
        if filing
        else "filed before",
    )
    file = Words(
        f"请向{to.zh}报备，并 responder plan file 登记。",
        f"File it with {to.said('en')} and record it with `plan file`.",
    )
    gaps = []
    if not found.filed_before:
        what = Words(f"预案未报备（{to.zh}）", f"The plan is not filed with {to.said('en')}")
        gaps.append(Gap(what, file, owner=owner))
    elif filing is not None and not filing.receipt:
        what = Words("报备没有回执编号", "The filing has no receipt number")
        gaps.append(Gap(what, file, Light.AMBER, owner))
    elif filing is None and found.kept is not None and not found.kept.filed_on:
        version = found.plan.version
        what = Words(f"{version}版未报备", f"Version {version} is not filed")
        gaps.append(Gap(what, file, Light.AMBER, owner))
    return Seen(tuple(gaps), proof, filing.on if filing else None)


@control("7.1-R.f", "重大变化重新报备", "Filed again after a major change")
def is_refiled(situation: Situation) -> Seen:
    """A major change, of the text or of the register, is adopted and filed in time."""
    found = found_plan(situation)
    if found is None:
        return Seen((NO_PLAN,))
    by, today, owner = found.refile_by, situation.today, keeper(situation)
    if by is None:
        proof = Words("报备后没有重大变化", "Nothing major changed since it was filed")
        return Seen((), proof, found.filing.on if found.filing else None)
    departs = found.kept is not None and found.kept.departs_gravely
    mend = (
        Words(
            "请 responder plan adopt 新版本并 plan file 重新报备。",
            "`plan adopt` a new version and `plan file` it.",
        )
        if departs
        else Words("请重新报备，并 responder plan file 登记。", "File it again with `plan file`.")
    )
    late = today > by
    what = Words(
        f"重大变化须于{by}前重新报备" + "，已逾期" * late,
        f"A major change is to be filed by {by}" + ", and is overdue" * late,
    )
    return Seen((Gap(what, mend, Light.RED if late else Light.AMBER, owner),))
