"""`report list|show`: how reports stand: filled, missing, estimates, contradictions."""

from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.acting import looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.papers import put, written
from responder.commands.reports import seen as reports_seen
from responder.domain.report import STAGE_NAMES, Stage
from responder.domain.report_sheet import ReportSheet

PATH: Any = click.Path(path_type=Path)
MARKS = {"blank": "□", "open": "◧", "estimate": "≈", "filled": "■"}
STYLES = {"blank": "bold red", "open": "yellow", "estimate": "yellow", "filled": ""}
WIDE = 30


@command("list", "事件的全部报告", "The reports of an incident")
@argument("incident")
def listed(given: Given, incident: str) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: reports_seen.reports(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "reports": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("还没有报告。", "There is no report yet."))
        return
    said = names.said
    headings = ("", said("应报事项", "duty"), said("状态", "state"), said("报出", "submitted"), "")
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    state = STAGE_NAMES[Stage(one["stage"])].said(names.language)
    late = names.said(f"超时{one['late_s']}秒", f"late by {one['late_s']} s")
    corrects = names.said(f"更正{one['corrects']}号", f"corrects {one['corrects']}")
    tail = [late] * bool(one["late_s"]) + [corrects] * bool(one["corrects"])
    return one["id"], one["duty"], state, names.clock(one["submitted_at"], True), ", ".join(tail)


@command(
    "show", "看一份报告：已填、缺项、估计、矛盾；可写成 PDF、Word", "One report, or its papers"
)
@argument("report")
@option("--pdf", type=PATH, metavar="FILE.pdf", zh="写成 PDF", en="Write it as PDF")
@option("--docx", type=PATH, metavar="FILE.docx", zh="写成 Word，供签批", en="Write it for Word")
def shown(given: Given, report: str, pdf: Path | None, docx: Path | None) -> None:
    """Show it, or write it."""
    with looking(given) as house:
        sheet = house.read(lambda uow, now: reports_seen.sheet(uow, report, now))
        found = house.read(lambda uow, now: reports_seen.report(uow, report, now))
    if docx:
        put(docx, app.report_docx(sheet))
        if not given.as_json:
            click.echo(given.said(f"已写好 {docx}。", f"{docx} is written."))
    if pdf:
        made = app.papers_of().make("regulator-report", sheet, sheet.language)
        written(given, pdf, made, sheet.number)
    elif given.as_json:
        say_json(found)
    elif not docx:
        _print(given, sheet, found)


def _print(given: Given, sheet: ReportSheet, found: dict[str, Any]) -> None:
    """The form as it stands, what is missing, and what stops it, in the terminal."""
    drill = given.said("【演练】", "DRILL ") * sheet.drill
    show.line(f"{drill}{sheet.number} {sheet.title} · {sheet.subtitle} · {sheet.stage}", "bold")
    show.pairs(sheet.facts)
    rows = [
        (MARKS[r.mark], r.number, r.name, (STYLES[r.mark], _said(r.said, given)), r.note)
        for r in sheet.rows
    ]
    said = given.said
    show.table(("", "", said("项目", "field"), said("内容", "answer"), said("出处", "from")), rows)
    show.line(_meter(sheet, given))
    for name in sheet.missing:
        show.line(said(f"缺：{name}", f"Missing: {name}"), "bold red")
    for one in found["contradictions"]:
        words = f"{one['id']}: {one[given.language]}"
        if one["passed"]:
            show.line(
                said(
                    f"已注明理由：{words}——{one['passed']}", f"Let pass: {words} — {one['passed']}"
                )
            )
        else:
            show.line(said(f"矛盾：{words}", f"Against the record: {words}"), "bold red")
    for change in sheet.changes:
        show.line(f"{change.name}: {change.before or '—'} → {change.after or '—'}")
    if found["outdated"]:
        fields = ", ".join(found["outdated"])
        show.line(
            said(f"送签后处置记录已有新内容：{fields}", f"The record says more by now: {fields}")
        )
    for note in sheet.notes:
        show.line(note)


def _said(text: str, given: Given) -> str:
    return text.replace("\n", " ") or given.said("待填", "to be filled")


def _meter(sheet: ReportSheet, given: Given) -> str:
    """How full it is, as a bar and in figures."""
    whole = max(sheet.demanded, 1)
    full = WIDE * sheet.answered // whole
    bar = "█" * full + "░" * (WIDE - full)
    share = 100 * sheet.answered // whole
    return given.said("必填", "mandatory") + f" {bar} {sheet.answered}/{sheet.demanded} ({share} %)"
