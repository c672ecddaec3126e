"""What a person's calendar feed shows: dates, each known again by its uid."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class FeedDate:
    """One date. A `start` that is a day fills it; an instant has an `end`.

    `uid` stays the same however the date changes; no contact detail stands in it or in any text.
    `warns` asks for an alarm one hour before; `busy` says that the person is taken up by it;
    `is_tentative` that it is not certain yet.
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | None = None
    said: str = ""
    warns: bool = False
    busy: bool = True
    is_tentative: bool = False


@dataclass(frozen=True, slots=True)
class FeedSheet:
    """A whole feed, in one language and zone. `sequence` rises with every change of the register,
    last at `changed_at`.
    """

    name: str
    zone: str
    language: str
    sequence: int
    changed_at: datetime
    dates: tuple[FeedDate, ...] = ()
