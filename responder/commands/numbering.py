"""Ids that people say aloud: a series, the year, a number without gaps."""

from datetime import datetime
from zoneinfo import ZoneInfo

from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork


def number(uow: UnitOfWork, series: str, site: Site, now: datetime) -> str:
    """The next id of a series: `INC-2026-0007`, by the year of the site's zone."""
    year = now.astimezone(ZoneInfo(site.time_zone)).year
    return f"{series}-{year}-{uow.next_number(f'{series}-{year}'):04d}"
