"""An inspector's leave to read one incident: until when, by which link, and what was read (7.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(days=90)
SESSION = timedelta(hours=12)


@dataclass(slots=True)
class Inspection:
    """Leave for one inspector. Each link opens one session; a new link ends the one before.

    `link` is what the present link must say, `""` before one was taken; `session` what the
    browser that opened it must show, `""` before.
    """

    id: str
    incident: str
    inspector: str
    until: datetime
    granted_by: str
    agreed_by: str
    granted_at: datetime
    link: str = ""
    session: str = ""
    session_until: datetime | None = None
    reads: int = 0
    last_read_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it was not taken back; it may have run out."""
        return self.revoked_at is None

    def holds(self, now: datetime) -> bool:
        """Whether it may be used at `now`."""
        return self.revoked_at is None and now < self.until

    def admits(self, session: str, now: datetime) -> bool:
        """Whether a browser with that session may read at `now`."""
        running = self.session_until is not None and now < self.session_until
        return self.holds(now) and running and bool(session) and session == self.session
