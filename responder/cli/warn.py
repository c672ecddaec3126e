"""`warn`: early warnings (7.2, first paragraph)."""

from typing import Any

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.casebook import show_tasks
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import LEVEL
from responder.commands.queries import warning, warnings
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.report import ReportWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.call_task import manner
from responder.domain.warning import STAGE_NAMES, Stage


@command("raise", "发起预警，请值班负责人核实", "Raise a warning; the duty lead verifies it")
@argument("playbook")
@option("--title", required=True, zh="什么隐患，一句话", en="What the danger is, in one line")
@option("--system", default="", zh="哪个系统", en="Which system")
@option("--level", type=LEVEL, zh="拟定级别", en="The level it would have")
def raised(given: Given, playbook: str, title: str, system: str, level: int | None) -> None:
    """Raise it."""
    fields = {"playbook": playbook, "title": title, "system": system, "level": level}
    act(given, RaiseWarning, pages=True, **fields)


@command("verify", "核实：确有隐患", "The danger is real")
@argument("id")
@option("--reason", default="", zh="依据", en="On what grounds")
def verified(given: Given, id: str, reason: str) -> None:
    """Verify it."""
    act(given, MoveWarning, warning=id, stage=Stage.VERIFIED, reason=reason)


@command("lift", "解除预警，按相同路径报告", "Lift it; reported along the same path")
@argument("id")
@option("--reason", required=True, zh="理由", en="Why")
def lifted(given: Given, id: str, reason: str) -> None:
    """Lift it."""
    act(given, MoveWarning, pages=True, warning=id, stage=Stage.LIFTED, reason=reason)


@command("dismiss", "经核实不成立（须第二人确认）", "It is nothing; takes a second person")
@argument("id")
@option("--reason", required=True, zh="理由", en="Why")
def dismissed(given: Given, id: str, reason: str) -> None:
    """Dismiss it."""
    act(given, MoveWarning, warning=id, stage=Stage.DISMISSED, reason=reason)


@command("convert", "预警成真：转为事件", "It has come true: declare the incident")
@argument("id")
@option("--title", default="", zh="事件标题（默认同预警）", en="The incident's title")
@option("--level", type=LEVEL, zh="响应级别", en="The response level")
def converted(given: Given, id: str, title: str, level: int | None) -> None:
    """Convert it."""
    act(given, ConvertWarning, pages=True, warning=id, title=title, level=level)


@command("report", "按报告路径报送预警", "Report it along the playbook's path")
@argument("id")
@option("--text", default="", zh="补充内容", en="What to add to the report")
def reported(given: Given, id: str, text: str) -> None:
    """Report it."""
    act(given, ReportWarning, pages=True, warning=id, text=text)


@command("list", "未了结的预警", "The open warnings")
@option("--all", "everything", is_flag=True, zh="含已了结的", en="The others too")
@option("--drill", is_flag=True, zh="改列演练中的预警", en="Those of drills instead")
def listed(given: Given, everything: bool, drill: bool) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: warnings(uow, everything, drill=drill))
        site = house.roster().site
    if given.as_json:
        say_json({"warnings": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    if not found:
        show.line(said("没有未了结的预警。", "No open warning."))
        return
    headings = (
        said("编号", "id"),
        said("状态", "state"),
        said("发起", "raised"),
        said("请谁核实", "asked"),
        said("隐患", "what"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    return (
        one["id"],
        STAGE_NAMES[Stage(one["stage"])].said(names.language),
        names.clock(one["raised_at"], full=True),
        names.person(one["asked"]),
        one["title"],
    )


@command("show", "一个预警的现状", "How one warning stands")
@argument("id")
def shown(given: Given, id: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: warning(uow, id))
        site, now = house.roster().site, house.clock.now()
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    said = names.said
    state = STAGE_NAMES[Stage(found["stage"])].said(given.language)
    marked = said("【演练】", "DRILL ") * bool(found["drill"]) + found["title"]
    show.line(f"{found['id']}  {marked}  {names.level(found['level'])} · {state}", "bold")
    show.pairs(
        [
            (said("处置方案", "playbook"), found["playbook"]),
            (said("发起", "raised"), _raised(found, names)),
            (said("核实时限", "verify by"), names.clock(found["verify_by"])),
            (said("已报告", "addressed"), names.listed(_addressed(found, names))),
            (said("预警报告", "report"), _report_due(found, names)),
            (said("转为事件", "became"), found["incident"] or ""),
        ]
    )
    _show_path(found, names)
    show_tasks(found["tasks"], names, now)


def _report_due(found: dict[str, Any], names: show.Names) -> str:
    if found["reported_at"]:
        at, who = names.clock(found["reported_at"]), names.person(found["reporter"])
        return names.said(f"{who}于{at}报送", f"{who} at {at}")
    due = names.clock(found["report_due_at"])
    said = names.said("须报送预警报告", "a warning report is due")
    return f"{said} {due}".rstrip() if found["important"] else ""


def _show_path(found: dict[str, Any], names: show.Names) -> None:
    """Whom it was reported to, in order, and how far each line is."""
    said, titles = names.said, ("reported", "ended_to")
    headings = (
        said("单位", "unit"),
        said("方式", "by"),
        said("次数", "tries"),
        said("告知", "told"),
    )
    for key, title in zip(titles, (said("报送", "Reported"), said("解除报告", "End")), strict=True):
        rows = [
            (
                names.unit(leg["unit"]),
                manner(leg["how"]).said(names.language),
                str(leg["attempts"]),
                names.clock(leg["told_at"])
                or (said("联系不上", "given up") * leg["given_up"] or "—"),
            )
            for leg in found[key]
        ]
        if rows:
            show.table(headings, rows, title)


def _raised(found: dict[str, Any], names: show.Names) -> str:
    return f"{names.clock(found['raised_at'], full=True)}  {names.person(found['raised_by'])}"


def _addressed(found: dict[str, Any], names: show.Names) -> list[str]:
    return [f"{names.person(one['to'])} ({one['via']})" for one in found["addressed"]]


warn = group(
    "warn",
    "预警",
    "Early warnings",
    raised,
    verified,
    reported,
    lifted,
    converted,
    dismissed,
    listed,
    shown,
)
