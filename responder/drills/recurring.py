"""Which date of a recurring drill is next, what stands for it already, on which day it is held.

A date is an occurrence: a day of the rule. It is dealt with once a plan stands for it, whatever
became of that plan; nothing else is remembered of it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from responder.domain.drill import DrillScenario
from responder.domain.drill_record import half_of
from responder.domain.planned_drill import PlannedDrill
from responder.domain.recurrence import DaysOf
from responder.domain.roster import Roster
from responder.domain.rota import instant
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.dates import is_free
from responder.drills.sessions import met_on, session_met, unknown_on
from responder.errors import BadInput

DAY = timedelta(days=1)
AHEAD = timedelta(days=45)
"""How long before its date a drill is planned and its people are invited."""
SHOWN = timedelta(days=366)
"""How far ahead the dates of recurring drills are looked for where they are shown."""
AROUND = timedelta(days=14)
"""How far from its date a drill may be held and still be the one of that date."""


@dataclass(frozen=True, slots=True)
class Held:
    """When an occurrence is held, and why not on its own day; `why` is empty if it is."""

    at: datetime
    why: Words = Words()


def begins_on(scenario: DrillScenario, site: Site, day: date) -> datetime:
    """The instant at which a recurring drill begins on a day, in the site's zone."""
    midnight = datetime.combine(day, time())
    begins = instant(midnight + _as_recurring(scenario).starts, site.time_zone)
    return begins.astimezone(ZoneInfo(site.time_zone))


def next_date(scenario: DrillScenario, site: Site, days_of: DaysOf, now: datetime) -> date | None:
    """The first date later than today, if it is time to plan it. Raises BadInput for a bad rule."""
    today = _today(site, now)
    return next(_dates(scenario, days_of, today + DAY, today + AHEAD + DAY), None)


def is_dealt_with(scenario: DrillScenario, day: date, plans: Iterable[PlannedDrill]) -> bool:
    """Whether a plan stands for a date of it: to come, held, moved or cancelled."""
    return any(plan.scenario == scenario.id and plan.occurrence == day for plan in plans)


def stands_for(plan: PlannedDrill, begins: datetime, now: datetime) -> bool:
    """Whether a drill to come takes the place of one that would begin then.

    One that is held much earlier is another drill: after it the date is planned.
    """
    return plan.is_open and now < plan.starts_at >= begins - AROUND


def is_overtaken(plan: PlannedDrill, now: datetime) -> bool:
    """Whether a drill never began, for so long that it is not waited for any more."""
    return plan.is_open and plan.starts_at + AROUND <= now


def dates_to_come(
    scenario: DrillScenario,
    site: Site,
    plans: Collection[PlannedDrill],
    days_of: DaysOf,
    now: datetime,
) -> list[date]:
    """The dates within a year that no plan stands for yet; none for an unreadable rule."""
    today, own = _today(site, now), [plan for plan in plans if plan.scenario == scenario.id]
    try:
        found = list(_dates(scenario, days_of, today + DAY, today + SHOWN))
    except BadInput:
        return []
    return [
        day
        for day in found
        if not is_dealt_with(scenario, day, own)
        and not any(stands_for(plan, begins_on(scenario, site, day), now) for plan in own)
    ]


def held_on(
    scenario: DrillScenario, roster: Roster, day: date, leaders: Collection[str], now: datetime
) -> Held:
    """A date's own time, or the nearest that suits within two weeks and the same half-year.

    Raises BadInput, with what is in its way, where there is none.
    """
    own = begins_on(scenario, roster.site, day)
    why = _in_the_way(scenario, roster, own, leaders)
    if why is None:
        return Held(own)
    for other in _nearest(day, _today(roster.site, now)):
        at = begins_on(scenario, roster.site, other)
        if _in_the_way(scenario, roster, at, leaders) is None:
            return Held(at, why)
    raise BadInput(
        f"{day}：{why.zh}，前后两周内也没有合适的日期。",
        f"{day}: {why.en}, and no day within two weeks of it suits.",
        f"请人工安排：drill schedule {scenario.id} --at …",
        f"Plan it by hand: drill schedule {scenario.id} --at …",
    )


def _as_recurring(scenario: DrillScenario) -> DrillScenario:
    """The scenario with the time of day at which it recurs."""
    rule = scenario.recurs
    if rule is None or rule.at is None:
        return scenario
    return replace(scenario, starts=rule.at)


def _today(site: Site, now: datetime) -> date:
    return now.astimezone(ZoneInfo(site.time_zone)).date()


def _dates(scenario: DrillScenario, days_of: DaysOf, since: date, until: date) -> Iterator[date]:
    rule = scenario.recurs
    yield from () if rule is None else days_of(rule, since, until)


def _nearest(day: date, today: date) -> Iterator[date]:
    """The days around one, nearest first, the later of two: notice is longer then."""
    first, end = half_of(day)
    distances = takewhile(lambda days: days * DAY <= AROUND, count(1))
    around = (day + sign * distance * DAY for distance in distances for sign in (1, -1))
    return (other for other in around if max(first, today + DAY) <= other < end)


def _in_the_way(
    scenario: DrillScenario, roster: Roster, at: datetime, leaders: Collection[str]
) -> Words | None:
    """Why a drill should not be held at a time; a scenario that says why may meet sessions."""
    if not scenario.in_session.strip():
        scenario, site = _as_recurring(scenario), roster.site
        if market := _unknown(scenario, site, at):
            return Words(
                f"{market}的日历还没有这一天（补上后自动再试）",
                f"the calendar of {market} does not reach it (tried again once it does)",
            )
        if market := met_on(scenario, site, at):
            return Words(f"{market}有交易时段", f"{market} trades at that time")
        if not is_free(scenario, site, at):
            return Words("当天有交易", "markets trade on that day")
    if leaders and all(roster.absent(person, at) for person in leaders):
        return Words("组织人员和导调都请假", "its coordinator and controllers are all absent")
    return None


def _unknown(scenario: DrillScenario, site: Site, at: datetime) -> str:
    """The market of which nobody knows yet whether it trades then, where that matters."""
    matters = scenario.off_days or session_met(scenario, site)
    return unknown_on(scenario, site, at) if matters else ""
