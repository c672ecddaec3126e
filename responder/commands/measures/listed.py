"""The register of corrective actions as it is asked for: what is open, or all of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from responder.commands.pursuit import roster_in_force
from responder.commands.workdays import day_of
from responder.domain.measure import ORIGIN_NAMES, Measure, Origin, State
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


def measures(
    uow: UnitOfWork,
    now: datetime,
    *,
    incident: str = "",
    owner: str = "",
    overdue: bool = False,
    everything: bool = False,
) -> list[dict[str, Any]]:
    """The register, oldest first: what is open, or all of it."""
    zone = roster_in_force(uow).site.time_zone
    day = day_of(now, zone)

    def wanted(one: Measure) -> bool:
        return (
            (not owner or one.owner == owner)
            and (not overdue or one.state(day) is State.OVERDUE)
            and (everything or bool(incident) or one.is_open)
        )

    found = uow.measures.of(incident) if incident else uow.measures.all()
    return lines_of(filter(wanted, found.values()), day)


def lines_of(found: Iterable[Measure], day: date | None = None) -> list[dict[str, Any]]:
    """Measures as `--json` prints them; overdue is only known on a day."""
    return [_line(one, day) for one in found]


def _line(one: Measure, day: date | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "from": one.incident,
        "origin": one.origin.value,
        "title": one.title,
        "owner": one.owner,
        "due_on": one.due_on.isoformat(),
        "state": one.state(day or date.min).value,
        "cause": one.cause or None,
        "clause": one.clause or None,
        "proof": one.proof or None,
        "done_by": one.done_by or None,
        "done_at": one.done_at.isoformat() if one.done_at else None,
        "verified_by": one.verified_by or None,
        "dropped": one.dropped or None,
        "postponed": [
            {"from": p.before.isoformat(), "to": p.until.isoformat(), "reason": p.reason}
            for p in one.postponed
        ],
        "raised": [{"person": person, "at": at.isoformat()} for person, at in one.raised.items()],
    }


def origin_words(one: dict[str, Any]) -> Words:
    """Where a line of the register comes from."""
    kind = ORIGIN_NAMES[Origin(one["origin"])]
    return Words(f"{kind.zh}{one['from']}", f"{kind.en} {one['from']}")
