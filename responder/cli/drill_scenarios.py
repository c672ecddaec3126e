"""`drill scenarios` to `drill approve`: scenarios looked over, their plans written and approved."""

from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, looking, say_json, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.papers import PATH, written
from responder.commands.drills.approving import ApproveDrill, plan_sheet
from responder.commands.workdays import day_of
from responder.domain.drill import KIND_NAMES, DrillScenario
from responder.domain.site import Site
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
