"""7.1 w to aa: drills planned, held each half-year, recorded, improved upon, reported.

Who owns what. 7.1-x counts a drill by its day alone; its plan and approval are 7.1-w, its record
7.1-y, evaluation and findings (and measures that came of drills) 7.1-z, the year's report 7.1-aa.
x' looks at drills that run now. That the plan is looked at after a drill is 7.1-R.d, that key
posts take part 7.1-l.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from responder.domain.drill_record import (
    PLAN_HEADINGS,
    DrillRecord,
    half_before,
    half_of,
    last_quarter_of,
)
from responder.domain.incident import Incident
from responder.domain.measure import Origin
from responder.domain.retention import LEAST_YEARS
from responder.domain.words import Words
from responder.readiness.answering import COORDINATOR, granted
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.measures import SOON, measure_gaps
from responder.readiness.naming import listed, named, oldest
from responder.readiness.situation import Situation

DRILLS = "contacts/drills.yaml"
EVALUATED_WITHIN = timedelta(days=30)
LONGEST_DRILL = timedelta(days=1)
REPORT_FROM = 12
"""The month of the year from which its drills still to be reported are spoken of."""


def held(situation: Situation) -> list[DrillRecord]:
    """The drills that were held, the earliest first."""
    today = situation.today
    return sorted(
        (one for one in situation.site.drills_held if one.on and one.on <= today),
        key=lambda one: one.on or date.min,
    )


def _kept(situation: Situation) -> list[DrillRecord]:
    """Those of the years for which records must be kept."""
    since = situation.today - timedelta(days=LEAST_YEARS * 365)
    return [one for one in held(situation) if one.on and one.on >= since]


NONE = Words("近两年没有演练（见 7.1-x）。", "No drill in two years (see 7.1-x).")
"""What the others can say where 7.1-x has something to say."""


def _name(one: DrillRecord) -> Words:
    return named(one.title, one.id)


def _line(one: DrillRecord, key: str) -> Words:
    if one.held_at != Words():
        return Words(
            f"在{one.held_at.zh}办理后，重新导出并 drill import。",
            f"See to it at {one.held_at.en}, then export it again and: drill import.",
        )
    return Words(f"在 {DRILLS} 填写 {one.id} 的 {key}。", f"Fill in {key} of {one.id}, {DRILLS}.")


def _gap(situation: Situation, what: Words, mend: Words, light: Light = Light.RED) -> Gap:
    return Gap(what, mend, light, granted(situation, COORDINATOR))


@control("7.1-w", "应急演练计划", "The plan of each drill")
def planned(situation: Situation) -> Seen:
    """Each drill of the last two years had an approved plan with the nine headings."""
    drills = _kept(situation)
    gaps = tuple(gap for one in drills for gap in _plan_gaps(situation, one))
    proof = Words(
        f"近两年{len(drills)}次演练的计划均有九项内容并经批准。",
        f"{len(drills)} drills in two years, each with an approved plan of nine headings.",
    )
    return Seen(gaps, proof if drills else NONE, oldest(one.on for one in drills[-1:]))


def _plan_gaps(situation: Situation, one: DrillRecord) -> Iterator[Gap]:
    name = _name(one)
    lacking = [heading for heading in PLAN_HEADINGS if heading not in one.plan]
    if lacking:
        said = listed(PLAN_HEADINGS[heading] for heading in lacking)
        yield _gap(
            situation,
            Words(f"{name.zh}的计划缺{said.zh}", f"The plan of {name.en} lacks {said.en}"),
            _line(one, f"plan.{lacking[0]}"),
        )
    elif not one.approved_by:
        what = Words(f"{name.zh}的计划未经批准", f"The plan of {name.en} was not approved")
        yield _gap(situation, what, _line(one, "approved_by"))


@control("7.1-x", "每半年至少一次应急演练", "A drill in each half-year")
def half_yearly(situation: Situation) -> Seen:
    """One in the last half-year; in this one from its last quarter on it is spoken of."""
    today = situation.today
    days = [one.on for one in held(situation) if one.on]
    before, this = half_before(today), half_of(today)
    then = [day for day in days if before[0] <= day < before[1]]
    now = [day for day in days if this[0] <= day < this[1]]
    proof = Words(
        f"{_half(before).zh}演练{len(then)}次，{_half(this).zh}{len(now)}次。",
        f"{len(then)} in {_half(before).en}, {len(now)} in {_half(this).en}.",
    )
    return Seen(tuple(_half_gaps(situation, then, now)), proof, max(days, default=None))


def _half_gaps(situation: Situation, then: list[date], now: list[date]) -> Iterator[Gap]:
    before, this = half_before(situation.today), half_of(situation.today)
    hold = Words(
        f"组织一次演练，并记入 {DRILLS}。", f"Hold a drill, and put it on record in {DRILLS}."
    )
    if not then:
        name = _half(before)
        what = Words(f"{name.zh}没有演练记录", f"No drill is on record for {name.en}")
        yield _gap(situation, what, hold)
    if not now and situation.today >= last_quarter_of(this):
        name, left = _half(this), (this[1] - situation.today).days
        what = Words(
            f"{name.zh}尚未演练，还剩{left}天", f"No drill yet in {name.en}, {left} days left"
        )
        yield _gap(situation, what, hold, Light.AMBER)


def _half(half: tuple[date, date]) -> Words:
    first = half[0].month == 1
    return Words(
        f"{half[0].year}年{'上' if first else '下'}半年",
        f"the {'first' if first else 'second'} half of {half[0].year}",
    )


@control("7.1-x'", "演练安全、如实", "A drill runs safely and honestly")
def safe(situation: Situation) -> Seen:
    """A running drill goes to its recipients alone, stops for a real incident, and ends."""
    running = [one for one in situation.incidents if one.drill and one.is_handled]
    gaps = tuple(gap for one in running for gap in _running_gaps(situation, one))
    nothing = Words(
        "目前没有正在进行的演练；演练带标识、限参演人员，遇真实事件即冻结。",
        "No drill runs now; they are marked, limited to who takes part, frozen by a real incident.",
    )
    proof = Words(
        f"正在进行的演练{len(running)}次，均只发参演人员。",
        f"Drills running: {len(running)}, each to those taking part alone.",
    )
    return Seen(gaps, proof if running else nothing)


def _running_gaps(situation: Situation, one: Incident) -> Iterator[Gap]:
    real = any(other.is_handled and not other.drill for other in situation.incidents)
    cancel = Words(
        f'执行 responder incident cancel {one.id} --reason "…"。',
        f'responder incident cancel {one.id} --reason "…".',
    )
    if not one.recipients:
        what = Words(f"演练{one.id}没有限定参演人员", f"The drill {one.id} is limited to nobody")
        yield _gap(situation, what, cancel)
    elif real and not one.frozen:
        what = Words(
            f"真实事件处置期间演练{one.id}仍在进行", f"The drill {one.id} runs beside a real event"
        )
        yield _gap(situation, what, cancel)
    elif situation.at - one.declared_at > LONGEST_DRILL:
        what = Words(f"演练{one.id}超过一天没有结束", f"The drill {one.id} has run over a day")
        yield _gap(situation, what, cancel, Light.AMBER)


@control("7.1-y", "演练记录至少保存两年", "Drills recorded, the records kept two years")
def recorded(situation: Situation) -> Seen:
    """It is said of each drill where its record lies, and who took part."""
    drills = _kept(situation)
    gaps = []
    for one in drills:
        name = _name(one)
        if not one.recorded:
            what = Words(f"{name.zh}没有演练记录", f"{name.en} has no record")
            gaps.append(_gap(situation, what, _line(one, "recorded")))
        elif not one.participants:
            what = Words(f"{name.zh}没有参演人员名单", f"{name.en} has no list of who took part")
            gaps.append(_gap(situation, what, _line(one, "participants")))
    first = oldest(one.on for one in drills)
    proof = Words(
        f"近两年{len(drills)}次演练均有记录，最早一次{first}。",
        f"All {len(drills)} drills of two years are on record, the earliest of {first}.",
    )
    return Seen(tuple(gaps), proof if drills else NONE, first)


@control("7.1-z", "改进演练中发现的问题", "Problems found by drills are put right")
def improved(situation: Situation) -> Seen:
    """Each drill is evaluated within thirty days, each finding put right by its day."""
    drills = _kept(situation)
    gaps = [gap for one in drills for gap in _finding_gaps(situation, one)]
    gaps += measure_gaps(situation, Origin.DRILL)
    found = [finding for one in drills for finding in one.findings]
    done = sum(finding.done_on is not None for finding in found)
    return Seen(
        tuple(gaps),
        Words(
            f"{len(drills)}次演练均已评估，发现问题{len(found)}项，已改进{done}项，无逾期。",
            f"{len(drills)} drills evaluated; {done} of {len(found)} findings mended, none late.",
        ),
        oldest(one.evaluated_on for one in drills[-1:]),
    )


def _finding_gaps(situation: Situation, one: DrillRecord) -> Iterator[Gap]:
    today, name = situation.today, _name(one)
    if one.on and one.evaluated_on is None:
        light = Light.RED if today > one.on + EVALUATED_WITHIN else Light.AMBER
        what = Words(f"{name.zh}尚未评估", f"{name.en} was not evaluated")
        yield _gap(situation, what, _line(one, "evaluated_on"), light)
    for finding in one.findings:
        if finding.done_on:
            continue
        what = Words(
            f"{name.zh}发现的问题未改进：{finding.what.said('zh')}",
            f"{name.en}: not put right: {finding.what.said('en')}",
        )
        mend = _line(one, f"findings[{finding.id}].done_on")
        owner = finding.owner or granted(situation, COORDINATOR)
        if finding.due_on is None or today > finding.due_on:
            yield Gap(what, mend, Light.RED, owner)
        elif today >= finding.due_on - SOON:
            yield Gap(what, mend, Light.AMBER, owner)


@control("7.1-aa", "报告年度演练情况", "The year's drills are reported")
def reported(situation: Situation) -> Seen:
    """What was held in past years was reported; this year's from December on is spoken of."""
    today = situation.today
    drills = _kept(situation)
    gaps = [gap for one in drills for gap in _report_gaps(situation, one)]
    sent = [one for one in drills if one.reported_on and one.reported_on <= today]
    last = max((one.reported_on for one in sent if one.reported_on), default=None)
    proof = Words(
        f"近两年{len(drills)}次演练，已报告{len(sent)}次，最近一次{last or '无'}。",
        f"{len(sent)} of {len(drills)} drills of two years reported, last on {last or '—'}.",
    )
    return Seen(tuple(gaps), proof if drills else NONE, last)


def _report_gaps(situation: Situation, one: DrillRecord) -> Iterator[Gap]:
    today, firm = situation.today, situation.site.firm
    if one.on is None:
        return
    name, mend = _name(one), _line(one, "reported_on")
    if one.reported_on is None and one.report_due_on is not None:
        late = today > one.report_due_on
        what = Words(
            f"联合演练{one.id}的报告{'已逾期' if late else '尚未报送'}（{one.report_due_on}前）",
            f"The report on the joint drill {one.id} {'was' if late else 'is'} due by"
            f" {one.report_due_on}",
        )
        done = Words(
            f"报送后执行 responder drill reported {one.id} --to 单位 --receipt 回执。",
            f"Once sent: responder drill reported {one.id} --to UNIT --receipt NO.",
        )
        yield _gap(situation, what, done, Light.RED if late else Light.AMBER)
    elif one.reported_on is None:
        late = one.on.year < today.year
        if late or today.month >= REPORT_FROM:
            what = Words(
                f"{name.zh}未列入{one.on.year}年度演练报告",
                f"{name.en} was not reported with the drills of {one.on.year}",
            )
            yield _gap(situation, what, mend, Light.RED if late else Light.AMBER)
    elif firm.institution == "operating" and one.reported_to not in ("", firm.bureau):
        what = Words(
            f"{name.zh}没有报住所地证监局", f"{name.en} was not reported to the CSRC bureau"
        )
        yield _gap(situation, what, _line(one, "reported_to"))
