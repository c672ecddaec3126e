"""Proving 200 people, 20 playbooks, 90 days, any 3 unreachable and any 2 channels down.

Floor: one simulation of every playbook at every moment that differs, with everybody reachable, in
one process; what a proof by trial alone could not do without. Then how the cost grows with people,
days and N, and what a firm costs of which hardly anything can be argued (two who may command, and
two are needed).
"""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from bench._figures import Goal, conclude, table
from responder.app.proving import shared_out
from responder.domain.organisation import Body, Command, Decision, Role
from responder.domain.people import Person, Way
from responder.domain.playbook import DecisionPoint, Entry, Playbook, Step
from responder.domain.roster import Roster
from responder.domain.rota import Absence, Rotation
from responder.domain.simulation import Scenario, simulate
from responder.domain.site import Site
from responder.readiness.proof.prove import Proof, prove
from responder.readiness.proof.question import Question
from responder.readiness.proof.search import moments_of, trials

START = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PLAYBOOKS, POSTS, ORDER = 20, 12, 6
LIMIT_S = 60
SHIFTS = (DAY, DAY / 2, 7 * DAY)


@dataclass(frozen=True)
class Size:
    """What is proved."""

    people: int = 200
    days: int = 90
    unreachable: int = 3
    sparse: bool = False

    @property
    def question(self) -> Question:
        return Question(START, self.days * DAY, self.unreachable)


def firm(size: Size) -> Site:
    """Rotations of three lengths, everybody on leave once, decisions by order and by role."""
    ids = [f"p{number:03}" for number in range(size.people)]
    ways = ("slack", "voice", "sms", "email")
    rotations, roles = {}, {}
    for number in range(POSTS):
        crew = tuple(ids[20 + 5 * number : 25 + 5 * number])
        shift = SHIFTS[number % len(SHIFTS)]
        for name, people in ((f"r{number}", crew), (f"b{number}", crew[2:] + crew[:2])):
            starts = datetime.fromisoformat("2026-01-05T08:30")
            rotations[name] = Rotation(name, starts, shift=shift, people=people)
        roles[f"role{number}"] = Role(
            f"role{number}", rotation=f"r{number}", backup_rotation=f"b{number}"
        )
    roles["duty_lead"] = replace(roles["role0"], id="duty_lead")
    roles["it_lead"] = Role("it_lead", primary=ids[0], backup=ids[1])
    away = [
        Absence(id, at, at + 5 * DAY)
        for number, id in enumerate(ids)
        for at in (START + (number * 37 % size.days) * DAY,)
    ]
    return Site(
        people={
            id: Person(id, reach=tuple(Way(via, f"{via}:{id}") for via in ways[number % 3 : 4]))
            for number, id in enumerate(ids)
        },
        roles=roles,
        rotations=rotations,
        absences=tuple(away),
        command=Command(Body(ids[0], tuple(ids[:10])), tuple(ids[:ORDER]), 3 * MINUTE),
        decisions={
            "level": Decision("level"),
            "halt": Decision("halt"),
            "police": Decision("police", who=("role:role3", "role:it_lead")),
            "funds": Decision("funds", who=("role:role4", "role:role5"), need=2),
        },
        profiles={"urgent": (Entry(ways), Entry(("voice",), MINUTE, MINUTE))},
        playbooks={one.id: one for one in playbooks(size.sparse)},
    )


def playbooks(sparse: bool) -> Iterator[Playbook]:
    for number in range(PLAYBOOKS):
        own = f"role:role{1 + number % (POSTS - 1)}"
        leaders = Step(("role:duty_lead", own), 3 * MINUTE), Step(("role:it_lead",), 3 * MINUTE)
        yield Playbook(
            f"playbook{number:02}",
            level=2,
            profile={0: "urgent"},
            need=2 if sparse else 1,
            command=("role:duty_lead", "role:it_lead") if sparse else (),
            escalation=leaders if sparse else (*leaders, Step(("succession",))),
            decisions=tuple(map(DecisionPoint, ("level", "halt", "police", "funds"))),
        )


def timed(size: Size) -> tuple[float, Proof]:
    """Seconds that a proof takes, on all processors."""
    site = firm(size)
    began = time.perf_counter()
    proof = prove(
        Roster(site), list(site.playbooks.values()), size.question, shared_out(lambda: None)
    )
    return time.perf_counter() - began, proof


def floor(size: Size) -> tuple[float, int]:
    """Seconds for one simulation of each playbook at each moment of it; and how many there are."""
    site = firm(size)
    roster, asked = Roster(site), size.question
    began, count = time.perf_counter(), 0
    for playbook in site.playbooks.values():
        for moment in moments_of(trials(roster, playbook, asked)[0])[0]:
            simulate(roster, playbook, Scenario(moment.at, 2, until=asked.within))
            count += 1
    return time.perf_counter() - began, count


GROWTH = [
    ("100 people", Size(people=100)),
    ("400 people", Size(people=400)),
    ("30 days", Size(days=30)),
    ("180 days", Size(days=180)),
    ("1 unreachable", Size(unreachable=1)),
    ("2 unreachable", Size(unreachable=2)),
    ("4 unreachable", Size(unreachable=4)),
    ("hardly anything argued, 2 unreachable", Size(unreachable=2, sparse=True)),
]


def main() -> None:
    bound, moments = floor(Size())
    whole, proof = timed(Size())
    told = {"200 people, 90 days, 3 unreachable": (whole, proof)}
    told |= {what: timed(size) for what, size in GROWTH}
    rows = [
        (what, took, one.counts.moments, one.counts.sets, one.counts.runs, len(one.breaches))
        for what, (took, one) in told.items()
    ]
    figures = {
        what: {"seconds": took, **asdict(one.counts), "gaps": len(one.breaches)}
        for what, (took, one) in told.items()
    }
    table(("what is proved", "s", "moments", "checks", "simulated", "gaps"), rows)
    table(
        ("200 people, 20 playbooks, 90 days, N = 3", "s"),
        [("proved", whole), (f"floor: {moments:,} simulations, one process", bound)],
    )
    goals = [
        Goal("proved", whole, LIMIT_S, "s"),
        Goal("proved / one simulation a moment", whole / bound, 3),
        Goal("twice the people", figures["400 people"]["seconds"] / whole, 3, "x"),
        Goal("twice the days", figures["180 days"]["seconds"] / whole, 3, "x"),
    ]
    conclude("prove", {"seconds": whole, "floor_s": bound, "growth": figures}, goals)


if __name__ == "__main__":
    main()
