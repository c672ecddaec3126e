"""`drill`: scenarios looked over and rehearsed, drills held and scored."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, looking, say_json, settings_for
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
from responder.cli.drill_seen import say_drill
from responder.cli.drill_year import archived, archives_listed, programmed, taken_in, yearly
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.papers import PATH, written
from responder.commands.drills import queries
from responder.commands.drills.approving import ApproveDrill, plan_sheet
from responder.commands.drills.conducting import (
    AbortDrill,
    EndDrill,
    PauseDrill,
    ResumeDrill,
    SendRow,
)
from responder.commands.drills.starting import StartDrill
from responder.commands.workdays import day_of
from responder.domain.drill import KIND_NAMES, DrillScenario
from responder.domain.site import Site
from responder.drills.by_hand import NAME
from responder.drills.flaws import flaws
from responder.drills.recurring_flaws import recurrence_flaws
from responder.errors import UnknownId


@command("scenarios", "演练脚本一览", "The scenarios of the site")
def scenarios(given: Given) -> None:
    """List them."""
    site = app.files_of(settings_for(given).site)
    if given.as_json:
        say_json({"scenarios": [_shown(one) for one in site.scenarios.values()]})
        return
    names = show.Names(site, given.language)
    said = names.said
    show.table(
        (
            "",
            said("演练", "drill"),
            said("类型", "kind"),
            said("时长", "lasts"),
            said("事件", "rows"),
        ),
        [
            (
                one.id,
                one.title.said(given.language),
                KIND_NAMES[one.kind].said(given.language),
                str(one.lasts)[:-3],
                len(one.rows),
            )
            for one in site.scenarios.values()
        ],
    )


def _shown(one: DrillScenario) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "kind": one.kind.value,
        "playbook": one.playbook,
        "rows": len(one.rows),
        "expected": len(one.expected),
        "lasts_s": int(one.lasts.total_seconds()),
        "scripts": list(one.scripts),
    }


@command(
    "check",
    "检查演练脚本：一行一个问题；有问题则退出码为1。不写名称即检查全部",
    "Look a scenario over: a line a flaw, exit 1 on one. Without a name, all of them",
)
@argument("scenario", required=False, metavar="[SCENARIO|FILE]")
def check(given: Given, scenario: str | None) -> None:
    """Say what is wrong with it."""
    site = app.files_of(settings_for(given).site)
    today = day_of(app.system_clock().now(), site.time_zone)
    wanted = [named(site, scenario)] if scenario else list(site.scenarios.values())
    found = [
        (one, flaw)
        for one in wanted
        for flaw in (*flaws(one, site), *recurrence_flaws(one, site, app.days_of, today))
    ]
    if given.as_json:
        say_json({"flaws": [_flaw(one, flaw, given.language) for one, flaw in found]})
    else:
        for one, flaw in found:
            where = ".".join(flaw.path)
            what, mend = flaw.what.said(given.language), flaw.mend.said(given.language)
            click.echo(f"{one.id}: {where}: {what}: {mend}")
        click.echo(
            given.said(
                f"{len(wanted)}个脚本，{len(found)}个问题。",
                f"{len(wanted)} scenarios, {len(found)} flaws.",
            ),
            err=True,
        )
    if found:
        raise click.exceptions.Exit(1)


def _flaw(one: DrillScenario, flaw: Any, language: str) -> dict[str, Any]:
    return {
        "scenario": one.id,
        "path": list(flaw.path),
        "what": flaw.what.said(language),
        "mend": flaw.mend.said(language),
    }


def named(site: Site, scenario: str) -> DrillScenario:
    """A scenario by its id, or by its file. Raises UnknownId."""
    id = scenario.rpartition("/")[2].removesuffix(".yaml")
    if id not in site.scenarios:
        raise UnknownId("演练脚本", "scenario", scenario, site.scenarios)
    return site.scenarios[id]


@command("plan", "演练计划（PDF）：九项内容与事件清单", "A drill's plan and list, as PDF")
@argument("scenario")
@option("--out", required=True, type=PATH, metavar="FILE.pdf", zh="写到哪里", en="Where to")
def plan(given: Given, scenario: str, out: Path) -> None:
    """Write it."""
    with looking(given) as house:
        sheet = house.read(lambda uow, now: plan_sheet(uow, scenario, now))
    written(given, out, app.papers_of().make("drill-plan", sheet, given.language), scenario)


@command(
    "approve",
    "批准演练计划（编写人本人不能批准）",
    "Approve a drill's plan, as another than its author",
)
@argument("scenario")
def approve(given: Given, scenario: str) -> None:
    """Approve it."""
    act(given, ApproveDrill, scenario=scenario)


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
