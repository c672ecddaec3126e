"""Where somebody who leaves is still counted on: posts, bodies, shifts to come, targets (P9)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.rota import Rotation
from responder.domain.site import Site
from responder.domain.words import Words

AHEAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Gap:
    """One place where somebody else has to be named; `at` is when it is first felt."""

    where: Words
    at: datetime | None = None


def left_open(site: Site, person: str, now: datetime) -> tuple[Gap, ...]:
    """Every place in the register that counts on a person, shifts of the next 90 days included."""
    return (*_posts(site, person), *_bodies(site, person), *_shifts(site, person, now))


def without(site: Site, person: str) -> Site:
    """The site without somebody: no rights, no team. Whoever replaces them elsewhere is named.

    Posts and rotations keep their name, which resolves to nobody: to close a gap in a rotation
    would move everybody else's shifts.
    """
    return replace(
        site,
        people={id: one for id, one in site.people.items() if id != person},
        teams={id: tuple(p for p in many if p != person) for id, many in site.teams.items()},
        grants={
            id: left
            for id, many in site.grants.items()
            if (left := tuple(p for p in many if p != person))
        },
        absences=tuple(one for one in site.absences if one.person != person),
    )


def _posts(site: Site, person: str) -> Iterator[Gap]:
    for role in site.roles.values():
        for held, word in ((role.primary, MAIN), (role.backup, SPARE)):
            if held == person:
                yield Gap(Words(f"{role.name.zh}{word.zh}", f"{role.name.en}, {word.en}"))
    for system in site.systems.values():
        for held, word in ((system.owner, OWNER), (system.operator, OPERATOR)):
            if held == person:
                yield Gap(Words(f"{system.name.zh}{word.zh}", f"{system.name.en}, {word.en}"))
    for known in (site.people.get(person),):
        if known and known.head_of:
            yield Gap(Words(f"{known.head_of}部门负责人", f"head of {known.head_of}"))


def _bodies(site: Site, person: str) -> Iterator[Gap]:
    command = site.command
    if person == command.body.head:
        yield Gap(Words("应急指挥决策机构组长", "head of the command body"))
    if person in command.body.members:
        yield Gap(Words("应急指挥决策机构成员", "member of the command body"))
    if person in command.succession:
        place = command.succession.index(person) + 1
        yield Gap(Words(f"决策递补第{place}位", f"number {place} of the succession"))
    if person in site.execution_body.everyone:
        yield Gap(Words("应急执行机构成员", "member of the executing body"))
    if person in (one.person for one in site.liaisons):
        yield Gap(Words("通报联络人", "liaison officer"))
    for id, grant in site.grants.items():
        if grant == (person,):
            yield Gap(Words(f"授权{id}（唯一一人）", f"the grant {id}, held by nobody else"))
    for audience in site.audiences.values():
        if person in audience.members:
            yield Gap(Words(f"通报对象{audience.name.zh}", f"audience {audience.name.en}"))


def _shifts(site: Site, person: str, now: datetime) -> Iterator[Gap]:
    until = now + AHEAD
    for rotation in site.rotations.values():
        turns = list(_turns(rotation, person, now, until))
        if turns:
            yield Gap(_on_shift(rotation, turns), turns[0])
    for one in site.overrides:
        if one.person == person and one.end > now and one.start < until:
            local = one.start.astimezone(ZoneInfo(site.time_zone))
            yield Gap(
                Words(
                    f"调班{one.rotation}：{local:%m-%d %H:%M}起",
                    f"override of {one.rotation} from {local:%Y-%m-%d %H:%M}",
                ),
                one.start,
            )


def _turns(rotation: Rotation, person: str, now: datetime, until: datetime) -> Iterator[datetime]:
    """When the shifts begin that would be theirs; the running one first."""
    if person not in rotation.people:
        return
    turn = max(rotation.turn(now), 0)
    while (begins := rotation.handover(turn)) < until:
        if rotation.people[turn % len(rotation.people)] == person:
            yield begins
        turn += 1


def _on_shift(rotation: Rotation, turns: list[datetime]) -> Words:
    zone = ZoneInfo(rotation.time_zone)
    days = [f"{at.astimezone(zone):%m-%d}" for at in turns[:FEW]]
    more = len(turns) - FEW
    return Words(
        f"轮值{rotation.id}：{'、'.join(days)}" + f"等{len(turns)}班" * (more > 0),
        f"rotation {rotation.id}: {', '.join(days)}" + f" and {more} more" * (more > 0),
    )


FEW = 3
MAIN, SPARE = Words("主岗", "primary"), Words("备岗", "backup")
OWNER, OPERATOR = Words("系统负责人", "owner"), Words("系统运维人", "operator")
