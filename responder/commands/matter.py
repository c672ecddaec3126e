"""What two people may agree on: something of one incident or warning, or of the firm as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from responder.commands.acts import ACTS
from responder.commands.alert import pursuit_of
from responder.commands.pursuit import roster_in_force
from responder.commands.rights import capacities, require
from responder.commands.telling import Subject, Teller
from responder.domain.record import THE_FIRM, By, Fact
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork


class Matter(Protocol):
    """What consents need of an incident, a warning or the firm."""

    uow: UnitOfWork
    now: datetime
    subject: Subject

    @property
    def site(self) -> Site:
        """The site it runs by."""
        ...

    def may(self, act: str, by: By, *also: str) -> None:
        """Raise NotAllowed unless the actor may."""
        ...

    def record(self, kind: str, by: By, at: datetime | None = None, **payload: Any) -> None:
        """One fact about it."""
        ...

    def tell(self, people: Iterable[str], what: Words) -> None:
        """Tell people without ringing them."""
        ...

    @property
    def teller(self) -> Teller:
        """Writes messages about it."""
        ...

    def callers(self) -> list[str]:
        """Who may be asked to call by hand."""
        ...

    def save(self) -> None:
        """Write it back."""
        ...


@dataclass
class FirmMatter:
    """The firm as a whole, as consents see it."""

    uow: UnitOfWork
    now: datetime
    roster: Roster
    subject: Subject

    @classmethod
    def load(cls, uow: UnitOfWork, now: datetime) -> "FirmMatter":
        """The firm, by the site in force."""
        roster = roster_in_force(uow)
        title = roster.site.firm.name.said(roster.site.language)
        return cls(uow, now, roster, Subject(THE_FIRM, title, None, (), 4, now, ""))

    @property
    def site(self) -> Site:
        """The site in force."""
        return self.roster.site

    def may(self, act: str, by: By, *also: str) -> None:
        """Raise NotAllowed unless the actor may."""
        require(act, by, {*capacities(by.person, self.roster, self.now), *also})

    def record(self, kind: str, by: By, at: datetime | None = None, **payload: Any) -> None:
        """One fact about the firm."""
        self.uow.ledger.append([Fact(kind, THE_FIRM, by, at or self.now, payload)])

    def tell(self, people: Iterable[str], what: Words) -> None:
        """Tell people without ringing them."""
        for person in (self.site.people[p] for p in people if self.roster.known(p)):
            self.teller.quietly(person, {"what": what.said(person.language)})

    def ask(
        self, people: Iterable[str], what: Words, asks: Words, work: Words | None = None
    ) -> None:
        """Tell people without ringing them, and say what is asked of them.

        `work` are lines that a chat has the room for.
        """
        for person in (self.site.people[p] for p in people if self.roster.known(p)):
            language = person.language
            facts = {"what": what.said(language), "asks": asks.said(language)}
            if work is not None:
                facts["work"] = work.said(language)
            self.teller.quietly(person, facts)

    @property
    def teller(self) -> Teller:
        """What writes messages about the firm; calls by hand go to who keeps its contacts."""
        return Teller(self.uow, self.site, self.subject, self.now, self.callers)

    def callers(self) -> list[str]:
        """Who makes a call in the firm's name: the liaison officers, then the administrators."""
        liaisons = (one.person for one in self.site.liaisons)
        people = (*liaisons, *self.site.grants.get("administrator", ()))
        return [person for person in dict.fromkeys(people) if self.roster.known(person)]

    def save(self) -> None:
        """Nothing of it waits to be written."""


def matter_of(uow: UnitOfWork, id: str, now: datetime) -> Matter:
    """The firm, or the incident or warning of an id. Raises UnknownId."""
    return FirmMatter.load(uow, now) if id == THE_FIRM else pursuit_of(uow, id, now)


def seconds(act: str, uow: UnitOfWork, by: By, now: datetime) -> tuple[str, ...]:
    """Everybody but the actor who may do an act by the register in force.

    Raises BadInput where nobody else may: then no second person could ever agree.
    """
    roster = roster_in_force(uow)
    allowed = set(ACTS[act][1])
    found = tuple(
        person
        for person in roster.site.people
        if person != by.person and not allowed.isdisjoint(capacities(person, roster, now))
    )
    if not found:
        raise BadInput(
            "没有第二个有此权限的人员，无法双人办理。",
            "Nobody else may do this, so that no second person can agree.",
            "请在 contacts/roles.yaml 的 grants 中补充人员。",
            "Add somebody to the grants in contacts/roles.yaml.",
        )
    return found
