"""Who may be asked for a decision, in what order (semantics, "Decisions and succession")."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.domain.organisation import Decision
from responder.domain.playbook import LEAST_WAIT, Entry
from responder.domain.request import HUNTING, Authority
from responder.domain.roster import Roster, Target


@dataclass(frozen=True, slots=True)
class Court:
    """What the rules of deciding need of the site: the roster and the profile asked by."""

    roster: Roster
    profile: tuple[Entry, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The order of succession: those of it who are somebody."""
        return tuple(p for p in self.roster.site.command.succession if self.roster.known(p))

    def place(self, person: str) -> int:
        """Where somebody stands in the order; behind everyone if nowhere."""
        order = self.roster.site.command.succession
        return order.index(person) if person != HUNTING and person in order else len(order)

    @property
    def hand_down_after(self) -> timedelta:
        """How long each has to answer; never under a minute."""
        return max(self.roster.site.command.hand_down_after, LEAST_WAIT)

    def decision(self, id: str) -> Decision:
        """The catalogue's entry."""
        return self.roster.site.decisions[id]

    def acting_for(self, person: str) -> str:
        """Whom a person acts for: the first in the order, `""` for that person."""
        first = self.order[0] if self.order else ""
        return "" if person == first else first

    def ways(self, authority: Authority, person: str) -> tuple[str, ...]:
        """The kinds of way by which somebody can still be tried."""
        broken = authority.failed.get(person, ())
        return tuple(via for via in self.roster.vias(person) if via not in broken)

    def eligible(self, authority: Authority, person: str, now: datetime) -> bool:
        """Neither absent nor without a working way."""
        return not self.roster.absent(person, now) and bool(self.ways(authority, person))

    def next_holder(self, authority: Authority, after: str | None, now: datetime) -> str:
        """The first eligible person of the order, or the next after one; HUNTING if none."""
        order = self.roster.site.command.succession
        later = order if after is None else order[self.place(after) + 1 :]
        return next((p for p in later if self.eligible(authority, p, now)), HUNTING)

    def body(self, authority: Authority, now: datetime) -> tuple[str, ...]:
        """The command body's members with a working way, less those away unless all are."""
        members = [p for p in self.roster.command_body if self.ways(authority, p)]
        present = [p for p in members if not self.roster.absent(p, now)]
        return tuple(present or members)

    def holders(self, decision: Decision, now: datetime) -> tuple[str, ...]:
        """All holders of the roles that answer a decision which the succession does not."""
        meant = (person for who in decision.who for person in self._meant(who, now))
        return tuple(dict.fromkeys(meant))

    def _meant(self, who: str, now: datetime) -> tuple[str, ...]:
        written = (
            who
            if Target.parse(who).kind != "person" or who in self.roster.site.people
            else (f"role:{who}")
        )
        return self.roster.resolve(written, now).people
