"""What differs between two versions of the site, thing by thing, and two sides brought together.

One rule serves files against database, an undo, and a proposal made on an older version: a change
of a field that only one side made is taken, one that both made differently is a conflict.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from responder.domain.site import Site

ABSENT = None
"""Stands for a thing or a value that one side does not have."""
KEYED_BY = {"liaisons": "person", "units_told": "unit"}
"""Lists of the site whose items are known by one of their fields; others by all they say."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one thing: `thing` is "" where a section is one value, `field` "" for all."""

    section: str
    thing: str
    field: str
    before: Any
    after: Any

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about."""
        return self.section, self.thing, self.field


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed, differently."""

    section: str
    thing: str
    field: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides brought together; where they conflict, the preferred one stands."""

    site: Site
    conflicts: tuple[Conflict, ...]


def changes(before: Site, after: Site) -> tuple[Change, ...]:
    """Every difference, in the order of the site's sections. Order alone is none in a mapping."""
    return tuple(
        change
        for name in SECTIONS
        for change in _in_section(name, getattr(before, name), getattr(after, name))
    )


def touched(before: Site, after: Site) -> list[str]:
    """Whom and what the differences concern: people's ids, `unit:U`, else the section."""
    places = (
        change.thing
        if change.section == "people"
        else f"unit:{change.thing}"
        if change.section == "units"
        else change.section
        for change in changes(before, after)
    )
    return list(dict.fromkeys(places))


def merged(base: Site, ours: Site, theirs: Site, prefer_theirs: bool = False) -> Merged:
    """What ours becomes with all that theirs changed since `base`."""
    conflicts: list[Conflict] = []
    sections = {
        name: _section(
            name,
            (getattr(base, name), getattr(ours, name), getattr(theirs, name)),
            prefer_theirs,
            conflicts,
        )
        for name in SECTIONS
    }
    return Merged(replace(ours, **sections), tuple(conflicts))


SECTIONS = tuple(one.name for one in fields(Site))

Three = tuple[Any, Any, Any]
"""A value in the base, in ours, in theirs."""


def _in_section(name: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    old, new = _things(name, before), _things(name, after)
    for thing in dict.fromkeys([*old, *new]):
        one: Any = old.get(thing)
        other: Any = new.get(thing)
        if one == other:
            continue
        if _same_kind(one, other):
            for field in (f.name for f in fields(one)):
                values = getattr(one, field), getattr(other, field)
                if values[0] != values[1]:
                    yield Change(name, thing, field, *values)
        else:
            yield Change(name, thing, "", one, other)
    if isinstance(before, tuple) and set(old) == set(new) and old == new:
        yield Change(name, "", "", before, after)


def _section(name: str, three: Three, prefer_theirs: bool, conflicts: list[Conflict]) -> Any:
    base, ours, theirs = three
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    kept = {
        thing: found
        for thing, values in _side_by_side(name, three)
        if (found := _thing((name, thing), values, prefer_theirs, conflicts)) is not ABSENT
    }
    if isinstance(ours, dict):
        return kept
    return tuple(kept.values()) if isinstance(ours, tuple) else kept.get("")


def _side_by_side(name: str, three: Three) -> Iterator[tuple[str, Three]]:
    base, ours, theirs = (_things(name, value) for value in three)
    for thing in dict.fromkeys([*ours, *theirs]):
        yield thing, (base.get(thing), ours.get(thing), theirs.get(thing))


def _thing(
    place: tuple[str, str], three: Three, prefer_theirs: bool, conflicts: list[Conflict]
) -> Any:
    base, ours, theirs = three
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    if not (_same_kind(base, ours) and _same_kind(ours, theirs)):
        conflicts.append(Conflict(*place, "", *three))
        return theirs if prefer_theirs else ours
    found: dict[str, Any] = {}
    for field in (one.name for one in fields(ours)):
        values = getattr(base, field), getattr(ours, field), getattr(theirs, field)
        if values[2] in values[:2]:
            continue
        if values[1] != values[0]:
            conflicts.append(Conflict(*place, field, *values))
        if values[1] == values[0] or prefer_theirs:
            found[field] = values[2]
    return replace(ours, **found)


def _same_kind(one: Any, other: Any) -> bool:
    return is_dataclass(one) and type(one) is type(other)


def _things(section: str, value: Any) -> Mapping[str, Any]:
    """The things of a section by their ids; a single value is the thing ""."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, tuple):
        return {"": value}
    found: dict[str, Any] = {}
    times: Counter[str] = Counter()
    for item in value:
        name = str(getattr(item, KEYED_BY[section])) if section in KEYED_BY else repr(item)
        times[name] += 1
        found[f"{name} #{times[name]}" if times[name] > 1 else name] = item
    return found
