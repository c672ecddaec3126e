"""`problem`: the library of problems (问题库, 5.8)."""

from pathlib import Path
from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.papers import PATH
from responder.cli.problem_rows import rows_of
from responder.commands.problems.gathered import ImportProblems
from responder.commands.problems.library import (
    AnalyseProblem,
    DismissProblem,
    EndProblem,
    EscalateProblem,
    HandleProblem,
    ProposeProblem,
    SolveProblem,
    SubmitProblem,
    VerifyProblem,
)
from responder.commands.problems.looking import by_source, problem_in_full, problems
from responder.domain.problem import EVENT, SOURCE_NAMES, SOURCES, STAGE_NAMES, Stage

reason = option("--reason", required=True, zh="理由", en="Why")
source_of = option(
    "--source", type=click.Choice(SOURCES), default=EVENT, zh="来源", en="Where it comes from"
)
change_of = option("--change", default="", metavar="CHG-…", zh="变更单号", en="The change's number")


@command("propose", "提出问题", "Propose a problem")
@argument("title")
@source_of
@option("--system", default="", zh="哪个系统", en="Which system")
@option("--symptom", default="", zh="现象", en="The symptom")
@option("--event", "events", multiple=True, metavar="EVT-…", zh="见于哪起", en="An event of it")
@option("--reference", default="", zh="依据编号", en="The finding it comes from")
def proposed(given: Given, **said: Any) -> None:
    """Propose it."""
    act(given, ProposeProblem, **said)


@command("submit", "立项，指定负责人", "It is a problem: who owns it")
@argument("problem")
@option("--owner", default="", metavar="PERSON", zh="负责人", en="Its owner")
def submitted(given: Given, problem: str, owner: str) -> None:
    """Submit it."""
    act(given, SubmitProblem, pages=bool(owner), problem=problem, owner=owner)


@command("analyse", "登记原因", "Its root cause")
@argument("problem")
@argument("cause")
def analysed(given: Given, problem: str, cause: str) -> None:
    """Keep it."""
    act(given, AnalyseProblem, problem=problem, cause=cause)


@command("handle", "登记解决方案与变更单号", "How it is put right, by which change")
@argument("problem")
@argument("fix")
@change_of
def handled(given: Given, problem: str, fix: str, change: str) -> None:
    """Keep it."""
    act(given, HandleProblem, problem=problem, fix=fix, change=change)


@command("escalate", "升级", "It cannot be put right here")
@argument("problem")
@reason
def escalated(given: Given, problem: str, reason: str) -> None:
    """Escalate it."""
    act(given, EscalateProblem, pages=True, problem=problem, reason=reason)


@command("verify", "第二人验证", "A second person found that the fix works")
@argument("problem")
@argument("verification")
def verified(given: Given, problem: str, verification: str) -> None:
    """Keep it."""
    act(given, VerifyProblem, problem=problem, verification=verification)


@command("solve", "已解决", "It is put right")
@argument("problem")
def solved(given: Given, problem: str) -> None:
    """Say so."""
    act(given, SolveProblem, problem=problem)


@command("end", "结束，写入经验教训", "End it, with its lesson")
@argument("problem")
@option("--lesson", required=True, zh="经验教训", en="What others should know next time")
@change_of
def ended(given: Given, problem: str, lesson: str, change: str) -> None:
    """End it."""
    act(given, EndProblem, problem=problem, lesson=lesson, change=change)


@command("dismiss", "不予立项", "It is none, and why")
@argument("problem")
@reason
def dismissed(given: Given, problem: str, reason: str) -> None:
    """Dismiss it."""
    act(given, DismissProblem, problem=problem, reason=reason)


@command("list", "问题库", "The library")
@option("--source", type=click.Choice(SOURCES), zh="来源", en="Of one source")
@option("--search", default="", metavar="TEXT", zh="搜索", en="Look through all that is said")
@option("--all", "everything", is_flag=True, zh="含已结束的", en="The ended ones too")
def listed(given: Given, source: str | None, **wanted: Any) -> None:
    """List it."""
    wanted["source"] = source or ""
    with looking(given) as house:
        found = house.read(lambda uow, now: problems(uow, now, **wanted))
        site = house.roster().site
    if given.as_json:
        say_json({"problems": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("没有这样的问题。", "There is no such problem."))
        return
    headings = (
        "",
        names.said("问题", "problem"),
        names.said("来源", "from"),
        names.said("负责人", "owner"),
        names.said("状态", "stage"),
        names.said("已停留（天）", "days in it"),
        names.said("经验教训", "lesson"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    return (
        one["id"],
        one["title"],
        SOURCE_NAMES[one["source"]].said(names.language),
        names.person(one["owner"]) if one["owner"] else "—",
        STAGE_NAMES[Stage(one["stage"])].said(names.language),
        ("red", str(one["days"])) if one["stuck"] else str(one["days"]),
        one["lesson"] or "—",
    )


@command("show", "一个问题", "One problem in full")
@argument("problem")
def shown(given: Given, problem: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: problem_in_full(uow, problem, now))
        site = house.roster().site
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    show.line(f"{found['id']} · {found['title']}")
    for stage in found["stages"]:
        said = STAGE_NAMES[Stage(stage["stage"])].said(names.language)
        by = names.person(stage["by"]) if stage["by"] else names.said("系统", "the engine")
        show.line(f"{names.clock(stage['at'], full=True)} {said} {by}")
    for key, said in (
        ("cause", names.said("原因", "Cause")),
        ("fix", names.said("解决方案", "Fix")),
        ("change", names.said("变更单号", "Change")),
        ("verification", names.said("验证结果", "Verification")),
        ("lesson", names.said("经验教训", "Lesson")),
        ("reason", names.said("不立项理由", "Dismissed because")),
    ):
        if found[key]:
            show.line(
                f"{said}：{found[key]}" if names.language == "zh" else f"{said}: {found[key]}"
            )
    show.line(names.said("运维事件：", "Events: ") + names.listed(found["events"]))
    show.line(names.said("整改：", "Measures: ") + names.listed(m["id"] for m in found["measures"]))


@command("sources", "各来源的问题数", "How many came from each source")
def sources(given: Given) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, _: by_source(uow))
        site = house.roster().site
    if given.as_json:
        say_json({"sources": found})
        return
    names = show.Names(site, given.language)
    headings = (
        names.said("来源", "source"),
        names.said("问题数", "all"),
        names.said("未结束", "open"),
    )
    rows = [(SOURCE_NAMES[s].said(names.language), n["all"], n["open"]) for s, n in found.items()]
    show.table(headings, rows)


@command("import", "从表格（CSV）录入问题", "Take problems in from a CSV file")
@argument("file", type=PATH)
def imported(given: Given, file: Path) -> None:
    """Take them in, all or none."""
    act(given, ImportProblems, rows=rows_of(file))


problem = group(
    "problem",
    "问题库",
    "The library of problems",
    proposed,
    submitted,
    analysed,
    handled,
    escalated,
    verified,
    solved,
    ended,
    dismissed,
    listed,
    shown,
    sources,
    imported,
)
