"""Driving the engine-facing rules: what happened comes back as the events `simulate` shows.

Times are seconds from declaration. `run_to` and `act` are an engine that is always on time;
`take_in`, `settle` and `tick` are its single movements, for one that is not.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

import msgspec

from responder.domain import authority as deciding
from responder.domain import escalation as paging
from responder.domain import events as ev
from responder.domain.authority import Authority, Court
from responder.domain.escalation import Escalation, Policy
from responder.domain.playbook import Playbook
from responder.domain.roster import Roster
from responder.domain.site import Site

Told = dict[str, Any]
SHOWN: dict[type[ev.Event], tuple[str, tuple[str, ...]]] = {
    ev.StepStarted: ("step", ("round", "step")),
    ev.NobodyMeant: ("nobody", ("round", "step", "target")),
    ev.Rang: ("page", ("round", "step", "person", "via")),
    ev.Acknowledged: ("acknowledged", ("person",)),
    ev.Changed: ("changed", ("role", "person")),
    ev.Widened: ("widened", ("round",)),
    ev.Asked: ("asked", ("decision", "person", "acting_for")),
    ev.Decided: ("decided", ("decision", "person")),
}


@dataclass
class Driver(ABC):
    """What both drivers share. With `through_json` the state is stored and loaded all the time."""

    site: Site
    at: datetime
    happened: list[ev.Event] = field(default_factory=list)
    through_json: bool = False
    state: Any = None

    @abstractmethod
    def tick(self, t: float) -> list[ev.Event]:
        """The engine looks at its timers."""

    @abstractmethod
    def settle(self, t: float) -> list[ev.Event]:
        """What the instant demands is carried out."""

    def instant(self, t: float) -> datetime:
        return self.at + timedelta(seconds=t)

    def t(self, at: datetime) -> int:
        return int((at - self.at).total_seconds())

    @property
    def due(self) -> float | None:
        """When something is to be done next."""
        at = self.state.next_due
        return None if at is None else (at - self.at).total_seconds()

    def run_to(self, t: float) -> Self:
        """Carry out everything due up to and at `t`, each at its instant."""
        while self.due is not None and self.due <= t:
            self.tick(self.due)
        return self

    def before(self, t: float) -> Self:
        """Carry out everything due before `t`."""
        while self.due is not None and self.due < t:
            self.tick(self.due)
        return self

    def note(self, events: Iterable[ev.Event]) -> list[ev.Event]:
        """Keep what happened."""
        new = list(events)
        self.happened += new
        if self.through_json:
            self.store_and_load()
        return new

    def store_and_load(self) -> None:
        loaded = msgspec.json.decode(msgspec.json.encode(self.state), type=type(self.state))
        assert loaded == self.state
        self.state = loaded

    @property
    def told(self) -> list[Told]:
        """What `simulate` would show of it."""
        return [self._shown(event) for event in self.happened if type(event) in SHOWN]

    def _shown(self, event: ev.Event) -> Told:
        kind, fields = SHOWN[type(event)]
        shown = {name: getattr(event, name) for name in fields}
        if "acting_for" in shown:
            shown["acting_for"] = shown["acting_for"] or None
        return {"t": self.t(event.at), "kind": kind, **shown}

    def of(self, kind: str, *names: str) -> list[tuple[Any, ...]]:
        """The events of a kind, each as its `t` and the fields named."""
        told = (event for event in self.told if event["kind"] == kind)
        return [(event["t"], *(event[name] for name in names)) for event in told]


@dataclass
class Pager(Driver):
    """One escalation under way."""

    playbook: Playbook = field(default_factory=lambda: Playbook("outage"))
    level: int = 2
    goes_on: bool = False

    def __post_init__(self) -> None:
        self.roster = Roster(self.site)
        self.policy = Policy.of(self.roster, self.playbook, self.level)
        self.state: Escalation = paging.start("INC", self.at)

    def tick(self, t: float) -> list[ev.Event]:
        return self.note(paging.advance(self.state, self.policy, self.roster, self.instant(t)))

    def settle(self, t: float) -> list[ev.Event]:
        return self.note(paging.settle(self.state, self.policy, self.roster, self.instant(t)))

    def take_in(self, t: float, what: str, person: str, via: str = "") -> bool:
        """Something recorded at `t`, not yet acted upon; whether a complete escalation goes on."""
        now, state = self.instant(t), self.state
        match what:
            case "acknowledge":
                self.note(paging.acknowledge(state, self.policy, self.roster, person, now))
            case "decline":
                self.note(paging.decline(state, person, now))
            case "fail" | "break":
                self.note(paging.fail(state, self.roster, person, via, what == "break", now))
            case "withdraw":
                return paging.withdraw(state, self.policy, person, now)
            case "remove":
                self.roster = Roster(self.site, self.roster.gone | {person})
                return paging.remove(state, self.policy, person, now)
            case "restart":
                paging.restart(state, now)
        return False

    def act(self, t: float, what: str, *people: str, via: str = "") -> Self:
        """What is recorded at `t` goes ahead of the work due then (rule 9)."""
        self.before(t)
        for person in people:
            self.goes_on = self.take_in(t, what, person, via)
        self.settle(t)
        return self

    def acknowledge(self, t: float, *people: str) -> Self:
        return self.act(t, "acknowledge", *people)

    def decline(self, t: float, *people: str) -> Self:
        return self.act(t, "decline", *people)

    def fail(self, t: float, person: str, via: str, for_good: bool = False) -> Self:
        return self.act(t, "break" if for_good else "fail", person, via=via)

    def withdraw(self, t: float, person: str) -> bool:
        """An acknowledgement is undone; whether the escalation goes on for it."""
        return self.act(t, "withdraw", person).goes_on

    def remove(self, t: float, person: str) -> bool:
        """A person's rights are removed, live; whether the escalation goes on for it."""
        return self.act(t, "remove", person).goes_on

    def restart(self, t: float) -> Self:
        return self.act(t, "restart", "")

    def rings(self, person: str) -> list[tuple[int, str]]:
        """When a person was rung, and by which way."""
        return [(t, via) for t, who, via in self.of("page", "person", "via") if who == person]


@dataclass
class Decider(Driver):
    """Authority over one incident; requests go by the names of their decisions."""

    decisions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.court = Court(Roster(self.site), self.site.profiles.get("urgent", ()))
        self.state: Authority = deciding.establish(self.court, "INC", self.at)
        for id in self.decisions:
            self.request(0, id)

    @property
    def holder(self) -> str:
        return self.state.holder

    def request(self, t: float, id: str) -> Self:
        self.before(t)
        self.note(deciding.request(self.state, self.court, id, id, self.instant(t)))
        return self

    def tick(self, t: float) -> list[ev.Event]:
        return self.note(deciding.advance(self.state, self.court, self.instant(t)))

    def settle(self, t: float) -> list[ev.Event]:
        return self.note(deciding.settle(self.state, self.court, self.instant(t)))

    def entitled(self, t: float, id: str, person: str) -> bool:
        """Whether an answer given now would count."""
        asked = self.state.requests[id]
        now = self.instant(t)
        return asked.is_open and deciding.entitled(self.state, self.court, asked, person, now)

    def take_in(self, t: float, what: str, id: str, person: str, via: str = "") -> bool:
        """Something recorded at `t`, not yet acted upon; False where an answer is refused."""
        now, asked = self.instant(t), self.state.requests[id]
        match what:
            case "approve" | "reject":
                if not self.entitled(t, id, person):
                    return False
                said = person, what == "approve", "", now
                self.note(deciding.answer(self.state, self.court, asked, *said))
            case "pass on":
                self.note(deciding.pass_on(self.state, self.court, asked, person, now))
            case "deciding":
                self.note(deciding.extend(self.court, asked, person, now))
            case "fail" | "break":
                failed = person, via, what == "break", now
                self.note(deciding.fail(self.state, self.court, *failed))
            case "remove":
                gone = self.court.roster.gone | {person}
                self.court = Court(Roster(self.site, gone), self.court.profile)
                self.note(deciding.remove(self.state, self.court, person, now))
        return True

    def act(self, t: float, what: str, id: str, person: str, via: str = "") -> bool:
        """What is recorded at `t` goes ahead of the work due then."""
        self.before(t)
        counts = self.take_in(t, what, id, person, via)
        self.settle(t)
        return counts

    def answer(self, t: float, id: str, person: str, approves: bool = True) -> bool:
        return self.act(t, "approve" if approves else "reject", id, person)

    def pass_on(self, t: float, id: str, person: str) -> Self:
        self.act(t, "pass on", id, person)
        return self

    def extend(self, t: float, id: str, person: str) -> Self:
        self.act(t, "deciding", id, person)
        return self

    def fail(self, t: float, person: str, via: str, for_good: bool = False) -> Self:
        self.act(t, "break" if for_good else "fail", self.decisions[0], person, via)
        return self

    def remove(self, t: float, person: str) -> Self:
        self.act(t, "remove", self.decisions[0], person)
        return self

    def asked(self, id: str) -> list[tuple[int, str]]:
        """Who was asked for a decision, and when."""
        return [(t, who) for t, what, who in self.of("asked", "decision", "person") if what == id]
