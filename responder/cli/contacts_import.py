"""`contacts import` and its preview; the register written as tables by `contacts export`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder import app
from responder.cli import import_shown
from responder.cli.acting import act, answer, house_to_act_in, say_json, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.papers import PATH, put
from responder.commands.command import Reply
from responder.commands.manual.changing import UndoRevision
from responder.commands.manual.importing import (
    ImportContacts,
    Preview,
    TakeTables,
    preview,
    profile_for,
    profiles,
)
from responder.errors import BadInput

if TYPE_CHECKING:
    from responder.domain.roster import Roster
    from responder.domain.tables.sheet import Reading

Kept = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Read:
    """A file read: its rows, by which mapping of columns, and whether that is to be kept."""

    reading: "Reading"
    profile: str
    is_new: bool

    @property
    def faults(self) -> int:
        """Rows that could not be read."""
        return sum(one.grave for one in self.reading.remarks)


@command(
    "import",
    "从表格导入通讯录（.xlsx .xls .csv .docx）：先预览，加 --apply 才保存",
    "Take contacts in from tables (.xlsx .xls .csv .docx): a preview, and with --apply for good",
)
@argument("file", required=False, type=PATH, metavar="FILE")
@option(
    "--profile", default="", metavar="NAME", zh="列名对照的名称", en="A kept mapping of columns"
)
@option("--sheet", default="", metavar="SHEET", zh="只读这张表", en="This sheet alone")
@option(
    "--map",
    "said",
    multiple=True,
    metavar="HEADING=FIELD",
    zh="某列是什么字段，可重复",
    en="Which field a column holds; may be repeated",
)
@option("--apply", is_flag=True, zh="保存", en="Save it")
@option("--skip-faults", is_flag=True, zh="略过有错误的行", en="Leave rows with a fault out")
@option(
    "--remove-missing",
    is_flag=True,
    zh="文件中没有的一并移除",
    en="Remove what the file leaves out",
)
@option("--undo", default="", metavar="REV-…", zh="撤销一次导入", en="Undo an import as a whole")
def import_tables(
    given: Given,
    file: Path | None,
    profile: str,
    sheet: str,
    said: tuple[str, ...],
    apply: bool,
    skip_faults: bool,
    remove_missing: bool,
    undo: str,
) -> None:
    """Preview it, apply it, or undo it."""
    if undo:
        act(given, UndoRevision, revision=undo)
        return
    if file is None:
        raise click.UsageError(given.said("请写明文件。", "Name a file."))
    own = dict(_pair(one) for one in said)
    roster, kept = _register(given, take_files=apply)
    read = _read(file, roster, kept, (profile, own, sheet))
    rows = tuple(read.reading.rows)
    found = preview(roster, rows, remove_missing, given.acting)
    if not given.as_json:
        import_shown.preview(given, found, read.reading, read.profile)
    reply = None
    if apply:
        with house_to_act_in(given) as (house, by):
            reply = house.execute(
                ImportContacts(
                    by=by,
                    file=file.name,
                    rows=rows,
                    faults=read.faults,
                    skip_faults=skip_faults,
                    remove_missing=remove_missing,
                    profile=read.profile if read.is_new else "",
                    mapping=read.reading.mapping,
                )
            )
    _answered(given, found, read, reply)


def export_tables(given: Given, out: Path, sheet: str) -> None:
    """Write the register as a workbook, or one sheet of it as CSV; on record."""
    with house_to_act_in(given) as (house, by):
        site = house.execute(TakeTables(by=by, form=f"csv {sheet}" if sheet else "xlsx"))
    language = given.language
    put(
        out, app.register_csv(site, language, sheet) if sheet else app.register_xlsx(site, language)
    )
    if given.as_json:
        say_json({"id": "site", "file": str(out)})
        return
    done = given.said(
        f"已写好 {out}；内含联系方式，请妥善保管。",
        f"{out} is written; it holds contacts: keep it safe.",
    )
    click.echo(done)


def _register(given: Given, take_files: bool) -> tuple["Roster", Kept]:
    """The register to compare with, and the mappings kept; the files' where no database is yet."""
    settings = settings_for(given)
    if not app.has_database(settings):
        if take_files:
            with house_to_act_in(given) as (house, _):
                return house.roster(), house.read(lambda uow, _: profiles(uow))
        return app.roster_in_force(settings), {}
    with app.opened(settings, read_only=True) as house:
        roster = house.roster()
        person = roster.site.people.get(given.acting)
        given.speaks = person.language if person else given.speaks
        return roster, house.read(lambda uow, _: profiles(uow))


def _read(file: Path, roster: "Roster", kept: Kept, how: tuple[str, dict[str, str], str]) -> Read:
    """The file by the mapping named, by what is said of its columns, by one made for its like."""
    profile, own, sheet = how
    sheets = app.sheets_of(file)
    name, mapping = profile, {**kept.get(profile, {}), **own}
    if not profile and not own:
        name, found = profile_for(kept, app.headings_in(sheets))
        mapping = dict(found)
    reading = app.rows_of(sheets, roster.site, mapping, sheet)
    return Read(reading, name, bool(profile) and (profile not in kept or bool(own)))


def _pair(text: str) -> tuple[str, str]:
    heading, sign, field = text.replace("＝", "=").rpartition("=")
    if not sign or not heading.strip() or not field.strip():
        raise BadInput(
            f"“{text}”不是 列名=字段。",
            f"“{text}” is not HEADING=FIELD.",
            "例如 --map 手机号2=mobile。",
            "Write --map 'Second phone=mobile', say.",
        )
    return heading.strip(), field.strip()


def _answered(given: Given, found: Preview, read: Read, reply: Reply | None) -> None:
    """What became of it; a preview with faults is a check that failed."""
    if given.as_json:
        facts = import_shown.facts(given, found, read.reading, read.profile)
        id = reply.id if reply else ""
        say_json({"id": id or None, "applied": bool(id), **facts})
    elif reply:
        answer(given, reply)
    else:
        hint = "以上为预览，没有保存；确认无误后加 --apply。"
        click.echo(given.said(hint, "This is a preview; nothing is saved. Add --apply to save it."))
    if reply is None and (read.faults or found.draft.faults):
        raise click.exceptions.Exit(1)
