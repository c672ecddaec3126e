"""Rows of people taken into a register: who is meant, what changes, how they are reached."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from responder.domain.people import BY_HAND, CHAT, Person, Way
from responder.domain.site import Site
from responder.domain.tables.draft import Draft, with_values
from responder.domain.tables.sheet import Row
from responder.domain.words import Words

PEOPLE = "people"
CLASSES = ("slack", "telegram", "mobile", "landline", "email", "fax")
"""Columns that each stand for some of a person's ways, in the order in which they are listed."""
OF_POSTS = ("post", "backup")
NUMBERED = ("voice", "sms")


class PeopleTaken:
    """Takes rows of people into a draft."""

    def __init__(self, draft: Draft, remove_missing: bool) -> None:
        self._draft, self._remove = draft, remove_missing
        self._site = draft.site
        self._people = dict(draft.site.people)
        self._by_name: dict[str, list[str]] = {}
        self._rows: dict[str, Row] = {}
        self._made: dict[str, str] = {}
        self._faulty: set[str] = set()
        for person in draft.site.people.values():
            for name in _names(person):
                self._by_name.setdefault(name, []).append(person.id)

    def take(self, rows: Iterable[Row]) -> dict[str, Row]:
        """Take them all; returns the row of each person."""
        before = self._site.people
        for row in rows:
            id = self._meant(row)
            if id is not None and self._is_first(id, row):
                self._rows[id] = row
                self._people[id] = _with_row(self._people.get(id) or self._blank(id), row)
        for id in self._with_others_accounts():
            self._put_back(id)
        for id, row in self._rows.items():
            self._draft.put(PEOPLE, id, row, before.get(id), self._people[id])
        if self._rows:
            seen = {*self._rows, *self._faulty}
            self._draft.leave_out(PEOPLE, before, seen, self._remove)
            if self._remove:
                self._people = {id: one for id, one in self._people.items() if id in seen}
        self._draft.site = replace(self._site, people=self._people)
        return self._rows

    def _put_back(self, id: str) -> None:
        """What a faulty row said of somebody is not taken."""
        self._faulty.add(id)
        del self._rows[id]
        if id in self._site.people:
            self._people[id] = self._site.people[id]
        else:
            del self._people[id]

    def _blank(self, id: str) -> Person:
        return Person(id, language=self._site.language, time_zone=self._site.time_zone)

    def _meant(self, row: Row) -> str | None:
        """Who a row is about: by id, else by the name; None with a fault."""
        if id := str(row.values.get("id", "")):
            return id
        names = [row.values.get(one, "").casefold() for one in ("name.zh", "name.en")]
        known = [id for name in names if name for id in self._by_name.get(name, ())]
        found = list(dict.fromkeys(known))
        if len(found) > 1:
            found = [id for id in found if self._is_like(id, row)] or found
        if len(found) == 1:
            return found[0]
        if found:
            what = Words(f"有{len(found)}人叫这个名字。", f"{len(found)} people have that name.")
            mend = Words(
                f"请加一列“编号”，写明是哪一位：{'、'.join(found)}。",
                f"Add a column “Id” that says which: {', '.join(found)}.",
            )
            self._draft.fault(row, what, mend, "name.zh")
            return None
        return self._id_for(row, next((name for name in names if name), ""))

    def _is_like(self, id: str, row: Row) -> bool:
        """Whether a person and a row of the same name share a way, or the department."""
        person = self._site.people[id]
        theirs = {way.to for way in person.reach}
        said = {way.to for one in CLASSES for way in row.values.get(one, ())}
        return bool(theirs & said) or person.department == row.values.get("department", "")

    def _id_for(self, row: Row, name: str) -> str | None:
        """The id of somebody new; the same name twice in a file is the same person."""
        if name and name in self._made:
            return self._made[name]
        wanted = row.made_id
        if not wanted:
            what = Words("既没有姓名，也没有编号。", "There is neither a name nor an id.")
            self._draft.fault(row, what, Words("请补上姓名。", "Add the name."))
            return None
        id, turn = wanted, 1
        while id in self._people:
            turn += 1
            id = f"{wanted}.{turn}"
        self._made[name] = id
        return id

    def _is_first(self, id: str, row: Row) -> bool:
        """Whether nobody came before with that id; the second is told of, and not taken."""
        first = self._rows.get(id)
        if first is None:
            return True
        where = first.place().said
        if first.values == row.values:
            what = Words(
                f"与{where('zh')}重复，只取一次。", f"The same as {where('en')}; taken once."
            )
            self._draft.warn(row, what, Words())
            return False
        what = Words(
            f"与{where('zh')}是同一人，内容却不一致。",
            f"It is the same person as {where('en')}, and says something else.",
        )
        mend = Words(
            "请删去一行；确是同名两人的，请加一列“编号”加以区别。",
            "Delete one; if two people have the same name, tell them apart by a column “Id”.",
        )
        self._draft.fault(row, what, mend, "name.zh" if not row.values.get("id") else "id")
        return False

    def _with_others_accounts(self) -> set[str]:
        """Tell of lines that two people have; returns whose row gives them another's account."""
        owners: dict[tuple[str, str], str] = {}
        faulty: set[str] = set()
        for person in self._people.values():
            for key in dict.fromkeys(_lines(person)):
                other = owners.setdefault(key, person.id)
                id = person.id if person.id in self._rows else other
                if other == person.id or id not in self._rows:
                    continue
                pair = self._people[other], person
                if key[0] in CHAT:
                    self._one_account(self._rows[id], *pair)
                    faulty.add(id)
                else:
                    self._one_number(self._rows[id], *pair)
        return faulty

    def _one_account(self, row: Row, one: Person, two: Person) -> None:
        what = Words(
            f"{one.name.said('zh')}与{two.name.said('zh')}的聊天账号相同。",
            f"{one.name.said('en')} and {two.name.said('en')} have the same chat account.",
        )
        mend = Words("账号只能归一人，请核对。", "An account is one person’s; check it.")
        self._draft.fault(row, what, mend)

    def _one_number(self, row: Row, one: Person, two: Person) -> None:
        what = Words(
            f"{one.name.said('zh')}与{two.name.said('zh')}号码相同。",
            f"{one.name.said('en')} and {two.name.said('en')} share a number.",
        )
        mend = Words("请核对；共用座机的可不理会。", "Check it; a shared line may stay.")
        self._draft.warn(row, what, mend)


def _lines(person: Person) -> Iterable[tuple[str, str]]:
    for way in person.reach:
        if way.to and way.via in (*NUMBERED, *CHAT):
            yield ("number" if way.via in NUMBERED else way.via), way.to


def _names(person: Person) -> set[str]:
    return {person.name.zh.casefold(), person.name.en.casefold()} - {""}


def _with_row(person: Person, row: Row) -> Person:
    values: dict[str, Any] = {
        name: value
        for name, value in row.values.items()
        if name not in (*CLASSES, *OF_POSTS, "way", "id")
    }
    if values.get("head_of") == "yes":
        values["head_of"] = values.get("department", person.department)
    if reach := _reach(person.reach, row):
        values["reach"] = reach[0]
    return with_values(person, values)


def _reach(before: tuple[Way, ...], row: Row) -> tuple[tuple[Way, ...]] | None:
    """The ways as a row has them, in a tuple of its own; None where it says nothing of them.

    Our own columns say all ways in order. Others each stand for a class of lines: those of a class
    that a row names are replaced, where they stood; the rest stays as it is.
    """
    if "way" in row.values:
        return (row.values["way"],)
    wanted = {name: list(dict.fromkeys(row.values[name])) for name in CLASSES if name in row.values}
    if not wanted:
        return None
    meant = [way for ways in wanted.values() for way in ways]
    mobiles = {way.to for way in row.values.get("mobile", ())}
    fresh = {name: [way for way in ways if way not in before] for name, ways in wanted.items()}
    found: list[Way] = []
    for way in before:
        column = _class(way, before, mobiles)
        if way in meant or column not in wanted:
            found.append(way)
        elif new := next((one for one in fresh[column] if one.via == way.via), None):
            fresh[column].remove(new)
            found.append(new)
    return ((*found, *(way for ways in fresh.values() for way in ways)),)


def _class(way: Way, among: tuple[Way, ...], mobiles: set[str]) -> str:
    """Which column a line would stand in; a number that takes texts is a mobile one."""
    if way.via == "sms":
        return "mobile"
    if way.via == "voice":
        texted = any(one.via == "sms" and one.to == way.to for one in among)
        return "mobile" if texted or way.to in mobiles else "landline"
    if way.via == BY_HAND:
        return {"fax": "fax", "phone": "landline"}.get(way.how, "")
    return way.via


def without(site: Site, people: Iterable[str]) -> list[tuple[str, str]]:
    """Where people about to be removed are still named: (id, section)."""
    gone = set(people)
    found: list[tuple[str, str]] = []
    for role in site.roles.values():
        found += [(one, "roles") for one in (role.primary, role.backup) if one in gone]
    for rotation in site.rotations.values():
        found += [(one, "rotations") for one in rotation.people if one in gone]
    bodies = (*site.command.body.everyone, *site.command.succession, *site.execution_body.everyone)
    found += [(one, "command") for one in bodies if one in gone]
    found += [(one.person, "liaisons") for one in site.liaisons if one.person in gone]
    return list(dict.fromkeys(found))
