"""`simulate`: what would happen if a playbook were declared, by the engine's own functions.

The form of the result is that of `docs/reference/semantics.md`, "simulate --json".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from responder.domain import authority as deciding
from responder.domain import escalation as paging
from responder.domain.authority import Authority, Court, Request
from responder.domain.escalation import Escalation, Policy
from responder.domain.events import (
    Acknowledged,
    Asked,
    Changed,
    Decided,
    DecisionRang,
    Event,
    NobodyMeant,
    Rang,
    StepStarted,
    Widened,
)
from responder.domain.playbook import Playbook
from responder.domain.roster import Roster

SECOND = timedelta(seconds=1)
SUBJECT = "SIM"


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is assumed: when, how severe, who cannot be reached, how fast the others answer.

    `failed` are kinds of way that carry nothing: each of their rings is refused at once, not for
    good, and the next way starts (semantics, "Ways that fail" 1).
    """

    at: datetime
    level: int
    unreachable: frozenset[str] = frozenset()
    answer_after: timedelta = timedelta(seconds=60)
    until: timedelta = timedelta(hours=2)
    failed: frozenset[str] = frozenset()

    @property
    def answers_after(self) -> timedelta:
        """How long an answer takes; never less than a second."""
        return max(self.answer_after, SECOND)


@dataclass(slots=True)
class Simulation:
    """A run under way: the state of the rules, and what happened so far."""

    scenario: Scenario
    playbook: Playbook
    roster: Roster
    policy: Policy
    court: Court
    escalation: Escalation
    authority: Authority
    events: list[Event] = field(default_factory=list)
    first_rung: dict[str, datetime] = field(default_factory=dict)
    first_told: dict[tuple[str, str], datetime] = field(default_factory=dict)
    answered: set[tuple[str, str]] = field(default_factory=set)
    refused: list[Rang | DecisionRang] = field(default_factory=list)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.scenario.at

    @classmethod
    def of(cls, roster: Roster, playbook: Playbook, scenario: Scenario) -> "Simulation":
        """A simulation about to begin."""
        policy = Policy.of(roster, playbook, scenario.level)
        court = Court(roster, policy.profile)
        return cls(
            scenario,
            playbook,
            roster,
            policy,
            court,
            paging.start(SUBJECT, scenario.at),
            deciding.establish(court, SUBJECT, scenario.at),
        )

    def run(self) -> None:
        """Run until complete and decided, or past `until`."""
        start = self.scenario.at
        self._note(paging.settle(self.escalation, self.policy, self.roster, start))
        for point in self.playbook.decisions:
            asked = point.after or point.id in self.authority.requests
            if point.id in self.roster.site.decisions and not asked:
                self._note(deciding.request(self.authority, self.court, point.id, point.id, start))
        self._refuse(start)
        while (due := self._next()) is not None and due <= start + self.scenario.until:
            self.now = max(self.now, due)
            self._instant(self.now)

    def _next(self) -> datetime | None:
        dues = (
            self.escalation.next_due,
            self.authority.next_due,
            *(at for _, at in self._acknowledging()),
            *(at for _, _, at in self._deciding()),
        )
        return min((at for at in dues if at is not None), default=None)

    def _instant(self, now: datetime) -> None:
        """Answers first, then completion, changes of holder, steps, rings; then hand-downs.

        Rings that are refused come back at once, and what follows of them happens at `now` too.
        """
        for person in [p for p, at in self._acknowledging() if at <= now]:
            self._note(paging.acknowledge(self.escalation, self.policy, self.roster, person, now))
        for asked, person in [(r, p) for r, p, at in self._deciding() if at <= now]:
            self.answered.add((asked.id, person))
            if asked.is_open and deciding.entitled(self.authority, self.court, asked, person, now):
                self._note(
                    deciding.answer(self.authority, self.court, asked, person, True, "", now)
                )
        self._note(paging.settle(self.escalation, self.policy, self.roster, now))
        self._note(deciding.settle(self.authority, self.court, now))
        self._refuse(now)

    def _refuse(self, now: datetime) -> None:
        """Hand back every ring of a failed channel, until nothing new rings by one."""
        while refused := self.refused:
            self.refused = []
            for ring in refused:
                who = (ring.person, ring.via, False, now)
                if isinstance(ring, DecisionRang):
                    self._note(deciding.fail(self.authority, self.court, *who))
                    self._note(deciding.settle(self.authority, self.court, now))
                else:
                    self._note(paging.fail(self.escalation, self.roster, *who))
            self._note(paging.settle(self.escalation, self.policy, self.roster, now))

    def _acknowledging(self) -> Iterator[tuple[str, datetime]]:
        """Who will acknowledge, in the order first paged, and when."""
        if not self.escalation.is_open:
            return
        for person in self.escalation.first_paged:
            rung = self.first_rung.get(person)
            if rung and self._answers(person) and person not in self.escalation.acknowledged:
                yield person, rung + self.scenario.answers_after

    def _deciding(self) -> Iterator[tuple[Request, str, datetime]]:
        """Who will answer which request, by succession order, then members, and when.

        An answer is given once; one that is refused is not kept.
        """
        order = (*self.court.order, *self.roster.command_body)
        for asked in self.authority.requests.values():
            people = sorted(asked.asked, key=lambda p: order.index(p) if p in order else len(order))
            for person in people if asked.is_open else ():
                told = self.first_told.get((asked.id, person))
                if told and self._answers(person) and (asked.id, person) not in self.answered:
                    yield asked, person, told + self.scenario.answers_after

    def _answers(self, person: str) -> bool:
        return person not in self.scenario.unreachable

    def _note(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Rang | DecisionRang) and event.via in self.scenario.failed:
                self.refused.append(event)
            elif isinstance(event, Rang):
                self.first_rung.setdefault(event.person, event.at)
            elif isinstance(event, DecisionRang):
                self.first_told.setdefault((event.request, event.person), event.at)
        self.events += events


def simulate(roster: Roster, playbook: Playbook, scenario: Scenario) -> dict[str, Any]:
    """The events and the outcome, as `simulate --json` prints them."""
    run = Simulation.of(roster, playbook, scenario)
    run.run()
    shown = (_shown(event, scenario) for event in run.events)
    return {
        "playbook": playbook.id,
        "at": scenario.at.isoformat(),
        "unreachable": sorted(scenario.unreachable),
        **({"failed": sorted(scenario.failed)} if scenario.failed else {}),
        "events": [event for event in shown if event],
        "outcome": _outcome(run),
    }


def _outcome(run: Simulation) -> dict[str, Any]:
    escalation, start = run.escalation, run.scenario.at
    done = escalation.completed_at
    return {
        "acknowledged_by": list(escalation.acknowledged),
        "acknowledged_t": _seconds(done, start) if done else None,
        "commander": escalation.commander or None,
        "short": escalation.short,
        "decisions": {
            r.decision: {"by": r.decided_by, "t": _seconds(r.decided_at, start)}
            for r in run.authority.requests.values()
            if r.decided_at is not None
        },
    }


def _shown(event: Event, scenario: Scenario) -> dict[str, Any] | None:
    t = {"t": _seconds(event.at, scenario.at)}
    match event:
        case StepStarted():
            return t | {"kind": "step", "round": event.round, "step": event.step}
        case NobodyMeant():
            where = {"round": event.round, "step": event.step}
            return t | {"kind": "nobody"} | where | {"target": event.target}
        case Rang():
            where = {"round": event.round, "step": event.step}
            refused = {"refused": True} if event.via in scenario.failed else {}
            rung = {"person": event.person, "via": event.via}
            return t | {"kind": "page"} | where | rung | refused
        case Acknowledged():
            return t | {"kind": "acknowledged", "person": event.person}
        case Changed():
            return t | {"kind": "changed", "role": event.role, "person": event.person}
        case Widened():
            return t | {"kind": "widened", "round": event.round}
        case Asked():
            shown = {"decision": event.decision, "person": event.person}
            return t | {"kind": "asked"} | shown | {"acting_for": event.acting_for or None}
        case Decided():
            return t | {"kind": "decided", "decision": event.decision, "person": event.person}
    return None


def _seconds(at: datetime, start: datetime) -> int:
    return (at - start) // SECOND
