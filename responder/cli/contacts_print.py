"""`contacts print`, `placed`, `vcard`: the manual put on paper, into a file, onto telephones."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli.acting import act, house_to_act_in, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.papers import put, written
from responder.cli.values import Day
from responder.commands.manual.printing import PlaceManual, PrintManual, TakeVCards
from responder.domain.contact_manual import SIZES
from responder.errors import BadInput

PATH: Any = click.Path(path_type=Path)
VERSIONS = ("4.0", "3.0")


@command("print", "打印应急处置联络手册（PDF 或网页）", "The contact manual as PDF, or as one page")
@option(
    "--size",
    type=click.Choice(SIZES),
    default="a4",
    zh="a4 上架，a6 随身",
    en="a4 shelf, a6 wallet",
)
@option("--out", type=PATH, metavar="FILE.pdf", zh="PDF 写到哪里", en="Where the PDF goes")
@option("--html", type=PATH, metavar="FILE.html", zh="离线网页写到哪里", en="Where the page goes")
def printed(given: Given, size: str, out: Path | None, html: Path | None) -> None:
    """Write it; who took it out is on record."""
    if not out and not html:
        raise BadInput(
            "没有说明写到哪里。",
            "Nothing says where to write it.",
            "请加 --out 文件.pdf 或 --html 文件.html。",
            "Add --out FILE.pdf or --html FILE.html.",
        )
    form = "html" if html else "pdf"
    with house_to_act_in(given) as (house, by):
        manual = house.execute(PrintManual(by=by, size=size, form=form))
    if html:
        put(html, app.manual_page(manual, given.language).encode())
        if given.as_json:
            say_json({"id": manual.version, "file": str(html)})
        else:
            click.echo(given.said(f"已写好 {html}，断网可用。", f"{html}: works offline."))
    if out:
        made = app.papers_of().make("contact-manual", manual, given.language)
        written(given, out, made, manual.version)


@command(
    "placed", "登记手册放在哪里（旧版已销毁）", "A printed manual lies there; the old one is gone"
)
@argument("where")
@option("--on", "printed_on", type=Day(), zh="手册日期（默认今天）", en="Its date; default today")
@option("--size", type=click.Choice(SIZES), default="a4", zh="大小", en="Its size")
def placed(given: Given, where: str, printed_on: date | None, size: str) -> None:
    """Record it."""
    act(given, PlaceManual, where=where, printed_on=printed_on, size=size)


@command(
    "vcard", "导出电子名片，含应急外呼号码", "vCards, with the numbers emergency calls come from"
)
@argument("people", nargs=-1, metavar="[PERSON]...")
@option("--out", required=True, type=PATH, metavar="FILE.vcf", zh="写到哪里", en="Where to")
@option("--version", "version", type=click.Choice(VERSIONS), default="4.0", zh="版本", en="Version")
def vcard(given: Given, people: tuple[str, ...], out: Path, version: str) -> None:
    """Write them; who took them out is on record."""
    with house_to_act_in(given) as (house, by):
        taken = house.execute(TakeVCards(by=by, people=people))
        callers = app.caller_numbers(house.settings)
        firm = house.roster().site.firm.name.said(given.language)
    put(out, app.vcards_of(taken, callers, firm, given.language, version).encode())
    if given.as_json:
        say_json({"file": str(out), "people": len(taken), "callers": list(callers)})
        return
    count = len(taken)
    click.echo(given.said(f"已写好 {out}：{count}人。", f"{out}: {count} people."))
    if callers:
        click.echo(
            given.said(
                "其中“应急呼叫”一项含全部外呼号码：请每人存入并加入个人收藏，勿扰时才会响铃。",
                "“Emergency call” holds every number that calls: save it and add it to Favourites,"
                " so that calls ring in Do-Not-Disturb.",
            )
        )
    else:
        click.echo(
            given.said(
                "注意：没有配置外呼号码，未生成“应急呼叫”名片。请设置"
                " RESPONDER_TWILIO__FROM_NUMBER，或在 contacts/gateways.yaml 写 calls_from。",
                "Mind: no number that calls is known, so there is no “Emergency call” card. Set"
                " RESPONDER_TWILIO__FROM_NUMBER, or calls_from in contacts/gateways.yaml.",
            ),
            err=True,
        )
