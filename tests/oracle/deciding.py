"""Decisions and succession 1 to 5, second by second."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from responder.domain.organisation import Decision
from tests.oracle.meaning import Contacts, at_least

Event = dict[str, Any]


@dataclass
class Question:
    """A request for a decision: whom it was put to first when, and until when it waits."""

    decision: Decision
    due: int = 0
    hunting: bool = False
    asked: dict[str, int] = field(default_factory=dict)
    approvals: list[str] = field(default_factory=list)
    extended: bool = False
    decided_t: int | None = None
    decided_by: str = ""
    approved: bool = False

    @property
    def open(self) -> bool:
        return self.decided_t is None


@dataclass
class Deciding:
    """Authority over one incident. Call `second` for every second from 0 on."""

    contacts: Contacts
    decisions: list[Decision]
    events: list[Event] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    holder: str | None = None

    def __post_init__(self) -> None:
        self.wait = at_least(60, self.contacts.site.command.hand_down_after)

    @property
    def over(self) -> bool:
        """Whether every decision is answered; not before they have been asked."""
        return len(self.questions) == len(self.decisions) and not any(
            question.open for question in self.questions
        )

    def second(self, t: int, answers: Iterable[tuple[str, str, str]] = ()) -> None:
        """Answers (decision, person, what) count first, then what has waited long enough moves on.

        `what` is approve, reject, pass on or deciding.
        """
        if t == 0:
            self._open_all()
            return
        self._hear(t, set(answers))
        self._hand_down_if_due(t)
        for question in self.questions:
            if question.open and question.due == t:
                self._hunt(question, t)

    def _open_all(self) -> None:
        self.holder = self._next_after(None, 0)
        for decision in self.decisions:
            question = Question(decision, due=self.wait)
            self.questions.append(question)
            if decision.who == ("succession",):
                self._put_to_holder(question, 0)
            else:
                self._put_to_holders_of_roles(question, 0)

    def _holders(self, decision: Decision, t: int) -> list[str]:
        people = [person for who in decision.who for person in self.contacts.meant(who, t)]
        return list(dict.fromkeys(people))

    def _put_to_holders_of_roles(self, question: Question, t: int) -> None:
        """Rule 5; where none of them can be rung there is nothing to wait for before the hunt."""
        holders = self._holders(question.decision, t)
        self._ask(question, holders, t)
        if not any(self.contacts.vias(person) for person in holders):
            self._hunt(question, t)

    def _put_to_holder(self, question: Question, t: int) -> None:
        if self.holder is None:
            self._hunt(question, t)
        else:
            question.due = t + self.wait
            self._ask(question, [self.holder], t)

    def _next_after(self, person: str | None, t: int) -> str | None:
        """Rule 1: the next in the order who is neither absent nor without a working way."""
        order = self.contacts.order
        later = order if person is None else order[order.index(person) + 1 :]
        return next(
            (one for one in later if self.contacts.vias(one) and not self.contacts.absent(one, t)),
            None,
        )

    def _ask(self, question: Question, people: Iterable[str], t: int) -> None:
        for person in people:
            question.asked.setdefault(person, t)
            first = self.contacts.order[0] if self.contacts.order else None
            self._tell(t, "asked", question, person, acting_for=None if person == first else first)

    def _hunt(self, question: Question, t: int) -> None:
        """Rule 3: the whole command body is asked, and again each `hand_down_after`."""
        question.hunting = True
        question.due = t + self.wait
        reachable = [one for one in self.contacts.command_body if self.contacts.vias(one)]
        present = [one for one in reachable if not self.contacts.absent(one, t)]
        self._ask(question, present or reachable, t)

    def _hear(self, t: int, answers: set[tuple[str, str, str]]) -> None:
        if not answers:
            return
        for question in self.questions:
            for person in self._in_order([*question.asked, *(who for _, who, _ in answers)]):
                for what in ("approve", "reject", "pass on", "deciding"):
                    if question.open and (question.decision.id, person, what) in answers:
                        self._answered(question, person, what, t)

    def _answered(self, question: Question, person: str, what: str, t: int) -> None:
        if not self._decides(question, person, t):
            return
        by_succession = question.decision.who == ("succession",)
        if what in ("approve", "reject"):
            self._judged(question, person, what == "approve", t)
        elif what == "deciding" and not question.extended and not question.hunting:
            question.extended = True
            question.due += self.wait
        elif what == "pass on" and by_succession and person == self.holder:
            self._hand_down(t)

    def _in_order(self, others: Iterable[str]) -> dict[str, None]:
        """Rule 2: succession order, then the order of members; then that of asking."""
        return dict.fromkeys([*self.contacts.order, *self.contacts.command_body, *others])

    def _decides(self, question: Question, person: str, t: int) -> bool:
        """Rules 2, 3 and 5; a role's holder by now is entitled beside the one who was asked.

        In a hunt anyone's answer decides: of the command body, present or not, and of the order.
        """
        if not question.open or person in question.approvals:
            return False
        body = [one for one in self.contacts.command_body if one in self.contacts.site.people]
        if question.hunting and person in (*self.contacts.order, *body):
            return True
        if question.decision.who != ("succession",):
            return person in (*question.asked, *self._holders(question.decision, t))
        return self._not_after_holder(person)

    def _not_after_holder(self, person: str) -> bool:
        order = self.contacts.order
        if person not in order:
            return False
        return self.holder is None or order.index(person) <= order.index(self.holder)

    def _judged(self, question: Question, person: str, approves: bool, t: int) -> None:
        if approves:
            question.approvals.append(person)
        if not approves or len(question.approvals) >= max(1, question.decision.need):
            question.decided_t, question.decided_by, question.approved = t, person, approves
            self._tell(t, "decided", question, person)
        if question.decision.who == ("succession",) and self._not_after_holder(person):
            self._take(person, t)

    def _take(self, person: str, t: int) -> None:
        """Somebody earlier in the order takes back authority; the clocks restart."""
        if person == self.holder:
            return
        self.holder = person
        for question in self._by_succession():
            question.due, question.extended = t + self.wait, False
            if person not in question.asked:
                self._ask(question, [person], t)

    def _hand_down_if_due(self, t: int) -> None:
        if any(question.due == t and not question.hunting for question in self._by_succession()):
            self._hand_down(t)

    def _hand_down(self, t: int) -> None:
        self.holder = self._next_after(self.holder, t)
        for question in self._by_succession():
            question.extended = False
            if not question.hunting:
                self._put_to_holder(question, t)

    def _by_succession(self) -> list[Question]:
        return [
            question
            for question in self.questions
            if question.open and question.decision.who == ("succession",)
        ]

    def _tell(self, t: int, kind: str, question: Question, person: str, **more: Any) -> None:
        self.events.append(
            {"t": t, "kind": kind, "decision": question.decision.id, "person": person, **more}
        )
