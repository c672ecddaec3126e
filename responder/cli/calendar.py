"""`calendar`: the calendars that limits and trading time are counted by."""

import click

from responder import app
from responder.cli import show
from responder.cli.acting import say_json, settings_for
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import instant
from responder.commands.calendars import calendars_at


@command(
    "list",
    "本单位用到的日历：到何日止，此刻（或某时）是工作日还是休息日、处于哪个交易时段",
    "The calendars in use: until when, and the kind of day and the session now (or then)",
)
@option("--at", metavar="TIME", zh="何时（默认现在）", en="When; default now")
def listed(given: Given, at: str | None) -> None:
    """List them."""
    site = app.roster_in_force(settings_for(given)).site
    now = app.system_clock().now()
    when = instant(at, now, site.time_zone) if at else now
    found = calendars_at(site.calendars, when)
    if given.as_json:
        say_json({"at": when.isoformat(), "calendars": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    show.line(names.clock(when, full=True) + f" {site.time_zone}", "bold")
    show.table(
        (
            said("编号", "id"),
            said("日历", "calendar"),
            said("时段", "phase"),
            said("交易日", "trading day"),
            said("止于", "until"),
            said("待核对", "to verify"),
        ),
        [
            (
                one["id"],
                one["name"][names.language],
                one["phase"][names.language],
                one["trading_day"] or "—",
                one["until"],
                said("是", "yes") if one["needs_verification"] else "—",
            )
            for one in found
        ],
    )


@command(
    "show",
    "随版本提供的一份日历原文，可作为本单位日历的底稿",
    "A calendar of the release as its file says, to begin one of your own with",
)
@argument("id")
def shown(given: Given, id: str) -> None:
    """Show it."""
    text = app.calendar_text(id)
    if given.as_json:
        say_json({"id": id, "text": text})
        return
    click.echo(text, nl=False)


calendar = group(
    "calendar",
    "日历：工作日、交易日、交易时段",
    "Calendars: days of work and trading, sessions",
    listed,
    shown,
)
"""The group."""
