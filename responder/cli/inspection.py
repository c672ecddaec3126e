"""`inspect`: an inspector's read-only link to one incident."""

from datetime import datetime
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, house_to_act_in, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import instant
from responder.commands.records.inspection import (
    GrantInspection,
    RevokeInspection,
    TakeInspectionLink,
    inspections,
)
from responder.errors import BadInput


@command("grant", "提请给检查人员查阅权限（双人）", "Give an inspector leave to read; it takes two")
@argument("incident")
@option("--for", "inspector", required=True, metavar="NAME", zh="检查人员姓名、单位", en="Who")
@option("--until", required=True, metavar="TIME", zh="截止时间", en="Until when")
def granted(given: Given, incident: str, inspector: str, until: str) -> None:
    """Ask a second person."""
    with house_to_act_in(given) as (house, _by):
        end = instant(until, house.clock.now(), house.roster().site.time_zone)
    act(given, GrantInspection, incident=incident, inspector=inspector, until=end)


@command(
    "link",
    "取链接：只能打开一次，前一个随即失效",
    "Its link: it opens once, and ends the one before",
)
@argument("inspection")
def linked(given: Given, inspection: str) -> None:
    """Take it."""
    with house_to_act_in(given) as (house, by):
        if not house.settings.public_url:
            raise _no_address()
        reply = house.execute(TakeInspectionLink(by=by, inspection=inspection))
        until = datetime.fromisoformat(reply.facts["until"])
        url = app.inspection_link(house.settings, reply.id, reply.facts["link"], until)
    if given.as_json:
        say_json({"id": reply.id, "incident": reply.facts["incident"], "url": url})
        return
    click.echo(url)
    click.echo(reply.said.said(given.language), err=True)


@command("revoke", "撤回查阅权限，立即生效", "Take it back, with immediate effect")
@argument("inspection")
@option("--reason", default="", zh="理由", en="Why")
def revoked(given: Given, inspection: str, reason: str) -> None:
    """Take it back."""
    act(given, RevokeInspection, inspection=inspection, reason=reason)


@command("list", "谁可以查阅该事件，查阅了几次", "Who may read an incident, and how often they did")
@argument("incident")
def listed(given: Given, incident: str) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, now: inspections(uow, incident, now))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "inspections": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("没有给出查阅权限。", "Nobody was given leave."))
        return
    headings = (
        "",
        names.said("检查人员", "inspector"),
        names.said("截止", "until"),
        names.said("查阅次数", "reads"),
        names.said("状态", "state"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    if one["revoked_at"]:
        state = names.said("已撤回", "taken back")
    else:
        state = names.said("有效", "holds") if one["holds"] else names.said("已到期", "has run out")
    return one["id"], one["inspector"], one["until"], one["reads"], state


def _no_address() -> BadInput:
    return BadInput(
        "没有设置外部访问地址，链接无法打开。",
        "There is no public address under which a link would open.",
        "请设置 RESPONDER_PUBLIC_URL。",
        "Set RESPONDER_PUBLIC_URL.",
    )


inspect = group(
    "inspect", "检查人员查阅", "An inspector's read-only link", granted, linked, revoked, listed
)
