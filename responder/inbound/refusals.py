"""Refusals of callers nobody knows, kept on the record without letting them fill it."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from responder.commands.firm import RecordRefusal
from responder.domain.record import By
from responder.errors import ResponderError
from responder.inbound.language.speak import House

EVERY = timedelta(minutes=10)
MOST_KNOWN = 1000
"""Reasons remembered; with more, somebody tries them out, and counting starts anew."""

log = logging.getLogger(__name__)


@dataclass
class Refusals:
    """For one door: each reason goes on record at once, then once in ten minutes, with a count.

    Reasons are a door's own few words, with the account a platform vouches for at most, and never
    what the caller sent.
    """

    house: House
    door: str
    _noted_at: dict[str, datetime] = field(default_factory=dict)
    _unnoted: dict[str, int] = field(default_factory=dict)

    def note(self, attempt: str, why: str) -> None:
        """Keep a refusal; it stands even where that cannot be kept. Call it from a thread."""
        try:
            now = self.house.read(lambda _uow, now: now)
            last = self._noted_at.get(why)
            if last is not None and now < last + EVERY:
                self._unnoted[why] = self._unnoted.get(why, 0) + 1
                return
            if len(self._noted_at) >= MOST_KNOWN:
                self._noted_at.clear()
            self._noted_at[why] = now
            more = self._unnoted.pop(why, 0)
            said = f"{why}; {more} more since the last note" if more else why
            self.house.execute(
                RecordRefusal(by=By("", self.door), subject="", attempt=attempt, why=said)
            )
        except ResponderError:
            log.exception("a refusal at the door %s could not be put on record", self.door)
