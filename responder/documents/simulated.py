"""What `simulate` tells that is to be shown, and the sheet that the parts of its picture share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from responder.documents.paper.fonts import REGULAR
from responder.documents.paper.pen import fitted
from responder.domain.site import Site

Event = Mapping[str, Any]
WIDTH, EDGE, LINE = 1240, 30, 19


@dataclass(frozen=True, slots=True)
class Simulated:
    """What is to be shown: what was found, under which site, at which level, in which language."""

    site: Site
    found: Mapping[str, Any]
    clocks: Sequence[Mapping[str, Any]]
    level: int
    language: str

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def person(self, id: str) -> str:
        """A person's name."""
        known = self.site.people.get(id)
        return (known.name.said(self.language) or id) if known else id

    @property
    def events(self) -> Sequence[Event]:
        """What happened, in order."""
        events: Sequence[Event] = self.found["events"]
        return events

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody rung or asked, in the order of it."""
        return tuple(dict.fromkeys(e["person"] for e in self.events if e.get("person")))

    @property
    def start(self) -> datetime:
        """When it was declared, in the site's zone."""
        at = datetime.fromisoformat(self.found["at"])
        return at.astimezone(ZoneInfo(self.site.time_zone))


def cut(words: str, room: float, size: float, font: str = REGULAR) -> str:
    """The words, or their beginning, no wider than `room`."""
    return fitted(words, room, font, size, "…")


def after(t: int) -> str:
    """How long after the declaration: `t` seconds as m:ss, from an hour on h:mm:ss."""
    span = timedelta(seconds=t)
    hours, rest = divmod(span // timedelta(seconds=1), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
