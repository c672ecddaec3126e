"""Whether people can really be reached: ways proved by an answer, duty phones probed (7.1 n, q)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

LIAISONS = "liaisons"
"""Whose duty phones are probed, beside roles."""
FAX = "fax"
"""The liaison officers' fax machines, tested by hand once a month (7.1 p)."""
SANDBOX = "sandbox"
"""What is answered there proves nothing about a real line."""
NIGHT = (18, 9)
"""From which hour to which it is night for probes: when nobody is at a desk."""


def line_of(via: str, to: str) -> str:
    """A line without saying where it leads: one that changes is another line, proved anew."""
    return sha256(f"{via}:{to}".encode()).hexdigest()[:16]


def code_of(code: str) -> str:
    """How a code is kept: it cannot be read back."""
    return sha256(code.strip().casefold().encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class WayProved:
    """A way that was proved before the register was kept here.

    Without `via` that is every way of the person, without `to` every line of that kind.
    """

    person: str
    on: date
    via: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class ProbeKept:
    """A probe from before the register was kept here."""

    post: str
    on: date
    answered: bool = True


@dataclass(frozen=True, slots=True)
class ProbeRules:
    """How often each line is to be proved, and how often a week the duty phones are probed.

    `posts` are roles, or `liaisons` for their duty phones.
    """

    prove_every: timedelta = timedelta(days=180)
    posts: tuple[str, ...] = ()
    a_week: int = 0
    kept: tuple[ProbeKept, ...] = ()


@dataclass(slots=True)
class WayCheck:
    """One line of one person under proof; `id` is that of the message sent there.

    It is proved by an answer on the line itself, or by the code that was sent there. `code` is
    kept as a hash alone, and so is `line`.
    """

    id: str
    person: str
    via: str
    line: str
    asked_at: datetime
    asked_by: str = ""
    code: str = ""
    proved_at: datetime | None = None
    provider: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the answer is awaited."""
        return self.proved_at is None

    @property
    def counts(self) -> bool:
        """Whether it shows that a real line works."""
        return self.proved_at is not None and self.provider != SANDBOX


@dataclass(slots=True)
class Probe:
    """A call to a duty phone at an hour nobody knew (7.1 q): whom it rang in turn, who pressed 1.

    `lines` are the people to be rung, one after the other; `rung` says when each was.
    """

    id: str
    post: str
    at: datetime
    lines: list[str] = field(default_factory=list)
    rung: list[datetime] = field(default_factory=list)
    answered_by: str = ""
    answered_at: datetime | None = None
    missed_at: datetime | None = None
    sandbox: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still being rung."""
        return self.answered_at is None and self.missed_at is None

    @property
    def at_first(self) -> bool:
        """Whether whoever is on duty answered, at the first ring or the second."""
        return self.answered_at is not None and self.answered_by == (self.lines or [""])[0]


def is_night(local: datetime) -> bool:
    """Whether an instant, in the zone it is given in, is one at which nobody is at a desk."""
    return local.hour >= NIGHT[0] or local.hour < NIGHT[1]


@dataclass(frozen=True, slots=True)
class Month:
    """The duty phones in a month: how many probes, how many answered at the post itself."""

    probes: int
    answered: int
    by_backup: int
    missed: int
    slowest: timedelta

    @property
    def per_cent(self) -> int:
        """Availability, rounded down: 99.6 is not a hundred."""
        return 100 * (self.answered + self.by_backup) // self.probes if self.probes else 0


def month_of(probes: Iterable[Probe], year: int, month: int, zone: str) -> Month:
    """Availability of the duty phones in a month of a zone. The sandbox does not count."""
    tz = ZoneInfo(zone)
    ended = [
        one
        for one in probes
        if not one.is_open
        and not one.sandbox
        and one.post != FAX
        and (local := one.at.astimezone(tz)).year == year
        and local.month == month
    ]
    spans = [one.answered_at - one.at for one in ended if one.answered_at]
    at_first = sum(one.at_first for one in ended)
    return Month(
        len(ended),
        at_first,
        len(spans) - at_first,
        len(ended) - len(spans),
        max(spans, default=timedelta(0)),
    )
