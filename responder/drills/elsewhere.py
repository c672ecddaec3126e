"""A drill held by another installation, as it counts here: once, and with where it was held."""

from dataclasses import replace

from responder.domain.drill_archive import TakenIn
from responder.domain.drill_record import DrillRecord
from responder.domain.site import Site
from responder.domain.words import Words

OTHER = Words("（另一套系统）", " (another installation)")


def held_at(one: TakenIn, site: Site) -> Words:
    """What people here call the place, else the firm; of our own firm that it is another system."""
    if one.held_at:
        return Words(one.held_at, one.held_at)
    if one.firm == site.firm.name:
        return Words(one.firm.said("zh") + OTHER.zh, one.firm.said("en") + OTHER.en)
    return one.firm


def record_here(one: TakenIn, site: Site) -> DrillRecord | None:
    """As it counts here, None where it does not.

    Two installations may call different people the same: only who has the same id and the same
    name there and here is one person. All others go by name, and so do units.
    """
    record = one.record
    if record is None:
        return None
    return replace(
        record,
        id=one.key,
        recorded=one.key,
        held_at=held_at(one, site),
        approved_by=_person(one, site, record.approved_by),
        participants=tuple(_person(one, site, person) for person in record.participants),
        findings=tuple(
            replace(found, owner=_person(one, site, found.owner)) for found in record.findings
        ),
        partners=tuple(_unit(one, site, unit) for unit in record.partners),
        reported_on=record.reported_on or one.reported_on,
        reported_to=record.reported_to or one.reported_to,
        receipt=record.receipt or one.receipt,
    )


def _person(one: TakenIn, site: Site, id: str) -> str:
    known, name = site.people.get(id), one.names.get(id)
    if not id or (known is not None and known.name == name):
        return id
    return f"{name.said(site.language)}（{id}）" if name else f"{id}@{one.firm.said(site.language)}"


def _unit(one: TakenIn, site: Site, id: str) -> str:
    known, name = site.units.get(id), one.units.get(id)
    same = known is not None and known.name == name
    return id if same or name is None else name.said(site.language)
