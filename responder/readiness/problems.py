"""5.8, problems: gathered, tracked, solved and written up.

Who owns what. What recurs without a problem is 5.8-6; the written procedure and what proves a
solution 5.8-7; problems that stay in a stage 5.8-8, their sources 5.8-9, and what ended problems
leave behind 5.8-10.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from responder.domain.keeping import keeper
from responder.domain.logged_event import MAJOR, LoggedEvent, alike
from responder.domain.problem import (
    SOURCE_NAMES,
    SOURCES,
    STAGE_NAMES,
    UNPROVEN_NAMES,
    Problem,
    Stage,
)
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.events import manager, procedure_gaps, run, write
from responder.readiness.naming import listed, oldest
from responder.readiness.situation import Situation

GATHERED_WITHIN = timedelta(days=100)
LOOKED_AT_WITHIN = timedelta(days=14)
CHANGE = Words("变更单号", "number of a change")
LESSON = Words("经验教训", "lesson")


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
            mend = run(f"problem propose --event {one.id}")
            yield Gap(what, mend, owner=manager(situation))


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
            mend = run(f"problem submit {one.id}")
            yield Gap(what, mend, Light.AMBER, manager(situation))


@control("5.8-7", "问题管理制度和问题库", "A system and a library for problems")
def problems_are_solved_at_root(situation: Situation) -> Seen:
    """The procedure stands, and nothing is called solved without cause, fix and verification."""
    one = situation.site.event_rules.problem_procedure
    gaps = [
        *procedure_gaps(
            situation, one, "问题管理制度", "procedure for problems", "problem_procedure"
        )
    ]
    for problem in situation.problems:
        if problem.stage in (Stage.SOLVED, Stage.ENDED) and problem.unproven:
            missing = listed(UNPROVEN_NAMES[name] for name in problem.unproven)
            what = Words(f"{problem.id}没有{missing.zh}", f"{problem.id} lacks {missing.en}")
            mend = run(f"problem handle {problem.id}")
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
    return keeper(situation.roster, problem.owner, situation.at) or manager(situation)


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
            gaps.append(Gap(what, run(f"problem show {one.id}"), owner=_owner(situation, one)))
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
        mend = write(f"填写 gathered.{source}", f"Fill in gathered.{source}")
        if not owner:
            what = Words(f"{name.zh}的问题无人汇总", f"Nobody gathers problems of {name.en}")
            gaps.append(Gap(what, mend, owner=manager(situation)))
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
            mend = run(f"problem end {one.id}")
            gaps.append(Gap(what, mend, owner=_owner(situation, one)))
    return Seen(
        tuple(gaps),
        Words(
            f"已结束问题{len(ended)}个，均有变更单号和经验教训。",
            f"{len(ended)} problems have ended, each with its change and its lesson.",
        ),
    )
