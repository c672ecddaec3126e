"""Small sites made by hand, for rules told one at a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from responder.domain.organisation import Body, Command, Decision, Role
from responder.domain.people import Person, Way
from responder.domain.playbook import Entry, Playbook, Step
from responder.domain.site import Site
from tests.oracle.drive import Decider, Pager

AT = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
ONCE = (Entry(("voice",)),)
"""A profile of one ring, so that what rings again was paged again."""
URGENT = (
    Entry(("slack", "sms", "voice")),
    Entry(("voice",), timedelta(seconds=60), timedelta(seconds=60)),
)


def person(id: str, *vias: str, department: str = "") -> Person:
    """Somebody with a line of each kind; by default a phone."""
    reach = tuple(Way(via, f"{id} by {via}") for via in vias or ("voice",))
    return Person(id, department=department, reach=reach)


def mute(id: str) -> Person:
    """Somebody without any way."""
    return Person(id)


def at(t: float) -> datetime:
    return AT + timedelta(seconds=t)


def site(*people: Person | str, **more: Any) -> Site:
    """A site of these people; who is given as a bare id has a phone.

    `body` and `succession` make the command body and its order, `hand_down_after` in seconds.
    """
    known = [person(one) if isinstance(one, str) else one for one in people]
    body, succession = more.pop("body", ()), more.pop("succession", ())
    wait = timedelta(seconds=more.pop("hand_down_after", 300))
    return Site(
        people={one.id: one for one in known},
        roles={role.id: role for role in more.pop("roles", ())},
        command=Command(Body(members=tuple(body)), tuple(succession), wait),
        decisions={decision.id: decision for decision in more.pop("decisions", ())},
        profiles={"urgent": more.pop("profile", ONCE)},
        **more,
    )


def role(id: str, primary: str = "", backup: str = "", rotation: str = "") -> Role:
    return Role(id, primary=primary, backup=backup, rotation=rotation)


def step(*targets: str, wait: float = 180) -> Step:
    return Step(targets, timedelta(seconds=wait))


def playbook(*steps: Step, **more: Any) -> Playbook:
    return Playbook("outage", escalation=steps, profile={0: "urgent"}, **more)


def paged(where: Site, *steps: Step, **more: Any) -> Pager:
    """An escalation that begins at 0; unless told otherwise anybody may command."""
    policy = {"command": tuple(where.people)} | more
    return Pager(where, AT, playbook=playbook(*steps, **policy)).run_to(0)


def by_succession(id: str = "level-two", need: int = 1) -> Decision:
    return Decision(id, need=need)


def decided(where: Site, *decisions: str) -> Decider:
    """Authority over an incident in which these were asked at 0."""
    return Decider(where, AT, decisions=decisions or ("level-two",))
