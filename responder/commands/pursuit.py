"""People being paged about something: an incident, or a warning nobody verified.

A pursuit loads what the rules need, and turns the events they return into ledger facts, outbox
messages and timers, in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from responder.commands.rights import capacities, require
from responder.commands.telling import Subject, Teller, clock_time, name
from responder.domain import escalation as paging
from responder.domain.call_task import CallTask
from responder.domain.escalation import Escalation, Policy
from responder.domain.events import (
    Completed,
    DecisionRang,
    Event,
    Late,
    NobodyLeft,
    Rang,
    UnitNamed,
    Widened,
)
from responder.domain.incident import Incident
from responder.domain.message import PURSUED, Message, Purpose
from responder.domain.people import VIAS, Person
from responder.domain.playbook import Playbook
from responder.domain.record import ENGINE, By, Fact
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import NoSite
from responder.ports.unit_of_work import UnitOfWork

ESCALATION = "escalation"
GONE = "people.gone"


def roster_of(uow: UnitOfWork, version: str, only: Sequence[str] = ()) -> Roster:
    """A version of the site as the rules see it: without people removed since (live rights)."""
    gone = frozenset(uow.notes.get(GONE) or ())
    return Roster(uow.sites.get(version), gone, frozenset(only) if only else None)


def roster_in_force(uow: UnitOfWork) -> Roster:
    """The version in force; raises Refused where the database holds no site."""
    version = uow.sites.accepted()
    if version is None:
        raise NoSite
    return roster_of(uow, version)


@dataclass
class Pursuit:
    """One escalation at work. Subclasses say what its completion means."""

    uow: UnitOfWork
    now: datetime
    roster: Roster
    subject: Subject
    playbook: Playbook
    escalation: Escalation
    policy: Policy
    purpose: Purpose = Purpose.PAGE

    @property
    def site(self) -> Site:
        """The copy of the site it runs by."""
        return self.roster.site

    @property
    def teller(self) -> Teller:
        """Writes messages about it."""
        return Teller(self.uow, self.site, self.subject, self.now, self.callers)

    def callers(self) -> list[str]:
        """Who may be asked to call by hand: whoever leads or took it, declared it, was paged."""
        incident, escalation = self.incident_or_none, self.escalation
        leading = (incident.commander, incident.provisional) if incident else ()
        people = (*leading, *escalation.acknowledged, self.subject.by, *escalation.first_paged)
        return list(filter(self.roster.known, dict.fromkeys(people)))

    def may(self, act: str, by: By, *also: str) -> None:
        """Raise NotAllowed unless the actor may; `also` are capacities known to the caller."""
        held = capacities(
            by.person, self.roster, self.now, self.incident_or_none, self.escalation, self.playbook
        )
        require(act, by, {*held, *also})

    @property
    def incident_or_none(self) -> Incident | None:
        """The incident, where it is one."""
        return None

    # The record

    def record(self, kind: str, by: By, at: datetime | None = None, **payload: Any) -> None:
        """One fact on the ledger."""
        self.uow.ledger.append([Fact(kind, self.subject.id, by, at or self.now, payload)])

    def carry_out(self, events: Sequence[Event], by: By = ENGINE) -> None:
        """Record what happened and do what follows from it."""
        self.uow.ledger.append(facts_of(events, self.subject.id, by))
        for event in events:
            self.follow(event)

    def follow(self, event: Event) -> None:
        """What an event demands beside its record."""
        match event:
            case Rang():
                self._page(event)
            case UnitNamed():
                self._ask_human_to_call(event)
            case Completed():
                self.uow.outbox.withdraw(self.subject.id, None, [self.purpose])
                self.completed(event)
                if event.short:
                    self.alarm(SHORT)
            case Widened():
                self.alarm(WIDENED)
            case NobodyLeft():
                self.alarm(NOBODY_LEFT)
            case Late():
                self.alarm(late(event.by))

    def completed(self, event: Completed) -> None:
        """Enough have acknowledged."""

    def save(self) -> None:
        """Write the escalation and arm its timer."""
        self.uow.escalations.put(self.subject.id, self.escalation)
        self.uow.timers.set(ESCALATION, self.subject.id, self.escalation.next_due)

    # Messages

    def person(self, id: str) -> Person | None:
        """Somebody who may be told, None for nobody."""
        return self.site.people[id] if self.roster.known(id) else None

    def tell(self, people: Iterable[str], what: Words) -> None:
        """Tell people without ringing them."""
        for person in filter(None, map(self.person, dict.fromkeys(people))):
            self.teller.quietly(person, {"what": what.said(person.language)})

    def ring(self, people: Iterable[str], purpose: Purpose, **facts: Words | str) -> None:
        """Reach people by every way they have, now."""
        for person in filter(None, map(self.person, dict.fromkeys(people))):
            said = {
                key: value.said(person.language) if isinstance(value, Words) else value
                for key, value in facts.items()
            }
            self.teller.tell(person, purpose, person.vias, said)

    def alarm(self, what: Words) -> None:
        """Alarm the administrators; the command body where nobody is one."""
        people = self.site.grants.get("administrator", ()) or self.roster.command_body
        self.ring(people, Purpose.ALARM, what=what, mend=ALARM_MEND)

    def _page(self, event: Rang) -> list[Message]:
        person = self.person(event.person)
        if person is None:
            return []
        deadline, following = self.what_follows(person.language)
        facts = {"next": following, "deadline": deadline}
        return self.teller.tell(person, self.purpose, [event.via], facts, self._role(person.id))

    def _role(self, person: str) -> str:
        held = (role for role, held in self.escalation.roles.items() if held.holder == person)
        return next(held, "")

    def what_follows(self, language: str) -> tuple[str, str]:
        """When the next step starts, and whom it pages: what happens if you do nothing."""
        at, step = self.escalation.step_ends_at, self.escalation.step
        if at is None or step >= len(self.policy.steps):
            return clock_time(at, self.site), ""
        meant = paging.people_of(self.roster, self.policy.steps[step], at)
        names = [name(self.site, person, language) for person in meant[:2]]
        return clock_time(at, self.site), ("、" if language == "zh" else ", ").join(names)

    def _ask_human_to_call(self, event: UnitNamed) -> None:
        unit = self.site.units[event.unit]
        firm, at = self.site.firm.name, clock_time(self.subject.at, self.site)
        for way in unit.reach:
            how, whom = way.how or way.via, f"{UNIT}{unit.id}"
            call = CallTask("", self.subject.id, whom, how, way.to, self.now, note=way.note)
            call.read_out = Words(
                READ_OUT.zh.format(firm=firm.zh, at=at, title=self.subject.title),
                READ_OUT.en.format(firm=firm.en, at=at, title=self.subject.title),
            )
            self.teller.have_called(call, unit.name, VIAS)


UNIT = "unit:"
READ_OUT = Words(
    "您好，这里是{firm}。{at}我单位发生：{title}。已启动应急预案，正在处置。请问您贵姓？",
    "This is {firm}. Since {at} we have: {title}. Our emergency plan is active and we are handling"
    " it. May I have your name?",
)
SHORT = Words(
    "应接手人数不足，已无人可呼叫。请人工联络。",
    "Too few have taken it and nobody is left to page. Call people by hand.",
)
WIDENED = Words(
    "一轮呼叫无人应答，已扩大呼叫范围。",
    "A whole round went unanswered; more people are now being paged.",
)
NOBODY_LEFT = Words(
    "已无人可呼叫，请立即按应急处置联络手册人工联络。",
    "Nobody is left to page. Work the contact manual by hand now.",
)
ALARM_MEND = Words("请核对联络方式与值班表。", "Check the ways to reach people and the rota.")


def late(by: timedelta) -> Words:
    """That paging was late."""
    seconds = int(by.total_seconds())
    return Words(f"呼叫迟了{seconds}秒。", f"Paging was late by {seconds} s.")


def failing_ways(uow: UnitOfWork, id: str, escalation: Escalation) -> dict[str, list[str]]:
    """The ways, by person, that failed for good, or when last tried to somebody still sought."""
    found = {person: list(vias) for person, vias in escalation.failed.items() if vias}
    for person, via in uow.outbox.failing(id, sorted(PURSUED)):
        ways = found.setdefault(person, [])
        if via not in ways and person not in escalation.acknowledged:
            ways.append(via)
    return {person: ways for person, ways in found.items() if ways}


def facts_of(events: Iterable[Event], subject: str, by: By) -> list[Fact]:
    """Events as facts. Ways of a person that ring together make one."""
    return [
        Fact(type(group[0]).__name__, subject, by, group[0].at, _payload(group))
        for group in (list(same) for _, same in groupby(events, key=_sameness))
    ]


def _sameness(event: Event) -> object:
    if isinstance(event, Rang):
        return ("Rang", event.at, event.person)
    if isinstance(event, DecisionRang):
        return ("DecisionRang", event.at, event.person, event.request)
    return id(event)


@cache
def _told(kind: type[Event]) -> tuple[str, ...]:
    """What an event of a kind tells beside its instant."""
    return tuple(field.name for field in fields(kind) if field.name != "at")


def _payload(group: list[Any]) -> dict[str, Any]:
    event = group[0]
    payload = {name: _plain(getattr(event, name)) for name in _told(event.__class__)}
    if isinstance(event, Rang | DecisionRang):
        payload["via"] = [each.via for each in group]
    return payload


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, datetime):
        return value.isoformat()
    return value
