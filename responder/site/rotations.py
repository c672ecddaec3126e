"""`contacts/rotations.yaml`: turns, overrides and absences, with local times made instants."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from responder.domain.people import Person
from responder.domain.rota import (
    BEGINNING,
    DAY,
    NEVER,
    Absence,
    Override,
    Rotation,
    begins,
    ends,
)
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.moments import local

LEAST_SHIFT = timedelta(minutes=1)


def read_rotations(root: Fields) -> dict[str, Rotation]:
    """The rotations; one that cannot run has nobody on shift."""
    return root.by_key("rotations", _rotation)


def _rotation(fields: Fields, id: str) -> Rotation:
    zone = fields.zone("time_zone")
    starts = fields.moment("starts")
    shift = fields.span("shift", DAY)
    people = fields.texts("people")
    if starts is None:
        _incomplete(fields, "starts", Words("当前无人当班。", "Nobody is on shift."))
    if shift < LEAST_SHIFT:
        what = Words("班长过短，该轮值无人当班", "The shift is too short: nobody is on shift")
        mend = Words("请写成 12h、24h 或 168h。", "Write 12h, 24h or 168h, say.")
        fields.reading.remark(fields.where, what, mend)
        shift, people = DAY, ()
    return Rotation(
        id=id,
        starts=NEVER.replace(tzinfo=None) if starts is None else local(starts, zone),
        time_zone=zone,
        shift=shift,
        people=people,
    )


def read_overrides(root: Fields, rotations: Mapping[str, Rotation]) -> tuple[Override, ...]:
    """The overrides; times without a zone are the rotation's, one without an end covers nothing."""
    return root.each("overrides", lambda fields: _override(fields, rotations))


def _override(fields: Fields, rotations: Mapping[str, Rotation]) -> Override:
    rotation, person = fields.text("rotation"), fields.text("person")
    start, end = _span(fields)
    zone = _zone_of(rotations.get(rotation), fields)
    if start is None or end is None:
        start_at = end_at = BEGINNING
    else:
        start_at, end_at = begins(start, zone), ends(end, zone)
    return Override(rotation, start_at, end_at, person, fields.text("reason"))


def read_absences(root: Fields, people: Mapping[str, Person]) -> tuple[Absence, ...]:
    """The absences; times without a zone are the person's, one without an end goes on."""
    return root.each("absences", lambda fields: _absence(fields, people))


def _absence(fields: Fields, people: Mapping[str, Person]) -> Absence:
    person = fields.text("person")
    start, end = _span(fields)
    zone = _zone_of(people.get(person), fields)
    return Absence(
        person,
        BEGINNING if start is None else begins(start, zone),
        NEVER if end is None else ends(end, zone),
        fields.text("reason"),
    )


def _span(fields: Fields) -> tuple[date | datetime | None, date | datetime | None]:
    start, end = fields.moment("from"), fields.moment("to")
    for key, moment in (("from", start), ("to", end)):
        if moment is None:
            _incomplete(fields, key, Words("起止不明。", "When it begins or ends is unknown."))
    return start, end


def _zone_of(of: Rotation | Person | None, fields: Fields) -> str:
    return of.time_zone if of else fields.reading.time_zone


def _incomplete(fields: Fields, key: str, hence: Words) -> None:
    fields.reading.remark(
        fields.where,
        Words(f"缺少“{key}”", f"“{key}” is missing"),
        Words(f"请补上；{hence.zh}", f"Add it. {hence.en}"),
    )
