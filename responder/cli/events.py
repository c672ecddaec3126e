"""`events`: the month's events, as the analysis that is due each month and as a table (5.8)."""

from pathlib import Path

import click

from responder import app
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, option
from responder.cli.papers import PATH, put, written
from responder.cli.show import Names, table
from responder.commands.problems.event_analysis import event_analysis
from responder.commands.problems.review import SignEvents, reviews
from responder.domain.event_analysis import Event, EventAnalysis

HEADINGS = (
    "id",
    "kind",
    "at",
    "level",
    "state",
    "playbook",
    "systems",
    "title",
    "lasted_seconds",
    "in_hand_after_seconds",
    "due",
    "late",
)


@command("report", "月度事件分析报告（PDF）", "The month's event analysis, as PDF")
@option("--month", required=True, metavar="2026-10", zh="月份", en="Which month")
@option("--out", required=True, type=PATH, metavar="FILE.pdf", zh="写到哪里", en="Where to")
def reported(given: Given, month: str, out: Path) -> None:
    """Write it."""
    found = _found(given, month)
    made = app.papers_of().make("event-analysis", found, given.language)
    written(given, out, made, month)


@command("export", "月度事件明细（CSV）", "The month's events, as CSV")
@option("--month", required=True, metavar="2026-10", zh="月份", en="Which month")
@option("--out", required=True, type=PATH, metavar="FILE.csv", zh="写到哪里", en="Where to")
def exported(given: Given, month: str, out: Path) -> None:
    """Write it."""
    found = _found(given, month)
    names = Names(found.site, given.language)
    put(out, app.csv_of(HEADINGS, (_row(one, names) for one in found.events)))
    click.echo(
        given.said(
            f"已写好 {out}，共 {len(found.events)} 行。", f"{out}, {len(found.events)} rows."
        )
    )


def _found(given: Given, month: str) -> EventAnalysis:
    with looking(given) as house:
        return house.read(lambda uow, now: event_analysis(uow, month, now))


def _row(one: Event, names: Names) -> tuple[str, ...]:
    spans = (one.lasted, one.in_hand_after)
    lasted, in_hand = ("" if span is None else f"{span.total_seconds():.0f}" for span in spans)
    return (
        one.id,
        one.kind,
        names.clock(one.at, full=True),
        str(one.level),
        one.state,
        one.fault,
        names.listed(names.system(id) for id in one.systems),
        one.title,
        lasted,
        in_hand,
        str(one.due),
        str(one.late),
    )


@command("sign", "签发事件分析报告", "Sign a month's analysis")
@option("--month", required=True, metavar="2026-10", zh="月份", en="Which month")
@option("--note", default="", zh="意见", en="A remark")
def signed(given: Given, month: str, note: str) -> None:
    """Sign it, with the counts of the log."""
    act(given, SignEvents, month=month, note=note)


@command("reviews", "各月的拟稿与签发", "Which months were drafted and signed")
def reviewed(given: Given) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, _: reviews(uow))
        site = house.roster().site
    if given.as_json:
        say_json({"reviews": found})
        return
    names = Names(site, given.language)
    headings = (
        names.said("月份", "month"),
        names.said("运维事件", "events"),
        names.said("拟稿", "drafted"),
        names.said("签发", "signed"),
    )
    rows = [
        (
            one["month"],
            str(one["counts"].get("total", 0)),
            names.clock(one["drafted_at"], full=True),
            names.person(one["signed_by"]) if one["signed_by"] else "—",
        )
        for one in found
    ]
    table(headings, rows)


events = group("events", "月度事件分析", "The month's events", reported, exported, signed, reviewed)
