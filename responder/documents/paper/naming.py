"""Ids as names, instants and spans as a paper writes them, in its language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.incident import ROMAN, Incident
from responder.domain.people import VIA_NAMES
from responder.domain.site import Site
from responder.domain.words import Words

NOBODY = "—"


@dataclass(frozen=True, slots=True)
class Naming:
    """What things are called in one site's paper."""

    site: Site
    language: str

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def words(self, words: Words, otherwise: str = "") -> str:
        """Words in the paper's language."""
        return words.said(self.language) or otherwise

    def listed(self, words: Iterable[str]) -> str:
        """Words with the language's comma between them; a dash for none."""
        return self.said("、", ", ").join(words) or NOBODY

    def title(self, incident: Incident) -> str:
        """An incident's title; to who reads English a Chinese one says less than its playbook's."""
        playbook = self.site.playbooks.get(incident.playbook)
        if self.language == "zh" or playbook is None or incident.title.isascii():
            return incident.title
        return playbook.title.en or incident.title

    def person(self, id: str) -> str:
        """A person's name; the id where the contacts hold no such person."""
        known = self.site.people.get(id)
        return self.words(known.name, id) if known else id or NOBODY

    def people(self, ids: Iterable[str]) -> str:
        """Names."""
        return self.listed(self.person(id) for id in ids)

    def unit(self, id: str) -> str:
        """A related unit's name; the id where the register holds none of it."""
        known = self.site.units.get(id)
        return self.words(known.name, id) if known else id

    def role(self, id: str) -> str:
        """A role's name."""
        known = self.site.roles.get(id)
        return self.words(known.name, id) if known else id

    def decision(self, id: str) -> str:
        """A decision's question."""
        known = self.site.decisions.get(id)
        return self.words(known.question, id) if known else id

    def systems(self, ids: Iterable[str]) -> str:
        """Systems by name."""
        known = self.site.systems
        return self.listed(self.words(known[id].name, id) if id in known else id for id in ids)

    def ways(self, vias: Iterable[str]) -> str:
        """Kinds of way."""
        return self.listed(self.words(VIA_NAMES[v]) if v in VIA_NAMES else v for v in vias)

    def level(self, level: int) -> str:
        """Ⅱ级响应, or level 2."""
        return self.said(f"{ROMAN.get(level, level)}级响应", f"level {level}")

    def local(self, at: datetime) -> datetime:
        """An instant in the site's zone."""
        return at.astimezone(ZoneInfo(self.site.time_zone))

    def clock(self, at: datetime | None, shape: str = "%H:%M:%S") -> str:
        """A time of day."""
        return self.local(at).strftime(shape) if at else NOBODY

    def moment(self, at: datetime | None) -> str:
        """A day and a time to the second."""
        return self.clock(at, "%m-%d %H:%M:%S")

    def day(self, day: date) -> str:
        """A date."""
        return day.isoformat()

    def span(self, span: timedelta | None) -> str:
        """A span, exact to the second, in the largest units that say it."""
        if span is None:
            return NOBODY
        seconds = int(abs(span).total_seconds())
        hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
        if seconds and not (hours or rest):
            return self.minutes(span)
        zh, en = [], []
        for amount, unit_zh, unit_en in (
            (hours, "小时", "h"),
            (minutes, "分", "min"),
            (rest, "秒", "s"),
        ):
            if amount:
                zh.append(f"{amount}{unit_zh}")
                en.append(f"{amount} {unit_en}")
        return self.said("".join(zh) or "0秒", " ".join(en) or "0 s")

    def minutes(self, span: timedelta) -> str:
        """A span in whole minutes, as forms ask for it."""
        minutes = int(abs(span).total_seconds()) // 60
        return self.said(f"{minutes:,}分钟", f"{minutes:,} min")
