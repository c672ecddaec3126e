"""How ready the firm was on a day: every control's state, so that a trend can be drawn."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Assessment:
    """The states of all controls on a day of the site: `states` by clause id."""

    on: date
    at: datetime
    states: dict[str, str] = field(default_factory=dict)
    is_open: bool = False
