"""Playbooks: the concrete handling schemes of the plan (JR/T 0099 7.1 i)."""

from dataclasses import dataclass
from datetime import timedelta

from responder.domain.words import Words

MINUTE = timedelta(minutes=1)
LEAST_WAIT = MINUTE
LEAST_EVERY = timedelta(seconds=30)
LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an escalation: whom to page, and how long until the next step starts."""

    page: tuple[str, ...] = ()
    wait: timedelta = 3 * MINUTE


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """A decision the playbook asks for; `within` is shown and warned on, no more.

    It is asked at declaration, or once the task named by `after` is done.
    """

    id: str
    within: timedelta | None = None
    blocks: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: by which role, and how long after declaration it is due."""

    id: str
    title: Words = Words()
    detail: Words = Words()
    role: str = ""
    due: timedelta | None = None
    safety: bool = False
    danger: bool = False
    rollback: Words = Words()
    verifies_restoration: bool = False


@dataclass(frozen=True, slots=True)
class Playbook:
    """What to do about one kind of fault. `profile` maps a level to a profile; 0 is any other."""

    id: str
    title: Words = Words()
    fault: str = ""
    systems: tuple[str, ...] = ()
    level: int = 3
    profile: dict[int, str] | None = None
    need: int = 1
    command: tuple[str, ...] = ()
    escalation: tuple[Step, ...] = ()
    widen_after: int = 2
    decisions: tuple[DecisionPoint, ...] = ()
    tasks: tuple[Task, ...] = ()
    wording: str = ""
    owner: str = ""
    precautions: tuple[str, ...] = ()
    verify_within: timedelta = 5 * MINUTE
    report_path: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    symptoms: Words = Words()
    over_when: Words = Words()

    def profile_at(self, level: int) -> str:
        """The id of the profile that pages ring by at a response level."""
        named = self.profile or {}
        return named.get(level, named.get(0, ""))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a profile: these ways ring `after` the page begins, and again each `every`."""

    via: tuple[str, ...]
    after: timedelta = timedelta(0)
    every: timedelta | None = None
