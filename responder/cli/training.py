"""`training`: the year's plan of training, who came, how they fared (7.1 ab, ac)."""

from typing import Any

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.planning.training import (
    AttendTraining,
    CloseTraining,
    HoldTraining,
    ScoreTraining,
    trainings,
)
from responder.domain.training import SUBJECT_NAMES


@command("list", "年度培训计划与办理情况", "The year's training, and what became of it")
def listed(given: Given) -> None:
    """List it."""
    with looking(given) as house:
        found, site = house.read(trainings), house.roster().site
    if given.as_json:
        say_json({"courses": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    headings = (
        said("编号", "id"),
        said("日期", "on"),
        said("培训", "training"),
        said("内容", "on what"),
        said("状态", "state"),
        said("参加", "came"),
        said("未到", "absent"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[str, ...]:
    said = names.said
    state = said("已办", "held") if one["held"] else said("计划", "planned")
    if one["overdue"]:
        state = said("逾期未办", "overdue")
    if one["running"]:
        state = said(f"签到中 {one['running']}", f"being held, {one['running']}")
    subjects = [
        SUBJECT_NAMES[s].said(names.language) for s in one["subjects"] if s in SUBJECT_NAMES
    ]
    return (
        one["id"],
        one["on"] or "—",
        one["title"][names.language],
        names.listed(subjects),
        state,
        str(len(one["attended"])),
        str(len(one["missed"])) if one["held"] else "—",
    )


@command("hold", "开始一次培训，开放签到", "Begin a course: people may sign in")
@argument("course")
@option("--material", default="", zh="教材", en="What is taught from")
def held(given: Given, course: str, material: str) -> None:
    """Begin it."""
    act(given, HoldTraining, pages=True, course=course, material=material)


@command("attend", "签到：本人，或登记他人", "Sign in: oneself, or others")
@argument("people", nargs=-1)
@option("--session", default="", metavar="TRN-…", zh="哪一次培训", en="Which training")
def attended(given: Given, people: tuple[str, ...], session: str) -> None:
    """Put people on the list."""
    act(given, AttendTraining, session=session, people=people)


@command("score", "登记成绩（五题答对几题）", "Record a score, of five questions")
@argument("person")
@argument("right", type=int)
@option("--session", default="", metavar="TRN-…", zh="哪一次培训", en="Which training")
def scored(given: Given, person: str, right: int, session: str) -> None:
    """Record it."""
    act(given, ScoreTraining, session=session, person=person, right=right)


@command("close", "结束签到，列出未到人员", "Close the list, and say who was absent")
@argument("session", required=False, default="")
def closed(given: Given, session: str) -> None:
    """Close it."""
    act(given, CloseTraining, session=session)


training = group("training", "应急培训", "Training", listed, held, attended, scored, closed)
