"""`contacts diff`, `apply`, `export`: the site's files and the database, brought together."""

from pathlib import Path

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, house_to_act_in, looking, say_json
from responder.cli.contacts_import import export_tables
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.cli.papers import PATH
from responder.commands.manual.register_files import (
    SIDES,
    ApplyFiles,
    Compared,
    change_said,
    compared,
    conflict_said,
)
from responder.domain.change_words import described
from responder.domain.site import Site


@command(
    "diff",
    "文件与数据库各改了什么，逐项列出；两边都改且不一致的另列",
    "What the files and the database each changed, thing by thing, and where both did differently",
)
def diff(given: Given) -> None:
    """Compare both with what they last agreed on."""
    with looking(given) as house:
        files = app.files_of(house.settings.site)
        found = house.read(lambda uow, _now: compared(uow, files))
    if given.as_json:
        say_json(
            {
                "files": [change_said(one, found.base, files) for one in found.in_files],
                "database": [
                    change_said(one, found.base, found.database) for one in found.in_database
                ],
                "conflicts": [_conflict(found, number) for number in range(len(found.conflicts))],
            }
        )
        return
    _shown(given, found, files)


def _shown(given: Given, found: Compared, files: Site) -> None:
    language, said = given.language, given.said
    parts = (
        (said("文件改动", "Changed in the files"), found.in_files, files),
        (said("数据库改动", "Changed in the database"), found.in_database, found.database),
    )
    for title, many, after in parts:
        show.line(f"{title}: {len(many)}" if language == "en" else f"{title}：{len(many)}", "bold")
        for one in many:
            show.line(f"  {described(one, found.base, after).said(language)}")
    if not found.in_files and not found.in_database:
        show.line(said("文件与数据库一致。", "Files and database agree."))
    for clash in found.conflicts:
        head, _, ours, theirs = (
            words.said(language) for words in conflict_said(clash, found.base, found.database)
        )
        show.line(
            said(
                f"冲突：{head}：数据库“{ours}”，文件“{theirs}”",
                f"Conflict: {head}: database “{ours}”, files “{theirs}”",
            ),
            "red",
        )


def _conflict(found: Compared, number: int) -> dict[str, object]:
    one = found.conflicts[number]
    head, base, ours, theirs = conflict_said(one, found.base, found.database)
    return {
        "section": one.section,
        "thing": one.thing,
        "field": one.field,
        "base": base.zh,
        "database": ours.zh,
        "files": theirs.zh,
        "said": {"zh": head.zh, "en": head.en},
    }


@command(
    "apply",
    "采用文件中的改动；两边都改且不一致的，须用 --take 说明以哪一方为准",
    "Take what the files changed; --take settles what both sides changed differently",
)
@option("--take", default="", type=click.Choice(["", *SIDES]), zh="以哪一方为准", en="Whose counts")
def apply(given: Given, take: str) -> None:
    """Put it in force."""
    files = app.files_of(app.folder_of(given.site)[0])
    act(given, ApplyFiles, site=files, take=take)


@command(
    "export",
    "把数据库中的改动写回站点文件：只改动相应各行，注释和次序不动；或写成表格",
    "Write what the database changed back into the site's files, those lines alone; or as tables",
)
@option("--xlsx", type=PATH, metavar="FILE.xlsx", zh="写成工作簿", en="As a workbook")
@option("--csv", type=PATH, metavar="FILE.csv", zh="写成 CSV，一张表", en="One sheet, as CSV")
@option("--sheet", default="people", zh="哪张表（CSV）", en="Which sheet (CSV)")
def export(given: Given, xlsx: Path | None, csv: Path | None, sheet: str) -> None:
    """Rewrite what changed, or write tables."""
    if out := xlsx or csv:
        export_tables(given, out, sheet="" if xlsx else sheet)
        return
    with house_to_act_in(given) as (house, by):
        rewritten = app.export_register(house, by)
    if given.as_json:
        say_json({"id": "site", "files": list(rewritten)})
        return
    names = given.said("、", ", ").join(rewritten)
    done = given.said(f"已写回：{names}。", f"Written: {names}.")
    nothing = given.said("文件与数据库一致，没有改动任何文件。", "The files already say it all.")
    click.echo(done if rewritten else nothing)
