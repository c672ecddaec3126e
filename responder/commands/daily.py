"""What is looked at once a day, each at its own hour of the site: digests, reminders.

A round decides by itself whether anything is to be said; most days it says nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from responder.commands.command import Command, handles
from responder.commands.pursuit import roster_in_force
from responder.domain.record import THE_FIRM
from responder.ports.unit_of_work import UnitOfWork

DAILY = "daily"
Round = Callable[[UnitOfWork, datetime], None]
ROUNDS: dict[str, tuple[time, Round]] = {}
STARTERS: list[Round] = []
"""What arms its own timers when the engine starts."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class StartRounds(Command):
    """The engine runs: arm every round that is not armed."""


def each_day(at: time) -> Callable[[Round], Round]:
    """Register what is looked at each day at a local time of the site."""

    def register(go_round: Round) -> Round:
        ROUNDS[go_round.__name__] = (at, go_round)
        return go_round

    return register


def at_start(starter: Round) -> Round:
    """Register what is armed when the engine starts, and arms itself from then on."""
    STARTERS.append(starter)
    return starter


@handles(StartRounds)
def start_rounds(_command: StartRounds, uow: UnitOfWork, now: datetime) -> int:
    """Arm what is not armed; returns how many were."""
    armed = uow.notes.get(DAILY) or {}
    zone = ZoneInfo(roster_in_force(uow).site.time_zone)
    lacking = [name for name in ROUNDS if name not in armed]
    for name in lacking:
        _arm(uow, name, now, zone)
    uow.notes.put(DAILY, dict.fromkeys([*armed, *lacking], THE_FIRM))
    for start in STARTERS:
        start(uow, now)
    return len(lacking)


def go_rounds(uow: UnitOfWork, names: list[str], now: datetime) -> None:
    """Carry out the rounds that are due, and arm them for the next day."""
    zone = ZoneInfo(roster_in_force(uow).site.time_zone)
    for name in names:
        if name in ROUNDS:
            ROUNDS[name][1](uow, now)
            _arm(uow, name, now, zone)


def _arm(uow: UnitOfWork, name: str, now: datetime, zone: ZoneInfo) -> None:
    uow.timers.set(DAILY, name, next(_hours(ROUNDS[name][0], now, zone)))


def _hours(at: time, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    day = after.astimezone(zone).date()
    while True:
        found = datetime.combine(day, at, zone)
        if found > after:
            yield found
        day += DAY
