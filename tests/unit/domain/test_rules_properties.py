"""What holds of paging and deciding whatever happens: answers, failures, removals, downtime."""

from copy import deepcopy
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from responder.domain import events as ev
from responder.domain.authority import HUNTING
from responder.domain.people import VIAS
from tests.oracle.compare import counted
from tests.oracle.deciding import Deciding
from tests.oracle.drive import Decider, Driver, Pager
from tests.oracle.effort import effort
from tests.oracle.meaning import Contacts, at_least
from tests.oracle.paging import Paging
from tests.oracle.worlds import DECISIONS, World, somebody, worlds

UNTIL = 1200
Said = tuple[str, str, str]
NOTHING: Said = ("", "", "")

moments = st.integers(1, UNTIL // 30).map(lambda count: count * 30)


def script(*whats: str) -> st.SearchStrategy[dict[int, Said]]:
    """Who says what about which decision: one thing at an instant."""
    said = st.tuples(st.sampled_from(whats), somebody, st.sampled_from(DECISIONS))
    return st.dictionaries(moments, said, max_size=8)


def pager_of(world: World, **more: Any) -> Pager:
    return Pager(world.site, world.at, playbook=world.playbook, level=world.level, **more)


def decider_of(world: World, **more: Any) -> Decider:
    asked = tuple(point.id for point in world.playbook.decisions) or DECISIONS[:1]
    return Decider(world.site, world.at, decisions=asked, **more)


# An engine that is always on time agrees with the second implementation, answers included.


def page_on_time(pager: Pager, answers: dict[int, Said]) -> Pager:
    for t, (what, person, _) in sorted(answers.items()):
        pager.before(t)
        asked = pager.state.first_paged if what == "acknowledge" else pager.state.runs
        if pager.state.is_open and person in asked:
            pager.act(t, what, person)
    return pager.run_to(UNTIL)


def page_by_the_law(world: World, answers: dict[int, Said]) -> Paging:
    profile = world.site.profiles.get(world.playbook.profile_at(world.level), ())
    paging = Paging(Contacts(world.site, world.at), world.playbook, profile)
    for t in range(UNTIL + 1):
        what, person, _ = answers.get(t, NOTHING)
        said = {"acknowledge": ([person], []), "decline": ([], [person])}
        paging.second(t, *said.get(what, ([], [])))
    return paging


@given(worlds(), script("acknowledge", "decline", "decline"))
@effort(150)
def test_paging_on_time_follows_the_law(world, answers):
    pager, law = page_on_time(pager_of(world), answers), page_by_the_law(world, answers)
    assert counted(pager.told) == counted(law.events)
    assert list(pager.state.acknowledged) == law.acknowledged
    assert (pager.state.commander or None) == law.commander
    assert pager.state.short == law.short
    completed = pager.state.completed_at
    assert (None if completed is None else pager.t(completed)) == law.completed_t


def decide_on_time(decider: Decider, answers: dict[int, Said]) -> Decider:
    for t, (what, person, id) in sorted(answers.items()):
        decider.before(t)
        if id in decider.state.requests and may_say(decider, t, what, person, id):
            decider.act(t, what, id, person)
    return decider.run_to(UNTIL)


def may_say(decider: Decider, t: int, what: str, person: str, id: str) -> bool:
    """The law tells what follows if the holder hands down; who approved has nothing to add."""
    if not decider.entitled(t, id, person) or person in decider.state.requests[id].approvals:
        return False
    by_succession = decider.court.decision(id).by_succession
    return what != "pass on" or (by_succession and person == decider.holder)


@given(worlds(), script("approve", "reject", "pass on", "pass on", "deciding"))
@effort(150)
def test_deciding_on_time_follows_the_law(world, answers):
    decider = decide_on_time(decider_of(world), answers)
    law = Deciding(
        Contacts(world.site, world.at), [world.site.decisions[id] for id in decider.decisions]
    )
    for t in range(UNTIL + 1):
        what, person, id = answers.get(t, NOTHING)
        law.second(t, [(id, person, what)] if what else [])
    assert counted(decider.told) == counted(law.events)
    assert (decider.holder or None) == law.holder


def longest_silence(world: World) -> int:
    """No step waits longer, and no profile has its first instants further apart."""
    waits = [at_least(60, step.wait) for step in world.playbook.escalation]
    waits.append(at_least(60, world.site.command.hand_down_after))
    offsets = [at_least(0, entry.after) for entry in world.site.profiles["urgent"]]
    return max(waits) + max(offsets, default=0)


@given(worlds(), script("acknowledge", "decline", "decline"))
@effort(100)
def test_paging_is_never_silent_for_long(world, answers):
    """While it is open and anybody has a way, some phone rings before the longest wait is over."""
    pager = page_on_time(pager_of(world), answers)
    if not any(person.vias for person in world.site.people.values()):
        return
    completed = pager.state.completed_at
    end = UNTIL if completed is None else pager.t(completed)
    rung = [0, *(t for (t,) in pager.of("page")), end]
    assert max(later - earlier for earlier, later in pairwise(rung)) <= longest_silence(world)


# Whatever happens, in whatever order, however late.

Act = tuple[str, int, str, str, str]


def acts(*whats: str) -> st.SearchStrategy[list[Act]]:
    """What, how long after the one before, by or to whom, about which way and decision."""
    delays = st.sampled_from((30, 60, 0, 1, 9, 10, 11, 61, 300, 1200))
    ways, decisions = st.sampled_from(VIAS), st.sampled_from(DECISIONS)
    act = st.tuples(st.sampled_from(whats), delays, somebody, ways, decisions)
    return st.lists(act, max_size=15)


PAGING = acts(
    "tick", "tick", "acknowledge", "decline", "fail", "break", "withdraw", "remove", "restart"
)
DECIDING = acts(
    "tick", "tick", "approve", "reject", "pass on", "deciding", "fail", "break", "remove"
)


def tick(driver: Driver, t: int) -> list[ev.Event]:
    """A look at the timers; a second one at the same instant finds nothing, nor one before."""
    new = driver.tick(t)
    settled = deepcopy(driver.state)
    assert driver.tick(t) == []
    assert driver.tick(t - 300) == []
    assert driver.settle(t) == []
    assert driver.state == settled
    return new


def check_late(driver: Driver, t: int, new: list[ev.Event]) -> None:
    """What is carried out late happens now; before, everything has its own instant, in order."""
    assert all(event.at <= driver.instant(t) for event in new)
    late = next((place for place, event in enumerate(new) if isinstance(event, ev.Late)), len(new))
    assert all(event.at == driver.instant(t) for event in new[late:])
    assert [event.at for event in driver.happened] == sorted(e.at for e in driver.happened)


class PagingWatch:
    """What must hold of an escalation after every act."""

    def __init__(self, pager: Pager) -> None:
        self.pager = pager
        self.answered: set[str] = set()
        self.broken: set[tuple[str, str]] = set()
        self.rung: set[tuple[str, str, int, Any]] = set()

    def play(self, t: int, what: str, person: str, via: str) -> None:
        pager = self.pager
        if what in ("acknowledge", "decline") and person not in pager.state.first_paged:
            return
        if what == "acknowledge" and not pager.state.is_open:
            return
        before = len(pager.happened)
        pager.take_in(t, what, person, via)
        self.remember(what, person, via)
        pager.settle(t)
        self.check(t, pager.happened[before:])

    def remember(self, what: str, person: str, via: str) -> None:
        match what:
            case "acknowledge":
                self.answered.add(person)
            case "withdraw" | "remove":
                self.answered.discard(person)
            case "break":
                self.broken.add((person, via))
            case "restart":
                self.answered.clear()

    def check(self, t: int, new: list[ev.Event]) -> None:
        check_late(self.pager, t, new)
        for event in new:
            if isinstance(event, ev.Rang):
                self.check_ring(event)
            elif isinstance(event, ev.Completed):
                self.check_completion()
        self.check_going_on(t)

    def check_ring(self, ring: ev.Rang) -> None:
        """Nobody who has answered or gone, by no broken way, and by none twice at an instant."""
        assert ring.person not in self.answered
        assert ring.person not in self.pager.roster.gone
        assert (ring.person, ring.via) not in self.broken
        once = (ring.person, ring.via, self.pager.state.cycle, ring.at)
        assert once not in self.rung
        self.rung.add(once)

    def check_completion(self) -> None:
        """Enough people with a commander; or short, with everybody who can be rung in it."""
        state, policy = self.pager.state, self.pager.policy
        assert set(state.acknowledged) == self.answered
        if not state.short:
            assert len(self.answered) >= policy.need
            assert state.commander in self.answered
            return
        reachable = {
            person.id
            for person in self.pager.site.people.values()
            if person.id not in self.pager.roster.gone
            and any((person.id, via) not in self.broken for via in person.vias)
        }
        assert self.answered
        assert reachable <= self.answered

    def check_going_on(self, t: int) -> None:
        """Open, it has something to do within the longest wait; over, it has nothing."""
        state = self.pager.state
        if not state.is_open:
            assert state.next_due is None
            return
        waits = [step.wait.total_seconds() for step in self.pager.policy.steps]
        due = self.pager.due
        assert due is not None
        assert t < due <= t + max(waits, default=60)
        assert state.acknowledged.keys() == self.answered
        assert not state.runs.keys() & self.answered


@given(worlds(), PAGING)
@effort(200)
def test_paging_keeps_its_promises_whatever_happens(world, acts):
    """Through the store and back at every step, and with the engine looking only at times."""
    pager = pager_of(world, through_json=True)
    watch, t = PagingWatch(pager), 0
    watch.check(0, tick(pager, 0))
    for what, delay, person, via, _ in acts:
        t += delay
        if what == "tick":
            watch.check(t, tick(pager, t))
        else:
            watch.play(t, what, person, via)


@given(worlds(), PAGING)
@effort(100)
def test_the_store_changes_nothing_in_paging(world, acts):
    kept, stored = pager_of(world), pager_of(world, through_json=True)
    for pager in (kept, stored):
        t = 0
        pager.tick(t)
        for what, delay, person, via, _ in acts:
            t += delay
            pager.take_in(t, what, person, via)
            pager.tick(t)
    assert stored.happened == kept.happened


class DecidingWatch:
    """What must hold of authority after every act."""

    def __init__(self, decider: Decider) -> None:
        self.decider = decider
        self.broken: set[tuple[str, str]] = set()
        self.rung: set[tuple[str, str, str, Any]] = set()
        self.decided: set[str] = set()

    def play(self, t: int, what: str, id: str, person: str, via: str) -> None:
        decider = self.decider
        asked = decider.state.requests.get(id)
        if asked is None or not asked.is_open:
            return
        if what in ("pass on", "deciding") and person not in asked.runs:
            return
        before = len(decider.happened)
        decider.take_in(t, what, id, person, via)
        if what == "break":
            self.broken.add((person, via))
        decider.settle(t)
        self.check(t, decider.happened[before:])

    def check(self, t: int, new: list[ev.Event]) -> None:
        check_late(self.decider, t, new)
        if any(isinstance(event, ev.Late) for event in new):
            assert sum(isinstance(event, ev.HandedDown) for event in new) <= 1
        for event in new:
            if isinstance(event, ev.DecisionRang):
                self.check_ring(event)
            elif isinstance(event, ev.Decided):
                assert event.request not in self.decided
                self.decided.add(event.request)
        for asked in self.decider.state.requests.values():
            self.check_request(t, asked)

    def check_ring(self, ring: ev.DecisionRang) -> None:
        assert ring.person not in self.decider.court.roster.gone
        assert (ring.person, ring.via) not in self.broken
        assert ring.request not in self.decided
        once = (ring.request, ring.person, ring.via, ring.at)
        assert once not in self.rung
        self.rung.add(once)

    def check_request(self, t: int, asked: Any) -> None:
        """A decider or a hunt while it is open, and a clock that runs; then nothing."""
        if not asked.is_open:
            assert asked.next_due is None
            return
        decider = self.decider
        if not asked.hunting and decider.court.decision(asked.decision).by_succession:
            assert decider.holder != HUNTING
            assert decider.holder in asked.asked
            assert decider.court.roster.known(decider.holder)
        assert asked.hunting or asked.asked
        wait = decider.court.hand_down_after.total_seconds()
        clock = (asked.clock_at - decider.at).total_seconds()
        assert t < clock <= t + 2 * wait
        assert t < asked.next_due.timestamp() - decider.at.timestamp() <= clock


@given(worlds(), DECIDING)
@effort(200)
def test_there_is_always_a_decider_or_a_hunt(world, acts):
    decider = decider_of(world, through_json=True)
    watch, t = DecidingWatch(decider), 0
    watch.check(0, tick(decider, 0))
    for what, delay, person, via, id in acts:
        t += delay
        if what == "tick":
            watch.check(t, tick(decider, t))
        else:
            watch.play(t, what, id, person, via)


@given(worlds(), DECIDING)
@effort(100)
def test_the_store_changes_nothing_in_deciding(world, acts):
    kept, stored = decider_of(world), decider_of(world, through_json=True)
    for decider in (kept, stored):
        t = 0
        for what, delay, person, via, id in acts:
            t += delay
            if id in decider.state.requests:
                decider.take_in(t, what, id, person, via)
            decider.tick(t)
    assert stored.happened == kept.happened
