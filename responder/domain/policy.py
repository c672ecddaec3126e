"""How an incident pages: its playbook's escalation, expanded and floored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from responder.domain.organisation import SUCCESSION
from responder.domain.playbook import LEAST_WAIT, Entry, Playbook, Step
from responder.domain.roster import DEFAULT_COMMAND, Roster

HEIR = "\0heir:"
"""Marks a step that the succession expanded into; no file can write it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How one incident pages: its playbook's escalation at its level, expanded and floored.

    `spare` turns on what protects people from too many calls (quiet hours at level 4, fewer
    rings after ten): on in the engine, off in `simulate`.
    """

    steps: tuple[Step, ...]
    profile: tuple[Entry, ...]
    need: int = 1
    widen_after: int = 2
    command: tuple[str, ...] = DEFAULT_COMMAND
    level: int = 1
    spare: bool = False

    @classmethod
    def of(cls, roster: Roster, playbook: Playbook, level: int, spare: bool = False) -> "Policy":
        """The policy of a playbook; values below the floors count as the floors."""
        return cls(
            steps=tuple(_expand(roster, playbook.escalation)),
            profile=roster.site.profiles.get(playbook.profile_at(level), ()),
            need=max(playbook.need, 1),
            widen_after=max(playbook.widen_after, 1),
            command=playbook.command or DEFAULT_COMMAND,
            level=level,
            spare=spare,
        )


def _expand(roster: Roster, steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        if step.page == (SUCCESSION,):
            wait = max(roster.site.command.hand_down_after, LEAST_WAIT)
            yield from (Step((HEIR + p,), wait) for p in roster.site.command.succession)
            yield Step(("team:command_body",), wait)
        else:
            yield Step(step.page, max(step.wait, LEAST_WAIT))


def people_of(roster: Roster, step: Step, at: datetime) -> tuple[str, ...]:
    """Whom a step would page if it started at `at`."""
    meant = (meant_by(roster, target, at) for target in step.page)
    return tuple(dict.fromkeys(person for people, _ in meant for person in people))


def meant_by(roster: Roster, target: str, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not target.startswith(HEIR):
        resolved = roster.resolve(target, now)
        return resolved.people, resolved.passed_over
    heir = target.removeprefix(HEIR)
    away = roster.absent(heir, now)
    return () if away or not roster.known(heir) else (heir,), (heir,) if away else ()
