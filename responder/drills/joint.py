"""The report on a joint drill (证监会令第218号第38条), by the clock of the regime that wants it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from responder.domain.drill import DrillScenario
from responder.domain.regime import Milestone
from responder.domain.site import Site
from responder.regimes.due import Happened, dues, in_force


def report_due(
    scenario: DrillScenario, site: Site, held_at: datetime
) -> tuple[str, datetime] | None:
    """The duty that a joint drill held by then brings, and its limit; None where none does.

    Only a joint one is to be reported by itself, and only by institutions that a regime names.
    """
    if not scenario.joint:
        return None
    happened = Happened({Milestone.DRILLED: held_at}, institution=site.firm.institution)
    day = held_at.astimezone(ZoneInfo(site.time_zone)).date()
    regimes = (in_force(site.regimes, id, day) for id in site.applies)
    found = [
        (due.due_at, f"{regime.id}/{due.duty.id}")
        for regime in regimes
        if regime is not None
        for due in dues(regime, happened, site.calendars)
        if due.because == Milestone.DRILLED and due.due_at is not None
    ]
    at, duty = min(found, default=(None, ""))
    return (duty, at) if at is not None else None
