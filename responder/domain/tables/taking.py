"""Rows of tables taken into a site, kind after kind: later ones may refer to earlier ones."""

from collections.abc import Iterable

from responder.domain.site import Site
from responder.domain.tables import body_rows, rota_rows, thing_rows
from responder.domain.tables.draft import Draft, Item, Names
from responder.domain.tables.people_rows import PEOPLE, PeopleTaken, without
from responder.domain.tables.sheet import Place, Remark, Row
from responder.domain.words import Words


def taken(site: Site, rows: Iterable[Row], remove_missing: bool = False) -> Draft:
    """The draft that rows come to on a site; the site itself is as it was.

    What the tables do not name is kept; with `remove_missing` it is removed, of the kinds that
    the tables hold. A faulty row is told of and left out.
    """
    by_kind: dict[str, list[Row]] = {}
    faulty: list[Row] = []
    for row in rows:
        (faulty if row.is_faulty else by_kind.setdefault(row.kind, [])).append(row)

    def of(kind: str) -> list[Row]:
        return by_kind.get(kind, [])

    draft = Draft(site)
    of_people = PeopleTaken(draft, remove_missing).take(of(PEOPLE))
    names = Names(draft)
    thing_rows.take_rotations(draft, of("rotations"), names, remove_missing)
    thing_rows.take_roles(draft, of("roles"), names, remove_missing)
    thing_rows.take_posts(draft, of_people, names)
    rota_rows.take_overrides(draft, of("overrides"), names, remove_missing)
    rota_rows.take_roster(draft, of("roster"), names)
    rota_rows.take_absences(draft, of("absences"), names, remove_missing)
    thing_rows.take_teams(draft, of("teams"), names, remove_missing)
    thing_rows.take_units(draft, of("units"), names, remove_missing)
    thing_rows.take_liaisons(draft, of("liaisons"), names, remove_missing)
    body_rows.take_bodies(draft, of("bodies"), names)
    _tell_of_vacancies(draft)
    _find_the_faulty(draft, faulty)
    return draft


def _find_the_faulty(draft: Draft, rows: Iterable[Row]) -> None:
    """Whom a faulty row speaks of is not missing from the table."""
    told = {
        (row.kind, str(row.values[name]).casefold())
        for row in rows
        for name in ("id", "name.zh", "name.en", "person")
        if row.values.get(name)
    }
    draft.missing = [
        one
        for one in draft.missing
        if not told.intersection((one.kind, name.casefold()) for name in _named(one))
    ]


def _named(item: Item) -> tuple[str, ...]:
    return item.id, item.name.zh, item.name.en


def _tell_of_vacancies(draft: Draft) -> None:
    """Who is removed and still named somewhere leaves a vacancy there."""
    gone = [one.id for one in draft.removed if one.kind == PEOPLE]
    for person, section in without(draft.site, gone):
        what = Words(
            f"{person}被移除，但仍在 {section} 中。",
            f"{person} is removed and still named in {section}.",
        )
        mend = Words("请另行指定人员。", "Name somebody else there.")
        draft.remarks.append(Remark(Place(""), False, what, mend))
