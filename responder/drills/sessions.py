"""Drills keep out of trading hours (JR/T 0099 6.2: no testing on production in them)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from responder.domain.calendar import Calendar, Session
from responder.domain.drill import DrillScenario
from responder.domain.site import Site
from responder.errors import BeyondCalendar
from responder.regimes.sessions import sessions_between

DAY = timedelta(days=1)


def session_met(scenario: DrillScenario, site: Site) -> str:
    """The market whose sessions the planned time of day falls into; `""` for none.

    On a day without trading it would not: that is judged once the day is known (`met_on`).
    """
    for market in _markets(scenario, site):
        for session in market.sessions:
            if session.counts and _overlaps(scenario, session):
                return market.id
    return ""


def met_on(scenario: DrillScenario, site: Site, start: datetime) -> str:
    """The market that trades while a drill begun at `start` would run; `""` for none.

    A market whose calendar does not reach that day is taken to trade at its usual hours.
    """
    for market in _markets(scenario, site):
        try:
            if any(
                one.session.counts
                for one in sessions_between(start, start + scenario.lasts, market)
            ):
                return market.id
        except BeyondCalendar:
            local = start.astimezone(ZoneInfo(market.time_zone))
            usual = local.weekday() not in market.weekend
            if usual and any(_overlaps_at(local, scenario, one) for one in market.sessions):
                return market.id
    return ""


def unknown_on(scenario: DrillScenario, site: Site, start: datetime) -> str:
    """The market whose calendar does not reach a drill begun at `start`; `""` for none."""
    for market in _markets(scenario, site):
        try:
            sessions_between(start, start + scenario.lasts, market)
        except BeyondCalendar:
            return market.id
    return ""


def _markets(scenario: DrillScenario, site: Site) -> Iterator[Calendar]:
    """The calendars of the markets that the drill's systems serve."""
    playbook = site.playbooks.get(scenario.playbook)
    systems = scenario.systems or (playbook.systems if playbook else ())
    served = (site.systems[id].markets for id in systems if id in site.systems)
    for id in dict.fromkeys(market for markets in served for market in markets):
        if id in site.calendars:
            yield site.calendars[id]


def _overlaps(scenario: DrillScenario, session: Session) -> bool:
    return _meet(scenario.starts, scenario.lasts, session)


def _overlaps_at(local: datetime, scenario: DrillScenario, session: Session) -> bool:
    begins = timedelta(hours=local.hour, minutes=local.minute)
    return session.counts and _meet(begins, scenario.lasts, session)


def _meet(begins: timedelta, lasts: timedelta, session: Session) -> bool:
    """Whether [begins, begins + lasts) meets a session of that day, or of the night before."""
    opens, closes = _since_midnight(session.begins), _since_midnight(session.ends)
    if closes <= opens:
        closes += DAY
    return any(
        begins < closes + shift and opens + shift < begins + lasts for shift in (-DAY, 0 * DAY, DAY)
    )


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
