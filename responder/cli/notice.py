"""`notice`: public notices, from the draft to where they appeared."""

from datetime import datetime, timedelta
from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import instant
from responder.commands.notices.notice import DraftNotice, ReleaseNotice, WithdrawNotice
from responder.commands.notices.posting import RecordPosting
from responder.commands.notices.publishing import PublishNotice
from responder.commands.notices.queries import notice_shown, notices
from responder.domain.agreed_line import SHORT
from responder.domain.notice import POSTED_NAMES, STAGE_NAMES, Posted, Stage, readable


@command("list", "事件的公告", "The notices of an incident")
@argument("incident")
def notices_listed(given: Given, incident: str) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: notices(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "notices": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("还没有公告。", "There are no notices yet."))
        return
    said = names.said
    headings = ("", said("公告", "notice"), said("状态", "state"), said("编号", "no."), "")
    show.table(headings, [_notice_row(one, names) for one in found])


def _notice_row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    stage = STAGE_NAMES[Stage(one["stage"])].said(names.language)
    at = names.clock(one["published_at"] or one["drafted_at"])
    who = names.person(one["drafted_by"])
    return one["id"], one["template"], stage, one["no"] or "—", f"{at} {who}"


@command("show", "公告全文与各渠道的发布情况", "A notice: its texts, and where it appeared")
@argument("incident")
@argument("notice")
@option("--form", default="", metavar="FORM", zh="只看一种文本", en="Only one form")
def notice_printed(given: Given, incident: str, notice: str, form: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: notice_shown(uow, incident, notice))
        site = house.roster().site
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    stage = STAGE_NAMES[Stage(found["stage"])].said(names.language)
    reference = f"{found['line_version']}-{found['line_sha256'][:SHORT]}"
    head = names.said("口径", "line")
    show.line(f"{found['id']} {found['template']}  {stage}  {head} {reference}", "bold")
    for key, text in found["texts"].items():
        if form in ("", key.partition("/")[0]):
            show.line("")
            show.line(f"── {key} ──", "bold")
            for row in readable(text, names.language).splitlines():
                show.line(row)
    if found["outlets"]:
        show.line("")
        show.table(("", "", ""), [_outlet_row(id, o, names) for id, o in found["outlets"].items()])


def _outlet_row(id: str, one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    outlet = names.site.outlets.get(id)
    name = (outlet.name.said(names.language) if outlet else "") or id
    state = POSTED_NAMES[Posted(one["state"])].said(names.language)
    return name, state, names.clock(one["at"]) if one["at"] else one["why"]


class Blank(click.ParamType[tuple[str, str]]):
    """`scope=全部客户`, `scope.en=all customers`."""

    name = "K=V"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        """The name and the value."""
        if isinstance(value, tuple):
            return value
        name, equals, said = str(value).partition("=")
        if not equals or not name.strip():
            self.fail(f"“{value}”: scope=…", param, ctx)
        return name.strip(), said.strip()


BLANK = option(
    "--blank",
    "blanks",
    multiple=True,
    type=Blank(),
    metavar="K=V",
    zh="填一项，如 scope=全部客户；英文用 scope.en=…",
    en="Fill a blank: scope=…; for English alone scope.en=…",
)
NEXT = option(
    "--next", "next_at", default="", metavar="TIME", zh="下次公告时间", en="When the next one comes"
)


def _moment(given: Given, text: str) -> datetime | None:
    """`20:45`, an instant, or a duration from now such as `30m`."""
    if not text:
        return None
    with looking(given) as house:
        now, zone = house.clock.now(), house.roster().site.time_zone
    if text[-1:] == "m" and text[:-1].isdigit():
        return now + timedelta(minutes=int(text[:-1][:4]))
    return instant(text, now, zone)


@command("draft", "按模板拟公告", "Draft a notice from a template")
@argument("incident")
@argument("template")
@BLANK
@NEXT
def notice_drafted(
    given: Given,
    incident: str,
    template: str,
    blanks: tuple[tuple[str, str], ...],
    next_at: str,
) -> None:
    """Draft it; `template` is one of the fault's, or a stage: first, progress, …"""
    fields: dict[str, Any] = {"blanks": dict(blanks), "next_at": _moment(given, next_at)}
    act(given, DraftNotice, pages=True, incident=incident, template=template, **fields)


@command("correct", "发更正公告，去往同样的渠道", "Correct a published notice, to the same outlets")
@argument("incident")
@argument("notice")
@option("--reason", required=True, metavar="WHY", zh="更正什么", en="What is corrected")
@BLANK
@NEXT
def notice_corrected(
    given: Given,
    incident: str,
    notice: str,
    reason: str,
    blanks: tuple[tuple[str, str], ...],
    next_at: str,
) -> None:
    """Draft the correction."""
    fields: dict[str, Any] = {"blanks": dict(blanks), "next_at": _moment(given, next_at)}
    said = {"incident": incident, "corrects": notice, "reason": reason}
    act(given, DraftNotice, pages=True, **said, **fields)


@command("approve", "签发公告；拟稿人不能自己签发", "Release it; its author cannot alone")
@argument("incident")
@argument("notice")
def notice_released(given: Given, incident: str, notice: str) -> None:
    """Release it."""
    act(given, ReleaseNotice, pages=True, incident=incident, notice=notice)


@command("publish", "发布到全部渠道，或只发所列渠道", "Publish to all outlets, or those named")
@argument("incident")
@argument("notice")
@option("--outlet", "outlets", multiple=True, metavar="ID", zh="只发这里", en="Only there")
def notice_published(given: Given, incident: str, notice: str, outlets: tuple[str, ...]) -> None:
    """Publish it."""
    act(given, PublishNotice, pages=True, incident=incident, notice=notice, outlets=outlets)


@command("posted", "登记某渠道是否已发布", "Record whether it appeared at an outlet")
@argument("incident")
@argument("notice")
@argument("outlet")
@option("--not", "missing", is_flag=True, zh="核实没有发布", en="It surely did not appear")
@option("--at", default="", metavar="TIME", zh="何时发布", en="When it appeared")
@option("--note", default="", metavar="TEXT", zh="说明", en="A remark")
def notice_posted(
    given: Given, incident: str, notice: str, outlet: str, missing: bool, at: str, note: str
) -> None:
    """Record it."""
    fields: dict[str, Any] = {"outlet": outlet, "appeared": not missing, "note": note}
    act(given, RecordPosting, incident=incident, notice=notice, at=_moment(given, at), **fields)


@command("withdraw", "作废未发布的公告", "Put an unpublished notice aside")
@argument("incident")
@argument("notice")
@option("--reason", required=True, metavar="WHY", zh="理由", en="Why")
def notice_withdrawn(given: Given, incident: str, notice: str, reason: str) -> None:
    """Withdraw it."""
    act(given, WithdrawNotice, incident=incident, notice=notice, reason=reason)


notice = group(
    "notice",
    "公告",
    "Public notices",
    notices_listed,
    notice_printed,
    notice_drafted,
    notice_released,
    notice_published,
    notice_posted,
    notice_corrected,
    notice_withdrawn,
)
