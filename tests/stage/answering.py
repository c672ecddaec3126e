"""People who answer as `simulate` supposes: so long after the first message that got through.

The real commands, a real store and outbox, the virtual clock. Answers come a moment before the
second at which they count, so that they are ahead of the work due then (Escalation 9).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from responder.commands.decisions.decision import Decide
from responder.commands.incidents.incident import Declare
from responder.commands.paging.answering import Acknowledge
from responder.domain.message import Message, Outcome, Purpose, State
from responder.domain.people import Person
from responder.domain.record import Entry
from responder.domain.site import Site
from responder.errors import ResponderError
from tests.stage.play import Play, by

DECLARER = "declarer"
"""Somebody without a way: never rung, so that declaring spares nobody."""
MOMENT = timedelta(milliseconds=1)
SECOND = timedelta(seconds=1)
SHOWN = {
    "StepStarted": ("step", ("round", "step")),
    "NobodyMeant": ("nobody", ("round", "step", "target")),
    "Rang": ("page", ("round", "step", "person", "via")),
    "Acknowledged": ("acknowledged", ("person",)),
    "Changed": ("changed", ("role", "person")),
    "Widened": ("widened", ("round",)),
    "Asked": ("asked", ("decision", "person", "acting_for")),
    "Decided": ("decided", ("decision", "person")),
}


def with_declarer(site: Site) -> Site:
    """The same firm and one more, whom nothing reaches."""
    return replace(site, people={**site.people, DECLARER: Person(DECLARER)})


@dataclass
class Answering(Play):
    """A firm whose reachable people answer; `refused` channels hand every message back."""

    unreachable: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    patience: timedelta = timedelta(seconds=60)
    answers: dict[tuple[str, str], datetime] = field(default_factory=dict)
    given: set[tuple[str, str]] = field(default_factory=set)
    heard: int = 0

    def _outcome(self, message: Message) -> Outcome:
        if message.via in self.refused:
            return Outcome(message.id, message.fence, State.FAILED, self.now, "fake")
        return super()._outcome(message)

    def declare(self, playbook: str, level: int) -> str:
        """Declare it; returns the incident."""
        wanted = Declare(playbook=playbook, title="it", level=level, by=by(DECLARER))
        return str(self.do(wanted).id)

    def run(self, incident: str, until: datetime) -> None:
        """Let the clock run, everybody answering in turn."""
        while True:
            self._hear(incident)
            due = min(
                (at for key, at in self.answers.items() if key not in self.given), default=None
            )
            timer = self.store.read(lambda uow: uow.timers.next_due())
            if due is not None and due <= until and (timer is None or due - SECOND / 2 < timer):
                self._answer(incident, due)
            elif timer is not None and timer <= until:
                self.wait(max(timer, self.now) - self.now)
            else:
                return

    def _hear(self, incident: str) -> None:
        """What got through since: who will answer what, and when."""
        fresh, self.heard = self.outgoing[self.heard :], len(self.outgoing)
        for at, message in fresh:
            through = message.via not in self.refused and message.incident == incident
            if not through or message.person in self.unreachable:
                continue
            heard_at = whole(at)
            if message.purpose is Purpose.PAGE:
                self.answers.setdefault((message.person, ""), heard_at + self.patience)
            elif message.purpose is Purpose.DECISION:
                asked = message.person, message.facts["decision"]
                self.answers.setdefault(asked, heard_at + self.patience)

    def _answer(self, incident: str, due: datetime) -> None:
        """Everybody whose answer is due at that second, in the order of the rules."""
        at_once = [k for k, at in self.answers.items() if at == due and k not in self.given]
        at_once.sort(key=self._order(incident))
        for place, key in enumerate(at_once):
            self.given.add(key)
            moment = due - (len(at_once) - place) * MOMENT
            self.now = max(self.now, moment)
            person, asked = key
            me = by(person)
            if asked:
                self._try(Decide(incident, asked, True, "so be it", by=me))
            else:
                self._try(Acknowledge(incident, by=me))

    def _order(self, incident: str) -> Any:
        escalation = self.store.read(lambda uow: uow.escalations.get(incident))
        paged = list(escalation.first_paged) if escalation else []
        site = self.store.read(lambda uow: uow.sites.get(uow.sites.accepted() or ""))
        order = [*site.command.succession, *site.command.body.everyone]

        def place(key: tuple[str, str]) -> tuple[bool, int]:
            listed = order if key[1] else paged
            return bool(key[1]), listed.index(key[0]) if key[0] in listed else len(listed)

        return place

    def _try(self, command: Any) -> None:
        try:
            self.do(command)
        except ResponderError:
            self._send()

    def told(self, incident: str, start: datetime) -> list[dict[str, Any]]:
        """The record as `simulate` would show it."""
        return [one for entry in self.timeline(incident) for one in _shown(entry, start)]


def whole(at: datetime) -> datetime:
    """The second at which something counts that came a moment before it."""
    return at + (-timedelta(microseconds=at.microsecond) % SECOND)


def _shown(entry: Entry, start: datetime) -> list[dict[str, Any]]:
    if entry.kind not in SHOWN:
        return []
    kind, fields = SHOWN[entry.kind]
    payload = entry.payload or {}
    told = {"t": (whole(entry.at) - start) // SECOND, "kind": kind}
    told |= {name: payload[name] for name in fields if name in payload}
    if kind == "asked":
        told["acting_for"] = told["acting_for"] or None
    if kind != "page":
        return [told]
    return [{**told, "via": via} for via in payload["via"]]
