"""What the rows of tables come to on a site: new, changed, unchanged, missing, and remarks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from responder.domain.site import Site
from responder.domain.tables.sheet import Place, Remark, Row
from responder.domain.words import Words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the register that a table speaks of, or leaves out; what changes by field."""

    kind: str
    id: str
    name: Words = Words()
    place: Place | None = None
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass
class Draft:
    """A site as tables would have it, beside the one it was drawn up on."""

    site: Site
    new: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    missing: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def faults(self) -> list[Remark]:
        """What keeps rows from being taken."""
        return [one for one in self.remarks if one.grave]

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.new or self.changed or self.removed)

    def fault(self, row: Row, what: Words, mend: Words, of: str = "") -> None:
        """A row that cannot be taken."""
        self.remarks.append(row.remark(True, what, mend, of))

    def warn(self, row: Row, what: Words, mend: Words, of: str = "") -> None:
        """A row that is taken, with something to say about it."""
        self.remarks.append(row.remark(False, what, mend, of))

    def put(self, kind: str, id: str, row: Row, before: Any, after: Any) -> None:
        """Count a thing that a row speaks of."""
        name = name_of(after)
        if before is None:
            self.new.append(Item(kind, id, name, row.place()))
        elif before == after:
            self.unchanged[kind] += 1
        else:
            self.changed.append(Item(kind, id, name, row.place(), differences(before, after)))

    def leave_out(self, kind: str, things: Mapping[str, Any], seen: set[str], remove: bool) -> None:
        """Count what the tables do not speak of; kept, or removed if that is asked for."""
        lacking = [Item(kind, id, name_of(one)) for id, one in things.items() if id not in seen]
        (self.removed if remove else self.missing).extend(lacking)


class Names:
    """People by id or name."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._people = draft.site.people
        self._ids: dict[str, list[str]] = {}
        for person in self._people.values():
            for name in {person.name.zh.casefold(), person.name.en.casefold()} - {""}:
                self._ids.setdefault(name, []).append(person.id)

    def person(self, text: str, row: Row, of: str) -> str | None:
        """The id of somebody named in a row; None with a fault where nobody can be meant.

        An id that nobody has is kept: references may dangle, and `check` finds them.
        """
        if not text or text in self._people:
            return text
        found = self._ids.get(text.casefold(), [])
        if len(found) == 1:
            return found[0]
        if found:
            what = Words(f"“{text}”有{len(found)}人。", f"There are {len(found)} of “{text}”.")
            mend = Words(f"请写编号：{'、'.join(found)}。", f"Give an id: {', '.join(found)}.")
            self._draft.fault(row, what, mend, of)
            return None
        what = Words(f"人员表中没有“{text}”。", f"There is no person “{text}”.")
        mend = Words("请先把此人列入人员表。", "Put them on the sheet of people first.")
        if text.isascii() and " " not in text:
            self._draft.warn(row, what, mend, of)
            return text
        self._draft.fault(row, what, mend, of)
        return None

    def people(self, names: tuple[str, ...], row: Row, of: str) -> tuple[str, ...] | None:
        """Several of them; None if one cannot be meant."""
        found = [self.person(name, row, of) for name in names]
        return None if None in found else tuple(one for one in found if one is not None)


def with_values(thing: T, values: Mapping[str, Any]) -> T:
    """A dataclass with what a row says: `name.zh` is one language of its field `name`."""
    found: dict[str, Any] = {}
    for path, value in values.items():
        name, _, language = path.partition(".")
        if language:
            words = found.get(name) or getattr(thing, name)
            found[name] = replace(words, **{language: value})
        else:
            found[name] = value
    return replace(thing, **found) if found else thing  # type: ignore[type-var]


def differences(before: Any, after: Any) -> tuple[tuple[str, Any, Any], ...]:
    """What differs between two of a kind, field by field; of values without fields, the whole."""
    slots = getattr(before, "__dataclass_fields__", None)
    if slots is None:
        return (("", before, after),)
    return tuple(_differing(before, after, slots))


def _differing(before: Any, after: Any, names: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, Words):
            for language in ("zh", "en"):
                one, other = getattr(old, language), getattr(new, language)
                if one != other:
                    yield f"{name}.{language}", one, other
        else:
            yield name, old, new


def name_of(thing: Any) -> Words:
    """What a thing is called, if it has a name."""
    name = getattr(thing, "name", None)
    return name if isinstance(name, Words) else Words()
