"""`evidence`: files taken in, handed over, exported; and bundles verified, of any site."""

import mimetypes
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from responder import app
from responder.app import App
from responder.cli import show
from responder.cli.acting import (
    DOOR,
    act,
    answer,
    house_to_act_in,
    looking,
    os_user,
    say_json,
    settings_for,
)
from responder.cli.failing import one_line
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.queries import exhibit_of, find_incident
from responder.commands.records.evidence import (
    AcceptEvidence,
    AddEvidence,
    TransferEvidence,
    exhibits,
)
from responder.domain.record import By
from responder.errors import BadInput, NotStamped

PIECE = 1 << 20
PATH: Any = click.Path(path_type=Path)


@command("add", "收存证据文件", "Keep files as evidence")
@argument("incident")
@argument("files", nargs=-1, required=True, type=PATH)
@option("--note", default="", metavar="TEXT", zh="说明", en="What it is")
def added(given: Given, incident: str, files: tuple[Path, ...], note: str) -> None:
    """Keep each, then put it on the record."""
    for path in files:
        with house_to_act_in(given) as (house, by):
            house.read(lambda uow, _now: find_incident(uow, incident))
            kept = app.vault_of(house.settings).keep(pieces_of(path))
            media = mimetypes.guess_type(path.name, strict=False)[0] or ""
            taken = AddEvidence(
                by=by,
                incident=incident,
                name=path.name,
                sha256=kept.sha256,
                size=kept.size,
                media=media,
                note=note,
            )
            reply = house.execute(taken)
        answer(given, reply)


@command("list", "事件的存证", "The evidence of an incident")
@argument("incident")
def listed(given: Given, incident: str) -> None:
    """List it."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: exhibits(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "evidence": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("还没有存证。", "There is no evidence yet."))
        return
    headings = (
        "",
        names.said("文件", "file"),
        names.said("字节", "bytes"),
        "SHA-256",
        names.said("收存", "taken in"),
        names.said("保管", "custody"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    taken = f"{names.clock(one['added_at'])} {names.person(one['added_by'])}"
    custody = names.person(one["custodian"])
    if one["offered_to"]:
        custody += f" → {names.person(one['offered_to'])}?"
    return one["id"], one["name"], f"{one['size']:,}", one["sha256"], taken, custody


@command("transfer", "把存证交给某人保管", "Offer custody of evidence to somebody")
@argument("incident")
@argument("exhibit")
@argument("person")
@option("--reason", default="", metavar="WHY", zh="事由", en="Why")
def transferred(given: Given, incident: str, exhibit: str, person: str, reason: str) -> None:
    """Offer it; the content is measured first."""
    found = _measured(given, incident, exhibit)
    fields: dict[str, Any] = {"incident": incident, "exhibit": exhibit, "sha256": found}
    act(given, TransferEvidence, to=person, reason=reason, **fields)


@command("accept", "接收存证，由我保管", "Take the custody that was offered")
@argument("incident")
@argument("exhibit")
def accepted(given: Given, incident: str, exhibit: str) -> None:
    """Accept it; the content is measured first."""
    found = _measured(given, incident, exhibit)
    act(given, AcceptEvidence, incident=incident, exhibit=exhibit, sha256=found)


def _measured(given: Given, incident: str, id: str) -> str:
    """The SHA-256 of what is kept now."""
    with house_to_act_in(given) as (house, _by):
        exhibit = house.read(lambda uow, _now: exhibit_of(uow, incident, id))
        return app.vault_of(house.settings).measure(exhibit.sha256).sha256


@command("export", "导出可独立核验的存证包", "Export a bundle that a stranger can verify")
@argument("incident")
@option(
    "--out", required=True, type=PATH, metavar="DIR|FILE.zip", zh="写到哪里", en="Where to write it"
)
def exported(given: Given, incident: str, out: Path) -> None:
    """Write it, signed."""
    with looking(given):
        pass  # there is nothing to export from a database that is not there
    if given.acting:
        with house_to_act_in(given) as (house, by):
            _export(given, house, incident, out, by)
    else:
        with app.opened(settings_for(given)) as house:
            _export(given, house, incident, out, By("", DOOR, os_user()))


def _export(given: Given, house: App, incident: str, out: Path, by: By) -> None:
    stamps = app.authority_of(house.settings)
    try:
        made = app.export_bundle(house, incident, out, by, stamps)
    except NotStamped as error:
        click.echo(one_line(error.said(given.language)), err=True)
        made, stamps = app.export_bundle(house, incident, out, by), None
    if given.as_json:
        files = len(made.texts) + len(made.files)
        facts = {"files": files, "sha256": made.digest, "time_stamped": stamps is not None}
        say_json({"id": incident, "out": str(out), **facts})
    else:
        told = given.said(
            f"存证包已写入{out}。核验：responder evidence verify {out}",
            f"The bundle is in {out}. To verify it: responder evidence verify {out}",
        )
        click.echo(told)


@command(
    "verify",
    "核验存证包，不需要站点和数据库；有问题则指出第一处并以退出码 1 结束",
    "Verify a bundle, without site or database; names the first broken thing and exits 1",
)
@argument("path", type=PATH)
@option("--key", default="", metavar="HEX", zh="机构公布的公钥", en="The key the firm made known")
def verified(given: Given, path: Path, key: str) -> None:
    """Run the stand-alone verifier."""
    from responder.evidence.verify import Broken, judged  # noqa: PLC0415 - only here is it run

    try:
        found = judged(path, key)
    except Broken as broken:
        if given.as_json:
            say_json({"ok": False, "path": str(path), "fault": given.said(broken.zh, broken.en)})
        click.echo(one_line(given.said(broken.zh, broken.en)), err=True)
        raise click.exceptions.Exit(1) from None
    if given.as_json:
        say_json({"ok": True, "path": str(path), **found._asdict(), "fault": None})
    else:
        click.echo(given.said(*found.said()))


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file's content; raises BadInput if it is no plain file, or changes while it is read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe must not hold us up
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise _unreadable(path, "不是普通文件", "it is no plain file")
            read = 0
            while piece := file.read(PIECE):
                read += len(piece)
                yield piece
            after = os.fstat(descriptor)
    except OSError as error:
        why = error.strerror or str(error)
        raise _unreadable(path, why, why) from error
    was, now = ((one.st_size, one.st_mtime_ns) for one in (before, after))
    if was != now or read != before.st_size:
        raise _unreadable(path, "读取时内容有变动", "it changed while it was read")


def _unreadable(path: Path, zh: str, en: str) -> BadInput:
    return BadInput(
        f"“{path}”没有收存：{zh}。",
        f"{path} was not kept: {en}.",
        "请核对路径与权限；仍在写入的文件请先复制一份再收存。",
        "Check path and permissions; of a file still being written, keep a copy.",
    )


evidence = group(
    "evidence",
    "存证",
    "Files kept as evidence",
    added,
    listed,
    transferred,
    accepted,
    exported,
    verified,
)
