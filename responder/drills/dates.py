"""When a drill may be held, and who is told of it beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

from responder.domain.drill import DrillScenario
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.drills.people import possible
from responder.drills.sessions import met_on

DAY = timedelta(days=1)
OFFERED = 5
MORNING = 6
"""The hour by which the night session of the evening before is over."""
AHEAD = 90
"""How many days ahead are looked at."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A time outside every session, and who of its people is absent then."""

    at: datetime
    absent: tuple[str, ...] = ()


def proposals(scenario: DrillScenario, roster: Roster, now: datetime) -> list[Proposal]:
    """The next five days from tomorrow on which it meets no session, at its planned time of day."""
    found = (at for at in _days(scenario, roster.site, now) if is_free(scenario, roster.site, at))
    people = invited(roster.site, replace(scenario, unannounced=False))
    return [
        Proposal(at, tuple(person for person in people if roster.absent(person, at)))
        for at in islice(found, OFFERED)
    ]


def _days(scenario: DrillScenario, site: Site, now: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(site.time_zone)
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for number in islice(count(1), AHEAD):
        yield today + number * DAY + scenario.starts


def is_free(scenario: DrillScenario, site: Site, at: datetime) -> bool:
    """Whether it may begin then, in the site's time: it meets no session, or no trading day."""
    if met_on(scenario, site, at):
        return False
    morning = at.replace(hour=MORNING, minute=0)
    rest = replace(scenario, lasts=timedelta(hours=24 - MORNING))
    return not (scenario.off_days and met_on(rest, site, morning))


def invited(site: Site, scenario: DrillScenario) -> tuple[str, ...]:
    """Who hears of its day: its list and its controllers; unannounced, controllers alone."""
    wanted = () if scenario.unannounced else scenario.recipients
    inside = possible(site, (*wanted, *scenario.controllers))
    return tuple(person for person in site.people if person in inside)
