"""`retention`: how long records are kept, and what holds them longer."""

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.records.retention import (
    EraseOutlived,
    PlaceHold,
    ReleaseHold,
    holds,
    outlived,
)
from responder.domain.retention import LEAST_YEARS


@command(
    "hold", "保全一个事件或预警的全部记录", "Put all records of an incident or warning on hold"
)
@argument("incident")
@option("--reason", required=True, zh="理由", en="Why")
def held(given: Given, incident: str, reason: str) -> None:
    """Place it."""
    act(given, PlaceHold, incident=incident, reason=reason)


@command("release", "解除保全（双人）", "Release a hold; it takes two")
@argument("incident")
@option("--reason", required=True, zh="理由", en="Why")
def released(given: Given, incident: str, reason: str) -> None:
    """Ask a second person."""
    act(given, ReleaseHold, incident=incident, reason=reason)


@command("list", "保全中的记录", "What is on hold")
def listed(given: Given) -> None:
    """List it."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: holds(uow))
        site = house.roster().site
    if given.as_json:
        say_json({"holds": found})
        return
    names = show.Names(site, given.language)
    rows = [(o["id"], o["reason"], names.person(o["by"]), o["at"][:10]) for o in found]
    if not rows:
        show.line(names.said("没有保全中的记录。", "Nothing is on hold."))
        return
    headings = (
        "",
        names.said("理由", "reason"),
        names.said("保全人", "by"),
        names.said("日期", "since"),
    )
    show.table(headings, rows)


@command(
    "run",
    "已满年限的记录；--dry-run 只列出，否则提请第二人确认删除",
    "Records past their years; --dry-run lists them, else a second person is asked to erase",
)
@option("--dry-run", is_flag=True, zh="只列出", en="List them alone")
@option("--reason", default="", zh="理由（删除时必填）", en="Why; needed to erase")
def run(given: Given, dry_run: bool, reason: str) -> None:
    """List them, or ask for them to be erased; `serve` sweeps away files that nobody names then."""
    if not dry_run:
        act(given, EraseOutlived, reason=reason)
        return
    with looking(given) as house:
        found = house.read(outlived)
        site = house.roster().site
    if given.as_json:
        lines = [
            {
                "id": one.id,
                "title": one.title,
                "ended_at": one.ended_at.isoformat(),
                "kept": [{"zh": words.zh, "en": words.en} for words in one.kept],
            }
            for one in found
        ]
        say_json({"years": max(site.retention_years, LEAST_YEARS), "records": lines})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("没有已满年限的记录。", "No record is past its years."))
    for one in found:
        kept = "；".join(words.said(given.language) for words in one.kept)
        may = names.said("可由双人删除", "two people may erase it")
        show.line(f"{one.id}  {one.ended_at:%Y-%m-%d}  {one.title}  {kept or may}")


retention = group(
    "retention",
    "记录保存与保全",
    "Keeping, holding and erasing records",
    held,
    released,
    listed,
    run,
)
