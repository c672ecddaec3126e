"""`investigate`: after stand-down, what happened, why, and who puts it right (7.3)."""

from datetime import date
from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import DAY
from responder.commands.aftermath.accountability import ReadAccountability, WriteAccountability
from responder.commands.aftermath.investigation import (
    AddCause,
    Conclude,
    ConcludePreliminarily,
    ExtendSupplement,
    LeadInvestigation,
    WritePart,
    investigation,
)
from responder.domain.investigation import PART_NAMES, Part


@command("show", "调查的四个部分、原因与缺项", "Its four parts, its causes, and what is missing")
@argument("incident")
def shown(given: Given, incident: str) -> None:
    """Show it; of accountability, only whether there is any."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: investigation(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    for part in Part:
        show.line(PART_NAMES[part].said(given.language), "bold")
        text = found["parts"][part.value] or names.said("（未写）", "(not written)")
        for each in text.splitlines():
            show.line(f"  {each}")
    _show_causes(found, names)
    kept = (
        names.said("已填写", "written")
        if found["accountability"]
        else names.said("未写", "not written")
    )
    eyes = names.said("仅授权人员可见", "for those authorised alone")
    show.line(names.said(f"责任追究：{kept}（{eyes}）", f"Accountability: {kept} ({eyes})"))
    if found["preliminary"]:
        until, still = found["preliminary"]["supplement_by"], found["preliminary"]["open_points"]
        show.line(
            names.said(
                f"初步结论；补充报告应于{until}前提交。待查明：{still}",
                f"A preliminary conclusion; its supplement is due by {until}. Still open: {still}",
            )
        )
    if found["concluded_at"]:
        who = names.person(found["concluded_by"])
        show.line(names.said(f"已由{who}作出结论。", f"Concluded by {who}."), "green")
    elif found["lacking"]:
        missing = [one[names.language] for one in found["lacking"]]
        show.line(
            names.said("尚缺：", "Still missing: ") + names.said("；", "; ").join(missing), "yellow"
        )


def _show_causes(found: dict[str, Any], names: show.Names) -> None:
    for cause in found["causes"]:
        show.line(names.said(f"原因{cause['id']}：", f"Cause {cause['id']}: ") + cause["text"])
        for one in found["measures"]:
            if one["cause"] == cause["id"]:
                who = names.person(one["owner"])
                show.line(f"  {one['id']} {one['title']} · {who} · {one['due_on']}")


@command("write", "写一个部分", "Write one of its four parts")
@argument("incident")
@argument("part", type=click.Choice([part.value for part in Part]))
@argument("text")
def written(given: Given, incident: str, part: str, text: str) -> None:
    """Write it anew."""
    act(given, WritePart, incident=incident, part=Part(part), text=text)


@command("add", "登记一条原因", "Put a cause down")
@argument("incident")
@argument("text")
def cause_added(given: Given, incident: str, text: str) -> None:
    """Put it down."""
    act(given, AddCause, incident=incident, text=text)


@command("lead", "指定调查负责人", "Say who leads it")
@argument("incident")
@argument("person")
def led(given: Given, incident: str, person: str) -> None:
    """Give it its lead."""
    act(given, LeadInvestigation, incident=incident, to=person)


@command(
    "accountability",
    "责任追究：查看或填写，仅授权人员",
    "Who is held to account: see it or write it; for those authorised alone",
)
@argument("incident")
@argument("text", required=False)
def held_to_account(given: Given, incident: str, text: str | None) -> None:
    """With a text write it, without see it; both are on the record."""
    if text:
        act(given, WriteAccountability, incident=incident, text=text)
    else:
        act(given, ReadAccountability, incident=incident)


@command(
    "preliminary",
    "原因未明时先作初步结论，并定补充报告日期",
    "A preliminary conclusion where the cause is not known, and when the supplement follows",
)
@argument("incident")
@argument("open_points")
@option("--by", "day", required=True, type=DAY, zh="补充报告的日期", en="The day of the supplement")
def preliminarily(given: Given, incident: str, open_points: str, day: date) -> None:
    """Say what is still open."""
    fields: dict[str, Any] = {"open_points": open_points, "supplement_by": day}
    act(given, ConcludePreliminarily, incident=incident, **fields)


@command("extend", "补充报告延期", "A later date for the supplement")
@argument("incident")
@option("--until", required=True, type=DAY, zh="延至", en="The new day")
@option("--reason", required=True, zh="理由", en="Why")
def extended(given: Given, incident: str, until: date, reason: str) -> None:
    """Extend it."""
    act(given, ExtendSupplement, incident=incident, until=until, reason=reason)


@command("conclude", "作出结论；缺项会逐条列出", "Conclude it; what is missing is listed")
@argument("incident")
def concluded(given: Given, incident: str) -> None:
    """End it."""
    act(given, Conclude, incident=incident)


cause = group("cause", "原因", "Causes", cause_added)
investigate = group(
    "investigate",
    "事件调查",
    "Investigating an incident",
    shown,
    written,
    cause,
    led,
    held_to_account,
    preliminarily,
    extended,
    concluded,
)
