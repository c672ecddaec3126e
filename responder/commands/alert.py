"""A warning at work: the people asked to verify it, and those paged if nobody does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from responder.commands.case import FOR_PEOPLE, Case
from responder.commands.owed import OBLIGATION
from responder.commands.pursuit import Pursuit, roster_of
from responder.commands.telling import Subject, clock_time
from responder.domain.escalation import Policy, start
from responder.domain.events import Completed, Rang
from responder.domain.message import Message, Purpose
from responder.domain.organisation import DUTY_LEAD
from responder.domain.people import WRITTEN, Person
from responder.domain.playbook import Playbook
from responder.domain.record import ENGINE
from responder.domain.roster import Roster
from responder.domain.warning import Addressee, Stage, Warning, is_warning
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

VERIFY = "verify"
OPEN_TOO_LONG = "warning_open"


@dataclass
class Alert(Pursuit):
    """A warning and the escalation that runs when it is not verified in time."""

    warning: Warning = field(kw_only=True)

    @classmethod
    def load(cls, uow: UnitOfWork, id: str, now: datetime) -> "Alert":
        """The warning with that id. Raises UnknownId, with near misses."""
        warning = uow.warnings.get(id)
        if warning is None:
            raise UnknownId("预警", "warning", id, uow.warnings.open())
        return cls.of(uow, now, warning)

    @classmethod
    def of(cls, uow: UnitOfWork, now: datetime, warning: Warning) -> "Alert":
        """An alert of a warning, with its escalation (stopped until it is needed).

        A drill's knows the drill's recipients and nobody else (P5).
        """
        roster = roster_of(uow, warning.site_version, warning.recipients)
        playbook = roster.site.playbooks.get(warning.playbook) or Playbook(warning.playbook)
        escalation = uow.escalations.get(warning.id) or start(warning.id, now)
        escalation.stopped = escalation.stopped or not warning.escalated or warning.frozen
        return cls(
            uow,
            now,
            roster,
            Subject.of_warning(warning, roster.site),
            playbook,
            escalation,
            Policy.of(roster, playbook, warning.level, spare=True),
            Purpose.VERIFY_WARNING,
            warning=warning,
        )

    @property
    def waits(self) -> bool:
        """Whether somebody is asked to verify it, and nobody is paged about it yet."""
        warning = self.warning
        return warning.stage is Stage.RAISED and not warning.escalated and not warning.frozen

    @property
    def live(self) -> Roster:
        """The register in force; a drill goes by its own to the end."""
        if self.warning.drill:
            return self.roster
        return roster_of(self.uow, self.uow.sites.accepted() or self.warning.site_version)

    def must_run(self) -> None:
        """Raise BadInput where its drill stands still or is over."""
        if self.warning.frozen:
            drill = self.warning.drill
            raise BadInput(
                f"{drill}已暂停、冻结或结束，{self.warning.id}不能办理。",
                f"{drill} stands still or is over: nothing can be done about {self.warning.id}.",
            )

    def save(self) -> None:
        """Write the warning and its escalation back, and arm what is due."""
        super().save()
        warning = self.warning
        self.uow.warnings.put(warning.id, warning)
        self.uow.timers.set(VERIFY, warning.id, warning.verify_by if self.waits else None)
        since = warning.reminded_at or warning.raised_at
        runs = warning.is_open and not warning.frozen
        nag = since + self.site.patience.open_for if runs else None
        self.uow.timers.set(OPEN_TOO_LONG, warning.id, nag)

    def freeze(self) -> None:
        """Stop it where it stands; take back what is not yet sent to anybody."""
        self.warning.frozen = self.escalation.stopped = True
        self.uow.outbox.withdraw(self.warning.id, None, FOR_PEOPLE)
        self.uow.timers.set(OBLIGATION, self.warning.id, None)

    def address(self, people: Iterable[str]) -> None:
        """Ask people to verify; each is an addressee, to whom the lift is reported too."""
        deadline = clock_time(self.warning.verify_by, self.site)
        for person in filter(None, map(self.person, dict.fromkeys(people))):
            sent = self.teller.tell(
                person,
                self.purpose,
                person.vias,
                {"deadline": deadline, "next": ""},
            )
            self.note_addressees(sent)

    def note_addressees(self, sent: Iterable[Message]) -> None:
        """Remember who was told, by which line, in order."""
        told = {(a.to, a.via) for a in self.warning.addressed}
        for message in sent:
            if (message.person, message.via) not in told:
                self.warning.addressed.append(Addressee(message.person, message.via, self.now))

    def same_path(self, what: Words) -> list[str]:
        """Report along the same path: every addressee, in order, by the same line (7.2).

        A line that rings is told in writing beside it. Whoever holds the post now is told in place
        of somebody no longer in service. Returns those reached, in order.
        """
        reached = []
        instead: dict[str, Person | None] = {}
        for addressee in self.warning.addressed:
            person = self.person(addressee.to)
            if person is None:
                if addressee.to not in instead:
                    instead[addressee.to] = self._successor(addressee.to)
                person = instead[addressee.to]
            if person is None:
                continue
            facts: dict[str, Any] = {"what": what.said(person.language)}
            vias = [addressee.via] if addressee.via in person.vias else list(person.vias[:1])
            if addressee.via not in WRITTEN and "sms" in person.vias:
                vias.append("sms")
            self.teller.tell(person, Purpose.TOLD, dict.fromkeys(vias), facts)
            reached.append(person.id)
        return list(dict.fromkeys(reached))

    def _successor(self, gone: str) -> Person | None:
        """Who holds now what somebody no longer in service held; nobody told already."""
        live = self.live
        told = {addressee.to for addressee in self.warning.addressed}
        posts = [
            role.id
            for role in self.site.roles.values()
            if gone in self.roster.posted(role, self.warning.raised_at)
        ]
        holders = (live.holder(role, self.now) for role in (*posts, DUTY_LEAD))
        successor = next((one for one in holders if one and one not in told), "")
        if not successor:
            self.record("AddresseeGone", ENGINE, person=gone)
            return None
        self.record("AddresseeReplaced", ENGINE, person=gone, substitute=successor)
        return live.site.people[successor]

    def completed(self, event: Completed) -> None:
        """Somebody took the verification in hand."""
        self.record("VerificationTaken", ENGINE, people=list(event.acknowledged_by))

    def _page(self, event: Rang) -> list[Message]:
        sent = super()._page(event)
        self.note_addressees(sent)
        return sent


def pursuit_of(uow: UnitOfWork, id: str, now: datetime) -> Pursuit:
    """The incident or warning of an id. Raises UnknownId."""
    return Alert.load(uow, id, now) if is_warning(id) else Case.load(uow, id, now)
