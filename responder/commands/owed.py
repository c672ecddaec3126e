"""Rows of what is owed: found as people name them, told as the record and messages tell them."""

from datetime import datetime, timedelta
from typing import Any

from responder.commands.pursuit import roster_of
from responder.domain.hunt import Chain
from responder.domain.message import Purpose
from responder.domain.obligation import Obligation
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

OBLIGATION = "obligation"
"""The timer of all that is owed in one incident or warning."""


def obligation_of(uow: UnitOfWork, key: str) -> Obligation:
    """The one of that key. Raises UnknownId, with near misses."""
    row = uow.obligations.get(key)
    if row is None:
        incident = key.partition("/")[0]
        known = [one.id for one in uow.obligations.of(incident).values()]
        raise UnknownId("应报事项", "obligation", key.partition("/")[2] or key, known)
    return row


def found(uow: UnitOfWork, incident: str, id: str) -> Obligation:
    """The one people mean by its id, its place in the list, or the end of its id.

    Raises UnknownId, with near misses.
    """
    rows = list(uow.obligations.of(incident).values())
    id = id.removeprefix(f"{incident}/")
    tests = (
        lambda row: row.id == id,
        lambda row: str(row.place) == id,
        lambda row: row.id.rpartition("/")[2] == id,
    )
    for test in tests:
        meant = [row for row in rows if test(row)]
        if len(meant) == 1:
            return meant[0]
    raise UnknownId("应报事项", "obligation", id, [row.id for row in rows])


def outstanding(uow: UnitOfWork, subject: str) -> list[Obligation]:
    """What is due by law, and not done, the earliest limit first."""
    rows = [row for row in uow.obligations.of(subject).values() if row.is_binding]
    return sorted(rows, key=lambda row: (row.due_at, row.place))


def title_of(row: Obligation) -> Words:
    """What is owed, and the how-manieth of it where it comes again."""
    again = row.number > 1 or row.id.endswith(f"#{row.number}")
    count = Words(f"（第{row.number}次）", f" ({row.number})") if again else Words()
    return Words(row.title.said("zh") + count.zh, row.title.said("en") + count.en)


def chain_of(uow: UnitOfWork, subject: str, now: datetime) -> Chain:
    """Who may be asked to take what an incident or a warning owes."""
    incident = uow.incidents.get(subject)
    warning = uow.warnings.get(subject) if incident is None else None
    held = incident or warning
    version = held.site_version if held else uow.sites.accepted()
    only = held.recipients if held else ()
    return Chain.of(roster_of(uow, version or "", only), now)


def own(row: Obligation, chain: Chain, before: str = "", taken_at: datetime | None = None) -> None:
    """Give it an owner from its start: who held the one before, else the first who may be asked."""
    if before in chain.order:
        row.owner, row.taken_at = before, taken_at
    elif not row.owner and chain.order:
        row.owner = chain.order[0]


def withdraw(uow: UnitOfWork, row: Obligation) -> None:
    """Take back what is not yet sent about it, except to those asked about another one too."""
    others = [o for o in uow.obligations.of(row.incident).values() if o.is_due and o.key != row.key]
    busy = {person for other in others for person in (*other.asked, other.owner)}
    people = [person for person in {*row.asked, row.owner} if person not in busy]
    uow.outbox.withdraw(row.incident, people, [Purpose.DUE])


def punctuality(row: Obligation, at: datetime) -> dict[str, int]:
    """How long it took, of what is due at once; else by how much it came late. Whole seconds."""
    took = at - (row.due_at or at)
    if row.is_at_once:
        return {"took_s": max(int(took.total_seconds()), 0)}
    return {"late_s": late_s(row, at)}


def late_s(row: Obligation, at: datetime) -> int:
    """By how many seconds it is or was late."""
    return row.late_by(at) // timedelta(seconds=1)


def named(row: Obligation) -> dict[str, Any]:
    """What the record calls it: it must be readable without the packs."""
    title = {"zh": row.title.zh, "en": row.title.en}
    return {"obligation": row.id, "title": title, "number": row.number}


def opened(row: Obligation) -> dict[str, Any]:
    """How it stands when it begins, or moves."""
    limit = {"due_at": row.due_at.isoformat()} if row.due_at else {}
    return (
        named(row)
        | limit
        | {
            "because": row.because,
            "owner": row.owner,
            "units": list(row.to),
        }
    )
