"""Turning "tell this person that" into messages: one for each line of each way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.linked import address
from responder.domain.call_task import CallTask
from responder.domain.incident import Incident
from responder.domain.message import Message, Purpose
from responder.domain.people import BY_HAND, CHAT, WRITTEN, Person
from responder.domain.playbook import Playbook
from responder.domain.record import ENGINE, Fact
from responder.domain.site import Site
from responder.domain.warning import Warning
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

CALL_TASK = "call_task"
TAKE_WITHIN = timedelta(minutes=3)
"""How long a call by hand may wait for somebody who makes it."""
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
    Purpose.DUE: 2,
    Purpose.BRIEF_DUE: 4,
    Purpose.BRIEF: 5,
    Purpose.HANDOVER: 4,
    Purpose.TOLD: 5,
    Purpose.ROLL_CALL: 6,
    Purpose.INJECT: 3,
    Purpose.TEST: 5,
    Purpose.ASSENT: 4,
    Purpose.CHECK_IN: 4,
    Purpose.INVITATION: 5,
    Purpose.HOT_WASH: 5,
    Purpose.NOTICE: 2,
    Purpose.ROOM: 1,
    Purpose.CARD: 5,
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
            bool(warning.drill),
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
    """Writes messages about one subject to the outbox.

    `callers` are asked to make the calls that no machine can, the first of them first.
    """

    uow: UnitOfWork
    site: Site
    subject: Subject
    now: datetime
    callers: Callable[[], Iterable[str]] = tuple

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
        lines = [way for via in vias for way in person.lines(via)]
        messages = [
            Message(
                id=self.uow.token(),
                incident=self.subject.id,
                person=person.id,
                via=way.via,
                to=address(self.uow, person, way),
                purpose=purpose,
                ready_at=self.now,
                facts=everything,
                code=self.subject.code,
                urgency=self._urgency(purpose),
                drill=self.subject.drill,
                language=person.language,
            )
            for way in lines
        ]
        self.uow.outbox.add(messages)
        for way, message in zip(lines, messages, strict=True):
            if way.via == BY_HAND:
                call = CallTask("", self.subject.id, person.id, way.how, way.to, self.now, purpose)
                call.note, call.message = way.note, message.id
                self.have_called(call, person.name, WRITTEN)
        return messages

    def have_called(self, call: CallTask, name: Words, vias: Iterable[str]) -> None:
        """Put a call on the list and ask somebody to make it, by those ways if they have any.

        One that waits already, to the same line for the same reason, does for both.
        """
        others = self.uow.call_tasks.of(self.subject.id)
        like = next((one for one in others.values() if one.is_open and one.is_like(call)), None)
        if like is not None:
            like.message, like.read_out = call.message, call.read_out
            self.uow.call_tasks.put(like.key, like)
            return
        caller = next((self.site.people[p] for p in self.callers() if p != call.whom), None)
        call.id, call.told = str(len(others) + 1), caller.id if caller else ""
        self.uow.call_tasks.put(call.key, call)
        self.uow.timers.set(CALL_TASK, call.key, self.now + TAKE_WITHIN)
        asked = {"call": call.id, "whom": call.whom, "how": call.how, "told": call.told}
        self.uow.ledger.append([Fact("CallAsked", self.subject.id, ENGINE, self.now, asked)])
        if caller is None:
            return
        dialled = [via for via in caller.vias if via != BY_HAND]
        facts = {
            "whom": name.said(caller.language) or call.whom,
            "how": "in_person" if call.played.zh else call.how,
            "to": call.to,
            "why": self.subject.title,
            "number": call.id,
            "played": call.played.said(caller.language),
        }
        wanted = [via for via in dialled if via in vias]
        self.tell(caller, Purpose.CALL_TASK, wanted or dialled, facts)

    def post(
        self,
        platform: str,
        to: str,
        purpose: Purpose,
        facts: dict[str, Any],
        at: datetime | None = None,
    ) -> str:
        """Enqueue what concerns a place of a platform, and no person; returns the message's id.

        It is in the site's first language, and sent from `at` on, or now.
        """
        id, language = self.uow.token(), self.site.language
        self.uow.outbox.add(
            [
                Message(
                    id=id,
                    incident=self.subject.id,
                    person="",
                    via=platform,
                    to=to,
                    purpose=purpose,
                    ready_at=at or self.now,
                    facts=self._facts(Person("", language=language), "") | facts,
                    code=self.subject.code,
                    urgency=self._urgency(purpose),
                    drill=self.subject.drill,
                    language=language,
                )
            ]
        )
        return id

    def quietly(
        self, person: Person, facts: dict[str, Any], purpose: Purpose = Purpose.TOLD
    ) -> list[Message]:
        """Tell or ask without ringing: by chat and SMS, by e-mail where there is neither."""
        vias = [via for via in person.vias if via in QUIETLY]
        vias = vias or [via for via in person.vias if via in WRITTEN]
        return self.tell(person, purpose, vias, facts)

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
