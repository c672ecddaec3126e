"""What is owed outside, recipient by recipient: done, due or to come, how late, and by whom."""

from datetime import datetime, timedelta
from typing import Any

from responder.commands.obligations.demanded import Demand, demands, recipients
from responder.commands.obligations.demanded import title_of as demanded_title
from responder.commands.obligations.owner_hunt import addressed_to, lasting
from responder.commands.owed import late_s, title_of
from responder.domain.dossier import Dossier
from responder.domain.obligation import Obligation
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork
from responder.regimes.due import Standing

STATES = {
    "done": Words("已报", "done"),
    "due": Words("待报", "due"),
    "late": Words("逾期未报", "late"),
    "to_come": Words("未到起算", "not due yet"),
    "depends": Words("待定级", "depends on a classification"),
    "not_demanded": Words("不要求", "not demanded"),
    "ended": Words("已终止", "ended"),
}
NEXT = {Standing.DEPENDS: "depends", Standing.NOT_DEMANDED: "not_demanded"}


def how_late(at_once: bool, seconds: int) -> tuple[str, str]:
    """How late it is or was, in Chinese and English; what is due at once, how long it took."""
    said = lasting(seconds)
    if at_once:
        return f"，历时{said.zh}", f", after {said.en}"
    return f"，迟{said.zh}", f", late by {said.en}"


def owing(uow: UnitOfWork) -> list[str]:
    """Incidents and warnings that owe something, the earliest limit first."""
    found: dict[str, list[Obligation]] = {}
    for row in uow.obligations.open().values():
        found.setdefault(row.incident, []).append(row)
    limits = {id: [row.due_at for row in rows if row.due_at] for id, rows in found.items()}
    return sorted(found, key=lambda id: (not limits[id], *sorted(limits[id])[:1]))


def due_list(uow: UnitOfWork, now: datetime, subject: str) -> list[dict[str, Any]]:
    """Everything that one incident or warning owes and owed, what is late or due soonest first.

    What its regimes demand later, or would demand by a classification, comes after that.
    """
    incident = uow.incidents.get(subject)
    rows = uow.obligations.of(subject)
    held = incident or uow.warnings.get(subject)
    if held is None:
        return []
    site = uow.sites.get(held.site_version)
    listed = [_row(row, site, now) for row in sorted(rows.values(), key=_order)]
    if incident is None:
        return listed
    dossier = uow.dossiers.get(subject) or Dossier(subject)
    known = {row.id for row in rows.values()}
    named = {row.id: row for row in rows.values()}
    for demand in demands(site, incident, dossier, named):
        if demand.id not in known:
            to = recipients(demand, site, incident)
            listed.append(_to_come(demand, to, site, now))
    return listed


def _order(row: Obligation) -> tuple[bool, bool, float, int]:
    limit = row.due_at.timestamp() if row.due_at else 0.0
    return (not row.is_open, row.due_at is None, limit, row.place)


def _row(row: Obligation, site: Site, now: datetime) -> dict[str, Any]:
    late = late_s(row, now) if row.due_at else 0
    left = row.due_at - now if row.is_due and row.due_at else None
    took = row.done_at - row.started_at if row.done_at and row.started_at else None
    return {
        "id": row.id,
        "place": row.place,
        "kind": row.kind.value,
        "title": _both(title_of(row)),
        "to": list(row.to),
        "addressee": _both(addressed_to(row, site)),
        "state": _state(row, late),
        "at_once": row.is_at_once,
        "started_at": _instant(row.started_at),
        "due_at": _instant(row.due_at),
        "in_s": _seconds(left) if left is not None and late == 0 else None,
        "late_s": late if not row.ended else 0,
        "took_s": _seconds(took) if took is not None else None,
        "because": row.because,
        "owner": row.owner or None,
        "taken_at": _instant(row.taken_at),
        "done_at": _instant(row.done_at),
        "done_by": row.done_by or None,
        "postponed_to": _instant(row.postponed_to),
        "postponed": row.postponed or None,
        "ended": row.ended or None,
        "ended_by": row.ended_by or None,
        "preliminary": row.preliminary,
        "states": list(row.states),
        "report": row.report or None,
        "steps": [
            {
                "id": step.id,
                "done_at": _instant(step.done_at),
                "done_by": step.done_by or None,
                "taken_by": step.taken_by or None,
                "proof": step.proof or None,
            }
            for step in row.steps
        ],
    }


def _state(row: Obligation, late: int) -> str:
    """What is due at once is late to the second, and called so once it was paged as late."""
    if row.done_at:
        return "done"
    if row.ended:
        return "ended"
    if row.due_at is None:
        return "to_come"
    return "late" if late and (row.breached_at or not row.is_at_once) else "due"


def _to_come(demand: Demand, to: tuple[str, ...], site: Site, now: datetime) -> dict[str, Any]:
    due = demand.due
    bare = Obligation(
        id=demand.id,
        incident="",
        kind=demand.kind,
        duty=demand.duty,
        title=demanded_title(demand),
        number=due.number,
        started_at=due.started_at,
        due_at=due.due_at,
        because=due.because,
        to=to,
        addressee=due.duty.addressee,
    )
    return {
        **_row(bare, site, now),
        "place": None,
        "state": NEXT.get(due.standing, "to_come"),
        "in_s": None,
        "late_s": 0,
        "asks": list(due.asks),
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.said("zh"), "en": words.said("en")}


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _seconds(span: timedelta) -> int:
    return span // timedelta(seconds=1)
