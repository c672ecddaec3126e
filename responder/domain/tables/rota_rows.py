"""Rows of overrides, absences and rosters by date taken into a register."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from responder.domain.rota import BEGINNING, NEVER, Absence, Override, Rotation, begins, ends
from responder.domain.tables.columns import plain
from responder.domain.tables.draft import Draft, Names
from responder.domain.tables.sheet import Row
from responder.domain.words import Words

BACKUP = ("备岗", "备班", "备", "backup")
"""What follows a post's name at the head of the column of its backups."""


def take_overrides(draft: Draft, rows: Iterable[Row], names: Names, remove: bool) -> None:
    """Overrides; what is new is listed last, and so wins over what is there."""
    found: dict[Override, Row] = {}
    for row in rows:
        rotation = draft.site.rotations.get(row.values.get("rotation", ""))
        person = names.person(row.values.get("person", ""), row, "person")
        if rotation is None:
            _no_rotation(draft, row, row.values.get("rotation", ""))
        span = _span(draft, row, rotation.time_zone if rotation else draft.site.time_zone)
        if person is not None and span:
            one = Override(
                row.values.get("rotation", ""), *span, person, row.values.get("reason", "")
            )
            found.setdefault(one, row)
    kept = _listed(draft, "overrides", draft.site.overrides, found, remove)
    draft.site = replace(draft.site, overrides=kept)


def take_absences(draft: Draft, rows: Iterable[Row], names: Names, remove: bool) -> None:
    """Absences; a day as the end is the last day."""
    found: dict[Absence, Row] = {}
    for row in rows:
        person = names.person(row.values.get("person", ""), row, "person")
        if not person:
            continue
        known = draft.site.people.get(person)
        span = _span(draft, row, known.time_zone if known else draft.site.time_zone)
        if span:
            found.setdefault(Absence(person, *span, row.values.get("reason", "")), row)
    kept = _listed(draft, "absences", draft.site.absences, found, remove)
    draft.site = replace(draft.site, absences=kept)


def take_roster(draft: Draft, rows: Iterable[Row], names: Names) -> None:
    """A roster by date: whoever is not on shift anyway takes that day's shift of the rotation."""
    found: dict[Override, Row] = {}
    for row in rows:
        day = row.values.get("day")
        if not isinstance(day, date):
            what = Words("没有日期。", "There is no date.")
            draft.fault(row, what, Words("请补上日期。", "Add the date."), "day")
            continue
        for heading, said in row.values.get("posts", {}).items():
            rotation = _rotation_of(draft, heading)
            if rotation is None:
                _no_rotation(draft, row, heading)
                continue
            person = names.person(said, row, "")
            if person is None:
                continue
            start, end = _shift_on(rotation, day)
            if _on_shift(draft, rotation, start, found) == person:
                draft.unchanged["overrides"] += 1
            else:
                found.setdefault(Override(rotation.id, start, end, person), row)
    kept = _listed(draft, "overrides", draft.site.overrides, found, remove=False, told=False)
    draft.site = replace(draft.site, overrides=kept)


def _on_shift(draft: Draft, rotation: Rotation, at: datetime, found: Mapping[Override, Row]) -> str:
    """Whom the register and what is taken already have on a shift."""
    listed = [
        one
        for one in (*draft.site.overrides, *found)
        if one.rotation == rotation.id and one.covers(at)
    ]
    return listed[-1].person if listed else rotation.on_shift(at)


def _shift_on(rotation: Rotation, day: date) -> tuple[datetime, datetime]:
    """The shift that begins on a day, at the hour at which the rotation hands over."""
    starts = datetime.combine(day, rotation.starts.time())
    length = min(timedelta(days=1), rotation.shift)
    return begins(starts, rotation.time_zone), begins(starts + length, rotation.time_zone)


def _rotation_of(draft: Draft, heading: str) -> Rotation | None:
    """The rotation that a column's heading means: its id, its role, or its role's backup."""
    site, wanted = draft.site, plain(heading)
    for id, rotation in site.rotations.items():
        if plain(id) == wanted:
            return rotation
    for role in site.roles.values():
        for name in (role.id, role.name.zh, role.name.en):
            if name and plain(name) == wanted:
                return site.rotations.get(role.rotation)
            if name and any(wanted == plain(f"{name}{one}") for one in BACKUP):
                return site.rotations.get(role.backup_rotation)
    return None


def _span(draft: Draft, row: Row, zone: str) -> tuple[datetime, datetime] | None:
    """[from, to) of a row; None with a fault where it ends before it begins."""
    said: dict[str, Any] = row.values
    start = begins(said["start"], zone) if said.get("start") else BEGINNING
    end = ends(said["end"], zone) if said.get("end") else NEVER
    if start < end or start == end == BEGINNING:
        return start, end
    what = Words("结束早于开始。", "It ends before it begins.")
    draft.fault(row, what, Words("请核对起止。", "Check both."), "end")
    return None


def _no_rotation(draft: Draft, row: Row, id: str) -> None:
    what = Words(f"没有“{id}”这个轮值表。", f"There is no rotation “{id}”.")
    known = "、".join(draft.site.rotations)
    draft.warn(row, what, Words(f"现有：{known}。", f"There are {known}."), "rotation")


def _listed(
    draft: Draft,
    kind: str,
    before: tuple[Any, ...],
    found: Mapping[Any, Row],
    remove: bool,
    told: bool = True,
) -> tuple[Any, ...]:
    """A list with what is new behind the rest; what the table leaves out is kept unless it goes."""
    if not found:
        return before
    there = set(before)
    for one, row in found.items():
        draft.put(kind, _said(one), row, one if one in there else None, one)
    if told:
        lacking = {_said(one): one for one in before if one not in found}
        draft.leave_out(kind, lacking, set(), remove)
    if remove:
        return tuple(found)
    return (*before, *(one for one in found if one not in there))


def _said(one: Override | Absence) -> str:
    who = f"{one.rotation} {one.person}" if isinstance(one, Override) else one.person
    return f"{who} {one.start:%Y-%m-%dT%H:%MZ}–{one.end:%Y-%m-%dT%H:%MZ}"
