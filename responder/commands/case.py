"""An incident at work: its paging, its authority, its tasks, loaded and saved together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from responder.commands.pursuit import ESCALATION, Pursuit, late, roster_of
from responder.commands.telling import Subject, clock_time, name
from responder.domain import authority as deciding
from responder.domain.authority import Authority, Court, Request
from responder.domain.escalation import Escalation, Policy
from responder.domain.events import (
    Acknowledged,
    Asked,
    Completed,
    Decided,
    DecisionRang,
    Event,
    HandedDown,
    Hunted,
    Late,
    TakenBack,
)
from responder.domain.incident import Incident, Phase
from responder.domain.message import TO_PLACES, Purpose
from responder.domain.organisation import Decision
from responder.domain.playbook import Playbook
from responder.domain.record import ENGINE, By
from responder.domain.task import Task
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

AUTHORITY = "authority"
STILL_THERE = "still_there"
WATCH = "watch"
WATCH_GAP = timedelta(minutes=5)
TOLD_LATELY = timedelta(minutes=1)
CARD = "card"
FOR_PEOPLE = [purpose for purpose in Purpose if purpose not in TO_PLACES]
OF_HANDLING = [purpose for purpose in FOR_PEOPLE if purpose is not Purpose.DUE]
"""What is told of a real event while it is handled: what it owes outside outlives that."""
EDIT_EVERY = timedelta(seconds=3)
"""How often a card is edited at most: platforms allow about one message a second and place."""


AFTER_DECISIONS: list[Callable[["Case", Decided], None]] = []


def follows_decision(
    follower: Callable[["Case", Decided], None],
) -> Callable[["Case", Decided], None]:
    """Register what the answer to a decision brings about, whichever decision it is."""
    AFTER_DECISIONS.append(follower)
    return follower


AFTER_FREEZE: list[Callable[["Case"], None]] = []
"""What the freezing of a drill brings about."""


@dataclass
class Case(Pursuit):
    """Everything about one incident that a command may change. `save` writes it back."""

    incident: Incident = field(kw_only=True)
    authority: Authority = field(kw_only=True)

    @property
    def court(self) -> Court:
        """What the rules of deciding need; decisions always ring as urgently as pages."""
        return Court(self.roster, self.policy.profile)

    # Loading and saving

    @classmethod
    def load(cls, uow: UnitOfWork, id: str, now: datetime) -> "Case":
        """The incident with that id. Raises UnknownId, with near misses."""
        found = cls.load_many(uow, [id], now)
        if not found:
            raise UnknownId("事件", "incident", id, uow.incidents.open())
        return found[0]

    @classmethod
    def load_many(cls, uow: UnitOfWork, ids: Sequence[str], now: datetime) -> list["Case"]:
        """Those of the incidents that exist, in one round trip a table."""
        incidents = uow.incidents.get_many(ids)
        escalations = uow.escalations.get_many(ids)
        authorities = uow.authorities.get_many(ids)
        return [
            cls.of(uow, now, incidents[id], escalations[id], authorities[id])
            for id in ids
            if id in incidents
        ]

    @classmethod
    def of(
        cls,
        uow: UnitOfWork,
        now: datetime,
        incident: Incident,
        escalation: Escalation,
        authority: Authority | None = None,
    ) -> "Case":
        """A case from its parts; a new incident gets its authority here."""
        roster = roster_of(uow, incident.site_version, incident.recipients)
        playbook = roster.site.playbooks.get(incident.playbook) or Playbook(incident.playbook)
        policy = Policy.of(roster, playbook, incident.level, spare=True)
        court = Court(roster, policy.profile)
        return cls(
            uow,
            now,
            roster,
            Subject.of_incident(incident, roster.site),
            playbook,
            escalation,
            policy,
            incident=incident,
            authority=authority or deciding.establish(court, incident.id, now),
        )

    def save(self) -> None:
        """Write everything back and arm what is due."""
        super().save()
        id = self.incident.id
        self._mind_the_watch()
        self.uow.incidents.put(id, self.incident)
        self.uow.authorities.put(id, self.authority)
        self.uow.timers.set(AUTHORITY, id, self.authority.next_due)
        self._mind_the_cards()

    def task(self, id: str) -> Task:
        """A task of this incident. Raises UnknownId."""
        task = self.uow.tasks.get(f"{self.incident.id}/{id}")
        if task is None:
            known = [t.id for t in self.uow.tasks.of(self.incident.id).values()]
            raise UnknownId("任务", "task", id, known)
        return task

    # Rights and acts

    @property
    def incident_or_none(self) -> Incident:
        """The incident: its commander and declarer have rights of their own."""
        return self.incident

    def record(self, kind: str, by: By, at: datetime | None = None, **payload: Any) -> None:
        """One fact on the ledger; a person's own act shows that they are still there."""
        super().record(kind, by, at, **payload)
        self.acted(by)

    def acted(self, by: By) -> None:
        """Somebody did something of their own: a commander who does is not asked whether."""
        if not by.person:
            return
        self.incident.acted[by.person] = self.now
        if by.person == self.incident.commander:
            self.incident.asked_still_there_at = None
            self.mind_the_commander()

    def mind_the_commander(self) -> None:
        """Arm the question "still there?" from the commander's last act."""
        incident = self.incident
        if not incident.commander or not incident.is_handled or incident.frozen:
            self.uow.timers.set(STILL_THERE, incident.id, None)
            return
        last = incident.acted.get(incident.commander) or incident.commands_since or self.now
        self.uow.timers.set(STILL_THERE, incident.id, last + self.site.still_there.after)

    def _mind_the_cards(self) -> None:
        """Whatever changed may show on the incident's cards, each edited only so often."""
        rooms = self.incident.rooms.values()
        if rooms:
            last = max((room.shown_at or self.now - EDIT_EVERY for room in rooms), default=self.now)
            self.uow.timers.set(CARD, self.incident.id, max(self.now, last + EDIT_EVERY))

    def _mind_the_watch(self) -> None:
        """Every minute from declaration to stand-down has a watch keeper (7.2)."""
        incident = self.incident
        kept = self.escalation.is_open or any(
            self.roster.known(p) for p in (incident.watch, incident.commander, incident.provisional)
        )
        if kept or not incident.is_handled or incident.frozen:
            incident.unwatched_since = None
            self.uow.timers.set(WATCH, incident.id, None)
        elif incident.unwatched_since is None:
            incident.unwatched_since = self.now
            self.uow.timers.set(WATCH, incident.id, self.now + WATCH_GAP)

    # What follows from events

    def follow(self, event: Event) -> None:
        """What an event demands beside its record."""
        match event:
            case Acknowledged():
                self._led_by(event.person)
            case DecisionRang():
                self._ask_to_decide(event)
            case Asked() | HandedDown() | TakenBack():
                pass
            case Hunted():
                self.alarm(HUNTING)
            case Decided():
                self._decided(event)
            case Late():
                self.tell_late(event.by)
            case _:
                super().follow(event)

    def tell_late(self, by: timedelta) -> None:
        """Paging and asking come late together: the administrators are alarmed once."""
        told = self.incident.late_told_at
        if told is None or self.now - told > TOLD_LATELY:
            self.incident.late_told_at = self.now
            self.alarm(late(by))

    def _led_by(self, person: str) -> None:
        """The first acknowledger who may command commands; before, the first is provisional."""
        incident = self.incident
        if incident.commander:
            return
        if person in self.escalation.commanders:
            self.command(person, ENGINE)
        elif not incident.provisional:
            incident.provisional = person
            self.record("ProvisionalCommanderNamed", ENGINE, person=person)

    def command(self, person: str, by: By) -> None:
        """Put somebody in command."""
        before, self.incident.commander = self.incident.commander, person
        self.incident.provisional = ""
        self.incident.commands_since = self.now
        self.incident.asked_still_there_at = None
        self.record("CommandTaken", by, person=person, before=before)
        self.mind_the_commander()

    def completed(self, event: Completed) -> None:
        """Enough have acknowledged: the incident is in hand, and the others are told."""
        if self.incident.phase is Phase.DECLARED:
            self.incident.move(Phase.ACTIVE)
            self.record("PhaseChanged", ENGINE, phase=Phase.ACTIVE.value, before="declared")
        takers = [p for p in event.acknowledged_by if p in self.site.people]
        others = [p for p in self.escalation.first_paged if p not in event.acknowledged_by]
        if takers:
            self.tell(others, self._taken(event.commander or takers[0]))

    def _taken(self, taker: str) -> Words:
        at = clock_time(self.now, self.site)
        zh, en = name(self.site, taker, "zh"), name(self.site, taker, "en")
        title = self.incident.title
        return Words(
            f"{title}已由{zh}于{at}接手，您无需再处理；需要增援会再联系您。",
            f"{title}: {en} took it at {at}. You need do nothing; we will call if help is needed.",
        )

    def _ask_to_decide(self, event: DecisionRang) -> None:
        person = self.person(event.person)
        asked = self.authority.requests[event.request]
        decision = self.court.decision(asked.decision)
        if person is None:
            return
        language = person.language
        holder = self.authority.holder
        succeeds = decision.by_succession and not asked.hunting and bool(holder)
        following = self.court.next_holder(self.authority, holder, self.now) if succeeds else ""
        acting_for = self.court.acting_for(person.id) if decision.by_succession else ""
        facts = {
            "decision": asked.decision,
            "question": _question(asked, decision).said(language) or decision.id,
            "unanswered": decision.unanswered.said(language),
            "deadline": clock_time(asked.clock_at, self.site),
            "next": name(self.site, following, language) if following else "",
            "acting_for": name(self.site, acting_for, language) if acting_for else "",
            "since": clock_time(asked.opened_at, self.site),
        }
        self.teller.tell(person, Purpose.DECISION, [event.via], facts)

    def _decided(self, event: Decided) -> None:
        people = self.authority.requests[event.request].asked
        self.uow.outbox.withdraw(self.incident.id, list(people), [Purpose.DECISION])
        for follow in AFTER_DECISIONS:
            follow(self, event)
        by_zh, by_en = (name(self.site, event.person, lang) for lang in ("zh", "en"))
        asked = self.authority.requests[event.request]
        question = _question(asked, self.court.decision(event.decision))
        answer = ("同意", "approved") if event.approved else ("不同意", "rejected")
        told = [p for p in (self.incident.commander, *people) if p and p != event.person]
        self.tell(
            told,
            Words(
                f"{by_zh}已决策：{question.zh}——{answer[0]}。",
                f"{by_en} has {answer[1]}: {question.en}.",
            ),
        )

    def stop(self) -> None:
        """End all paging, asking and watching; take back what is not yet sent to anybody."""
        self.escalation.stopped = self.authority.stopped = True
        unsent = FOR_PEOPLE if self.incident.drill else OF_HANDLING
        self.uow.outbox.withdraw(self.incident.id, None, unsent)
        for kind in (ESCALATION, AUTHORITY, STILL_THERE, WATCH):
            self.uow.timers.set(kind, self.incident.id, None)

    def freeze(self) -> None:
        """A real declaration stops a drill where it stands (P5)."""
        self.incident.frozen = True
        self.stop()
        self.record("DrillFrozen", ENGINE)
        for follow in AFTER_FREEZE:
            follow(self)

    def go_on(self) -> None:
        """Page and ask again where it was stopped."""
        self.escalation.stopped = self.authority.stopped = False


def _question(asked: Request, decision: Decision) -> Words:
    """What is asked, and what it is about this time."""
    question, about = decision.question, asked.about
    if not about.said("zh"):
        return question
    return Words(
        f"{question.said('zh')}：{about.said('zh')}", f"{question.said('en')}: {about.said('en')}"
    )


HUNTING = Words(
    "决策递补顺序已全部联系不上，正在同时请示应急指挥决策机构全体成员。",
    "Nobody in the order of succession can be reached; the whole command body is being asked.",
)
