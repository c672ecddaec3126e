"""`grade`: an event's grade under each regime; proposed until a named person confirms it."""

from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.reports.grade import ConfirmGrade, grades
from responder.domain.words import Words


@command(
    "grade",
    "事件等级：查看，或具名确认（与响应级别是两回事）",
    "An event's grade: look, or confirm",
)
@argument("incident")
@argument("regime", required=False, default="")
@argument("grade", required=False, default="")
@option("--reason", default="", metavar="WHY", zh="理由", en="Why")
def grade(given: Given, incident: str, regime: str, grade: str, reason: str) -> None:
    """Confirm it; without a regime, show them all."""
    if regime and not grade:
        raise click.UsageError(
            given.said("请写明等级，如 larger。", "Say which grade, such as larger.")
        )
    if regime:
        act(given, ConfirmGrade, incident=incident, regime=regime, grade=grade, reason=reason)
        return
    with looking(given) as house:
        found = house.read(lambda uow, _now: grades(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "grades": found})
        return
    names = show.Names(site, given.language)
    headings = ("", names.said("报告规则", "regime"), names.said("事件等级", "grade"))
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    said = Words(**one["words"]).said(names.language)
    if one["confirmed"]:
        who, at = names.person(one["by"]), names.clock(one["at"])
        state = names.said(f"{said}（{who}{at}确认）", f"{said} (confirmed by {who} at {at})")
    elif one["grade"]:
        why = Words(**one["because"]).said(names.language)
        state = names.said(
            f"{said}（拟定，待具名确认）：{why}", f"{said} (proposed, to be confirmed): {why}"
        )
    else:
        state = names.said("拟定，待具名确认", "to be said by a named person")
    return one["regime"], Words(**one["name"]).said(names.language), state
