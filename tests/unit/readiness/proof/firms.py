"""Small firms whose rosters change while a playbook runs: what breaks it depends on the second."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from responder.domain.organisation import Body, Command, Decision, Role
from responder.domain.people import Person, Way
from responder.domain.playbook import DecisionPoint, Entry, Playbook, Step
from responder.domain.rota import Absence, Override, Rotation
from responder.domain.site import Site
from responder.readiness.proof.question import Question

EDGE = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PEOPLE = ("ann", "bo", "cy", "dee", "eli")


def seconds(count: int) -> timedelta:
    return timedelta(seconds=count)


@dataclass(frozen=True)
class Firm:
    """A site, what is asked of it, and how finely declarations are looked at."""

    name: str
    site: Site
    playbook: Playbook
    asked: Question
    step: timedelta = seconds(5)

    def instants(self) -> Iterator[datetime]:
        at = self.asked.start
        while at < self.asked.end:
            yield at
            at += self.step


def person(id: str, *vias: str) -> Person:
    return Person(id, reach=tuple(Way(via, f"{via}:{id}") for via in vias or ("slack", "voice")))


def site(**changes: Any) -> Site:
    made = Site(
        people={id: person(id) for id in PEOPLE},
        roles={
            "duty_lead": Role("duty_lead", primary="ann", backup="bo"),
            "it_lead": Role("it_lead", primary="cy"),
        },
        command=Command(Body("dee", ("dee", "eli")), ("dee", "eli", "cy"), 2 * MINUTE),
        decisions={
            "halt": Decision("halt"),
            "police": Decision("police", who=("role:duty_lead",), need=1),
        },
        profiles={"urgent": (Entry(("slack", "voice")), Entry(("voice",), MINUTE, MINUTE))},
    )
    return replace(made, **changes)


def playbook(*steps: Step, decisions: tuple[str, ...] = (), **more: Any) -> Playbook:
    made = Playbook(
        "outage",
        level=2,
        profile={0: "urgent"},
        command=("role:duty_lead", "role:it_lead"),
        escalation=steps,
        decisions=tuple(map(DecisionPoint, decisions)),
    )
    return replace(made, **more)


def asked(within: int, answer: int = 60, people: int = 1) -> Question:
    start = EDGE - seconds(within) - 2 * MINUTE
    return Question(
        start, seconds(within) + 14 * MINUTE, people, 0, seconds(within), seconds(answer)
    )


LEADS = Step(("role:duty_lead",), 90 * seconds(1))
HEAD = Step(("role:it_lead",), 3 * MINUTE)
AWAY = Absence("cy", EDGE, EDGE + 10 * MINUTE)
FIRMS = [
    Firm("the head leaves", site(absences=(AWAY,)), playbook(LEADS, HEAD), asked(300)),
    Firm(
        "the head leaves, odd waits",
        site(absences=(AWAY,)),
        playbook(replace(LEADS, wait=seconds(105)), HEAD),
        asked(240, 45),
    ),
    Firm(
        "a handover",
        site(
            roles={
                "duty_lead": Role("duty_lead", rotation="turns"),
                "it_lead": Role("it_lead", primary="cy"),
            },
            rotations={
                "turns": Rotation(
                    "turns", datetime.fromisoformat("2026-09-01T10:00"), people=("ann", "bo")
                )
            },
        ),
        playbook(LEADS, replace(HEAD, page=("role:duty_lead", "eli")), decisions=("police",)),
        asked(210),
    ),
    Firm(
        "an override for some minutes",
        site(
            roles={
                "duty_lead": Role("duty_lead", rotation="turns", backup="bo"),
                "it_lead": Role("it_lead", primary="cy"),
            },
            rotations={
                "turns": Rotation(
                    "turns", datetime.fromisoformat("2026-09-01T00:00"), people=("ann",)
                )
            },
            overrides=(Override("turns", EDGE, EDGE + 4 * MINUTE, "dee"),),
        ),
        playbook(Step(("eli",), MINUTE), LEADS),
        asked(180),
    ),
    Firm(
        "the order thins out",
        site(
            absences=(
                Absence("dee", EDGE - MINUTE, EDGE + 3 * MINUTE),
                Absence("eli", EDGE, EDGE + 6 * MINUTE),
            )
        ),
        playbook(LEADS, decisions=("halt",)),
        asked(260, people=2),
    ),
    Firm(
        "two are needed",
        site(
            teams={"night": ("ann", "bo", "cy", "eli")},
            absences=(AWAY, Absence("bo", EDGE + seconds(30), EDGE + 5 * MINUTE)),
        ),
        playbook(Step(("team:night",), 2 * MINUTE), HEAD, need=2),
        asked(200),
    ),
]
