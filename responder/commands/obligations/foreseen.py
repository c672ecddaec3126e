"""What a declaration would owe outside: which regulators' clocks would start, and run to when."""

from datetime import datetime, timedelta
from typing import Any

from responder.commands.obligations.demanded import Demand, demands, recipients, title_of
from responder.domain.dossier import Dossier
from responder.domain.incident import Incident
from responder.domain.obligation import Kind
from responder.domain.playbook import Playbook
from responder.domain.site import Site
from responder.domain.words import Words
from responder.regimes.due import Standing
from responder.regimes.said import clocks_said, limit_said

SECOND = timedelta(seconds=1)


def clocks_started(
    site: Site, playbook: Playbook, level: int, at: datetime
) -> list[dict[str, Any]]:
    """Every report that its regimes would demand, were it declared at `at` and nothing more known.

    What runs at once comes first, soonest due first; then what depends on a classification, and
    what counts from milestones that are not there yet.
    """
    incident = Incident("", playbook.id, "", level, at, "", "", systems=playbook.systems)
    found = [_told(one, incident, site) for one in demands(site, incident, Dossier(""), {})]
    return sorted(found, key=_order)


def _order(told: dict[str, Any]) -> tuple[bool, bool, int, str]:
    t = told["t"]
    return told["state"] != Standing.OWED.value, t is None, t or 0, told["id"]


def _told(demand: Demand, incident: Incident, site: Site) -> dict[str, Any]:
    due, to = demand.due, recipients(demand, site, incident)
    said = (
        [limit_said(demand.regime, due.limit)]
        if due.limit
        else clocks_said(demand.regime, due.duty)
    )
    if demand.kind is Kind.CLASSIFICATION:
        said = [_before(demand)]
    return {
        "id": demand.id,
        "title": _both(title_of(demand)),
        "to": list(to),
        "addressee": _both(due.duty.addressee),
        "state": due.standing.value,
        "due_at": due.due_at.isoformat() if due.due_at else None,
        "t": (due.due_at - incident.declared_at) // SECOND if due.due_at else None,
        "rule": {
            "zh": "；".join(one.zh for one in said),
            "en": "; ".join(one.en for one in said),
        },
        "source": due.duty.source.text or demand.regime.source.text,
        "asks": list(due.asks),
    }


def _before(demand: Demand) -> Words:
    """A classification has no limit of its own: it is needed before the report it decides on."""
    report = demand.regime.duty(demand.due.because)
    name = report.name if report else demand.due.duty.name
    return Words(f"须在“{name.said('zh')}”到期前确认", f'before "{name.said("en")}" is due')


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.said("zh"), "en": words.said("en")}
