"""`brief`: progress told to the parties concerned, and the clocks that say when (7.2)."""

from datetime import datetime
from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import Group, command
from responder.cli.given import Given, argument, option
from responder.commands.briefings.briefing import Brief
from responder.commands.briefings.due import briefings
from responder.domain.words import Words
from responder.errors import BadInput

HOWS = {
    "text": Words("通报", "told"),
    "no_change": Words("无变化", "no change"),
    "five_lines": Words("五行快报", "five lines"),
}


@command("tell", "向一个对象通报处置进展", "Tell an audience how things stand")
@argument("incident")
@argument("audience")
@argument("text", required=False, default="")
@option("--no-change", is_flag=True, zh="确无变化", en="Nothing has changed")
def told(given: Given, incident: str, audience: str, text: str, no_change: bool) -> None:
    """Tell it."""
    if bool(text.strip()) == no_change:
        raise BadInput(
            "请写明进展，或用 --no-change，二者取一。",
            "Give a text, or --no-change: one of the two.",
            f"例：responder brief {incident} {audience} “…”",
            f'For example: responder brief {incident} {audience} "…"',
        )
    act(given, Brief, pages=True, incident=incident, audience=audience, text=text)


@command("due", "何时应通报谁，以及按时情况", "Who is to be told when, and how well it was kept")
@argument("incident", required=False, default="")
def due(given: Given, incident: str) -> None:
    """List it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: briefings(uow, now, incident))
        site, now = house.roster().site, house.clock.now()
    if given.as_json:
        say_json({"id": incident, "briefings": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    if not found:
        show.line(said("没有处置中的事件。", "No incident is being handled."))
        return
    headings = (
        said("事件", "incident"),
        said("对象", "audience"),
        said("应于", "due"),
        said("上次", "last"),
        said("按时", "on time"),
        said("送达", "delivered"),
        said("由谁通报", "kept by"),
    )
    show.table(headings, [_row(one, names, now) for one in found])


def _row(one: dict[str, Any], names: show.Names, now: datetime) -> tuple[Any, ...]:
    last = names.clock(one["last_at"])
    if one["how"]:
        last += f" {HOWS[one['how']].said(names.language)}"
    name = f"{one['name'][names.language]} ({one['audience']})"
    keeper = names.said("自动", "by itself") if one["itself"] else names.person(one["keeper"])
    return one["incident"], name, _due(one, names, now), last, _kept(one), _delivered(one), keeper


def _due(one: dict[str, Any], names: show.Names, now: datetime) -> str:
    if one["due_at"] is None:
        return "—"
    at = names.clock(one["due_at"])
    late = one["overdue"] or datetime.fromisoformat(one["due_at"]) < now
    return names.said(f"{at} 逾期", f"{at} overdue") if late else at


def _kept(one: dict[str, Any]) -> str:
    """How many intervals were kept, of how many."""
    kept = sum(interval["late_s"] == 0 for interval in one["intervals"])
    return f"{kept}/{len(one['intervals'])}"


def _delivered(one: dict[str, Any]) -> str:
    """Whom the last one surely reached by some way, of whom it went to."""
    reached = sum("delivered" in ways.values() for ways in one["receipts"].values())
    return f"{reached}/{len(one['receipts'])}"


class _Brief(Group):
    """`brief INCIDENT AUDIENCE …` is `brief tell INCIDENT AUDIENCE …`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """An incident's id in the place of a command means that it is told of."""
        if args[0].upper().startswith(("INC-", "DRL-")):
            args = ["tell", *args]
        return super().resolve_command(ctx, args)


brief = _Brief("brief", "通报处置进展", "Tell the parties concerned how things stand", {})
"""The group."""
for _one in (told, due):
    brief.add_command(_one)
