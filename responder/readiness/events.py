"""5.8, events: logged, urged and reviewed.

Who owns what. The written procedure is 5.8-1; who runs it 5.8-2; the matrix and the log's being
whole 5.8-3; idle events 5.8-4; the monthly review 5.8-5. From 5.8-6 on it is about problems.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from responder.domain.keeping import keeper
from responder.domain.logged_event import PRIORITIES, Procedure, matrix_is_whole
from responder.domain.organisation import EVENT_MANAGER
from responder.domain.words import Words
from responder.readiness.answering import IT_LEAD, lead, post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import listed
from responder.readiness.situation import Situation

FILE = "contacts/events.yaml"
REVIEWED_WITHIN = timedelta(days=40)
"""A month's analysis is there by its third working day, so that two lie no further apart."""
SIGNED_WITHIN = timedelta(days=7)


def manager(situation: Situation) -> str:
    """Who manages events, else who leads the IT."""
    return post(situation, EVENT_MANAGER, IT_LEAD)


def write(zh: str, en: str) -> Words:
    """To mend it in the file of events and problems."""
    return Words(f"在 {FILE} {zh}。", f"{en} in {FILE}.")


def run(command: str) -> Words:
    """To mend it by a command."""
    return Words(f"responder {command}", f"responder {command}")


def procedure_gaps(
    situation: Situation, one: Procedure, zh: str, en: str, key: str
) -> tuple[Gap, ...]:
    """None for a written procedure that is approved; `key` is where the file says so."""
    if one.is_in_force:
        return ()
    what = Words(f"没有经批准的{zh}", f"There is no approved {en}")
    return (Gap(what, write(f"填写 {key}", f"Fill in {key}"), owner=post(situation, IT_LEAD)),)


@control("5.8-1", "事件管理流程", "A process for events")
def events_have_a_process(situation: Situation) -> Seen:
    """It is written down and approved; the stages themselves are held by the commands."""
    one = situation.site.event_rules.event_procedure
    return Seen(
        procedure_gaps(situation, one, "事件管理流程", "procedure for events", "event_procedure"),
        Words(
            f"{one.title.said('zh')}，{one.approved_on}批准；状态变更按规则校验。",
            f"{one.title.said('en')}, approved {one.approved_on}; illegal changes are refused.",
        ),
        one.approved_on,
    )


@control("5.8-2", "指定人员设计和管理流程", "Named people run the process")
def somebody_manages_events(situation: Situation) -> Seen:
    """The event manager and a backup are there."""
    role = situation.site.roles.get(EVENT_MANAGER)
    posted = situation.roster.posted(role, situation.at) if role else ()
    people = {person for person in posted if situation.roster.known(person)}
    mend = Words(
        f"在 contacts/roles.yaml 填写 {EVENT_MANAGER} 的主岗和备岗。",
        f"Fill in primary and backup of {EVENT_MANAGER} in contacts/roles.yaml.",
    )
    gaps = []
    if not people:
        what = Words("没有事件管理岗人员", "Nobody is the event manager")
        gaps.append(Gap(what, mend, owner=post(situation, IT_LEAD)))
    elif len(people) == 1:
        what = Words("事件管理岗没有备岗", "The event manager has no backup")
        gaps.append(Gap(what, mend, Light.AMBER, post(situation, IT_LEAD)))
    names = listed(situation.site.people[person].name for person in sorted(people))
    return Seen(
        tuple(gaps), Words(f"事件管理岗：{names.zh}。", f"The event managers are {names.en}.")
    )


@control("5.8-3", "记录所有事件并评定优先级", "Every event is recorded and ranked")
def every_event_is_ranked(situation: Situation) -> Seen:
    """The matrix is whole, each priority has its span, and no incident is missing in the log."""
    rules, owner = situation.site.event_rules, manager(situation)
    gaps = []
    if not matrix_is_whole(rules.matrix):
        what = Words("优先级矩阵不完整", "The matrix of priorities is not whole")
        gaps.append(Gap(what, write("补齐 matrix", "Complete matrix"), owner=owner))
    if len(rules.idle) != len(PRIORITIES) or any(one <= timedelta(0) for one in rules.idle):
        what = Words("优先级没有处理时限", "A priority has no span")
        gaps.append(Gap(what, write("补齐 idle", "Complete idle"), owner=owner))
    gaps += _unlogged(situation, owner)
    count = len(situation.logged_events)
    return Seen(
        tuple(gaps),
        Words(
            f"影响程度×影响范围矩阵完整，已登记运维事件{count}起。",
            f"The matrix impact by scope is whole; {count} events are in the log.",
        ),
    )


def _unlogged(situation: Situation, owner: str) -> Iterator[Gap]:
    """Incidents since the log began that are not in it."""
    first = min((one.at for one in situation.logged_events), default=None)
    known = {one.id for one in situation.logged_events}
    for one in situation.incidents:
        since = first is not None and one.declared_at >= first
        if since and not one.drill and one.event not in known:
            what = Words(f"{one.id}没有登记运维事件", f"{one.id} is not in the log of events")
            yield Gap(what, run("event log"), owner=owner)


@control("5.8-4", "跟踪、督促、检查事件处理", "Handling is tracked and urged")
def no_event_lies_idle(situation: Situation) -> Seen:
    """Idle for longer than its priority allows is to be seen to; for twice that it is red."""
    rules, at = situation.site.event_rules, situation.at
    gaps, running = [], [one for one in situation.logged_events if one.is_open]
    for one in running:
        if one.is_overdue(rules, at):
            twice = at >= (one.acted_at or one.at) + 2 * rules.may_lie(one.priority)
            light = Light.RED if twice else Light.AMBER
            what = Words(f"{one.id} {one.title}逾期未处理", f"{one.id} {one.title} lies idle")
            owner = keeper(situation.roster, one.owner, at) or lead(situation)
            gaps.append(Gap(what, run(f"event note {one.id}"), light, owner))
    return Seen(
        tuple(gaps),
        Words(
            f"未办结运维事件{len(running)}起，均未逾期。",
            f"{len(running)} events are open; none lies idle.",
        ),
    )


@control("5.8-5", "每月回顾分析并完成报告", "A monthly review and report")
def months_are_reviewed(situation: Situation) -> Seen:
    """The last review is not older than a month allows, and a draft does not wait for long."""
    zone = ZoneInfo(situation.site.time_zone)
    days: list[date | None] = [situation.site.event_rules.reviewed_on]
    days += [one.drafted_at.astimezone(zone).date() for one in situation.event_reviews]
    last = max((day for day in days if day), default=None)
    gaps, owner = [], manager(situation)
    if last is None or situation.today - last > REVIEWED_WITHIN:
        what = Words(
            f"事件分析报告中断，最近一次{last or '无'}",
            f"The monthly analysis is missing; the last is {last or 'none'}",
        )
        gaps.append(Gap(what, run("events sign --month"), owner=owner))
    for one in situation.event_reviews:
        if one.is_open and situation.at - one.drafted_at > SIGNED_WITHIN:
            what = Words(f"{one.id}事件分析报告未签发", f"The analysis of {one.id} is not signed")
            gaps.append(Gap(what, run(f"events sign --month {one.id}"), Light.AMBER, owner))
    said = Words(f"最近一次事件分析报告：{last}。", f"The last monthly analysis is of {last}.")
    return Seen(tuple(gaps), said, last)
