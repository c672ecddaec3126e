"""When a related unit's line was last tried, and whether it is time again (4.7, half-yearly)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from responder.domain.change_notice import UnitCheck
from responder.domain.register import Unit
from responder.domain.site import Site

FRESH_FOR = timedelta(days=180)
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh one unit's line is: last reached on, due by, and how it bounced since, if so."""

    unit: Unit
    reached_on: date | None
    due_on: date | None
    bounced: UnitCheck | None

    def is_due(self, today: date) -> bool:
        """Whether it has to be tried: never reached, reached too long ago, or bounced since."""
        return self.bounced is not None or self.due_on is None or self.due_on < today

    def is_due_soon(self, today: date) -> bool:
        """Whether it comes due within a fortnight."""
        return self.due_on is not None and self.due_on - SOON <= today


def freshness(site: Site, checks: Iterable[UnitCheck]) -> tuple[Freshness, ...]:
    """Every unit, by what its file says and what was tried since; the newer counts."""
    zone = ZoneInfo(site.time_zone)
    latest: dict[str, UnitCheck] = {}
    reached: dict[str, date] = {}
    for check in sorted(checks, key=lambda one: one.at):
        latest[check.unit] = check
        if check.reached:
            reached[check.unit] = check.at.astimezone(zone).date()
    found = []
    for unit in site.units.values():
        on = max(filter(None, (unit.verified_on, reached.get(unit.id))), default=None)
        last = latest.get(unit.id)
        tried_on = last.at.astimezone(zone).date() if last else None
        newer = tried_on is not None and (unit.verified_on is None or tried_on >= unit.verified_on)
        bounced = last if last and not last.reached and newer else None
        found.append(Freshness(unit, on, on + FRESH_FOR if on else None, bounced))
    return tuple(found)
