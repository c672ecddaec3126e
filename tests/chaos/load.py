"""What a process under chaos works through: incidents declared and taken, and what they demand.

Six incidents, each with people and numbers of its own; the succession and the head of IT are
shared, so that their calls join. What a person does twice, because nobody told them that it was
done, comes to the same: a second declaration joins the first, a second answer is heard.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from responder.commands import Command
from responder.commands.incidents.incident import Declare
from responder.commands.paging.answering import Acknowledge
from responder.domain.playbook import DecisionPoint, Playbook, Step
from responder.domain.record import By
from responder.domain.register import System
from responder.domain.site import Site
from responder.domain.words import Words
from tests.stage.firm import TASKS, person, small_firm

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
INCIDENTS = 6
ENDS = timedelta(seconds=335)
"""Well after each request for a decision has been handed down, at five minutes."""
STEP_TWO = timedelta(minutes=3)
RINGS_AGAIN = timedelta(minutes=1)
HANDED_DOWN = timedelta(minutes=5)
VIAS = ("slack", "sms", "voice")


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person does, `after` the act it `follows`, or after the start."""

    name: str
    person: str
    incident: int
    after: timedelta
    follows: str = ""

    def command(self, id: str) -> Command:
        """The command; `id` is the incident's, once it is known."""
        by = By(self.person, "handset")
        if not self.follows:
            return Declare(by=by, playbook=playbook(self.incident), title=title(self.incident))
        return Acknowledge(by=by, incident=id)


def playbook(number: int) -> str:
    """The id of an incident's playbook."""
    return f"fault{number}"


def title(number: int) -> str:
    """What an incident is called."""
    return f"Fault {number}"


def acts() -> tuple[Act, ...]:
    """Everybody is declared at once; some are taken early, the rest by the head of step two."""
    seconds = (10, 40, 70, 200, 200, 205)
    takers = ("duty0", "admin1", "duty2", "head", "head", "head")
    declared = [Act(f"declare{n}", "clerk", n, timedelta(0)) for n in range(INCIDENTS)]
    taken = [
        Act(f"take{n}", takers[n], n, timedelta(seconds=seconds[n]), f"declare{n}")
        for n in range(INCIDENTS)
    ]
    return (*declared, *taken)


def site() -> Site:
    """The small firm, with a fault, two technicians and a system for each incident."""
    firm = small_firm()
    numbers = range(INCIDENTS)
    crew = [person(f"{post}{n}", *VIAS) for n in numbers for post in ("duty", "admin")]
    systems = {f"sys{n}": System(f"sys{n}", Words(f"系统{n}", f"System {n}")) for n in numbers}
    return replace(
        firm,
        people=firm.people | {p.id: p for p in crew},
        systems=firm.systems | systems,
        playbooks={playbook(n): _playbook(n) for n in numbers},
    )


def _playbook(number: int) -> Playbook:
    first = (f"person:duty{number}", f"person:admin{number}")
    return Playbook(
        id=playbook(number),
        title=Words(f"故障{number}", title(number)),
        systems=(f"sys{number}",),
        level=2,
        profile={0: "urgent"},
        command=(f"person:duty{number}", f"person:admin{number}", "person:head"),
        escalation=(Step(first, STEP_TWO), Step(("role:it_lead",), STEP_TWO)),
        decisions=(DecisionPoint("halt-orders"),),
        tasks=TASKS[:1],
    )


def demanded(number: int, step: int) -> Iterator[tuple[str, str]]:
    """The (person, via) pairs that a step's start demands for an incident, whatever follows."""
    if step == 1:
        yield from ((f"{post}{number}", via) for post in ("duty", "admin") for via in VIAS)
        yield ("boss", "voice")
    else:
        yield from (("head", via) for via in VIAS)
