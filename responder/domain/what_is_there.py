"""What there is to know an incident from: itself, its ledger, its tasks, reports and findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from responder.domain.dossier import Dossier
from responder.domain.incident import Incident, Phase
from responder.domain.investigation import Investigation
from responder.domain.measure import Measure
from responder.domain.record import Entry
from responder.domain.register import System
from responder.domain.report import Report
from responder.domain.site import Site
from responder.domain.task import Task


@dataclass(frozen=True, slots=True)
class Record:
    """What there is to know from. `warned_at` is when the warning it came from was raised.

    Times within texts are in `zone`, else in the site's.
    """

    incident: Incident
    entries: Sequence[Entry]
    site: Site
    tasks: Sequence[Task] = ()
    reports: Sequence[Report] = ()
    measures: Sequence[Measure] = ()
    investigation: Investigation | None = None
    dossier: Dossier | None = None
    warned_at: datetime | None = None
    zone: str = ""

    @property
    def first_sign_at(self) -> datetime:
        """The earliest instant at which the record shows that something was wrong."""
        declared = self.incident.declared_at
        return min(self.warned_at or declared, declared)

    @property
    def restored(self) -> Entry | None:
        """The entry of its restoration, None while it goes on or goes on again."""
        found = None
        for entry in self.entries:
            if entry.kind == "PhaseChanged" and said(entry, "phase") == Phase.RESTORED:
                found = entry
            elif entry.kind in ("Reopened", "Cancelled"):
                found = None
        return found

    @property
    def systems(self) -> tuple[System, ...]:
        """The systems concerned, those that the register holds."""
        site = self.site
        return tuple(site.systems[id] for id in self.incident.systems if id in site.systems)

    @property
    def customers(self) -> int:
        """How many customers the register gives the systems concerned at most, 0 if none."""
        return max((system.customers for system in self.systems), default=0)


def said(entry: Entry, name: str) -> str:
    """What an entry says under a name, as text; nothing where its payload was removed."""
    return str((entry.payload or {}).get(name) or "")
