"""Escalation 1 to 9, second by second."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from responder.domain.playbook import Entry, Playbook
from tests.oracle.meaning import NOBODY, Contacts, at_least

Event = dict[str, Any]


@dataclass
class Run:
    """A profile running for one person since the page that began it (rule 3)."""

    began: int
    round: int
    step: int
    entries: list[tuple[int, int | None, list[str]]]

    @classmethod
    def of(
        cls, began: int, round: int, step: int, profile: Iterable[Entry], vias: list[str]
    ) -> "Run":
        usable = [entry for entry in profile if set(entry.via) & set(vias)]
        if not usable:
            return cls(began, round, step, [(0, None, vias)])
        first = min(entry.after for entry in usable)
        entries = [
            (
                int((entry.after - first).total_seconds()),
                None if entry.every is None else at_least(30, entry.every),
                [via for via in entry.via if via in vias],
            )
            for entry in usable
        ]
        return cls(began, round, step, entries)

    def ringing(self, t: int) -> list[str]:
        """The ways that ring in this very second, each once."""
        vias = [via for entry in self.entries if self._due(entry, t) for via in entry[2]]
        return list(dict.fromkeys(vias))

    def _due(self, entry: tuple[int, int | None, list[str]], t: int) -> bool:
        offset, every, _ = entry
        since = t - self.began - offset
        return since == 0 or (every is not None and since > 0 and since % every == 0)

    def all_begun_before(self, t: int) -> bool:
        """Whether each usable entry had its first instant earlier than `t` (rule 2)."""
        return all(self.began + offset < t for offset, _, _ in self.entries)


@dataclass
class Paging:
    """One escalation. Call `second` for every second from 0 on, with that second's answers."""

    contacts: Contacts
    playbook: Playbook
    profile: tuple[Entry, ...]
    events: list[Event] = field(default_factory=list)
    first_rung: dict[str, int] = field(default_factory=dict)
    first_paged: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    declined: set[str] = field(default_factory=set)
    commanders: set[str] = field(default_factory=set)
    open: dict[str, Run] = field(default_factory=dict)
    round: int = 0
    step: int = 0
    due: int = 0
    between_rounds: bool = True
    by_step: set[str] = field(default_factory=set)
    by_round: set[str] = field(default_factory=set)
    watched: dict[str, tuple[int, str]] = field(default_factory=dict)
    completed_t: int | None = None
    short: bool = False

    def __post_init__(self) -> None:
        self.steps = self.contacts.expanded(self.playbook.escalation)

    @property
    def complete(self) -> bool:
        return self.completed_t is not None

    @property
    def commander(self) -> str | None:
        """The first acknowledger who may command."""
        return next((one for one in self.acknowledged if one in self.commanders), None)

    def second(self, t: int, acknowledge: Iterable[str], decline: Iterable[str] = ()) -> None:
        """Rule 9: answers, then completion, changes of holder, steps, rings."""
        if self.complete:
            return
        self._hear(t, set(acknowledge), set(decline))
        if self._enough():
            self._end(t, short=False)
            return
        self._changes(t)
        while self._step_is_over(t):
            self._go_on(t)
        self._ring(t)

    def _end(self, t: int, short: bool) -> None:
        """Complete: nobody is open any more."""
        self.completed_t, self.short = t, short
        self.open.clear()

    def _hear(self, t: int, acknowledge: set[str], decline: set[str]) -> None:
        for person in [*self.first_paged]:
            if person in acknowledge and person not in self.acknowledged:
                self._judge(person, t)
                self.acknowledged.append(person)
                self.open.pop(person, None)
                self._tell(t, "acknowledged", person=person)
            elif person in decline and person in self.open:
                self.declined.add(person)
                self.open.pop(person)

    def _enough(self) -> bool:
        enough = len(self.acknowledged) >= max(1, self.playbook.need)
        return enough and self.commander is not None

    def _judge(self, person: str, t: int) -> None:
        if self.contacts.may_command(person, self.playbook, t):
            self.commanders.add(person)

    def _changes(self, t: int) -> None:
        for role, (step, before) in self.watched.items():
            now = self.contacts.holder(role, t)
            self.watched[role] = (step, now)
            if now not in (before, NOBODY):
                self._tell(t, "changed", role=role, person=now)
                self._page(now, step, t)

    def _step_is_over(self, t: int) -> bool:
        if self.complete:
            return False
        if self.between_rounds:
            return t >= self.due
        return t >= self.due or not self.by_step & self.open.keys()

    def _go_on(self, t: int) -> None:
        if self.between_rounds:
            self._begin_round(t)
        elif self.step < len(self.steps):
            self._start_step(t)
        elif self.by_round & self.open.keys() and self.round < self.playbook.widen_after:
            self._begin_round(t)
        else:
            self._widen(t)

    def _begin_round(self, t: int) -> None:
        self.round += 1
        self.step = 0
        self.due = t
        self.between_rounds = False
        self.by_step, self.by_round = set(), set()
        self.watched = {}
        self.declined = set()

    def _start_step(self, t: int) -> None:
        targets, wait = self.steps[self.step]
        self.step += 1
        self.due = t + wait
        self.by_step = set()
        self._tell(t, "step", round=self.round, step=self.step)
        for target in targets:
            self._start_target(target, t)

    def _start_target(self, target: str, t: int) -> None:
        kind, _, name = target.partition(":")
        if kind == "unit" and name in self.contacts.site.units:
            return
        people = self._heir(target[5:], t) if target.startswith("heir ") else None
        shown = target if people is None else "succession"
        people = self.contacts.meant(target, t) if people is None else people
        if kind == "role":
            self.watched.pop(name, None)  # roles change hands in the order in which they were named
            self.watched[name] = (self.step, people[0] if people else NOBODY)
        if not people:
            self._tell(t, "nobody", round=self.round, step=self.step, target=shown)
        for person in people:
            self._page(person, self.step, t)

    def _heir(self, person: str, t: int) -> list[str]:
        present = self.contacts.known(person) and not self.contacts.absent(person, t)
        return [person] if present else []

    def _widen(self, t: int) -> None:
        """Rule 6: the command body, else everyone, is paged; the next round is 60 s away."""
        self.between_rounds = True
        self.due = t + 60
        self.declined = set()
        people = self._left(self.contacts.command_body) or self._left(self.contacts.site.people)
        if people:
            self._tell(t, "widened", round=self.round)
        elif self.acknowledged:
            self._end(t, short=True)
        for person in people:
            self._page(person, 0, t)

    def _left(self, people: Iterable[str]) -> list[str]:
        return [
            person
            for person in people
            if person not in self.acknowledged and self.contacts.vias(person)
        ]

    def _page(self, person: str, step: int, t: int) -> None:
        """Rules 2, 4 and 7: page somebody who has not answered, by whatever ways they have."""
        if person in self.acknowledged or person in self.declined:
            return
        self._judge(person, t)
        if step == self.step:
            self.by_step.add(person)
        if step:
            self.by_round.add(person)
        if person not in self.first_paged:
            self.first_paged.append(person)
        vias = self.contacts.vias(person)
        running = self.open.get(person)
        if vias and (running is None or running.all_begun_before(t)):
            self.open[person] = Run.of(t, self.round, step, self.profile, vias)

    def _ring(self, t: int) -> None:
        for person, run in self.open.items():
            for via in run.ringing(t):
                self.first_rung.setdefault(person, t)
                self._tell(t, "page", round=run.round, step=run.step, person=person, via=via)

    def _tell(self, t: int, kind: str, **more: Any) -> None:
        self.events.append({"t": t, "kind": kind, **more})
