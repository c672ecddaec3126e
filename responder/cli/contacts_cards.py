"""`contacts cards`: emergency work cards printed, issued, received, listed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, house_to_act_in, looking, say_json
from responder.cli.frame import Group, Later, command
from responder.cli.given import Given, argument, option
from responder.cli.papers import put
from responder.commands.manual.cards import IssueCards, ReceiveCard
from responder.commands.manual.cards_shown import PrintCards, cards
from responder.errors import BadInput

PATH: Any = click.Path(path_type=Path, file_okay=False)
STATES = {
    "received": ("已签收", "received"),
    "awaited": ("待签收", "receipt awaited"),
    "outdated": ("内容已变，待重发", "outdated: to be issued afresh"),
    "missing": ("没有卡片", "none"),
    "on_paper": ("启用前已领纸质卡", "on paper, from before"),
    "withdrawn": ("已作废", "withdrawn"),
}
PRESSING = ("missing", "outdated", "awaited")


@command("print", "打印工作卡片（A6，PDF）", "Print work cards, A6, as PDF")
@argument("people", nargs=-1, metavar="[PERSON]...")
@option(
    "--out", required=True, type=PATH, metavar="DIR", zh="写到哪个文件夹", en="Into which folder"
)
def printed(given: Given, people: tuple[str, ...], out: Path) -> None:
    """One file a person, in their own language; who printed them is on record."""
    with house_to_act_in(given) as (house, by):
        sheets = house.execute(PrintCards(by=by, people=people))
        settings = house.settings
    _folder(out)
    press = app.papers_of()
    for sheet in sheets:
        card = sheet.card
        link = ""
        if sheet.version:
            link = app.printed_card_link(settings, card.person, sheet.version, sheet.issued_at)
        made = press.make("work-card", replace(sheet, link=link), given.lang or card.language)
        put(out / f"{card.person}.pdf", made.pdf)
    if given.as_json:
        say_json({"folder": str(out), "people": [sheet.card.person for sheet in sheets]})
        return
    count = len(sheets)
    click.echo(given.said(f"已写好{count}张卡片：{out}", f"{count} cards in {out}"))
    if not settings.public_url:
        click.echo(
            given.said(
                "未设 public_url：卡片上没有二维码，卡面已注明。",
                "No public_url is set: the cards bear no QR code, and say so.",
            ),
            err=True,
        )


@command("issue", "发卡：给没有或内容已变的人", "Issue cards to whoever lacks the right one")
@argument("people", nargs=-1, metavar="[PERSON]...")
@option(
    "--lost", is_flag=True, zh="旧卡遗失，旧二维码作废", en="The old one is lost: void its code"
)
def issued(given: Given, people: tuple[str, ...], lost: bool) -> None:
    """Issue them, and ask for the receipts."""
    act(given, IssueCards, pages=True, people=people, lost=lost)


@command("received", "签收卡片（本人，或代登记纸质签收）", "A card was received, by me or on paper")
@argument("person", required=False, default="")
def received(given: Given, person: str) -> None:
    """Record the receipt."""
    act(given, ReceiveCard, person=person)


@command("list", "谁有卡片、哪一版、签收没有", "Who holds which card, and whether it was received")
def listed(given: Given) -> None:
    """List them, what presses first."""
    with looking(given) as house:
        found = house.read(cards)
        site = house.roster().site
    if given.as_json:
        say_json({"cards": found})
        return
    names = show.Names(site, given.language)
    found.sort(key=lambda one: one["state"] not in PRESSING)
    headings = (
        names.said("姓名", "name"),
        names.said("编号", "id"),
        names.said("版本", "version"),
        names.said("状态", "state"),
        names.said("发卡", "issued"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    said = names.said(*STATES[one["state"]])
    colour = {"missing": "red", "outdated": "red", "awaited": "yellow"}.get(one["state"])
    day = (one["issued_at"] or one["received_on"] or "")[:10]
    state = (colour, said) if colour else said
    return names.person(one["person"]), one["person"], one["version"] or "—", state, day


def _folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"建不了文件夹 {out}：{error.strerror}。",
            f"{out} cannot be made: {error.strerror}.",
            "请换一个可写的位置。",
            "Name a place that can be written.",
        ) from None


class Cards(Group):
    """`contacts cards PERSON --out DIR` prints, without the word for it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; whoever says where to write wants to print."""
        prints = "--out" in args and not any(one in self.table for one in args)
        return super().parse_args(ctx, ["print", *args] if prints else args)


HERE = "contacts_cards"
cards_group = Cards(
    "cards",
    "应急工作卡片：打印、发放、签收",
    "Emergency work cards: print, issue, receive",
    {
        "print": Later(f"{HERE}:printed", "打印卡片（A6）", "Print cards, A6"),
        "issue": Later(f"{HERE}:issued", "发卡，请本人签收", "Issue cards, ask for receipts"),
        "received": Later(f"{HERE}:received", "签收", "A card was received"),
        "list": Later(f"{HERE}:listed", "谁有卡片、签收没有", "Who holds which card"),
    },
)
