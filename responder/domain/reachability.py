"""Whether people can really be reached: ways proved by a code, duty phones probed (7.1 n, q)."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class WayProved:
    """A way that was proved before the register was kept here; `to` says which line, if several."""

    person: str
    via: str
    on: date
    to: str = ""


@dataclass(slots=True)
class WayCheck:
    """One line of one person being proved by a code sent there; `line` is a hash of it.

    A line that changes is another line, and has to be proved anew.
    """

    id: str
    person: str
    via: str
    line: str
    asked_at: datetime
    code: str = ""
    proved_at: datetime | None = None
    failed: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the code is awaited."""
        return self.proved_at is None and not self.failed


@dataclass(slots=True)
class Probe:
    """A call to a duty phone at an hour nobody knew: who was rung in turn, who pressed 1."""

    id: str
    role: str
    at: datetime
    rung: list[str] = field(default_factory=list)
    answered_by: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still being rung."""
        return self.answered_at is None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class ProbeRules:
    """How often the duty phones are probed by day and by night, and how long one rings."""

    roles: tuple[str, ...] = ()
    a_week: int = 0
    on_record: tuple[date, ...] = ()
