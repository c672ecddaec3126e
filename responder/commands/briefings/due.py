"""Who is to be told what and when, and how well it was kept: questions about the clocks."""

from datetime import datetime
from typing import Any

from responder.commands.briefings.audience import keeper_of
from responder.commands.briefings.leaders_paper import reports_opened
from responder.commands.case import Case
from responder.domain.briefing import Audience, Briefing, Interval
from responder.domain.message import Purpose
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


def briefings(uow: UnitOfWork, now: datetime, incident: str = "") -> list[dict[str, Any]]:
    """The clocks of one incident, or those of all that is handled; the earliest due first.

    Raises UnknownId.
    """
    open_ones = uow.incidents.open().items()
    ids = [incident] if incident else [id for id, one in open_ones if one.is_handled]
    found = [line for id in ids for line in _of(Case.load(uow, id, now))]
    return sorted(found, key=lambda line: (line["due_at"] is None, line["due_at"] or ""))


def _of(case: Case) -> list[dict[str, Any]]:
    kept = case.uow.briefings.of(case.incident.id).values()
    known = {briefing.audience: briefing for briefing in kept}
    receipts, opened = _receipts(case), reports_opened(case.uow, case.incident.id)
    return [
        _line(case, audience, known.get(audience.id), receipts)
        | {"report_opened": opened if audience.five_lines else {}}
        for audience in case.site.audiences.values()
    ]


def _line(
    case: Case,
    audience: Audience,
    briefing: Briefing | None,
    receipts: dict[tuple[str, str], dict[str, dict[str, str]]],
) -> dict[str, Any]:
    clock = briefing or Briefing(case.incident.id, audience.id)
    every = audience.interval(case.incident.level)
    return {
        "incident": case.incident.id,
        "drill": case.incident.drill,
        "audience": audience.id,
        "name": _both(audience.name),
        "keeper": keeper_of(case, audience) or None,
        "itself": audience.five_lines,
        "every_s": int(every.total_seconds()) if every else None,
        "due_at": _iso(clock.due_at),
        "overdue": bool(clock.missed),
        "number": clock.number,
        "last_at": _iso(clock.last_at),
        "last_by": clock.last_by or None,
        "how": clock.last_how.value if clock.number else None,
        "ended": clock.ended,
        "intervals": [_interval(one) for one in clock.intervals],
        "receipts": receipts.get((audience.id, str(clock.number)), {}),
    }


def _interval(one: Interval) -> dict[str, Any]:
    return {
        "due_at": _iso(one.due_at),
        "told_at": _iso(one.told_at),
        "by": one.by or None,
        "late_s": int(one.late.total_seconds()) if one.late is not None else None,
    }


def _receipts(case: Case) -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    """By audience and number: how far each message got, by person and way."""
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for message in case.uow.outbox.of(case.incident.id):
        if message.purpose is Purpose.BRIEF:
            key = (str(message.facts.get("briefs")), str(message.facts.get("number")))
            ways = found.setdefault(key, {}).setdefault(message.person, {})
            ways[message.via] = message.state.value
    return found


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.said("zh"), "en": words.said("en")}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
