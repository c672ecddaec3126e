"""Tables taken into the register: previewed, then applied as one change that can be undone (7.1 o).

The file is read outside the transaction; its rows are taken into the version in force when they
are applied, whatever came into force since the preview.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.manual.register_files import in_force
from responder.commands.manual.sight import Sight, terminal_sight
from responder.commands.revising import revise
from responder.domain.change_words import SECTION_NAMES
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.tables.columns import plain
from responder.domain.tables.draft import Draft
from responder.domain.tables.sheet import Row
from responder.domain.tables.taking import taken
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

IMPORT = "import"
PROFILES = "contacts.profiles"
"""The note of the named mappings of columns: by name, which heading means which field."""
LONGEST_NAME = 60


@dataclass(frozen=True)
class ImportContacts(Command):
    """Take rows into the register. `faults` counts what the file could not even be read for.

    Faulty rows are left out if `skip_faults`, else nothing is taken. What the tables do not name
    is kept unless `remove_missing`. `profile` names the mapping of columns to be kept.
    """

    file: str
    rows: tuple[Row, ...]
    faults: int = 0
    skip_faults: bool = False
    remove_missing: bool = False
    profile: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, and how much of it the viewer may see in full."""

    draft: Draft
    sight: Sight


def preview(roster: Roster, rows: tuple[Row, ...], remove_missing: bool, viewer: str) -> Preview:
    """What the rows would change in a version of the site. Nothing is changed."""
    draft = taken(roster.site, rows, remove_missing)
    return Preview(draft, terminal_sight(roster, viewer))


@dataclass(frozen=True)
class TakeTables(Command):
    """Take the whole register out as tables; `form` is xlsx, or the sheet of a CSV file."""

    form: str = "xlsx"


@handles(TakeTables)
def take_tables(command: TakeTables, uow: UnitOfWork, now: datetime) -> Site:
    """The register in force, on record."""
    require_act("administer", command.by, uow, now)
    note_fact(uow, "TablesTaken", command.by, now, form=command.form)
    return in_force(uow)


@handles(ImportContacts)
def import_contacts(command: ImportContacts, uow: UnitOfWork, now: datetime) -> Reply:
    """Put what the rows say in force, as one change."""
    require_act("administer", command.by, uow, now)
    draft = taken(in_force(uow), command.rows, command.remove_missing)
    faults = command.faults + len(draft.faults)
    if faults and command.remove_missing:
        raise BadInput(
            f"有{faults}处错误时不能移除文件中没有的人员和单位：他们也许就在错误的行里。",
            f"With {faults} faults nothing is removed: what is left out may be on a faulty row.",
            "请先改正错误，或去掉 --remove-missing。",
            "Mend the faults first, or leave --remove-missing out.",
        )
    if faults and not command.skip_faults:
        raise BadInput(
            f"有{faults}处错误，没有导入任何内容。",
            f"There are {faults} faults; nothing was imported.",
            "请按预览逐条改正；只导入无误的行请加 --skip-faults。",
            "Mend them as the preview says, or add --skip-faults to take the rows without one.",
        )
    if command.profile:
        _keep_profile(uow, command.profile, command.mapping)
    counts = {"new": len(draft.new), "changed": len(draft.changed), "removed": len(draft.removed)}
    facts: dict[str, Any] = {**counts, "missing": len(draft.missing), "faults": faults}
    if not draft.changes_something:
        said = Words("名册与文件一致，没有改动。", "The register says the same; nothing changed.")
        return Reply("", said, facts)
    one = revise(uow, draft.site, command.by, now, IMPORT, _summary(command.file, draft))
    one.touched = _touched(draft)
    uow.revisions.put(one.id, one)
    said = Words(
        f"已导入（{one.id}）：{_counted(draft).zh}。撤销：contacts import --undo {one.id}。",
        f"Imported ({one.id}): {_counted(draft).en}. To undo: contacts import --undo {one.id}.",
    )
    return Reply(one.id, said, {"revision": one.id, **facts})


# Profiles


def profiles(uow: UnitOfWork) -> dict[str, dict[str, str]]:
    """The mappings kept, by name."""
    return {str(name): dict(one) for name, one in (uow.notes.get(PROFILES) or {}).items()}


def profile_for(
    kept: Mapping[str, Mapping[str, str]], headings: frozenset[str]
) -> tuple[str, Mapping[str, str]]:
    """The mapping made for a file with the same headings: the one that uses most of them."""
    fitting = [
        (name, mapping)
        for name, mapping in kept.items()
        if mapping and {plain(one) for one in mapping} <= headings
    ]
    return max(fitting, key=lambda one: len(one[1]), default=("", {}))


def _keep_profile(uow: UnitOfWork, name: str, mapping: Mapping[str, str]) -> None:
    if len(name) > LONGEST_NAME or not name.strip():
        raise BadInput(
            "对照名称须为 1 至 60 字。",
            "The name of a mapping has 1 to 60 signs.",
            "请换一个名称。",
            "Choose another.",
        )
    uow.notes.put(PROFILES, {**profiles(uow), name: dict(mapping)})


# Words


def _summary(file: str, draft: Draft) -> Words:
    counted = _counted(draft)
    return Words(f"导入 {file}：{counted.zh}", f"{file} imported: {counted.en}")


def _counted(draft: Draft) -> Words:
    """`新增人员3、修改岗位1`."""
    verbs = (
        (Words("新增", "new"), draft.new),
        (Words("修改", "changed"), draft.changed),
        (Words("移除", "removed"), draft.removed),
    )
    zh, en = list[str](), list[str]()
    for verb, items in verbs:
        for kind in dict.fromkeys(item.kind for item in items):
            count, name = sum(item.kind == kind for item in items), SECTION_NAMES[kind]
            zh.append(f"{verb.zh}{name.zh}{count}")
            en.append(f"{name.en} {verb.en} {count}")
    return Words("、".join(zh), ", ".join(en))


def _touched(draft: Draft) -> list[str]:
    """People, and related units as `unit:U`."""
    items = (*draft.new, *draft.changed, *draft.removed)
    found = (
        item.id if item.kind in ("people", "liaisons") else f"unit:{item.id}"
        for item in items
        if item.kind in ("people", "liaisons", "units")
    )
    return list(dict.fromkeys(found))
