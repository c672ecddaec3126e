"""`regime`: the rule packs that apply, and what each demands by when."""

from typing import Any
from zoneinfo import ZoneInfo

import click

from responder import app
from responder.cli import show
from responder.cli.acting import say_json, settings_for
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.obligations.regimes import regime_facts, regimes_at
from responder.domain.site import Site
from responder.errors import UnknownId


@command("list", "适用的报告规则：是否在施行，有几处待核对", "The rule packs that apply")
@option("--all", "all_", is_flag=True, zh="连同随版本附带而未选用的", en="Those not in use as well")
def listed(given: Given, all_: bool) -> None:
    """List them."""
    site = app.roster_in_force(settings_for(given)).site
    day = app.system_clock().now().astimezone(ZoneInfo(site.time_zone)).date()
    in_use = regimes_at(site, day)
    others = Site(regimes={**app.shipped_regimes(), **site.regimes})
    found = [
        one | {"applies": one["id"] in site.regimes}
        for one in (regimes_at(others, day) if all_ else in_use)
    ]
    if given.as_json:
        say_json({"regimes": found})
        return
    said = show.Names(site, given.language).said
    show.table(
        (
            said("编号", "id"),
            said("适用", "applies"),
            said("施行中", "in force"),
            said("报告", "reports"),
            said("待核对", "to verify"),
            said("名称", "name"),
        ),
        [
            (
                one["id"],
                said("是", "yes") if one["applies"] else "—",
                said("是", "yes") if one["in_force"] else _dates(one),
                len(one["duties"]),
                len(one["to_verify"]) or "—",
                one["name"][given.language],
            )
            for one in found
        ],
    )


@command("show", "一份报告规则：何时报、报给谁、出处", "One pack: what is due by when, to whom")
@argument("id")
@option(
    "--text", is_flag=True, zh="文件原文，可作底稿", en="The file, to begin one of your own with"
)
def shown(given: Given, id: str, text: bool) -> None:
    """Show it."""
    if text:
        click.echo(app.regime_text(id), nl=False)
        return
    site = app.roster_in_force(settings_for(given)).site
    known = {**app.shipped_regimes(), **site.regimes}
    if id not in known:
        raise UnknownId("报告规则", "rule pack", id, sorted(known))
    facts = regime_facts(known[id])
    if given.as_json:
        say_json(facts)
        return
    names = show.Names(site, given.language)
    show.line(f"{facts['name'][given.language]} ({id})", "bold")
    for line in (_source(facts["source"], names), facts["note"][given.language]):
        if line:
            show.line(line)
    said = names.said
    show.table(
        (
            said("编号", "id"),
            said("报告", "report"),
            said("报送对象", "to"),
            said("时限", "due"),
            said("出处", "source"),
        ),
        [
            (
                one["id"],
                one["name"][given.language],
                one["addressee"][given.language],
                said("；", "; ").join(words[given.language] for words in one["due"] + one["only"]),
                _source(one["source"], names),
            )
            for one in facts["reports"]
        ],
    )
    for source in facts["to_verify"]:
        show.line(said("待核对：", "To verify: ") + source, "yellow")


def _dates(one: dict[str, Any]) -> str:
    return f"{one['effective_from'] or '…'} – {one['effective_to'] or '…'}"


def _source(source: dict[str, Any], names: show.Names) -> str:
    checked = source["verified_on"] or names.said("未核对", "never checked")
    return f"{source['text']} [{source['confidence']}, {checked}]"


regime = group("regime", "报告规则", "Rule packs", listed, shown)
"""The group."""
