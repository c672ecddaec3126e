"""Who is meant: targets, roles, teams and rotations, as the law words them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from responder.domain.organisation import Role
from responder.domain.playbook import Playbook, Step
from responder.domain.rota import Rotation
from responder.domain.site import Site

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
NOBODY = ""


@lru_cache(maxsize=10_000)
def instant(wall: datetime, zone: str) -> datetime:
    """The first instant at which the zone's clocks show `wall`, or jump over it."""
    clock = ZoneInfo(zone)

    def reached(moment: datetime) -> bool:
        return moment.astimezone(clock).replace(tzinfo=None) >= wall

    moment = wall.replace(second=0, microsecond=0, tzinfo=UTC) - timedelta(hours=15)
    while not reached(moment):
        moment += MINUTE
    moment -= MINUTE
    while not reached(moment):
        moment += SECOND
    return moment


def handover(rotation: Rotation, turn: int) -> datetime:
    """When a turn begins: whole days go by the local clock, all else by elapsed time."""
    if rotation.shift % DAY == timedelta(0):
        return instant(rotation.starts + turn * rotation.shift, rotation.time_zone)
    return instant(rotation.starts, rotation.time_zone) + turn * rotation.shift


def on_shift(rotation: Rotation, when: datetime) -> str:
    """The person of the last turn that has begun; nobody before the first."""
    start = instant(rotation.starts, rotation.time_zone)
    if when < start or not rotation.people:
        return NOBODY
    near = int((when - start) / rotation.shift)
    begun = [turn for turn in range(max(near - 2, 0), near + 3) if handover(rotation, turn) <= when]
    return rotation.people[max(begun) % len(rotation.people)]


class Contacts:
    """The site, asked at a number of seconds after declaration."""

    def __init__(self, site: Site, declared: datetime) -> None:
        self.site = site
        self.declared = declared
        order = dict.fromkeys(site.command.succession)
        self.order = [person for person in order if self.known(person)]

    def when(self, t: int) -> datetime:
        return self.declared + timedelta(seconds=t)

    def known(self, person: str) -> bool:
        """A dangling reference is nobody."""
        return person in self.site.people

    def vias(self, person: str) -> list[str]:
        """The kinds of way a person has, each once."""
        if not self.known(person):
            return []
        return list(dict.fromkeys(way.via for way in self.site.people[person].reach))

    def absent(self, person: str, t: int) -> bool:
        when = self.when(t)
        return any(
            away.person == person and away.start <= when < away.end for away in self.site.absences
        )

    def holder(self, role: str, t: int) -> str:
        """Who holds a role: the first choice if present, else the backup if present."""
        if role not in self.site.roles:
            return NOBODY
        for person in self.first_choice_and_backup(self.site.roles[role], t):
            if person != NOBODY and not self.absent(person, t):
                return person
        return NOBODY

    def first_choice_and_backup(self, role: Role, t: int) -> list[str]:
        """Both as the rosters name them, present or not."""
        return [
            self.named(role.rotation, role.primary, t),
            self.named(role.backup_rotation, role.backup, t),
        ]

    def named(self, rotation: str, standing: str, t: int) -> str:
        """An override covering the instant, the last listed; else who is on shift; else `standing`.

        An override or a shift that names a stranger is still the one that counts, and means nobody.
        """
        person = self._overriding(rotation, self.when(t))
        if person is None and rotation in self.site.rotations:
            person = on_shift(self.site.rotations[rotation], self.when(t)) or None
        if person is None:
            person = standing
        return person if self.known(person) else NOBODY

    def _overriding(self, rotation: str, when: datetime) -> str | None:
        covering = [
            override.person
            for override in self.site.overrides
            if rotation and override.rotation == rotation and override.start <= when < override.end
        ]
        return covering[-1] if covering else None

    @property
    def command_body(self) -> list[str]:
        return self.team("command_body")

    def team(self, name: str) -> list[str]:
        """A team's list, away or not: a body, else a list, else a department."""
        if name == "command_body":
            listed = self.site.command.body.everyone
        elif name == "execution_body":
            listed = self.site.execution_body.everyone
        elif name in self.site.teams:
            listed = self.site.teams[name]
        else:
            people = self.site.people.values()
            listed = tuple(person.id for person in people if name and person.department == name)
        return [person for person in dict.fromkeys(listed) if self.known(person)]

    def meant(self, target: str, t: int) -> list[str]:
        """The people a target means, those away passed over where the law says so."""
        kind, _, name = target.partition(":")
        if kind == "role" and name:
            return [person for person in [self.holder(name, t)] if person]
        if kind == "team" and name:
            return [person for person in self.team(name) if not self.absent(person, t)]
        person = name if kind == "person" and name else target
        return [person] if self.known(person) else []

    def may_command(self, person: str, playbook: Playbook, t: int) -> bool:
        """Whether the playbook's `command` list names the person, present or not."""
        listed = playbook.command or ("role:duty_lead", "role:it_lead", "succession")
        return any(person in self.commanders(target, t) for target in listed)

    def commanders(self, target: str, t: int) -> list[str]:
        kind, _, name = target.partition(":")
        if target == "succession":
            return self.order
        if kind == "role" and name in self.site.roles:
            return self.first_choice_and_backup(self.site.roles[name], t)
        if kind == "team" and name:
            return self.team(name)
        return [name if kind == "person" and name else target]

    def expanded(self, steps: tuple[Step, ...]) -> list[tuple[list[str], int]]:
        """Targets and wait of each step; `succession` in place as a step a person and the body.

        A step of the succession is written `heir ID`.
        """
        return [step for one in steps for step in self._expanded(one)]

    def _expanded(self, step: Step) -> Iterator[tuple[list[str], int]]:
        if step.page == ("succession",):
            wait = at_least(60, self.site.command.hand_down_after)
            for person in self.site.command.succession:
                yield [f"heir {person}"], wait
            yield ["team:command_body"], wait
        else:
            yield list(step.page), at_least(60, step.wait)


def at_least(floor: int, value: timedelta) -> int:
    """Whole seconds of a duration, and never fewer than its floor."""
    return max(floor, int(value.total_seconds()))
