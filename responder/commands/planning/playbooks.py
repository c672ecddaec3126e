"""Questions about playbooks (处置方案): the list, and one as loaded or as an incident has it."""

from dataclasses import dataclass
from typing import Any

from responder.commands.pursuit import roster_of
from responder.commands.queries import find_incident
from responder.domain.incident import Incident
from responder.domain.playbook import DecisionPoint, Playbook, Task
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

SERIES = ("INC-", "DRL-")
"""How the ids of incidents begin."""


def plans(site: Site) -> dict[str, Any]:
    """The playbooks with fault, level and owner; they are reviewed together with the plan."""
    plan = site.plan
    return {
        "version": (plan.version or None) if plan else None,
        "reviewed_on": plan.reviewed_on.isoformat() if plan and plan.reviewed_on else None,
        "playbooks": [
            {
                "id": book.id,
                "title": {"zh": book.title.zh, "en": book.title.en},
                "fault": book.fault or None,
                "level": book.level,
                "owner": book.owner or None,
            }
            for book in site.playbooks.values()
        ],
    }


@dataclass(frozen=True, slots=True)
class Scheme:
    """One playbook: as loaded, or an incident's own copy (P9) with what is done there already."""

    roster: Roster
    playbook: Playbook
    incident: Incident | None = None
    settled: frozenset[str] = frozenset()

    @classmethod
    def of(cls, roster: Roster, playbook: str) -> "Scheme":
        """A playbook as loaded. Raises UnknownId, with near misses."""
        known = roster.site.playbooks
        if playbook not in known:
            raise UnknownId("处置方案", "playbook", playbook, known)
        return cls(roster, known[playbook])

    @classmethod
    def find(cls, uow: UnitOfWork, roster: Roster, id: str) -> "Scheme":
        """By an incident's id or a playbook's. Raises UnknownId, with near misses."""
        if not id.startswith(SERIES):
            return cls.of(roster, id)
        incident = find_incident(uow, id)
        own = roster_of(uow, incident.site_version, incident.recipients)
        playbook = own.site.playbooks.get(incident.playbook) or Playbook(incident.playbook)
        tasks = uow.tasks.of(id).values()
        return cls(own, playbook, incident, frozenset(t.id for t in tasks if not t.is_open))

    @property
    def facts(self) -> dict[str, Any]:
        """The same for scripts; spans are seconds."""
        book, incident = self.playbook, self.incident
        return {
            "id": book.id,
            "title": _both(book.title),
            "incident": incident.id if incident else None,
            "fault": book.fault or None,
            "systems": list(book.systems),
            "level": incident.level if incident else book.level,
            "owner": book.owner or None,
            "reviewed_on": plans(self.roster.site)["reviewed_on"],
            "symptoms": _both(book.symptoms),
            "tasks": [self._task(task) for task in book.tasks],
            "decisions": [self._decision(point) for point in book.decisions],
            "over_when": _both(book.over_when),
        }

    def _task(self, task: Task) -> dict[str, Any]:
        return {
            "id": task.id,
            "title": _both(task.title),
            "detail": _both(task.detail),
            "role": task.role or None,
            "due": int(task.due.total_seconds()) if task.due is not None else None,
            "safety": task.safety,
            "danger": task.danger,
            "rollback": _both(task.rollback),
            "verifies_restoration": task.verifies_restoration,
            "open": task.id not in self.settled if self.incident else None,
        }

    def _decision(self, point: DecisionPoint) -> dict[str, Any]:
        known = self.roster.site.decisions.get(point.id)
        return {
            "id": point.id,
            "question": _both(known.question) if known else None,
            "who": list(known.who) if known else [],
            "within": int(point.within.total_seconds()) if point.within is not None else None,
            "blocks": list(point.blocks),
            "after": point.after or None,
        }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
