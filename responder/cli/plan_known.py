"""`plan read|quiz|receipts|coverage|check`: who knows the plan, what it covers and lacks."""

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, answer, house_to_act_in, looking, say_json, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, argument
from responder.commands.planning.knowing import AnswerQuestion, ReadPlan, quiz_of, receipts
from responder.domain.fault_grid import Cell, fault_grid
from responder.domain.plan_life import Question

CLAUSES = ("7.1-P.", "7.1-R.", "7.1-l", "4.4")


@command("read", "确认已读现行预案", "I have read the version in force")
def read(given: Given) -> None:
    """Confirm it."""
    act(given, ReadPlan)


@command("quiz", "预案测验：不写答案则出题", "The quiz; without answers it asks")
@argument("answers", nargs=-1, type=int)
def quizzed(given: Given, answers: tuple[int, ...]) -> None:
    """Ask what is next, or take answers in their order."""
    with house_to_act_in(given) as (house, by):
        replies = [house.execute(AnswerQuestion(by=by, answer=one)) for one in answers]
        quiz = house.read(lambda uow, _now: quiz_of(uow, by.person))
    for reply in replies:
        answer(given, reply)
    if replies and not replies[-1].facts["more"]:
        return
    left = quiz.questions[len(quiz.answers) :]
    if given.as_json and not answers:
        say_json({"of": quiz.of, "questions": [_question(one, given) for one in left]})
    elif not given.as_json:
        for number, one in enumerate(left, len(quiz.answers) + 1):
            show.line(f"{number}. {one.ask.said(given.language)}", "bold")
            for place, choice in enumerate(one.choices, 1):
                show.line(f"   {place}) {choice.said(given.language)}")
        hint = given.said("按题序回答：plan quiz 2 1 3 …", "Answer in order: plan quiz 2 1 3 …")
        click.echo(hint)


def _question(one: Question, given: Given) -> dict[str, object]:
    choices = [choice.said(given.language) for choice in one.choices]
    return {"id": one.id, "ask": one.ask.said(given.language), "choices": choices}


@command("receipts", "研读与测验情况", "Who has read it and passed the quiz")
def receipts_shown(given: Given) -> None:
    """List them, and the share by post."""
    with looking(given) as house:
        found, site = house.read(receipts), house.roster().site
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    said = names.said
    rows = [
        (
            names.person(one["person"]),
            names.listed(_post(post, names) for post in one["posts"]),
            one["read_on"] or said("未读", "not read"),
            one["passed_on"] or said("未通过", "not passed"),
        )
        for one in found["people"]
    ]
    headings = (
        said("人员", "person"),
        said("岗位", "post"),
        said("研读", "read"),
        said("测验", "quiz"),
    )
    show.table(headings, rows)
    for post, percent in found["percent_by_post"].items():
        show.line(f"{_post(post, names)}: {percent}%")


def _post(post: str, names: show.Names) -> str:
    if post == "command_body":
        return names.said("领导小组", "command body")
    return names.role(post)


MARKS = {True: "✗", False: "✓"}


@command("coverage", "系统与故障对照表，缺口标明", "Systems × faults, with the holes shown")
def covered(given: Given) -> None:
    """Draw the grid."""
    site = app.roster_in_force(settings_for(given)).site
    cells = fault_grid(site)
    holes = [cell for cell in cells if cell.is_hole]
    if given.as_json:
        said = [
            {
                "system": cell.system,
                "fault": cell.fault or None,
                "playbooks": list(cell.playbooks),
                "lacks": list(cell.lacks),
            }
            for cell in cells
        ]
        say_json({"cells": said, "holes": len(holes)})
        return
    names = show.Names(site, given.language)
    headings = (
        names.said("系统", "system"),
        names.said("故障", "fault"),
        names.said("处置方案", "playbooks"),
        names.said("处置＋报告", "handled, reported"),
    )
    show.table(headings, [_cell_row(cell, names) for cell in cells])
    show.line(
        names.said(
            f"{len(cells)}处，缺口{len(holes)}处。", f"{len(cells)} places, {len(holes)} holes."
        ),
        "bold",
    )


LACKS = {
    "scheme": ("没有方案", "no scheme"),
    "handling": ("没有处置流程", "no handling flow"),
    "reporting": ("没有报告流程", "no reporting flow"),
}


def _cell_row(cell: Cell, names: show.Names) -> tuple[str, ...]:
    fault = names.site.faults.get(cell.fault)
    lacks = names.listed(names.said(*LACKS[one]) for one in cell.lacks) if cell.lacks else ""
    return (
        names.system(cell.system),
        fault.name.said(names.language) if fault else "—",
        names.listed(cell.playbooks),
        f"{MARKS[cell.is_hole]} {lacks}".rstrip(),
    )


@command("check", "预案是否齐备（十项、规则）", "What the plan lacks: its ten sections and rules")
def checked(given: Given) -> None:
    """The findings of `check` that concern the plan; exit 1 on an error."""
    folder, _ = app.folder_of(given.site)
    found = [one for one in app.examined(folder)[0] if one.clause.startswith(CLAUSES)]
    errors = sum(one.severity == "error" for one in found)
    if given.as_json:
        rows = [
            {"clause": one.clause, "severity": one.severity, "said": one.said(given.language)}
            for one in found
        ]
        say_json({"errors": errors, "findings": rows})
    else:
        for one in found:
            click.echo(one.said(given.language))
        rest = len(found) - errors
        click.echo(
            given.said(
                f"预案：{errors}个错误，{rest}个提醒。", f"{errors} errors, {rest} warnings."
            )
        )
    if errors:
        raise click.exceptions.Exit(1)
