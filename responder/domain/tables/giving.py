"""A site put out as tables: every value as text that is read back as the same value."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from responder.domain.organisation import Body
from responder.domain.people import Way
from responder.domain.rota import BEGINNING, NEVER, Absence, Override, Rotation
from responder.domain.site import Site
from responder.domain.tables.body_rows import COMMAND, EXECUTION
from responder.domain.tables.columns import KINDS, Column, Kind
from responder.domain.tables.sheet import Table
from responder.domain.tables.vocabulary import VOCABULARIES
from responder.domain.tables.way_cell import way_said
from responder.domain.words import Words

BETWEEN = "; "
SPANS = ((timedelta(hours=1), "h"), (timedelta(minutes=1), "m"), (timedelta(seconds=1), "s"))
WAYS = ("way", "unit_way")
Record = dict[str, Any]


def tables_of(site: Site, language: str) -> tuple[Table, ...]:
    """Every kind of table, headed in a language; values that read the same in both are plain."""
    things = {
        "people": map(_fields, site.people.values()),
        "roles": map(_fields, site.roles.values()),
        "rotations": map(_rotation, site.rotations.values()),
        "overrides": (_local(one, _zone_of_rotation(site, one)) for one in site.overrides),
        "absences": (_local(one, _zone_of_person(site, one)) for one in site.absences),
        "teams": ({"id": id, "people": people} for id, people in site.teams.items()),
        "units": map(_fields, site.units.values()),
        "liaisons": map(_fields, site.liaisons),
        "bodies": _bodies(site),
    }
    return tuple(_table(KINDS[kind], list(records), language) for kind, records in things.items())


def _table(kind: Kind, records: list[Record], language: str) -> Table:
    """The columns that are kept; ways take as many as somebody has."""
    columns: list[tuple[Column, int]] = []
    for column in kind.columns:
        if column.kept and column.takes in WAYS:
            most = max((len(record["reach"]) for record in records), default=0)
            columns += [(column, number) for number in range(max(most, 1))]
        elif column.kept:
            columns.append((column, -1))
    headings = tuple(_heading(column, number, language) for column, number in columns)
    rows = tuple(
        tuple(_cell(record, column, number, language) for column, number in columns)
        for record in records
    )
    return Table(kind.name, kind.title.said(language), headings, rows)


def _heading(column: Column, number: int, language: str) -> str:
    return f"{column.heading.said(language)}{number + 1 if number >= 0 else ''}"


def _cell(record: Record, column: Column, number: int, language: str) -> str:
    if number >= 0:
        ways: tuple[Way, ...] = record["reach"]
        return way_said(ways[number], language) if number < len(ways) else ""
    name, _, of_language = column.field.partition(".")
    value = record.get(name, "")
    if of_language:
        return str(getattr(value, of_language)) if isinstance(value, Words) else ""
    if column.takes in VOCABULARIES and value != "":
        text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        return VOCABULARIES[column.takes].said(text, language)
    return _text(value)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(" ", "auto").replace(" ", "T" if value.microsecond else " ")
        case date():
            return value.isoformat()
        case timedelta():
            return _span(value)
        case tuple():
            return BETWEEN.join(value)
        case _:
            return str(value)


def _span(value: timedelta) -> str:
    for unit, sign in SPANS:
        if value and not value % unit:
            return f"{value // unit}{sign}"
    return f"{value // SPANS[-1][0]}s"


def _fields(thing: Any) -> Record:
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}


def _rotation(one: Rotation) -> Record:
    """A rotation that does not say when it starts still does not."""
    never = one.starts == NEVER.replace(tzinfo=None)
    return {**_fields(one), "starts": "" if never else one.starts}


def _local(one: Override | Absence, zone: str) -> Record:
    """A span with its ends in local time; one that was left out stays out."""
    local = ZoneInfo(zone)
    ends = {"start": (one.start, BEGINNING), "end": (one.end, NEVER)}
    said = {
        name: "" if at == left_out else at.astimezone(local)
        for name, (at, left_out) in ends.items()
    }
    return {**_fields(one), **said}


def _zone_of_rotation(site: Site, one: Override) -> str:
    found = site.rotations.get(one.rotation)
    return found.time_zone if found else site.time_zone


def _zone_of_person(site: Site, one: Absence) -> str:
    found = site.people.get(one.person)
    return found.time_zone if found else site.time_zone


def _bodies(site: Site) -> Iterator[Record]:
    yield from _body(COMMAND, site.command.body)
    for person in site.command.succession:
        yield {"body": COMMAND, "part": "succession", "person": person}
    yield {"body": COMMAND, "part": "wait", "wait": site.command.hand_down_after}
    yield from _body(EXECUTION, site.execution_body)


def _body(name: str, body: Body) -> Iterator[Record]:
    if body.head:
        yield {"body": name, "part": "head", "person": body.head}
    for person in body.members:
        yield {"body": name, "part": "member", "person": person}
    if body.principal:
        yield {"body": name, "part": "principal"}
    for duty, words in body.duties.items():
        yield {"body": name, "part": duty, "says": words}
