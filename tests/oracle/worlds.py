"""Random sites, playbooks and scenarios: small enough to collide, strange enough to break."""

from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from responder.domain.organisation import Body, Command, Decision, Role
from responder.domain.people import VIAS, Person, Way
from responder.domain.playbook import DecisionPoint, Entry, Playbook, Step
from responder.domain.register import Unit
from responder.domain.rota import Absence, Override, Rotation
from responder.domain.site import Site

PEOPLE = ("ann", "bo", "cy", "dee", "eli", "fay")
GHOST = "ghost"
ROLES = ("duty_lead", "it_lead", "system_admin", "network_admin")
ROTATIONS = ("first", "second")
DEPARTMENTS = ("technology", "risk")
TEAMS = ("night", "risk")
DECISIONS = ("level-two", "halt-orders", "switch-over")
TURNING_POINTS = (
    datetime(2026, 10, 1, 0, 30, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),  # London springs forward
    datetime(2026, 10, 25, 1, 0, tzinfo=UTC),  # and falls back
    datetime(2026, 3, 8, 7, 0, tzinfo=UTC),  # New York springs forward
    datetime(2026, 11, 1, 6, 0, tzinfo=UTC),  # and falls back
)
ZONES = ("Europe/London", "America/New_York", "Asia/Shanghai")
SHIFTS = tuple(timedelta(hours=hours) for hours in (24, 12, 8, 7 * 24, 1))


def brief(value: Any) -> str:
    """A value as a reader needs it: without the fields that say nothing."""
    if is_dataclass(value):
        told = ((one.name, getattr(value, one.name)) for one in fields(value))
        inside = ", ".join(
            f"{name}={brief(one)}" for name, one in told if one != empty(value, name)
        )
        return f"{type(value).__name__}({inside})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {brief(one)}' for key, one in value.items())}}}"
    if isinstance(value, tuple):
        return f"({''.join(f'{brief(one)}, ' for one in value)})"
    return repr(value)


def empty(value: Any, name: str) -> Any:
    """What a field is if nobody sets it; itself where somebody must."""
    unset = next(one for one in fields(value) if one.name == name)
    if unset.default_factory is not MISSING:
        return unset.default_factory()
    return unset.default


@dataclass(frozen=True, repr=False)
class World:
    """Everything one comparison needs."""

    site: Site
    playbook: Playbook
    at: datetime
    level: int
    unreachable: frozenset[str]
    answer_after: int
    until: int

    def __repr__(self) -> str:
        return brief(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))


def seconds(*choices: int) -> st.SearchStrategy[timedelta]:
    return st.sampled_from(choices).map(lambda count: timedelta(seconds=count))


somebody = st.sampled_from(PEOPLE)
named = st.sampled_from((*PEOPLE, *PEOPLE, GHOST, ""))
"""Who a file may name: mostly somebody, at times a stranger or nobody."""


def some(one: st.SearchStrategy, most: int = 4, least: int = 0) -> st.SearchStrategy[tuple]:
    return st.lists(one, min_size=least, max_size=most, unique=True).map(tuple)


def several(one: st.SearchStrategy, most: int = 4) -> st.SearchStrategy[tuple]:
    """At least two in three cases of four: stories need a cast, yet it may be missing."""
    return st.sampled_from((2, 2, 2, 0)).flatmap(lambda least: some(one, most, least))


def subset(of: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """All of them in two cases of three."""
    return st.one_of(st.just(of), st.just(of), some(st.sampled_from(of), len(of)))


headcounts = st.sampled_from((6, 5, 4, 3, 1))


@st.composite
def people(draw: st.DrawFn) -> dict[str, Person]:
    def person(id: str) -> Person:
        least = draw(st.sampled_from((1, 1, 1, 1, 0)))
        vias = draw(st.lists(st.sampled_from(VIAS), min_size=least, max_size=3))
        reach = tuple(Way(via, f"{id}-{number}") for number, via in enumerate(vias))
        return Person(id, department=draw(st.sampled_from(("", *DEPARTMENTS))), reach=reach)

    return {id: person(id) for id in draw(st.permutations(PEOPLE))[: draw(headcounts)]}


@st.composite
def rotations(draw: st.DrawFn, id: str, at: datetime) -> Rotation:
    """A rotation one of whose handovers may fall into the hours after `at`."""
    zone = draw(st.sampled_from(ZONES))
    shift = draw(st.sampled_from(SHIFTS))
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0)
    back = draw(st.integers(0, 40)) * shift
    near = timedelta(minutes=draw(st.sampled_from((-90, -5, 0, 1, 2, 3, 5, 10, 20, 45))))
    members = draw(several(named, 3))
    return Rotation(id, local - back + near, zone, shift, tuple(members))


@st.composite
def spans(draw: st.DrawFn, at: datetime) -> tuple[datetime, datetime]:
    start = draw(st.sampled_from((-60, 0, 30, 60, 120, 180, 240, 420, 900, -7200)))
    length = draw(st.sampled_from((60, 30, 180, 300, 900, 90_000)))
    begun = at + timedelta(seconds=start)
    return begun, begun + timedelta(seconds=length)


@st.composite
def overrides(draw: st.DrawFn, at: datetime) -> Override:
    start, end = draw(spans(at))
    return Override(draw(st.sampled_from((*ROTATIONS, *ROTATIONS, GHOST))), start, end, draw(named))


@st.composite
def absences(draw: st.DrawFn, at: datetime) -> Absence:
    start, end = draw(spans(at))
    return Absence(draw(somebody), start, end)


def roles(id: str) -> st.SearchStrategy[Role]:
    rotation = st.sampled_from((*ROTATIONS, *ROTATIONS, "", GHOST))
    return st.builds(
        Role,
        st.just(id),
        rotation=rotation,
        backup_rotation=rotation,
        primary=named,
        backup=named,
    )


def bodies() -> st.SearchStrategy[Body]:
    return st.builds(Body, head=named, members=several(named))


def decisions(id: str) -> st.SearchStrategy[Decision]:
    by_roles = st.lists(st.sampled_from(ROLES).map("role:{}".format), min_size=1, max_size=2)
    who = st.one_of(st.just(("succession",)), by_roles.map(tuple))
    return st.builds(Decision, st.just(id), who=who, need=st.sampled_from((1, 1, 1, 0, 2, 3)))


def entries() -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        via=st.lists(st.sampled_from(VIAS), min_size=0, max_size=3).map(tuple),
        after=seconds(0, 0, 20, 60, 120, 300),
        every=st.one_of(st.none(), seconds(0, 10, 30, 45, 60, 300)),
    )


targets = st.one_of(
    st.sampled_from(ROLES).map("role:{}".format),
    st.sampled_from(ROLES).map("role:{}".format),
    st.sampled_from(PEOPLE),
    st.sampled_from(
        (
            "person:ann",
            f"person:{GHOST}",
            GHOST,
            f"role:{GHOST}",
            f"team:{GHOST}",
            "team:command_body",
            "team:execution_body",
            "team:night",
            "team:risk",
            "team:technology",
            "unit:csrc-sh",
            f"unit:{GHOST}",
        )
    ),
)
steps = st.builds(
    Step,
    page=st.one_of(some(targets, 3, 1), several(targets, 3), st.just(("succession",))),
    wait=seconds(180, 60, 90, 30, 0),
)
commands = some(st.one_of(targets, st.just("succession")), 3)


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    profile = draw(st.sampled_from(({0: "urgent"}, {2: "urgent"}, {0: GHOST, 1: "urgent"}, None)))
    return Playbook(
        "outage",
        level=2,
        profile=profile,
        need=draw(st.sampled_from((1, 1, 0, 2, 3))),
        command=draw(commands),
        escalation=draw(several(steps)),
        widen_after=draw(st.sampled_from((2, 1, 3, 0, 5))),
        decisions=tuple(map(DecisionPoint, draw(some(st.sampled_from(DECISIONS), 2)))),
    )


@st.composite
def sites(draw: st.DrawFn, at: datetime) -> Site:
    return Site(
        people=draw(people()),
        roles={id: draw(roles(id)) for id in draw(subset(ROLES))},
        rotations={id: draw(rotations(id, at)) for id in draw(subset(ROTATIONS))},
        overrides=draw(several(overrides(at), 3)),
        absences=draw(several(absences(at), 3)),
        teams={id: draw(several(named)) for id in draw(subset(TEAMS))},
        command=Command(draw(bodies()), draw(several(named)), draw(seconds(10, 60, 90, 300))),
        execution_body=draw(bodies()),
        decisions={id: draw(decisions(id)) for id in DECISIONS},
        units={"csrc-sh": Unit("csrc-sh")},
        profiles={"urgent": draw(several(entries(), 3))},
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    offset = draw(st.sampled_from((0, -3600, -1800, -300, -60, -30, 60)))
    at = draw(st.sampled_from(TURNING_POINTS)) + timedelta(seconds=offset)
    return World(
        site=draw(sites(at)),
        playbook=draw(playbooks()),
        at=at,
        level=draw(st.sampled_from((1, 2))),
        unreachable=frozenset(draw(several(somebody, 6))),
        answer_after=draw(st.sampled_from((60, 1, 0, 30, 45, 120, 180, 240, 420, 1200))),
        until=draw(st.sampled_from((1200, 1800, 3600, 30, 180))),
    )
