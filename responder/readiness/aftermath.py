"""7.3: investigation, the summary and its supplement, help to those who investigate.

Who owns what. 7.3-1 owns that whatever is over is investigated in time, and measures that came of
incidents; 7.3-2a summaries and the calendars that their days are counted by; 7.3-2b preliminary
conclusions; 7.3-2c supplements; 7.3-3 questions of a regulator, measures that came of inspections,
and that somebody may read the whole record. Measures of drills are 7.1-z, of problems 5.8.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from responder.domain.calendar import Calendar
from responder.domain.incident import Incident
from responder.domain.inquiry import Channel
from responder.domain.investigation import Investigation
from responder.domain.measure import Origin
from responder.domain.words import Words
from responder.readiness.answering import COMPLIANCE, IT_LEAD, granted, lead, post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.measures import measure_gaps
from responder.readiness.naming import named
from responder.readiness.reporting import is_summary, is_supplement, late_gap, overdue
from responder.readiness.situation import Situation

BEGUN_WITHIN = timedelta(days=7)
CONCLUDED_WITHIN = timedelta(days=90)
CALENDAR_ENDS = timedelta(days=14)


@control("7.3-1", "内部调查、责任追究和整改", "Investigated, answered for, put right")
def investigated(situation: Situation) -> Seen:
    """Whatever is over is investigated in time, and what was decided is carried out."""
    over = [one for one in situation.incidents if one.is_over and one.is_open and not one.drill]
    found = {one.incident: one for one in situation.investigations}
    gaps = [gap for one in over for gap in _investigation_gaps(situation, one, found.get(one.id))]
    gaps += measure_gaps(situation, Origin.INCIDENT)
    open_ones = sum(one.is_open for one in situation.measures)
    return Seen(
        tuple(gaps),
        Words(
            f"待调查或调查中的事件{len(over)}起，无超期；未完成的整改措施{open_ones}项，无逾期。",
            f"To be investigated: {len(over)}, none late. Open measures: {open_ones}, none late.",
        ),
    )


def _investigation_gaps(
    situation: Situation, incident: Incident, one: Investigation | None
) -> Iterator[Gap]:
    id = incident.id
    if one is None or not one.lead:
        begun = one.opened_at if one else max(incident.acted.values(), default=incident.declared_at)
        if situation.at - begun > BEGUN_WITHIN:
            yield Gap(
                Words(f"{id}结束后无人牵头调查", f"Nobody leads the investigation of {id}"),
                Words(
                    f"执行 responder investigate lead {id} 人员。",
                    f"Run: responder investigate lead {id} PERSON.",
                ),
                owner=granted(situation, COMPLIANCE),
            )
    elif _drags_on(one, situation.at):
        yield Gap(
            Words(f"{id}的调查超期没有结论", f"The investigation of {id} has no conclusion"),
            Words(
                f"执行 responder investigate conclude {id}，或给出初步结论。",
                f"responder investigate conclude {id}, or conclude it preliminarily.",
            ),
            owner=one.lead,
        )


def _drags_on(one: Investigation, at: datetime) -> bool:
    return one.is_open and one.preliminary is None and at - one.opened_at > CONCLUDED_WITHIN


@control("7.3-2a", "按规定报送总结报告", "The summary is submitted")
def summarised(situation: Situation) -> Seen:
    """No summary is overdue, and the calendars that its days are counted by are there."""
    late = [one for one in overdue(situation) if is_summary(situation, one)]
    gaps = [late_gap(situation, one) for one in late if not is_supplement(situation, one)]
    gaps += _calendar_gaps(situation)
    ends = min((one.until for one in _counted_by(situation).values() if one), default=None)
    return Seen(
        tuple(gaps),
        Words(
            f"没有逾期的总结报告；工作日历到{ends or '无'}。",
            f"No summary is overdue; the calendar of working days reaches {ends or '—'}.",
        ),
    )


def _counted_by(situation: Situation) -> dict[str, Calendar | None]:
    """The calendars that the rules in force count by, None for one that is not there."""
    site = situation.site
    packs = [site.regimes[id] for id in site.applies if id in site.regimes]
    return {id: site.calendars.get(id) for pack in packs for id in pack.calendars}


def _calendar_gaps(situation: Situation) -> Iterator[Gap]:
    for id, one in _counted_by(situation).items():
        mend = Words(
            f"按当年通知写入 playbooks/calendars/{id}.yaml。",
            f"Put the year's notice into playbooks/calendars/{id}.yaml.",
        )
        owner = granted(situation, COMPLIANCE)
        if one is None:
            what = Words(
                f"没有日历“{id}”，期限无法计算", f"No calendar “{id}”: no limit can be set"
            )
            yield Gap(what, mend, Light.RED, owner)
        elif situation.today > one.until - CALENDAR_ENDS:
            name = named(one.name, id)
            what = Words(
                f"日历{name.zh}只到{one.until}", f"The calendar {name.en} ends {one.until}"
            )
            yield Gap(what, mend, Light.AMBER, owner)


@control("7.3-2b", "暂无结论的先给出初步分析", "Preliminary findings first, where unsure")
def preliminary(situation: Situation) -> Seen:
    """Whatever was concluded preliminarily is followed up by the day it promised."""
    waiting = [one for one in situation.investigations if one.is_open and one.preliminary]
    gaps = [
        Gap(
            Words(
                f"{one.incident}的初步结论应于{one.preliminary.until}前补充",
                f"{one.incident} was to be supplemented by {one.preliminary.until}",
            ),
            Words(
                f"执行 responder investigate conclude {one.incident}，或 investigate extend 延期。",
                f"responder investigate conclude {one.incident}, or investigate extend with why.",
            ),
            owner=one.lead or granted(situation, COMPLIANCE),
        )
        for one in waiting
        if one.preliminary and one.preliminary.until < situation.today
    ]
    return Seen(
        tuple(gaps),
        Words(
            f"待补充的初步结论{len(waiting)}件，无逾期。",
            f"Preliminary conclusions to be supplemented: {len(waiting)}, none late.",
        ),
    )


@control("7.3-2c", "提交补充报告", "The supplement is submitted")
def supplemented(situation: Situation) -> Seen:
    """No supplementary report is overdue."""
    owed = [one for one in situation.obligations if one.is_open and is_supplement(situation, one)]
    late = [one for one in overdue(situation) if is_supplement(situation, one)]
    return Seen(
        tuple(late_gap(situation, one) for one in late),
        Words(
            f"待报补充报告{len(owed)}件，无一逾期。", f"Supplements owed: {len(owed)}, none late."
        ),
    )


@control("7.3-3", "配合监管部门调查", "Help to those who investigate")
def cooperative(situation: Situation) -> Seen:
    """A regulator's questions are answered in time, inspections' measures done, all is readable."""
    gaps = [*_waiting(situation), *measure_gaps(situation, Origin.INSPECTION)]
    readers = [p for p in situation.site.grants.get("auditor", ()) if situation.roster.known(p)]
    if not readers:
        gaps.append(
            Gap(
                Words("没有可查阅全部记录的审计人员", "No auditor may read the whole record"),
                Words(
                    "在 contacts/roles.yaml 的 grants.auditor 列出审计人员。",
                    "List them in grants.auditor of contacts/roles.yaml.",
                ),
                owner=post(situation, IT_LEAD),
            )
        )
    return Seen(
        tuple(gaps),
        Words(
            f"没有逾期的监管问询；{len(readers)}名审计人员可查阅全部记录，检查人员可凭链接查阅。",
            f"No regulator waits for an answer; {len(readers)} auditors read all, inspectors by a"
            " link.",
        ),
    )


def _waiting(situation: Situation) -> Iterator[Gap]:
    for one in situation.inquiries:
        late = one.is_open and one.due_at is not None and one.due_at < situation.at
        if late and one.channel is Channel.REGULATOR:
            yield Gap(
                Words(
                    f"{one.incident}的监管问询{one.id}逾期未答复",
                    f"The regulator's question {one.id} on {one.incident} waits for its answer",
                ),
                Words(
                    f'执行 responder inquiry answer {one.incident} {one.id} "…"。',
                    f'Run: responder inquiry answer {one.incident} {one.id} "…".',
                ),
                owner=one.owner or lead(situation),
            )
