"""Who is meant: roles, teams and the succession resolved to people at an instant.

The rules are those of `docs/reference/semantics.md`, "Who is meant".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from responder.domain.organisation import DUTY_LEAD, IT_LEAD, SUCCESSION, Role
from responder.domain.rota import edges
from responder.domain.site import Site

DEFAULT_COMMAND = (f"role:{DUTY_LEAD}", f"role:{IT_LEAD}", SUCCESSION)
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a policy names: `kind` is person, role, team, unit or succession."""

    kind: str
    id: str

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, written: str) -> "Target":
        """`role:R`, `team:T`, `unit:U`, `person:P`, `succession`, or a bare person id."""
        if written == SUCCESSION:
            return cls(SUCCESSION, "")
        kind, colon, id = written.partition(":")
        return cls(kind, id) if colon else cls("person", written)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The people a target means at an instant, and those passed over because they are away."""

    people: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """A site as the rules see it.

    `gone` are people whose rights were removed since the site was copied: they are nobody.
    `only`, in a drill, are its recipients: everybody else is nobody (P5).
    """

    site: Site
    gone: frozenset[str] = frozenset()
    only: frozenset[str] | None = None

    def known(self, person: str) -> bool:
        """Whether this is somebody who may be rung and may act."""
        return (
            person in self.site.people
            and person not in self.gone
            and (self.only is None or person in self.only)
        )

    def absent(self, person: str, at: datetime) -> bool:
        """Whether an absence of the person covers `at`."""
        return any(a.person == person and a.covers(at) for a in self.site.absences)

    def vias(self, person: str) -> tuple[str, ...]:
        """The kinds of way the person has, in order of preference; none for nobody."""
        return self.site.people[person].vias if self.known(person) else ()

    # Roles

    def holder(self, role: str, at: datetime) -> str:
        """Who holds a role at `at`, or `""`: override, rotation, primary, then the backup's."""
        post = self.site.roles.get(role)
        if post is None:
            return NOBODY
        first, second = self.posted(post, at)
        for person in (first, second):
            if self.known(person) and not self.absent(person, at):
                return person
        return NOBODY

    def posted(self, post: Role, at: datetime) -> tuple[str, str]:
        """The holder and the backup that the rosters name at `at`, present or not."""
        return (
            self._named(post.rotation, post.primary, at),
            self._named(post.backup_rotation, post.backup, at),
        )

    def _named(self, rotation: str, standing: str, at: datetime) -> str:
        covering = [o for o in self.site.overrides if o.rotation == rotation and o.covers(at)]
        if rotation and covering:
            return covering[-1].person
        turns = self.site.rotations.get(rotation)
        return (turns.on_shift(at) if turns else NOBODY) or standing

    def next_change(self, role: str, after: datetime) -> datetime | None:
        """The next instant later than `after` at which the role's holder may change."""
        post = self.site.roles.get(role)
        if post is None:
            return None
        return min(self._edges(post, after), default=None)

    def _edges(self, post: Role, after: datetime) -> Iterator[datetime]:
        names = {post.rotation, post.backup_rotation} - {""}
        people = {post.primary, post.backup}
        for name in names:
            overrides = [o for o in self.site.overrides if o.rotation == name]
            people.update(o.person for o in overrides)
            yield from edges(iter(overrides), after)
            if turns := self.site.rotations.get(name):
                people.update(turns.people)
                if turns.people:
                    yield turns.next_handover(after)
        yield from edges((a for a in self.site.absences if a.person in people), after)

    def may_sleep(self, person: str, at: datetime) -> bool:
        """Whether it is the person's night and they are neither duty lead nor the backup."""
        lead = self.site.roles.get(DUTY_LEAD)
        if lead is not None and person in self.posted(lead, at):
            return False
        local = at.astimezone(ZoneInfo(self.site.people[person].time_zone))
        return self.site.quiet_hours.cover(local.time())

    # Targets

    def resolve(self, target: str, at: datetime) -> Resolved:
        """The people a target as written means at `at`, in their order."""
        parsed = Target.parse(target)
        match parsed.kind:
            case "person":
                return Resolved(self._known([parsed.id]))
            case "role":
                return Resolved(self._known([self.holder(parsed.id, at)]))
            case "team":
                return self._present(self.team(parsed.id), at)
            case "succession":
                return self._present(self.site.command.succession, at)
            case _:
                return Resolved(())

    def team(self, id: str) -> tuple[str, ...]:
        """A team's list, whether present or not: a body, a listed team, else a department."""
        if id == "command_body":
            return self.command_body
        if id == "execution_body":
            return self.site.execution_body.everyone
        if id in self.site.teams:
            return self.site.teams[id]
        return tuple(p.id for p in self.site.people.values() if id and p.department == id)

    @property
    def command_body(self) -> tuple[str, ...]:
        """Everyone in the command body, in the list's order."""
        return self.site.command.body.everyone

    def may_command(self, person: str, command: Iterable[str], at: datetime) -> bool:
        """Whether the policy's `command` list names the person at `at`, present or not."""
        return self.known(person) and any(person in self._listed(t, at) for t in command)

    def command_rank(self, person: str, command: Iterable[str], at: datetime) -> int | None:
        """The place of a person in the order of the `command` list, None if not in it."""
        ranked = [p for t in command for p in self._known(self._listed(t, at))]
        return ranked.index(person) if person in ranked else None

    def _listed(self, target: str, at: datetime) -> tuple[str, ...]:
        """The people a target of a `command` list names at `at`, present or not."""
        parsed = Target.parse(target)
        match parsed.kind:
            case "role":
                post = self.site.roles.get(parsed.id)
                return self.posted(post, at) if post else ()
            case "team":
                return self.team(parsed.id)
            case "succession":
                return self.site.command.succession
            case _:
                return (parsed.id,)

    def _present(self, people: Iterable[str], at: datetime) -> Resolved:
        known = self._known(people)
        away = tuple(p for p in known if self.absent(p, at))
        return Resolved(tuple(p for p in known if p not in away), away)

    def _known(self, people: Iterable[str]) -> tuple[str, ...]:
        return tuple(p for p in dict.fromkeys(people) if self.known(p))
