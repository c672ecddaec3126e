"""Playing a story: people act, the clock moves, and every message that goes out is expected.

`Play` runs the real commands on a real store. A story fails on any message that it does not
name: `rings` and `tells` return what went out since they were last called, and `over` is called
at the end of each story to see that nothing is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from responder.commands import Command, Reply, handle
from responder.commands.engine_work import RunDue
from responder.commands.firm import AcceptSite, RecordRefusal
from responder.commands.paging.outcomes import ClaimMessages, RecordOutcomes
from responder.domain.incident import Incident
from responder.domain.message import Message, Outcome, Purpose, State
from responder.domain.people import BY_HAND
from responder.domain.record import By, Entry
from responder.domain.site import Site
from responder.domain.warning import Warning
from responder.errors import NotAllowed
from responder.ports.unit_of_work import Transactions

LEASE = timedelta(seconds=30)
RINGING = {Purpose.PAGE, Purpose.DECISION, Purpose.VERIFY_WARNING}


def by(person: str) -> By:
    """Somebody acting from their sandbox phone."""
    return By(person, "handset")


@dataclass
class Play:
    """The firm under test. `broken` ways are refused by their provider for good."""

    store: Transactions
    now: datetime
    outgoing: list[tuple[datetime, Message]] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, store: Transactions, site: Site, now: datetime) -> "Play":
        """A firm whose site is in force."""
        play = cls(store, now)
        play.do(AcceptSite(site=site))
        return play

    # People and the clock

    def do(self, command: Command) -> Any:
        """Carry out a command and send what it enqueued; a refusal goes on the record."""
        try:
            reply = self._run(command)
        except NotAllowed as refused:
            record = RecordRefusal(
                by=command.by,
                subject=getattr(command, "incident", ""),
                attempt=type(command).__name__,
                why=refused.said("en"),
            )
            self._run(record)
            raise
        self._send()
        return reply

    def wait(self, span: timedelta) -> None:
        """Let time pass, doing what falls due at its instant."""
        until = self.now + span
        while True:
            self._send()
            due = self.store.read(lambda uow: uow.timers.next_due())
            if due is None or due > until:
                break
            self.now = max(self.now, due)
            self._run(RunDue())
        self.now = until

    def sleep(self, span: timedelta) -> None:
        """The engine does not run for a while."""
        self.now += span

    def _run(self, command: Command) -> Any:
        return self.store.run(lambda uow: handle(command, uow, self.now))

    def _send(self) -> None:
        claim = ClaimMessages(limit=500, until=self.now + LEASE)
        while messages := self._run(claim):
            self.outgoing += [(self.now, message) for message in messages]
            self._run(RecordOutcomes(outcomes=tuple(map(self._outcome, messages))))

    def _outcome(self, message: Message) -> Outcome:
        dead = (message.person, message.via) in self.broken
        takes = State.ACCEPTED if message.via == BY_HAND else State.DELIVERED
        state = State.FAILED if dead else takes
        return Outcome(message.id, message.fence, state, self.now, "fake", for_good=dead)

    # What went out

    def rings(self) -> list[str]:
        """`person via` of every page, request and verification since last asked, in order."""
        return self._take(lambda message: message.purpose in RINGING)

    def tells(self) -> list[str]:
        """`person via purpose` of everything else since last asked, in order."""
        return self._take(lambda message: message.purpose not in RINGING, purpose=True)

    def _take(self, wanted: Any, purpose: bool = False) -> list[str]:
        taken = [m for _, m in self.outgoing if wanted(m)]
        self.outgoing = [(at, m) for at, m in self.outgoing if not wanted(m)]
        return [f"{m.person} {m.via}" + f" {m.purpose.value}" * purpose for m in taken]

    def over(self) -> None:
        """The story is told: nothing went out that it did not name."""
        left = [f"{m.person} {m.via} {m.purpose.value} at {at}" for at, m in self.outgoing]
        assert not left, f"messages nobody expected: {left}"

    # The record

    def timeline(self, subject: str) -> list[Entry]:
        """The record of an incident or a warning."""
        return self.store.read(lambda uow: uow.ledger.of(subject))

    def incident(self, id: str) -> Incident:
        """An incident as it stands."""
        found = self.store.read(lambda uow: uow.incidents.get(id))
        assert found is not None, f"no incident {id}"
        return found

    def warning(self, id: str) -> Warning:
        """A warning as it stands."""
        found = self.store.read(lambda uow: uow.warnings.get(id))
        assert found is not None, f"no warning {id}"
        return found

    def kinds(self, subject: str, *hidden: str) -> list[str]:
        """The kinds of entries in a record, in order."""
        return [e.kind for e in self.timeline(subject) if e.kind not in hidden]


def everybody(people: Iterable[str], *vias: str) -> list[str]:
    """`person via` for each of them by each way."""
    return [f"{person} {via}" for person in people for via in vias]


__all__ = ["Play", "Reply", "by", "everybody"]
