"""Who would be called, when and how, if somebody were paged now: nothing is sent or kept."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.case import Case
from responder.commands.targets import whom
from responder.domain.escalation import working
from responder.domain.ringing import begin
from responder.ports.unit_of_work import UnitOfWork


def would_page(uow: UnitOfWork, incident: str, target: str, now: datetime) -> list[dict[str, Any]]:
    """Each person of a target with the first instant of each way, in their own local time."""
    case = Case.load(uow, incident, now)
    return [_person(case, person) for person in whom(case, target)]


def _person(case: Case, person: str) -> dict[str, Any]:
    known = case.site.people[person]
    zone = ZoneInfo(known.time_zone)
    ways = working(case.escalation, case.roster, person)
    profile = case.policy.profile if case.escalation.is_open else ()
    return {
        "person": person,
        "time_zone": known.time_zone,
        "rings": [
            {
                "via": via,
                "at": line.first_at.astimezone(zone).isoformat(timespec="seconds"),
                "every": int(line.every.total_seconds()) if line.every else None,
            }
            for line in begin(profile, ways, case.now).lines
            for via in line.via
            if via in ways
        ],
    }
