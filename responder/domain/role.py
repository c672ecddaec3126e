"""Who fills a role in one incident: whoever was given it there, else its holder by the rosters."""

from datetime import datetime

from responder.domain.incident import Incident
from responder.domain.roster import NOBODY, Roster


def filler(incident: Incident, roster: Roster, role: str, at: datetime) -> str:
    """Who fills a role in an incident at `at`, or `""`; rights removed since count at once."""
    given = incident.roles.get(role, NOBODY)
    return given if roster.known(given) else roster.holder(role, at)


def is_vacant(incident: Incident, roster: Roster, role: str, at: datetime) -> bool:
    """Whether nobody fills a role at `at`, or whoever does is absent."""
    person = filler(incident, roster, role, at)
    return not person or roster.absent(person, at)
