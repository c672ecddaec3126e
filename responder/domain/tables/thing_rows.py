"""Rows of roles, rotations, teams, related units and liaison officers taken into a register."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from responder.domain.organisation import DUTY_LEAD, IT_LEAD, KEY_POSTS, Liaison, Role
from responder.domain.register import Unit
from responder.domain.rota import NEVER, Rotation
from responder.domain.tables.draft import Draft, Names, name_of, with_values
from responder.domain.tables.sheet import Row
from responder.domain.words import Words

T = TypeVar("T")
REFERENCES = ("primary", "backup", "person", "people")
POSTS = {
    DUTY_LEAD: Words("值班负责人", "Duty lead"),
    IT_LEAD: Words("信息技术负责人", "Head of IT"),
    **KEY_POSTS,
}
"""The posts that the standard names: a table may fill them before the register has them."""


def take_roles(draft: Draft, rows: Iterable[Row], names: Names, remove: bool) -> None:
    """Roles, known by id or by name."""
    roles = _keyed(draft, "roles", draft.site.roles, rows, names, remove, Role, role_meant)
    draft.site = replace(draft.site, roles=roles)


def take_rotations(draft: Draft, rows: Iterable[Row], names: Names, remove: bool) -> None:
    """Rotations, known by id."""

    def blank(id: str) -> Rotation:
        return Rotation(id, NEVER.replace(tzinfo=None), draft.site.time_zone)

    found = _keyed(draft, "rotations", draft.site.rotations, rows, names, remove, blank)
    draft.site = replace(draft.site, rotations=found)


def take_units(draft: Draft, rows: Iterable[Row], names: Names, remove: bool) -> None:
    """Related units, known by id or by name."""
    units = _keyed(draft, "units", draft.site.units, rows, names, remove, Unit)
    draft.site = replace(draft.site, units=units)


def take_teams(draft: Draft, rows: Iterable[Row], names: Names, remove: bool) -> None:
    """Teams, each a list of people; a team on several rows is all of them together."""
    before, found = draft.site.teams, dict(draft.site.teams)
    seen: dict[str, Row] = {}
    for row in rows:
        id = str(row.values.get("id", ""))
        people = names.people(row.values.get("people", ()), row, "people")
        if id and people is not None:
            found[id] = (*found[id], *people) if id in seen else people
            seen.setdefault(id, row)
    for id, row in seen.items():
        draft.put("teams", id, row, before.get(id), found[id])
    draft.site = replace(draft.site, teams=_left(draft, "teams", before, found, seen, remove))


def take_liaisons(draft: Draft, rows: Iterable[Row], names: Names, remove: bool) -> None:
    """Liaison officers, known by the person."""
    before = {one.person: one for one in draft.site.liaisons}
    found, seen = dict(before), dict[str, Row]()
    for row in rows:
        person = names.person(row.values.get("person", ""), row, "person")
        if not person or _again(draft, seen, person, row):
            continue
        found[person] = with_values(
            found.get(person) or Liaison(person), {**row.values, "person": person}
        )
        draft.put("liaisons", person, row, before.get(person), found[person])
    kept = _left(draft, "liaisons", before, found, seen, remove)
    draft.site = replace(draft.site, liaisons=tuple(kept.values()))


def take_posts(draft: Draft, rows: Mapping[str, Row], names: Names) -> None:
    """Posts that a table of people names beside somebody, and who stands in for them."""
    roles = dict(draft.site.roles)
    filled: dict[str, dict[str, tuple[str, Row]]] = {}
    told: set[str] = set()
    for person, row in rows.items():
        for post in _apart(row.values.get("post", "")):
            id = _post(roles, post)
            if id is None:
                if post not in told:
                    told.add(post)
                    what = Words(
                        f"“{post}”不在岗位表中，未作为应急岗位。",
                        f"“{post}” is no role of the register and is not taken for one.",
                    )
                    mend = Words("需要的请先列入岗位表。", "Put it on the sheet of roles if it is.")
                    draft.warn(row, what, mend, "post")
                continue
            _fill(draft, filled.setdefault(id, {}), (person, row), names)
    for id, holders in filled.items():
        before = roles.get(id)
        said = {part: who for part, (who, _) in holders.items()}
        after = with_values(before or Role(id, POSTS.get(id, Words())), said)
        roles[id] = after
        draft.put("roles", id, next(iter(holders.values()))[1], before, after)
    draft.site = replace(draft.site, roles=roles)


def _fill(
    draft: Draft, holders: dict[str, tuple[str, Row]], one: tuple[str, Row], names: Names
) -> None:
    """Somebody holds a post, or stands in for it; the third to be named is told of."""
    person, row = one
    standing_in = str(row.values.get("backup", ""))
    part = "backup" if standing_in in IS_BACKUP else "primary"
    if part == "primary" and "primary" in holders:
        part = "backup"
    if part in holders and holders[part][0] != person:
        what = Words("该岗位已有主岗和备岗。", "That role has a primary and a backup already.")
        draft.warn(row, what, Words("此人未列入该岗位。", "This person is left out."), "post")
        return
    holders[part] = one
    if part == "primary" and standing_in and standing_in not in NO_BACKUP:
        backup = names.person(standing_in, row, "backup")
        if backup:
            holders["backup"] = backup, row


IS_BACKUP = frozenset({"是", "√", "✓", "yes", "y", "Y", "Yes", "备岗", "备"})
NO_BACKUP = frozenset({"否", "×", "no", "No", "主岗", "主"})


def role_meant(roles: Mapping[str, Any], text: str) -> str | None:
    """The role of a name: one of the register's, else one that the standard names."""
    known = {**{id: name for id, name in POSTS.items() if id not in roles}}
    known |= {id: name_of(one) for id, one in roles.items()}
    plain = text.casefold()
    return next(
        (id for id, name in known.items() if plain in (name.zh.casefold(), name.en.casefold())),
        None,
    )


def _post(roles: Mapping[str, Role], text: str) -> str | None:
    return text if text in roles else role_meant(roles, text)


def _named(things: Mapping[str, Any], text: str) -> str | None:
    plain = text.casefold()
    for id, one in things.items():
        if plain in (name_of(one).zh.casefold(), name_of(one).en.casefold()):
            return id
    return None


def _keyed(
    draft: Draft,
    kind: str,
    before: Mapping[str, T],
    rows: Iterable[Row],
    names: Names,
    remove: bool,
    blank: Callable[[str], T],
    meant: Callable[[Mapping[str, Any], str], str | None] = _named,
) -> dict[str, T]:
    """Things by id, with what their rows say."""
    found, seen = dict(before), dict[str, Row]()
    for row in rows:
        values = _referring(row, names)
        if values is None:
            continue
        id = _id_of(draft, found, row, meant)
        if not id or _again(draft, seen, id, row):
            continue
        found[id] = with_values(found.get(id) or blank(id), values)
        draft.put(kind, id, row, before.get(id), found[id])
    return _left(draft, kind, before, found, seen, remove)


def _id_of(
    draft: Draft,
    found: Mapping[str, Any],
    row: Row,
    meant: Callable[[Mapping[str, Any], str], str | None],
) -> str | None:
    if id := str(row.values.get("id", "")):
        return id
    for name in (row.values.get("name.zh", ""), row.values.get("name.en", "")):
        if name and (id := meant(found, name) or ""):
            return id
    if not row.made_id:
        what = Words("既没有名称，也没有编号。", "There is neither a name nor an id.")
        draft.fault(row, what, Words("请补上名称。", "Add the name."))
        return None
    id, turn = row.made_id, 1
    while id in found:
        turn += 1
        id = f"{row.made_id}-{turn}"
    return id


def _referring(row: Row, names: Names) -> dict[str, Any] | None:
    """What a row says, the people in it by id; None where one cannot be meant."""
    values = {name: value for name, value in row.values.items() if name != "id"}
    if "way" in values:
        ways = [*values.pop("way"), *values.pop("fax", ()), *values.pop("email", ())]
        values["reach"] = tuple(ways)
    elif "fax" in values or "email" in values:
        values["reach"] = (*values.pop("fax", ()), *values.pop("email", ()))
    for of in REFERENCES:
        if of in values:
            said = values[of]
            found: Any = (
                names.people(said, row, of) if of == "people" else names.person(said, row, of)
            )
            if found is None:
                return None
            values[of] = found
    return values


def _again(draft: Draft, seen: dict[str, Row], id: str, row: Row) -> bool:
    """Whether a row speaks of something that another spoke of already; told if so."""
    first = seen.setdefault(id, row)
    if first is row:
        return False
    where = first.place().said
    same = first.values == row.values
    what = Words(
        f"与{where('zh')}重复{'，只取一次' if same else '，内容却不一致'}。",
        f"It repeats {where('en')}{'; taken once' if same else ' and says something else'}.",
    )
    mend = Words("") if same else Words("请删去一行。", "Delete one of them.")
    (draft.warn if same else draft.fault)(row, what, mend)
    return True


def _left(
    draft: Draft,
    kind: str,
    before: Mapping[str, Any],
    found: dict[str, T],
    seen: Mapping[str, Row],
    remove: bool,
) -> dict[str, T]:
    """What remains when the tables have spoken: all, or what they name if the rest is to go."""
    if not seen:
        return found
    draft.leave_out(kind, before, set(seen), remove)
    return {id: one for id, one in found.items() if id in seen} if remove else found


def _apart(text: str) -> list[str]:
    for sign in "；;，,/\n":
        text = text.replace(sign, "、")
    return [one for part in text.split("、") if (one := part.strip())]
