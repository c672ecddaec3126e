"""Authority over an incident: who decides, and how a request is handed down.

The rules are those of `docs/reference/semantics.md`, "Decisions and succession"; their numbers
stand in brackets. Authority belongs to the incident: every open request that the succession
answers goes to its present holder.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from responder.domain.court import Court
from responder.domain.escalation import LATE
from responder.domain.events import (
    Answered,
    Asked,
    Decided,
    DecisionRang,
    Event,
    Extended,
    HandedDown,
    Hunted,
    Late,
    PassedOn,
    TakenBack,
)
from responder.domain.request import HUNTING, Authority, Request
from responder.domain.ringing import begin
from responder.domain.words import Words

__all__ = [
    "HUNTING",
    "Authority",
    "Court",
    "Request",
    "advance",
    "answer",
    "entitled",
    "establish",
    "extend",
    "fail",
    "pass_on",
    "postpone",
    "remove",
    "request",
    "settle",
]


def establish(court: Court, incident: str, now: datetime) -> Authority:
    """Authority as it stands at declaration."""
    authority = Authority(incident, HUNTING)
    authority.holder = court.next_holder(authority, None, now)
    return authority


def request(
    authority: Authority,
    court: Court,
    id: str,
    decision: str,
    now: datetime,
    within: timedelta | None = None,
    reverses: str = "",
    about: Words | None = None,
) -> list[Event]:
    """Ask for a decision; `about` says what it is about this time."""
    asked = Request(id, decision, now, within, reverses, about or Words())
    authority.requests[id] = asked
    return [*_ask_those_entitled(authority, court, asked, now), *_ring(authority, court, now)]


def advance(authority: Authority, court: Court, now: datetime) -> list[Event]:
    """Do everything due by `now`: hand down, ask again, ring.

    As in escalation, work noticed more than `LATE` late is taken at `now`; authority then
    moves by one person at most.
    """
    events: list[Event] = []
    while (due := authority.next_due) is not None and due <= now:
        late = now - due
        if late > LATE:
            events.append(Late(now, late))
        events += settle(authority, court, now if late > LATE else due)
    return events


def settle(authority: Authority, court: Court, now: datetime) -> list[Event]:
    """Carry out what an instant demands, answers having been counted."""
    events: list[Event] = []
    for asked in _open(authority):
        if asked.clock_at is not None and asked.clock_at <= now:
            events += _time_is_up(authority, court, asked, now)
    return [*events, *_ring(authority, court, now)]


def entitled(
    authority: Authority, court: Court, asked: Request, person: str, now: datetime
) -> bool:
    """Whether a person's answer decides [2, 3, 5]."""
    decision = court.decision(asked.decision)
    if not court.roster.known(person):
        return False
    if asked.hunting and person in (*court.order, *court.roster.command_body):
        return True
    if not decision.by_succession:
        return person in asked.asked or person in court.holders(decision, now)
    return person == authority.holder or _earlier(authority, court, person)


def _earlier(authority: Authority, court: Court, person: str) -> bool:
    """Whether a person stands earlier in the order than whoever holds authority."""
    return court.place(person) < court.place(authority.holder)


def answer(
    authority: Authority,
    court: Court,
    asked: Request,
    person: str,
    approves: bool,
    reason: str,
    now: datetime,
) -> list[Event]:
    """Count an answer of somebody `entitled`. Taking back authority comes with it [2, 4, 5]."""
    decision = court.decision(asked.decision)
    events: list[Event] = []
    acting_for = court.acting_for(person) if decision.by_succession or asked.hunting else ""
    events.append(Answered(now, asked.id, asked.decision, person, approves, reason, acting_for))
    if approves and person not in asked.approvals:
        asked.approvals.append(person)
    if not approves or len(asked.approvals) >= max(decision.need, 1):
        asked.decided_by, asked.decided_at, asked.approved = person, now, approves
        asked.runs.clear()
        events.append(Decided(now, asked.id, asked.decision, person, approves, acting_for))
    else:
        asked.runs.pop(person, None)
    if decision.by_succession and _earlier(authority, court, person):
        events += _take_back(authority, court, person, now)
    return events


def pass_on(
    authority: Authority, court: Court, asked: Request, person: str, now: datetime
) -> list[Event]:
    """Somebody hands the request on; from its holder that moves authority at once [1].

    As after `fail` and `remove`, `settle` rings whoever is asked now.
    """
    asked.runs.pop(person, None)
    events: list[Event] = [PassedOn(now, asked.id, person)]
    by_succession = court.decision(asked.decision).by_succession
    if by_succession and person == authority.holder:
        events += _hand_down(authority, court, now)
    elif not asked.runs and not asked.hunting:
        events += _hunt(authority, court, asked, now)
    return events


def extend(court: Court, asked: Request, person: str, now: datetime) -> list[Event]:
    """Once a request, whoever is deciding gets `hand_down_after` more; no hunt waits [2, 3]."""
    if asked.extended or asked.hunting or asked.clock_at is None:
        return []
    asked.extended = True
    asked.clock_at += court.hand_down_after
    return [Extended(now, asked.id, person, asked.clock_at)]


def fail(
    authority: Authority, court: Court, person: str, via: str, for_good: bool, now: datetime
) -> list[Event]:
    """A way to somebody asked failed; a holder left without any hands down at once."""
    if for_good and via not in authority.failed.setdefault(person, []):
        authority.failed[person].append(via)
    ways = court.ways(authority, person)
    for asked in _open(authority):
        run = asked.runs.get(person)
        if run is not None and ways:
            run.bring_forward(now, ways, via)
        elif run is not None:
            del asked.runs[person]
    if not ways and person == authority.holder:
        return _hand_down(authority, court, now)
    return []


def remove(authority: Authority, court: Court, person: str, now: datetime) -> list[Event]:
    """Somebody's rights were removed: they are not asked, hold nothing and count nowhere."""
    for asked in _open(authority):
        asked.runs.pop(person, None)
        asked.approvals = [p for p in asked.approvals if p != person]
    return _hand_down(authority, court, now) if person == authority.holder else []


def postpone(authority: Authority, by: timedelta) -> None:
    """The engine did not run for `by`: that time does not count towards handing down."""
    for asked in _open(authority):
        if asked.clock_at is not None:
            asked.clock_at += by


# Asking


def _open(authority: Authority) -> list[Request]:
    return [asked for asked in authority.requests.values() if asked.is_open]


def _ask_those_entitled(
    authority: Authority, court: Court, asked: Request, now: datetime
) -> Iterator[Event]:
    decision = court.decision(asked.decision)
    people = (authority.holder,) if decision.by_succession else court.holders(decision, now)
    people = tuple(filter(None, people))
    asked.clock_at = now + court.hand_down_after
    yield from _ask(authority, court, asked, people, now)
    if not any(court.ways(authority, person) for person in people):
        yield from _hunt(authority, court, asked, now)


def _ask(
    authority: Authority, court: Court, asked: Request, people: Iterable[str], now: datetime
) -> Iterator[Event]:
    for person in people:
        asked.asked.setdefault(person, now)
        if ways := court.ways(authority, person):
            asked.runs[person] = begin(court.profile, ways, now)
        yield Asked(now, asked.id, asked.decision, person, court.acting_for(person))


def _hunt(authority: Authority, court: Court, asked: Request, now: datetime) -> Iterator[Event]:
    """Ask the whole command body, again and again, with an alarm [3]."""
    asked.hunting = True
    asked.clock_at = now + court.hand_down_after
    people = court.body(authority, now)
    yield Hunted(now, asked.id, asked.decision, people)
    yield from _ask(authority, court, asked, people, now)


def _time_is_up(
    authority: Authority, court: Court, asked: Request, now: datetime
) -> Iterator[Event]:
    by_succession = court.decision(asked.decision).by_succession
    if by_succession and not asked.hunting and authority.holder != HUNTING:
        yield from _hand_down(authority, court, now)
    else:
        yield from _hunt(authority, court, asked, now)


# Handing down and taking back [1, 2]


def _hand_down(authority: Authority, court: Court, now: datetime) -> list[Event]:
    giver = authority.holder
    authority.holder = court.next_holder(authority, giver, now)
    taker = authority.holder
    acting_for = court.acting_for(taker) if taker else ""
    events: list[Event] = [HandedDown(now, giver, taker, acting_for)]
    for asked in _by_succession(authority, court):
        asked.extended = False
        if not asked.hunting:
            events += _ask_those_entitled(authority, court, asked, now)
    return events


def _take_back(authority: Authority, court: Court, person: str, now: datetime) -> list[Event]:
    giver, authority.holder = authority.holder, person
    events: list[Event] = [TakenBack(now, giver, person, court.acting_for(person))]
    for asked in _by_succession(authority, court):
        asked.extended = False
        asked.clock_at = now + court.hand_down_after
        if person not in asked.asked:
            events += _ask(authority, court, asked, (person,), now)
    return events


def _by_succession(authority: Authority, court: Court) -> list[Request]:
    return [r for r in _open(authority) if court.decision(r.decision).by_succession]


def _ring(authority: Authority, court: Court, now: datetime) -> list[Event]:
    events: list[Event] = []
    for asked in _open(authority):
        for person, run in asked.runs.items():
            due = run.ring(now, court.ways(authority, person), True)
            fresh = [via for via in due if asked.rung.first(person, via, now)]
            events += (DecisionRang(now, asked.id, person, via) for via in fresh)
    return events
