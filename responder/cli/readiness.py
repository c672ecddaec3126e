"""`readiness`: every control of the standard by its clause: how it stands, why, and the mend."""
# ruff: noqa: PLC0415 - a site is judged by its files without loading what a database needs

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.plainly import say_json, settings_for
from responder.cli.values import instant
from responder.readiness.control import LIGHT_NAMES, Light, Standing, assess
from responder.readiness.controls import every_control
from responder.readiness.report_facts import ReadinessReport, readiness_report
from responder.readiness.situation import Situation
from responder.readiness.values import values
from responder.settings import Settings

PATH: Any = click.Path(path_type=Path)
MARKS = {Light.GREEN: "✓", Light.AMBER: "!", Light.RED: "✗"}
STYLES = {Light.GREEN: "green", Light.AMBER: "yellow", Light.RED: "bold red"}
HISTORY = "history"


@command(
    "readiness",
    "对照标准逐条检查：合格、待办、不合格，理由和办法；readiness history 看走势",
    "Every control of the standard, clause by clause, with reason and mend; `readiness history`",
)
@argument("what", required=False, type=click.Choice([HISTORY]))
@option("--at", metavar="TIME", zh="何时（默认现在）", en="When; default now")
@option("--pdf", type=PATH, metavar="F.pdf", zh="另写成 PDF", en="Write it as a PDF, too")
@option("--strict", is_flag=True, zh="有不合格即退出码 1", en="Exit 1 where one is not met")
@option("--files", is_flag=True, zh="按文件，不按数据库", en="By the files, not the database")
@option("--clause", default="", metavar="7.1-x", zh="只看这些条款", en="Clauses that begin so")
def readiness(
    given: Given,
    what: str | None,
    at: str | None,
    pdf: Path | None,
    strict: bool,
    files: bool,
    clause: str,
) -> None:
    """Judge, and show."""
    seen, version = _seen(settings_for(given), at, files)
    chosen = (one for one in every_control() if one.id.startswith(clause))
    report = readiness_report(seen, assess(seen, chosen), version)
    if what == HISTORY:
        _show_history(given, report)
    elif given.as_json:
        say_json(_as_json(report, given.language))
    else:
        _show(given, seen, report)
    if pdf is not None:
        _write(given, pdf, report)
    if strict and report.counts()[Light.RED]:
        raise click.exceptions.Exit(1)


def _seen(settings: Settings, at: str | None, files: bool) -> tuple[Situation, str]:
    """What is judged, and the version of the register it comes from."""
    clock = app.system_clock()
    if files or not app.has_database(settings):
        site = app.files_of(settings.site)
        now = clock.now()
        return Situation(site, instant(at, now, site.time_zone) if at else now), ""
    from responder.commands.readiness.looking import situation

    with app.opened(settings, read_only=True) as house:
        roster = house.roster()
        now = house.clock.now()
        when = instant(at, now, roster.site.time_zone) if at else now
        seen = house.read(lambda uow, _now: situation(uow, when, roster.site))
        return seen, house.version() or ""


def _as_json(report: ReadinessReport, language: str) -> dict[str, Any]:
    return {
        "at": report.made_at.isoformat(),
        "version": report.version,
        "counts": {light.value: count for light, count in report.counts().items()},
        "controls": values(report.standings, language),
    }


def _show(given: Given, seen: Situation, report: ReadinessReport) -> None:
    names = show.Names(seen.site, given.language)
    said = names.said
    show.table(
        (
            said("条款", "clause"),
            said("状态", "state"),
            said("要求", "requirement"),
            said("依据", "evidence"),
            said("责任人", "up to"),
            said("情况与办法", "how it stands, and the mend"),
        ),
        [row for one in report.standings for row in _rows(one, names, seen.today)],
        f"{report.firm.said(given.language)} · {names.clock(seen.at, full=True)}",
    )
    counts = report.counts()
    total = len(report.standings)
    shown = "  ".join(f"{MARKS[light]} {_name(light, given)} {counts[light]}" for light in Light)
    worst = Light.RED if counts[Light.RED] else Light.AMBER if counts[Light.AMBER] else Light.GREEN
    show.line(said(f"共{total}项：{shown}", f"{total} controls: {shown}"), STYLES[worst])


def _name(light: Light, given: Given) -> str:
    return LIGHT_NAMES[light].said(given.language)


def _rows(one: Standing, names: show.Names, today: date) -> Iterator[Sequence[Any]]:
    language = names.language
    state = (STYLES[one.light], f"{MARKS[one.light]} {LIGHT_NAMES[one.light].said(language)}")
    first = one.id, state, one.title.said(language), _age(one.evidence_on, names, today)
    if not one.gaps:
        yield *first, "", one.reason.said(language)
    for number, gap in enumerate(one.gaps):
        owner = names.person(gap.owner) if gap.owner else ""
        words = f"{gap.what.said(language)} → {gap.mend.said(language)}"
        style = (STYLES[gap.light], f"{MARKS[gap.light]} {LIGHT_NAMES[gap.light].said(language)}")
        yield *(first if number == 0 else ("", style, "", "")), owner, words


def _age(on: date | None, names: show.Names, today: date) -> str:
    if on is None:
        return ""
    days = (today - on).days
    return names.said(f"{days}天前", f"{days} d ago") if days > 0 else str(on)


def _show_history(given: Given, report: ReadinessReport) -> None:
    trend = report.trend()
    if given.as_json:
        days = [
            {"on": day.isoformat(), **{light.value: count for light, count in counts.items()}}
            for day, counts in trend
        ]
        say_json({"days": days})
        return
    show.table(
        (given.said("日期", "day"), *(_name(light, given) for light in Light)),
        [(day, *(str(counts[light]) for light in Light)) for day, counts in trend],
    )


def _write(given: Given, out: Path, report: ReadinessReport) -> None:
    from responder.cli.papers import put, written

    made = app.papers_of().make("readiness", report, given.language)
    if given.as_json:
        put(out, made.pdf)  # the answer itself is one object already
        return
    written(given, out, made, "readiness")
