"""The year's report on drills (JR/T 0099 7.1 aa): totals that equal the archive, and the chain.

Of each finding the report says what was done, which clause of the plan changed, and when it was
tried again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from responder.domain.drill_record import DrillFinding, DrillRecord
from responder.domain.plan_lines import addressee
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.programme import subject


@dataclass(frozen=True, slots=True)
class Chain:
    """One finding: its drill, the answer about the plan, the drill that tried it again."""

    drill: str
    finding: DrillFinding
    plan_changes: str
    retried: str = ""


@dataclass(frozen=True, slots=True)
class Annual:
    """A year's drills as they are reported. `to` is the authority's unit, `authority` its name."""

    site: Site
    year: int
    drills: tuple[DrillRecord, ...]
    chains: tuple[Chain, ...]
    to: str
    authority: Words
    made_at: datetime

    @property
    def by_half(self) -> tuple[int, int]:
        """How many drills each half-year saw."""
        first = sum(one.on is not None and one.on < date(self.year, 7, 1) for one in self.drills)
        return first, len(self.drills) - first

    @property
    def joint(self) -> int:
        """How many were held together with units outside the firm."""
        return sum(bool(one.partners) for one in self.drills)

    @property
    def people(self) -> int:
        """How many different people took part."""
        return len({person for one in self.drills for person in one.participants})

    @property
    def attendances(self) -> int:
        """How many took part, each time counted."""
        return sum(len(one.participants) for one in self.drills)

    @property
    def put_right(self) -> int:
        """Findings that are done."""
        return sum(chain.finding.done_on is not None for chain in self.chains)


def annual(site: Site, records: Iterable[DrillRecord], year: int, now: datetime) -> Annual:
    """The report of a year, from every drill on record."""
    every = sorted((one for one in records if one.on), key=lambda one: (one.on or date.min, one.id))
    mine = tuple(one for one in every if one.on and one.on.year == year)
    to, authority = addressee(site)
    chains = tuple(
        Chain(one.id, finding, one.plan_changes, _retried(site, one, every))
        for one in mine
        for finding in one.findings
    )
    return Annual(site, year, mine, chains, to, authority, now)


def _retried(site: Site, one: DrillRecord, every: Iterable[DrillRecord]) -> str:
    """The first later drill of the same subject."""
    later = (
        other.id
        for other in every
        if other.on and one.on and (other.on, other.id) > (one.on, one.id)
        if subject(site, other) == subject(site, one)
    )
    return next(later, "")
