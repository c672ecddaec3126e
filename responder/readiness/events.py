"""5.8: events logged, urged and reviewed; problems gathered, tracked, solved and written up.

Who owns what. The written procedure is 5.8-1 for events and 5.8-7 for problems; who runs it 5.8-2;
the matrix and the log's being whole 5.8-3; idle events 5.8-4; the monthly review 5.8-5; what
recurs without a problem 5.8-6; problems that stay in a stage 5.8-8, their sources 5.8-9, and what
ended problems leave behind 5.8-10.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from responder.domain.keeping import keeper
from responder.domain.logged_event import (
    MAJOR,
    PRIORITIES,
    LoggedEvent,
    Procedure,
    alike,
    matrix_is_whole,
)
from responder.domain.organisation import EVENT_MANAGER
from responder.domain.problem import (
    SOURCE_NAMES,
    SOURCES,
    STAGE_NAMES,
    UNPROVEN_NAMES,
    Problem,
    Stage,
)
from responder.domain.words import Words
from responder.readiness.answering import IT_LEAD, lead, post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import listed, oldest
from responder.readiness.situation import Situation

FILE = "contacts/events.yaml"
GATHERED_WITHIN = timedelta(days=100)
REVIEWED_WITHIN = timedelta(days=40)
"""A month's analysis is there by its third working day, so that two lie no further apart."""
SIGNED_WITHIN, LOOKED_AT_WITHIN = timedelta(days=7), timedelta(days=14)


def _manager(situation: Situation) -> str:
    return post(situation, EVENT_MANAGER, IT_LEAD)


def _write(zh: str, en: str) -> Words:
    return Words(f"在 {FILE} {zh}。", f"{en} in {FILE}.")


def _run(command: str) -> Words:
    return Words(f"responder {command}", f"responder {command}")


def _procedure(situation: Situation, one: Procedure, zh: str, en: str, key: str) -> tuple[Gap, ...]:
    if one.is_in_force:
        return ()
    what = Words(f"没有经批准的{zh}", f"There is no approved {en}")
    return (Gap(what, _write(f"填写 {key}", f"Fill in {key}"), owner=post(situation, IT_LEAD)),)


@control("5.8-1", "事件管理流程", "A process for events")
def events_have_a_process(situation: Situation) -> Seen:
    """It is written down and approved; the stages themselves are held by the commands."""
    one = situation.site.event_rules.event_procedure
    return Seen(
        _procedure(situation, one, "事件管理流程", "procedure for events", "event_procedure"),
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
    rules, owner = situation.site.event_rules, _manager(situation)
    gaps = []
    if not matrix_is_whole(rules.matrix):
        what = Words("优先级矩阵不完整", "The matrix of priorities is not whole")
        gaps.append(Gap(what, _write("补齐 matrix", "Complete matrix"), owner=owner))
    if len(rules.idle) != len(PRIORITIES) or any(one <= timedelta(0) for one in rules.idle):
        what = Words("优先级没有处理时限", "A priority has no span")
        gaps.append(Gap(what, _write("补齐 idle", "Complete idle"), owner=owner))
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
            yield Gap(what, _run("event log"), owner=owner)


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
            gaps.append(Gap(what, _run(f"event note {one.id}"), light, owner))
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
    gaps, owner = [], _manager(situation)
    if last is None or situation.today - last > REVIEWED_WITHIN:
        what = Words(
            f"事件分析报告中断，最近一次{last or '无'}",
            f"The monthly analysis is missing; the last is {last or 'none'}",
        )
        gaps.append(Gap(what, _run("events sign --month"), owner=owner))
    for one in situation.event_reviews:
        if one.is_open and situation.at - one.drafted_at > SIGNED_WITHIN:
            what = Words(f"{one.id}事件分析报告未签发", f"The analysis of {one.id} is not signed")
            gaps.append(Gap(what, _run(f"events sign --month {one.id}"), Light.AMBER, owner))
    said = Words(f"最近一次事件分析报告：{last}。", f"The last monthly analysis is of {last}.")
    return Seen(tuple(gaps), said, last)


@control("5.8-6", "重复和重大事件纳入问题管理", "Repeated and major events become problems")
def recurrences_are_problems(situation: Situation) -> Seen:
    """Every event that came again, or is major, belongs to a problem; proposals are looked at."""
    gaps = [*_without_problem(situation), *_not_looked_at(situation)]
    count = len(situation.problems)
    return Seen(
        tuple(gaps),
        Words(
            f"重复和最高优先级事件均已列入问题库（{count}个）。",
            f"Every repeated and major event is in the library ({count} problems).",
        ),
    )


def _without_problem(situation: Situation) -> Iterator[Gap]:
    within = situation.site.event_rules.alike_within
    listed_in = {id for problem in situation.problems for id in problem.events}
    recent = [one for one in situation.logged_events if situation.at - one.at <= within]
    for one in recent:
        if one.id not in listed_in and _is_repeated_or_major(one, situation):
            what = Words(
                f"{one.id} {one.title}重复或重大，未列入问题",
                f"{one.id} {one.title} came again or is major, and is no problem yet",
            )
            mend = _run(f"problem propose --event {one.id}")
            yield Gap(what, mend, owner=_manager(situation))


def _is_repeated_or_major(one: LoggedEvent, situation: Situation) -> bool:
    settled = [p.entered_at for p in situation.problems if p.incident == one.incident != ""]
    since = max(settled, default=None)
    if since is not None and one.at <= since:
        return False
    within = situation.site.event_rules.alike_within
    return one.priority == MAJOR or bool(alike(one, situation.logged_events, within, since))


def _not_looked_at(situation: Situation) -> Iterator[Gap]:
    for one in situation.problems:
        waits = situation.at - one.entered_at > LOOKED_AT_WITHIN
        if one.stage is Stage.PROPOSED and waits:
            what = Words(
                f"{one.id} {one.title}未立项", f"{one.id} {one.title} waits to be taken up"
            )
            mend = _run(f"problem submit {one.id}")
            yield Gap(what, mend, Light.AMBER, _manager(situation))


@control("5.8-7", "问题管理制度和问题库", "A system and a library for problems")
def problems_are_solved_at_root(situation: Situation) -> Seen:
    """The procedure stands, and nothing is called solved without cause, fix and verification."""
    one = situation.site.event_rules.problem_procedure
    gaps = [
        *_procedure(situation, one, "问题管理制度", "procedure for problems", "problem_procedure")
    ]
    for problem in situation.problems:
        if problem.stage in (Stage.SOLVED, Stage.ENDED) and problem.unproven:
            missing = listed(UNPROVEN_NAMES[name] for name in problem.unproven)
            what = Words(f"{problem.id}没有{missing.zh}", f"{problem.id} lacks {missing.en}")
            mend = _run(f"problem handle {problem.id}")
            gaps.append(Gap(what, mend, owner=_owner(situation, problem)))
    return Seen(
        tuple(gaps),
        Words(
            f"{one.title.said('zh')}，{one.approved_on}批准；问题库{len(situation.problems)}个。",
            f"{one.title.said('en')}, approved {one.approved_on};"
            f" {len(situation.problems)} problems in the library.",
        ),
        one.approved_on,
    )


def _owner(situation: Situation, problem: Problem) -> str:
    return keeper(situation.roster, problem.owner, situation.at) or _manager(situation)


@control("5.8-8", "跟踪问题处理全过程", "Problems are tracked from finding to end")
def no_problem_is_stuck(situation: Situation) -> Seen:
    """None stays in a stage for longer than the rules allow."""
    idle = situation.site.event_rules.problem_idle
    gaps = []
    for one in situation.problems:
        if one.stage is not Stage.PROPOSED and one.is_stuck(situation.at, idle):
            stage = STAGE_NAMES[one.stage]
            days = (situation.at - one.entered_at).days
            what = Words(
                f"{one.id} {one.title}停在“{stage.zh}”{days}天",
                f"{one.id} {one.title} has been {stage.en} for {days} days",
            )
            gaps.append(Gap(what, _run(f"problem show {one.id}"), owner=_owner(situation, one)))
    running = sum(one.is_open for one in situation.problems)
    return Seen(
        tuple(gaps),
        Words(f"未结束问题{running}个，均在推进。", f"{running} problems are open, none is stuck."),
    )


@control("5.8-9", "汇总各来源的问题", "Problems are gathered from every source")
def every_source_is_gathered(situation: Situation) -> Seen:
    """Each of the seven has somebody who gathers, and was gathered lately."""
    gaps, days = [], []
    for source in SOURCES:
        found = situation.site.event_rules.gathered.get(source)
        owner = keeper(situation.roster, found.owner, situation.at) if found else ""
        last = _gathered_on(situation, source)
        days.append(last)
        name = SOURCE_NAMES[source]
        mend = _write(f"填写 gathered.{source}", f"Fill in gathered.{source}")
        if not owner:
            what = Words(f"{name.zh}的问题无人汇总", f"Nobody gathers problems of {name.en}")
            gaps.append(Gap(what, mend, owner=_manager(situation)))
        elif last is None or situation.today - last > GATHERED_WITHIN:
            what = Words(
                f"{name.zh}的问题{last or '从未'}以后没有汇总",
                f"Problems of {name.en} were last gathered {last or 'never'}",
            )
            gaps.append(Gap(what, mend, owner=owner))
    return Seen(
        tuple(gaps),
        Words("七个来源均有人按期汇总。", "All seven sources are gathered in time."),
        oldest(days),
    )


def _gathered_on(situation: Situation, source: str) -> date | None:
    """By the site, or by a problem of that source on record since."""
    found = situation.site.event_rules.gathered.get(source)
    zone = ZoneInfo(situation.site.time_zone)
    days = [p.opened_at.astimezone(zone).date() for p in situation.problems if p.source == source]
    days += [found.gathered_on] if found and found.gathered_on else []
    return max(days, default=None)


@control("5.8-10", "经变更解决并写入问题库", "Solved by a change, and written up")
def problems_leave_a_lesson(situation: Situation) -> Seen:
    """What has ended names its change and its lesson."""
    ended = [one for one in situation.problems if one.stage is Stage.ENDED]
    gaps = []
    for one in ended:
        missing = [
            words for text, words in ((one.change, CHANGE), (one.lesson, LESSON)) if not text
        ]
        if missing:
            said = listed(missing)
            what = Words(f"{one.id}没有{said.zh}", f"{one.id} has no {said.en}")
            mend = _run(f"problem end {one.id}")
            gaps.append(Gap(what, mend, owner=_owner(situation, one)))
    return Seen(
        tuple(gaps),
        Words(
            f"已结束问题{len(ended)}个，均有变更单号和经验教训。",
            f"{len(ended)} problems have ended, each with its change and its lesson.",
        ),
    )


CHANGE = Words("变更单号", "number of a change")
LESSON = Words("经验教训", "lesson")
