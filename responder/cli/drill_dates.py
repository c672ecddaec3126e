"""`drill propose`, `schedule` and what follows: the days of drills to come."""

from datetime import datetime
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, looking, say_json, settings_for
from responder.cli.duty import bound
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.drills.plan_at_work import when
from responder.commands.drills.planned import (
    AnswerInvitation,
    CancelDrill,
    MoveDrill,
    ScheduleDrill,
    TakeOverDrill,
    planned_drills,
)
from responder.commands.drills.recurring import recurring_to_come
from responder.commands.drills.scenarios import scenario_in_force
from responder.drills.dates import proposals


@command(
    "propose",
    "最近五个可演练的日期（避开交易时段），及当天请假人员",
    "The next five days without a session, and who is absent then",
)
@argument("scenario")
def propose(given: Given, scenario: str) -> None:
    """List them, by the register in force or by the files."""
    roster = app.roster_in_force(settings_for(given))
    site = roster.site
    found = proposals(scenario_in_force(site, scenario), roster, app.system_clock().now())
    if given.as_json:
        days = [{"at": one.at.isoformat(), "absent": list(one.absent)} for one in found]
        say_json({"scenario": scenario, "days": days})
        return
    names = show.Names(site, given.language)
    said = names.said
    if not found:
        show.line(said("90天内没有合适的日期。", "There is no such day within ninety days."))
    show.table(
        (said("时间", "time"), said("请假", "absent")),
        [(one.at.strftime("%Y-%m-%d %H:%M"), names.people(one.absent)) for one in found],
    )


@command(
    "schedule",
    "安排演练：通知参演人员并征求参加意见；未通知演练只告知导调",
    "Plan a drill's day: its people are invited; of an unannounced one controllers alone",
)
@argument("scenario")
@option("--at", required=True, metavar="TIME", zh="何时（本地时间）", en="When, local time")
@option("--in-session", default="", zh="为何在交易时段演练", en="Why while markets trade")
@option("--by-itself", is_flag=True, zh="到时由系统开始（须已批准）", en="The engine begins it")
def schedule(given: Given, scenario: str, at: str, in_session: str, by_itself: bool) -> None:
    """Plan it."""
    act(
        given,
        ScheduleDrill,
        pages=True,
        scenario=scenario,
        at=_instant(given, at),
        in_session=in_session,
        by_itself=by_itself,
    )


@command("move", "演练改期", "Move a drill to come")
@argument("plan")
@option("--at", required=True, metavar="TIME", zh="何时（本地时间）", en="When, local time")
@option("--reason", required=True, zh="理由", en="Why")
@option("--in-session", default="", zh="为何在交易时段演练", en="Why while markets trade")
def move(given: Given, plan: str, at: str, reason: str, in_session: str) -> None:
    """Move it."""
    act(
        given,
        MoveDrill,
        pages=True,
        plan=plan,
        at=_instant(given, at),
        reason=reason,
        in_session=in_session,
    )


def _instant(given: Given, at: str) -> datetime:
    zone = app.roster_in_force(settings_for(given)).site.time_zone
    return bound(at, app.system_clock().now(), zone)


@command("cancel", "取消已安排的演练", "Cancel a drill to come")
@argument("plan")
@option("--reason", required=True, zh="理由", en="Why")
def cancel(given: Given, plan: str, reason: str) -> None:
    """Cancel it."""
    act(given, CancelDrill, pages=True, plan=plan, reason=reason)


@command("answer", "答复演练邀请：yes 参加，no 不能参加", "Answer an invitation: yes or no")
@argument("plan")
@argument("comes", type=click.Choice(["yes", "no"]))
def answered(given: Given, plan: str, comes: str) -> None:
    """Keep it."""
    act(given, AnswerInvitation, plan=plan, comes=comes == "yes")


@command("take-over", "接手组织已安排的演练", "Lead a drill to come from now on")
@argument("plan")
def taken_over(given: Given, plan: str) -> None:
    """Take it over."""
    act(given, TakeOverDrill, plan=plan)


@command(
    "planned",
    "已安排的演练：时间、组织人、答复；定期演练待安排的下一次",
    "The drills to come, and who comes; the next date of each that recurs",
)
def planned(given: Given) -> None:
    """List them."""
    with looking(given) as house:
        found, recurring = house.read(planned_drills), house.read(recurring_to_come)
        site = house.roster().site
    if given.as_json:
        say_json({"planned": found, "recurring": recurring})
        return
    names = show.Names(site, given.language)
    if found:
        _say_planned(found, names)
    else:
        show.line(names.said("没有已安排的演练。", "No drill is planned."))
    if recurring:
        _say_recurring(recurring, names)


def _say_planned(found: list[dict[str, Any]], names: show.Names) -> None:
    said = names.said
    show.table(
        (
            "",
            said("演练", "drill"),
            said("时间", "when"),
            said("组织人", "led by"),
            said("参加/不能/邀请", "yes/no/asked"),
            said("批准", "approved"),
        ),
        [
            (
                one["id"],
                one["title"][names.language],
                when(datetime.fromisoformat(one["at"]), names.site),
                names.person(one["coordinator"]),
                f"{len(one['coming'])}/{len(one['not_coming'])}/{len(one['invited'])}",
                said("是", "yes") if one["approved"] else ("bold red", said("否", "no")),
            )
            for one in found
        ],
    )


def _say_recurring(found: list[dict[str, Any]], names: show.Names) -> None:
    """What the engine will plan by itself when its time comes."""
    show.line(names.said("定期演练，待安排：", "Recurring, not planned yet:"))
    show.table(
        (names.said("脚本", "scenario"), names.said("演练", "drill"), names.said("时间", "when")),
        [
            (
                one["scenario"],
                one["title"][names.language],
                when(datetime.fromisoformat(one["at"]), names.site),
            )
            for one in found
        ],
    )
