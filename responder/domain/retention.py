"""How long records are kept, what keeps them longer, and what may then be erased (7.1-y, 7.3-3)."""

from dataclasses import dataclass
from datetime import datetime

LEAST_YEARS = 2
"""JR/T 0099 7.1: records at least two years; a site may keep them longer, never shorter."""


@dataclass(slots=True)
class Hold:
    """Why nothing of an incident or a warning may be erased, until two people release it."""

    incident: str
    reason: str
    by: str
    at: datetime
    released_at: datetime | None = None
    released_by: str = ""
    agreed_by: str = ""
    release_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.released_at is None


def kept_until(ended_at: datetime, years: int) -> datetime:
    """When a record that ended then may first be erased; 29 February counts as 1 March."""
    later = ended_at.year + max(years, LEAST_YEARS)
    try:
        return ended_at.replace(year=later)
    except ValueError:
        return ended_at.replace(year=later, month=3, day=1)
