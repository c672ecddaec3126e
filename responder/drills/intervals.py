"""What is to be told again and again: which intervals there are, and whether one was kept."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from responder.domain.regime import Span, Unit
from responder.domain.site import Site

LENGTHS = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
"""Units of intervals that can come round within a drill."""


def audiences_at_intervals(site: Site) -> Iterator[str]:
    """Audiences that people tell at intervals; where the house writes, nobody's keeping shows."""
    return (id for id, one in site.audiences.items() if one.every and not one.five_lines)


def duties_at_intervals(site: Site, regimes: Iterable[str]) -> Iterator[str]:
    """Continuing reports that come round within hours, as `REGIME/DUTY`."""
    for id in dict.fromkeys(regimes):
        if regime := site.regimes.get(id):
            yield from (f"{id}/{duty.id}" for duty in regime.duties if _length(duty.every))


def interval_of(of: str, level: int, site: Site) -> timedelta | None:
    """How often an audience is told at a level, or a report made; None for no clock."""
    if of in site.audiences:
        return site.audiences[of].interval(level)
    regime, _, duty = of.partition("/")
    pack = site.regimes.get(regime)
    found = pack.duty(duty) if pack else None
    return _length(found.every) if found else None


def _length(every: Span | None) -> timedelta | None:
    return every.amount * LENGTHS[every.unit] if every and every.unit in LENGTHS else None
