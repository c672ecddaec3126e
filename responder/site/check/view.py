"""What the rules look at: the site, the instant, and what many of them want to know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from responder.domain.coverage import Stretch, stretches
from responder.domain.organisation import SUCCESSION, Role
from responder.domain.playbook import Playbook
from responder.domain.recurrence import DaysOf
from responder.domain.roster import Roster, Target
from responder.domain.site import Site
from responder.domain.words import Words
from responder.site.finding import Finding, Severity
from responder.site.loader import LoadedSite
from responder.site.places import Path

HORIZON = timedelta(days=90)


@dataclass(frozen=True)
class View:
    """A loaded site at an instant. Everything here is computed once and only if asked for.

    Without `days_of` nobody can tell when drills recur.
    """

    loaded: LoadedSite
    now: datetime
    days_of: DaysOf | None = None

    # Findings

    def error(self, path: Path, clause: str, what: Words, mend: Words) -> Finding:
        """A fault at what `path` names."""
        return self._finding("error", path, clause, what, mend)

    def warning(self, path: Path, clause: str, what: Words, mend: Words) -> Finding:
        """Something that should be looked at, at what `path` names."""
        return self._finding("warning", path, clause, what, mend)

    def note(self, path: Path, clause: str, what: Words, mend: Words) -> Finding:
        """Something worth knowing, and no fault, about what `path` names."""
        return self._finding("note", path, clause, what, mend)

    def _finding(
        self, severity: Severity, path: Path, clause: str, what: Words, mend: Words
    ) -> Finding:
        where = self.loaded.where(path)
        return Finding(where.file, where.line, severity, clause, what, mend)

    # The site

    @property
    def site(self) -> Site:
        return self.loaded.site

    @cached_property
    def roster(self) -> Roster:
        """The site as the rules of paging see it."""
        return Roster(self.site)

    @cached_property
    def today(self) -> date:
        """The date at the site."""
        return self._local(self.now).date()

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.site.time_zone))

    def span(self, start: datetime, end: datetime) -> Words:
        """An interval as the site's clocks show it."""
        from_, to = (f"{self._local(at):%Y-%m-%d %H:%M}" for at in (start, end))
        return Words(f"{from_} 至 {to}", f"{from_} to {to}")

    def person(self, id: str) -> Words:
        """A person by name and id."""
        person = self.site.people.get(id)
        return named(person.name, id) if person else Words(id, id)

    def role(self, id: str) -> Words:
        """A role by name and id."""
        role = self.site.roles.get(id)
        return named(role.name, id) if role else Words(id, id)

    # Who may be meant

    @cached_property
    def coverage(self) -> dict[str, tuple[Stretch, ...]]:
        """Each role's stretches over the coming ninety days."""
        until = self.now + HORIZON
        return {
            role: tuple(stretches(self.roster, role, self.now, until)) for role in self.site.roles
        }

    @cached_property
    def paged(self) -> frozenset[str]:
        """Everybody who may be rung: by a playbook, as a decider, by widening, on a rotation."""
        targets = {
            *(t for playbook in self.site.playbooks.values() for t in targets_of(playbook)),
            *(t for decision in self.site.decisions.values() for t in decision.who),
            SUCCESSION,
            "team:command_body",
        }
        people = {p for target in targets for p in self.candidates(target)}
        people.update(p for rotation in self.site.rotations.values() for p in rotation.people)
        return frozenset(people) & self.site.people.keys()

    def candidates(self, target: str) -> Iterator[str]:
        """Everybody a target may mean, now or later."""
        parsed = Target.parse(target)
        match parsed.kind:
            case "role":
                if role := self.site.roles.get(parsed.id):
                    yield from self.holders(role)
            case "team":
                yield from self.roster.team(parsed.id)
            case "person":
                yield parsed.id
            case "succession":
                yield from self.site.command.succession

    def holders(self, role: Role) -> Iterator[str]:
        """Everybody who may come to hold a role, the backup's people last."""
        yield from self.first_line(role)
        yield from self._line(role.backup_rotation, role.backup)

    def first_line(self, role: Role) -> Iterator[str]:
        """Everybody who may hold a role in their own right, not as its backup."""
        yield from self._line(role.rotation, role.primary)

    def _line(self, rotation: str, standing: str) -> Iterator[str]:
        if standing:
            yield standing
        if rotation in self.site.rotations:
            yield from self.site.rotations[rotation].people
        yield from (
            override.person
            for override in self.site.overrides
            if rotation and override.rotation == rotation and override.end > self.now
        )


def targets_of(playbook: Playbook) -> Iterator[str]:
    """Every target a playbook pages, in order."""
    for step in playbook.escalation:
        yield from step.page


def named(name: Words, id: str) -> Words:
    """A thing by its name, with its id for whoever has to find it in a file."""
    zh, en = name.said("zh"), name.said("en")
    return Words(f"{zh}（{id}）" if zh else id, f"{en} ({id})" if en else id)


def listed(names: Iterable[Words]) -> Words:
    """Several names in a row."""
    names = tuple(names)
    return Words("、".join(n.zh for n in names), ", ".join(n.en for n in names))


def titled(playbook: Playbook) -> Words:
    """A playbook by its title."""
    title = named(playbook.title, playbook.id)
    return Words(f"处置方案{title.zh}", f"The playbook {title.en}")
