"""Calendars: working days of a jurisdiction and sessions of a market, as far as they are known.

A calendar is data with an end. Past it nothing is guessed: `BeyondCalendar` is raised.
"""

from dataclasses import dataclass, field
from datetime import date, time

from responder.domain.words import Words

WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Session:
    """A part of a trading day, [begins, ends) in local time.

    `counts` tells whether time in it is trading time that an outage affects; breaks, trading after
    the close and the settlement window are named phases that need not be. A `night` session
    belongs to the trading day after it, and it alone may pass midnight.
    """

    id: str
    name: Words
    begins: time
    ends: time
    counts: bool = True
    night: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of a jurisdiction; with sessions, the trading days of a market.

    `off` are days off beside weekends, each with its reason, `working` the make-up days that fall
    on one. Known from `since` to `until`, both included. `no_night` are trading days without the
    night session before them, `early` half days with the time at which trading ends. `day_ends`
    is until when a paper of that day is taken; none: midnight.
    """

    id: str
    name: Words = Words()
    time_zone: str = "Asia/Shanghai"
    since: date = date.min
    until: date = date.min
    weekend: tuple[int, ...] = WEEKEND
    off: dict[date, str] = field(default_factory=dict)
    working: tuple[date, ...] = ()
    day_ends: time | None = None
    sessions: tuple[Session, ...] = ()
    early: dict[date, time] = field(default_factory=dict)
    no_night: tuple[date, ...] = ()
    source: str = ""
    confidence: str = ""
    verified_on: date | None = None
    needs_verification: bool = False

    def knows(self, day: date) -> bool:
        """Whether the calendar reaches a day."""
        return self.since <= day <= self.until
