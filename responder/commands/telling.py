"""Turning "tell this person that" into messages: one for each line of each way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from responder.domain.incident import Incident
from responder.domain.message import Message, Purpose
from responder.domain.people import CHAT, WRITTEN, Person
from responder.domain.playbook import Playbook
from responder.domain.site import Site
from responder.domain.warning import Warning
from responder.ports.unit_of_work import UnitOfWork

QUIETLY = (*CHAT, "sms")
"""The ways that tell without ringing."""

WEIGHT = {
    Purpose.PAGE: 0,
    Purpose.DECISION: 0,
    Purpose.CANCELLED: 1,
    Purpose.STILL_THERE: 2,
    Purpose.VERIFY_WARNING: 2,
    Purpose.ALARM: 3,
    Purpose.CALL_TASK: 3,
    Purpose.HANDOVER: 4,
    Purpose.TOLD: 5,
    Purpose.ROLL_CALL: 6,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What messages say of an incident or a warning."""

    id: str
    title: str
    playbook: Playbook | None
    systems: tuple[str, ...]
    level: int
    at: datetime
    by: str
    drill: bool = False

    @classmethod
    def of_incident(cls, incident: Incident, site: Site) -> "Subject":
        """An incident as messages speak of it."""
        return cls(
            incident.id,
            incident.title,
            site.playbooks.get(incident.playbook),
            incident.systems,
            incident.level,
            incident.declared_at,
            incident.declared_by,
            incident.drill,
        )

    @classmethod
    def of_warning(cls, warning: Warning, site: Site) -> "Subject":
        """A warning as messages speak of it."""
        return cls(
            warning.id,
            warning.title,
            site.playbooks.get(warning.playbook),
            (warning.system,) if warning.system else (),
            warning.level,
            warning.raised_at,
            warning.raised_by,
        )

    @property
    def code(self) -> str:
        """The digits an answer by SMS or phone refers to it by."""
        return self.id.rpartition("-")[2]


def clock_time(at: datetime | None, site: Site) -> str:
    """An instant as people say it, in the site's zone; `""` for none."""
    return _clock_time(at, site.time_zone) if at else ""


@lru_cache(maxsize=256)
def _clock_time(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def name(site: Site, person: str, language: str) -> str:
    """A person's name, or the id where the contacts hold no such person."""
    known = site.people.get(person)
    return (known.name.said(language) or person) if known else person


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes messages about one subject to the outbox."""

    uow: UnitOfWork
    site: Site
    subject: Subject
    now: datetime

    def tell(
        self,
        person: Person,
        purpose: Purpose,
        vias: Iterable[str],
        facts: dict[str, Any],
        role: str = "",
    ) -> list[Message]:
        """Enqueue a message on every line of the given ways. Facts are in the reader's language."""
        everything = self._facts(person, role) | facts
        messages = [
            Message(
                id=self.uow.token(),
                incident=self.subject.id,
                person=person.id,
                via=way.via,
                to=way.to,
                purpose=purpose,
                ready_at=self.now,
                facts=everything,
                code=self.subject.code,
                urgency=self._urgency(purpose),
                drill=self.subject.drill,
                language=person.language,
            )
            for via in vias
            for way in person.lines(via)
        ]
        self.uow.outbox.add(messages)
        return messages

    def quietly(self, person: Person, facts: dict[str, Any]) -> list[Message]:
        """Tell without ringing: by chat and SMS, by e-mail where there is neither."""
        vias = [via for via in person.vias if via in QUIETLY]
        vias = vias or [via for via in person.vias if via in WRITTEN]
        return self.tell(person, Purpose.TOLD, vias, facts)

    def _urgency(self, purpose: Purpose) -> int:
        return self.subject.drill * 1000 + WEIGHT[purpose] * 10 + self.subject.level

    def _facts(self, reader: Person, role: str) -> dict[str, Any]:
        language, subject, site = reader.language, self.subject, self.site
        systems = [
            site.systems[s].name.said(language) for s in subject.systems if s in site.systems
        ]
        post = site.roles.get(role)
        return {
            "firm": site.firm.name.said(language),
            "incident": subject.id,
            "code": subject.code,
            "title": subject.title,
            "system": "、".join(systems) if language == "zh" else ", ".join(systems),
            "playbook": subject.playbook.title.said(language) if subject.playbook else "",
            "level": subject.level,
            "at": clock_time(subject.at, site),
            "declared_by": name(site, subject.by, language),
            "role": (post.name if post else reader.title).said(language),
            "person": reader.name.said(language) or reader.id,
        }
