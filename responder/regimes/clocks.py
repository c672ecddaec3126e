"""Clocks of a regime's limits: from when they run and when they end, as far as calendars know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.calendar import Calendar
from responder.domain.regime import Limit, Milestone, Regime, Roll, Span, Unit
from responder.errors import BeyondCalendar
from responder.regimes.days import after, rolled

KNOWN_BY = (Milestone.DETERMINED, Milestone.AWARE, Milestone.DETECTED, Milestone.OCCURRED)
"""What puts an incident into a quarter, the most telling first."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock that runs; `because` is what it counts from (see `Due`)."""

    started_at: datetime
    due_at: datetime
    because: str
    limit: Limit | None = None
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of one incident: `instants` of milestones and of reports submitted, by name."""

    regime: Regime
    instants: Mapping[str, datetime]
    kinds: frozenset[str]
    calendars: Mapping[str, Calendar]

    def earliest(self, limits: Iterable[Limit]) -> Clock | None:
        """Of several limits the one that ends first; the first named of those that end together."""
        return earliest(self.of(limit) for limit in limits)

    def of(self, limit: Limit) -> Clock | None:
        """A limit's clock; None while it has not begun, and where something else replaced it."""
        known = [self.instants[one] for one in (limit.after, *limit.also) if one in self.instants]
        if len(known) <= len(limit.also) or limit.unless in self.instants:
            return None
        start = max(known)
        at, beyond = self._after(start, limit.within)
        replaced = self.instants.get(limit.unless_after)
        if replaced and replaced > at:
            return None
        if limit.roll and not beyond and self.kinds.isdisjoint(limit.no_roll_for):
            at, beyond = self._rolled(at, limit.roll)
        return Clock(start, at, limit.after, limit, beyond)

    def again(self, last: datetime, every: Span) -> Clock:
        """The clock of the next of a recurring report."""
        at, beyond = self._after(last, every)
        return Clock(last, at, "every", beyond=beyond)

    def _after(self, start: datetime, span: Span) -> tuple[datetime, str]:
        """The end of a span; where its calendar is too short, no later than the true end."""
        counts_days = span.unit in (Unit.WORKING_DAYS, Unit.TRADING_DAYS)
        calendar = span.calendar or (self._calendar_of(span.unit) if counts_days else "")
        counted = replace(span, calendar=calendar) if calendar else span
        try:
            return after(start, counted, self.regime.time_zone, self.calendars), ""
        except BeyondCalendar:
            return start.astimezone(UTC) + timedelta(days=span.amount), calendar or "?"

    def _rolled(self, at: datetime, roll: Roll) -> tuple[datetime, str]:
        trading = roll is Roll.NEXT_TRADING_DAY
        id = self._calendar_of(Unit.TRADING_DAYS if trading else Unit.WORKING_DAYS)
        if id not in self.calendars:
            return at, id or "?"
        try:
            return rolled(at, roll, self.regime.time_zone, self.calendars[id]).astimezone(UTC), ""
        except BeyondCalendar:
            return at, id

    def _calendar_of(self, unit: Unit) -> str:
        regime = self.regime
        return regime.trading_days if unit is Unit.TRADING_DAYS else regime.working_days


def earliest(clocks: Iterable[Clock | None]) -> Clock | None:
    """The clock that ends first."""
    return min((one for one in clocks if one), key=lambda one: one.due_at, default=None)


def quarter_end(regime: Regime, milestones: Mapping[str, datetime]) -> dict[str, datetime]:
    """The end of the calendar quarter in which it was determined, in the regime's zone."""
    known = next((milestones[name] for name in KNOWN_BY if name in milestones), None)
    if known is None:
        return {}
    local = known.astimezone(ZoneInfo(regime.time_zone))
    year, month = divmod(local.year * 12 + (local.month - 1) // 3 * 3 + 3, 12)
    ends = datetime(year, month + 1, 1, tzinfo=local.tzinfo)
    return {Milestone.QUARTER_ENDED: ends.astimezone(UTC)}
