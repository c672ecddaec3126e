"""How much of other people's contact details somebody sees, through which door.

Who leads or works on an open incident sees the details of its people in full; others see enough
to recognise somebody. What goes abroad never carries another person's number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.rights import capacities
from responder.domain.carriage import carriage
from responder.domain.incident import Incident
from responder.domain.masking import masked
from responder.domain.playbook import Playbook
from responder.domain.record import By
from responder.domain.roster import Roster
from responder.ports.unit_of_work import UnitOfWork

TERMINALS = ("cli", "chat")
"""Doors of the machine itself: who works there as an administrator has the files at hand."""
SEEING = frozenset({"responder", "commander", "duty_lead", "command_body"})


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose contact details a viewer sees in full; their own always."""

    viewer: str = ""
    people: frozenset[str] = frozenset()
    everything: bool = False
    units: bool = False

    def has(self, person: str) -> bool:
        """Whether somebody's details are shown in full."""
        return self.everything or person == self.viewer or person in self.people

    @property
    def is_wide(self) -> bool:
        """Whether anybody else is seen in full."""
        return self.everything or bool(self.people)


def terminal_sight(roster: Roster, person: str) -> Sight:
    """What the terminal shows where nothing is put on record: all, unless somebody lesser asks."""
    administers = person in roster.site.grants.get("administrator", ())
    return Sight(person, everything=not person or administers)


def sight(uow: UnitOfWork, roster: Roster, by: By, now: datetime, about: Incident | None) -> Sight:
    """How much a person sees through a door, about an incident or none."""
    person = by.person
    if carriage(roster.site.channels, by.door).is_minimal:
        return Sight(person)
    if by.door in TERMINALS and person in roster.site.grants.get("administrator", ()):
        return Sight(person, everything=True, units=True)
    held = set(_capacities(uow, roster, person, now, about))
    if about is None or not about.is_open or not held & SEEING:
        return Sight(person, units="liaison" in held)
    return Sight(person, frozenset(_people_of(uow, about)), units=True)


def duty_sights(
    uow: UnitOfWork, roster: Roster, by: By, now: datetime
) -> list[tuple[Incident | None, Sight]]:
    """What each open incident lets somebody see beyond their own, and what they see anyway."""
    abouts = [*uow.incidents.open().values(), None]
    seen = ((about, sight(uow, roster, by, now, about)) for about in abouts)
    return [(about, one) for about, one in seen if one.is_wide]


def _capacities(
    uow: UnitOfWork, roster: Roster, person: str, now: datetime, about: Incident | None
) -> Iterator[str]:
    if about is None:
        return capacities(person, roster, now)
    playbook = roster.site.playbooks.get(about.playbook) or Playbook(about.playbook)
    return capacities(person, roster, now, about, uow.escalations.get(about.id), playbook)


def _people_of(uow: UnitOfWork, incident: Incident) -> Iterator[str]:
    """Everybody an incident has to do with: paged, asked, leading, working."""
    escalation, authority = uow.escalations.get(incident.id), uow.authorities.get(incident.id)
    yield from filter(None, (incident.commander, incident.provisional, incident.watch))
    yield from filter(None, (incident.declared_by, *incident.reported_by, *incident.roles.values()))
    if escalation is not None:
        yield from (*escalation.first_paged, *escalation.acknowledged)
    if authority is not None:
        yield from filter(None, (authority.holder,))
        yield from (p for request in authority.requests.values() for p in request.asked)
    yield from (task.owner for task in uow.tasks.of(incident.id).values() if task.owner)


def seen_by(seen: Sight, found: dict[str, Any]) -> dict[str, Any]:
    """What `who` found, with the details masked that the viewer does not see."""
    people = {
        id: one if seen.has(id) else {**one, "reach": [_masked(way) for way in one["reach"]]}
        for id, one in found["people"].items()
    }
    return {**found, "people": people}


def _masked(way: dict[str, str]) -> dict[str, str]:
    return {**way, "to": masked(way["to"])}
