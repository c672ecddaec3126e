"""`drill`: drills begun, looked at and led to their end; and the group of all its commands."""

from datetime import datetime
from typing import Any

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.drill_dates import (
    answered,
    cancel,
    move,
    planned,
    propose,
    schedule,
    taken_over,
)
from responder.cli.drill_feedback import given_back
from responder.cli.drill_judged import (
    close,
    enter,
    evaluate,
    mark,
    observe,
    plan_change,
    report,
    reported,
)
from responder.cli.drill_partners import called, partnered
from responder.cli.drill_rehearsed import rehearsed
from responder.cli.drill_scenarios import approve, check, plan, scenarios
from responder.cli.drill_seen import say_drill
from responder.cli.drill_year import archived, archives_listed, programmed, taken_in, yearly
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.drills import queries
from responder.commands.drills.conducting import (
    AbortDrill,
    EndDrill,
    PauseDrill,
    ResumeDrill,
    SendRow,
)
from responder.commands.drills.starting import StartDrill
from responder.commands.workdays import day_of
from responder.domain.site import Site
from responder.drills.by_hand import NAME


@command(
    "start",
    "按脚本开始演练：只发给参演名单，一律带演练标识",
    "Begin a drill by its scenario: its list alone, every message marked",
)
@argument("scenario")
@option("--in-session", default="", zh="为何在交易时段演练", en="Why while markets trade")
def start(given: Given, scenario: str, in_session: str) -> None:
    """Begin."""
    act(given, StartDrill, pages=True, scenario=scenario, in_session=in_session)


@command("list", "演练一览", "The drills held")
def listed(given: Given) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(queries.drills)
        site = house.roster().site
    if given.as_json:
        say_json({"drills": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    if not found:
        show.line(said("还没有按脚本进行的演练。", "There was no drill by a scenario yet."))
        return
    show.table(
        (
            "",
            said("演练", "drill"),
            said("开始", "began"),
            said("做到/超时/部分/未做到", "done/late/part/not"),
            said("报告期限", "report due"),
        ),
        [
            (
                one["id"],
                one["title"][given.language],
                one["started_at"][:16].replace("T", " "),
                "/".join(str(n) for n in one["counts"].values())
                + said(f"（{NAME.zh}{one['by_hand']}）", f" ({one['by_hand']} {NAME.en})")
                * bool(one["by_hand"]),
                _report_due(one, site),
            )
            for one in found
        ],
    )


def _report_due(one: dict[str, Any], site: Site) -> str:
    """The last day for the report that a joint drill needs, while it is not made."""
    if not one["report_due_at"] or one["reported_on"]:
        return ""
    return day_of(datetime.fromisoformat(one["report_due_at"]), site.time_zone).isoformat()


@command(
    "show", "演练进展：下一条、已做到的、评定", "A drill: what is next, what was done, ratings"
)
@argument("id")
def shown(given: Given, id: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: queries.drill_shown(uow, id, now))
        site = house.roster().site
    if given.as_json:
        say_json(found)
        return
    say_drill(found, show.Names(site, given.language))


@command("inject", "提前或补发一条演练事件", "Send a row now")
@argument("id")
@argument("row")
def inject(given: Given, id: str, row: str) -> None:
    """Send it."""
    act(given, SendRow, pages=True, incident=id, row=row)


@command("pause", "暂停演练", "Pause a drill")
@argument("id")
@option("--reason", required=True, zh="理由", en="Why")
def pause(given: Given, id: str, reason: str) -> None:
    """Pause it."""
    act(given, PauseDrill, incident=id, reason=reason)


@command(
    "resume",
    "让暂停的或被真实事件冻结的演练继续",
    "Let a drill go on that was paused, or that a real incident froze",
)
@argument("id")
def resume(given: Given, id: str) -> None:
    """Resume it."""
    act(given, ResumeDrill, pages=True, incident=id)


@command("end", "结束演练", "End a drill")
@argument("id")
def end(given: Given, id: str) -> None:
    """End it."""
    act(given, EndDrill, incident=id)


@command(
    "abort",
    "中止演练；确有真实事件的加 --real，另行发起真实事件",
    "Abort a drill; with --real a real incident is declared afresh",
)
@argument("id")
@option(
    "--reason", required=True, zh="理由；--real 时为真实事件的标题", en="Why; the real one's title"
)
@option("--real", is_flag=True, zh="发生了真实事件", en="Something real has happened")
def abort(given: Given, id: str, reason: str, real: bool) -> None:
    """Abort it."""
    act(given, AbortDrill, pages=real, incident=id, reason=reason, real=real)


drill = group(
    "drill",
    "演练：检查、预演、进行、评定",
    "Drills: looked over, rehearsed, held, scored",
    scenarios,
    check,
    rehearsed,
    plan,
    approve,
    start,
    listed,
    shown,
    inject,
    pause,
    resume,
    end,
    abort,
    mark,
    enter,
    observe,
    called,
    partnered,
    given_back,
    propose,
    schedule,
    planned,
    answered,
    move,
    cancel,
    taken_over,
    evaluate,
    report,
    plan_change,
    close,
    reported,
    programmed,
    yearly,
    archived,
    taken_in,
    archives_listed,
)
