"""The site's files and the database: what each side changed, taken over, and put back (ADR 0024).

The files may be edited by hand and the register in chat; neither overwrites the other unseen.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.revising import FILES, FROM_FILES, UNEXPORTED, revise
from responder.domain.change_words import NOTHING, described, headed, said
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.site_changes import Change, Conflict, changes, merged
from responder.domain.words import Words
from responder.errors import BadInput, NoSite
from responder.ports.unit_of_work import UnitOfWork

SIDES = ("files", "database")


@dataclass(frozen=True)
class ApplyFiles(Command):
    """Put what the files changed in force. `take` settles what both sides changed."""

    site: Site
    take: str = ""


@dataclass(frozen=True)
class RecordExport(Command):
    """The files now say what the database held as `version`; `site` is what they say."""

    version: str
    site: Site


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides since they last agreed."""

    base: Site
    database: Site
    in_files: tuple[Change, ...]
    in_database: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def compared(uow: UnitOfWork, files: Site) -> Compared:
    """What the files and the database each changed since they last said the same."""
    base, database = last_agreed(uow), in_force(uow)
    return Compared(
        base,
        database,
        changes(base, files),
        changes(base, database),
        merged(base, database, files).conflicts,
    )


def in_force(uow: UnitOfWork) -> Site:
    """The site in force. Raises Refused in an empty database."""
    version = uow.sites.accepted()
    if version is None:
        raise NoSite
    return uow.sites.get(version)


def last_agreed(uow: UnitOfWork) -> Site:
    """What files and database both said when one was last taken into the other."""
    noted = uow.notes.get(FILES)
    if noted:
        return uow.sites.get(str(noted))
    since = []
    for one in reversed(uow.revisions.all().values()):
        if one.kind == "files" or not one.after:
            break
        since.append(one)
    if since and uow.notes.get(UNEXPORTED):
        return uow.sites.get(since[-1].before)
    return in_force(uow)


@handles(ApplyFiles)
def apply_files(command: ApplyFiles, uow: UnitOfWork, now: datetime) -> Reply:
    """Bring both sides together; nothing is taken while a conflict is unsettled."""
    require_act("administer", command.by, uow, now)
    base, database = last_agreed(uow), in_force(uow)
    found = merged(base, database, command.site, prefer_theirs=command.take == "files")
    if found.conflicts and command.take not in SIDES:
        raise _unsettled(found.conflicts, base, database)
    version = uow.sites.add(command.site)
    new = changes(database, found.site)
    facts: dict[str, Any] = {"changes": len(new), "conflicts": len(found.conflicts)}
    if new:
        one = revise(uow, found.site, command.by, now, "files", FROM_FILES)
        facts["revision"] = one.id
    uow.notes.put(FILES, version)
    left = bool(changes(command.site, found.site))
    uow.notes.put(UNEXPORTED, left)
    return Reply(version, _applied(len(new), left), facts | {"unexported": left})


@handles(RecordExport)
def record_export(command: RecordExport, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep that files and database agree; where the database went on meanwhile, not all does."""
    require_act("administer", command.by, uow, now)
    uow.notes.put(FILES, uow.sites.add(command.site))
    left = bool(changes(command.site, in_force(uow)))
    uow.notes.put(UNEXPORTED, left)
    note_fact(uow, "RegisterExported", command.by, now, version=command.version)
    return Reply(command.version)


def to_export(uow: UnitOfWork, files: Site, by: By, now: datetime) -> tuple[str, Site]:
    """The version to be put into the files. Raises BadInput where these changed since."""
    require_act("administer", by, uow, now)
    database = in_force(uow)
    if changes(files, database) and (since := changes(last_agreed(uow), files)):
        heads = "、".join(headed(one, files, files).zh for one in since[:3])
        heads_en = ", ".join(headed(one, files, files).en for one in since[:3])
        raise BadInput(
            f"文件在此期间也改动了（{heads}等{len(since)}处），没有写入。",
            f"The files have changed as well ({len(since)}: {heads_en}…); nothing was written.",
            "请先用 contacts diff 查看、contacts apply 采用，再导出。",
            "Look with `contacts diff`, take them with `contacts apply`, then export.",
        )
    return str(uow.sites.accepted()), database


def _applied(count: int, left: bool) -> Words:
    if not count and not left:
        return Words("文件与数据库一致，没有改动。", "Files and database agree; nothing changed.")
    zh, en = f"已采用文件中的{count}处改动。", f"{count} changes of the files are in force."
    if left:
        zh += "数据库中仍有文件没有的改动，可用 contacts export 写回。"
        en += " The database still holds changes no file has: `contacts export` writes them back."
    return Words(zh, en)


def conflict_said(one: Conflict, base: Site, database: Site) -> tuple[Words, Words, Words, Words]:
    """A conflict in words: what it is about, what stood there, the database's, the files'."""
    about = Change(one.section, one.thing, one.field, one.base, one.ours)
    return headed(about, base, database), said(one.base), said(one.ours), said(one.theirs)


def _unsettled(conflicts: tuple[Conflict, ...], base: Site, database: Site) -> BadInput:
    lines = [conflict_said(one, base, database) for one in conflicts]
    zh = "；".join(f"{h.zh}：数据库“{o.zh}”，文件“{t.zh}”" for h, _, o, t in lines[:5])
    en = "; ".join(f"{h.en}: database “{o.en}”, files “{t.en}”" for h, _, o, t in lines[:5])
    return BadInput(
        f"文件和数据库都改了{len(conflicts)}处，且不一致：{zh}。没有采用任何改动。",
        f"Both sides changed {len(conflicts)} things, differently: {en}. Nothing was taken.",
        "请加 --take files 或 --take database，说明以哪一方为准。",
        "Add --take files or --take database to say whose counts.",
    )


def change_said(change: Change, before: Site, after: Site) -> dict[str, Any]:
    """A change as scripts read it, and in words."""
    words = described(change, before, after)
    return {
        "section": change.section,
        "thing": change.thing,
        "field": change.field,
        "before": _or_none(said(change.before)),
        "after": _or_none(said(change.after)),
        "said": {"zh": words.zh, "en": words.en},
    }


def _or_none(words: Words) -> dict[str, str] | None:
    return None if words == NOTHING else {"zh": words.zh, "en": words.en}
