"""The weekly word to leadership: how many stand how, what changed, the worst, the duty phones.

It goes out on the first working day of a week, and stays away while all is in order as before.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from responder.commands.matter import FirmMatter
from responder.commands.readiness.written import in_line, write_to
from responder.domain.assessment import Assessment
from responder.domain.measure import Measure, State
from responder.domain.organisation import IT_LEAD
from responder.domain.reachability import Probe, month_of
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork
from responder.readiness.control import LIGHT_NAMES, Light
from responder.readiness.naming import person
from responder.readiness.report_facts import ReadinessReport
from responder.readiness.situation import Situation

WEEKLY = "readiness.weekly"
"""The note of the week that leadership was told of last."""
WEEK = timedelta(days=7)
PLAN = {
    "7.1-R.c": Words("预案年度评估", "the plan's yearly review"),
    "7.1-R.e": Words("预案报备", "the plan's filing"),
    "7.1-R.f": Words("预案重新报备", "the plan's filing anew"),
}
MOST_MEASURES = 3
"""As many late measures are named; the rest are counted."""
_WORSE = {Light.GREEN.value: 0, Light.AMBER.value: 1, Light.RED.value: 2}


def tell_leaders(uow: UnitOfWork, now: datetime, report: ReadinessReport, seen: Situation) -> None:
    """Once a week, if there is anything to say."""
    today = report.made_at.date()
    week = "{}-W{:02}".format(*today.isocalendar()[:2])
    if uow.notes.get(WEEKLY) == week:
        return
    uow.notes.put(WEEKLY, week)
    matter = FirmMatter.load(uow, now)
    parts = [*_changes(report, today), *_worst(report), *_plan(report), *_late_measures(seen)]
    parts += _phones(seen.probes, today, matter.site.time_zone)
    if parts:
        said = [_counts(report), *parts]
        words = Words("\n".join(one.zh for one in said), "\n".join(one.en for one in said))
        write_to(matter, _leaders(matter), words)


def _leaders(matter: FirmMatter) -> list[str]:
    """The head of the command body, and the head of IT."""
    heads = (matter.site.command.body.head, matter.roster.holder(IT_LEAD, matter.now))
    return list(dict.fromkeys(person for person in heads if person))


def _counts(report: ReadinessReport) -> Words:
    counts = report.counts()
    return Words(
        "应急准备每周情况：" + "，".join(f"{LIGHT_NAMES[x].zh}{counts[x]}项" for x in Light),
        "Readiness this week: " + ", ".join(f"{counts[x]} {LIGHT_NAMES[x].en}" for x in Light),
    )


def _changes(report: ReadinessReport, today: date) -> list[Words]:
    """Which controls got worse or better since a week ago, or the last day known before."""
    before = _states_before(report.history, today)
    now = {one.id: one.light.value for one in report.standings}
    both = [id for id in now if id in before]
    worse = [id for id in both if _WORSE[now[id]] > _WORSE[before[id]]]
    better = [id for id in both if _WORSE[now[id]] < _WORSE[before[id]]]
    found = []
    if worse:
        found.append(Words(f"比上周变差：{'、'.join(worse)}", f"Worse: {', '.join(worse)}"))
    if better:
        found.append(Words(f"比上周改进：{'、'.join(better)}", f"Better: {', '.join(better)}"))
    return found


def _states_before(history: Iterable[Assessment], today: date) -> Mapping[str, str]:
    past = [one for one in history if one.on <= today - WEEK]
    return max(past, key=lambda one: one.on).states if past else {}


def _worst(report: ReadinessReport) -> list[Words]:
    return [in_line(one.id, one.light, one.reason, one.mend) for one in report.worst()]


def _plan(report: ReadinessReport) -> list[Words]:
    """The plan's review and filing are said even where five others are worse."""
    shown = {one.id for one in report.worst()}
    late = [
        PLAN[one.id]
        for one in report.standings
        if one.id in PLAN and one.id not in shown and one.light is Light.RED
    ]
    if not late:
        return []
    return [
        Words(
            "已逾期：" + "、".join(one.zh for one in late),
            "Overdue: " + ", ".join(one.en for one in late),
        )
    ]


def _late_measures(seen: Situation) -> list[Words]:
    """What was to be put right and is late, the longest first: whose, and by how many days."""
    late = [one for one in seen.measures if one.state(seen.today) is State.OVERDUE]
    if not late:
        return []
    late.sort(key=lambda one: one.due_on)
    named = [_late_measure(one, seen) for one in late[:MOST_MEASURES]]
    more = len(late) - len(named)
    named += [Words(f"另有{more}项", f"{more} more")] if more else []
    return [
        Words(
            f"逾期整改{len(late)}项：" + "；".join(one.zh for one in named),
            f"Measures overdue: {len(late)}. " + "; ".join(one.en for one in named),
        )
    ]


def _late_measure(one: Measure, seen: Situation) -> Words:
    days, owner = (seen.today - one.due_on).days, person(seen.site, one.owner)
    return Words(
        f"{one.title}（{one.id}），{owner.zh}负责，逾期{days}天",
        f"{one.title} ({one.id}), {owner.en}, {days} days late",
    )


def _phones(probes: Iterable[Probe], today: date, zone: str) -> list[Words]:
    """Last month's availability of the duty phones, in the first week of a month."""
    if today.day > WEEK.days:
        return []
    last = today.replace(day=1) - timedelta(days=1)
    month = month_of(probes, last.year, last.month, zone)
    if not month.probes:
        return []
    return [
        Words(
            f"{last.month}月值守电话抽查{month.probes}次，可用率{month.per_cent}%",
            f"Duty phones in {last:%Y-%m}: {month.probes} probes, {month.per_cent}% answered",
        )
    ]
