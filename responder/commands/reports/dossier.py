"""The dossier: each fact of an incident entered once, with who, when, from where, how sure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.obligations.obligation import reconcile
from responder.commands.queries import find_incident
from responder.commands.reports.hub_value import find_field, read, say
from responder.domain.contradiction import contradictions
from responder.domain.dossier import UNKNOWN, Dossier, Known, Value, together
from responder.domain.known import known
from responder.domain.masking import masked
from responder.domain.what_is_there import Record
from responder.domain.words import Words
from responder.errors import BeyondCalendar
from responder.ports.unit_of_work import UnitOfWork
from responder.regimes.hub import BY_ID
from responder.regimes.sessions import affected

LONGEST_SOURCE = 200
PRIVATE = ("contact_email", "contact_phone", "second_contact_email", "second_contact_phone")
"""Contact details never enter the ledger: that they were told does."""


@dataclass(frozen=True)
class EnterFact(Command):
    """What somebody knows of a hub field; `?` while it is being established."""

    incident: str
    field: str
    value: str
    estimate: bool = False
    source: str = ""


@handles(EnterFact)
def enter_fact(command: EnterFact, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep a fact; what it is an instant of moves the clocks that count from it."""
    case = Case.load(uow, command.incident, now)
    case.may("fact", command.by)
    field = find_field(command.field)
    said = read(field, command.value, now, case.site.time_zone)
    if command.source:
        clean_line(command.source, "来源", "source", LONGEST_SOURCE)
    dossier = uow.dossiers.get(command.incident) or Dossier(command.incident)
    before = dossier.values.get(field.id)
    estimate = command.estimate and said != UNKNOWN
    dossier.values[field.id] = Value(said, command.by.person, now, command.source, estimate)
    if field.milestone and said != UNKNOWN:
        dossier.milestones[field.milestone] = datetime.fromisoformat(said)
    uow.dossiers.put(command.incident, dossier)
    title = {"zh": field.name.zh, "en": field.name.en}
    told: dict[str, Any] = {"field": field.id, "title": title}
    told |= {"estimate": estimate, "source": command.source}
    if field.id not in PRIVATE:
        told |= {"value": said, "instead_of": before.said if before else ""}
    case.record("FactEntered", command.by, **told)
    case.save()
    reconcile(uow, command.incident, now)
    return _entered(case, field.id, said)


def _entered(case: Case, id: str, said: str) -> Reply:
    """What was kept, and what it stands against."""
    uow, field = case.uow, BY_ID[id]
    record = record_of(uow, case.incident.id)
    found = contradictions(record, facts_from(record), (), case.now)
    against = [one for one in found if one.hub == id]
    zone = case.site.time_zone
    zh, en = (say(id, Known(Words(said, said)), language, zone) for language in ("zh", "en"))
    warn_zh = "".join(f"注意：{one.words.zh}。" for one in against)
    warn_en = "".join(f" Mind: {one.words.en}." for one in against)
    return Reply(
        case.incident.id,
        Words(f"已登记{field.name.zh}：{zh}。{warn_zh}", f"{field.name.en}: {en}.{warn_en}"),
        {"field": id, "value": said, "contradictions": [one.id for one in against]},
    )


def record_of(uow: UnitOfWork, incident: str, zone: str = "") -> Record:
    """Everything the house itself knows of an incident; times told in `zone`. Raises UnknownId."""
    found = find_incident(uow, incident)
    entries = uow.ledger.of(incident)
    from_warning = next((e.payload for e in entries if e.kind == "ConvertedFrom" and e.payload), {})
    warning = uow.warnings.get(str(from_warning.get("warning", "")))
    return Record(
        found,
        entries,
        uow.sites.get(found.site_version),
        tuple(uow.tasks.of(incident).values()),
        tuple(uow.reports.of(incident).values()),
        tuple(uow.measures.of(incident).values()),
        uow.investigations.get(incident),
        uow.dossiers.get(incident),
        warning.raised_at if warning else None,
        zone,
    )


def facts_of(uow: UnitOfWork, incident: str, zone: str = "") -> dict[str, Known]:
    """Every hub field that is known: what people said, else what the record tells.

    Raises UnknownId.
    """
    return facts_from(record_of(uow, incident, zone))


def facts_from(record: Record) -> dict[str, Known]:
    """The same, from what was looked up already.

    What follows from others (how long, how much trading time) is reckoned from those.
    """
    facts = together(known(record), record.dossier)
    for id, value in _reckoned(record, facts).items():
        if record.dossier is None or id not in record.dossier.values:
            facts[id] = value
    return facts


def _reckoned(record: Record, facts: dict[str, Known]) -> dict[str, Known]:
    """Durations, once it is known when it began and when it was over."""
    began, over = (_instant(facts.get(id)) for id in ("occurred_at", "restored_at"))
    if began is None or over is None or over < began:
        return {}
    estimate = facts["occurred_at"].estimate or facts["restored_at"].estimate
    shown = (*facts["occurred_at"].entries, *facts["restored_at"].entries)
    spans = dict.fromkeys(("duration", "downtime"), over - began)
    trading = _trading(record, began, over)
    if trading is not None:
        spans["trading_minutes"] = trading
    return {
        id: Known(
            Words(str(span // timedelta(minutes=1))),
            source="reckoned",
            estimate=estimate,
            entries=shown,
        )
        for id, span in spans.items()
    }


def _trading(record: Record, began: datetime, over: datetime) -> timedelta | None:
    """The most trading time that one market lost; None where no calendar knows."""
    calendars = record.site.calendars
    markets = dict.fromkeys(m for system in record.systems for m in system.markets)
    lost = []
    for market in markets:
        if market not in calendars:
            continue
        try:
            lost.append(affected([(began, over)], calendars[market]))
        except BeyondCalendar:
            continue
    return max(lost, default=None)


def _instant(known: Known | None) -> datetime | None:
    if known is None or known.is_open or not known.plain:
        return None
    return datetime.fromisoformat(known.plain)


def dossier(uow: UnitOfWork, incident: str) -> list[dict[str, Any]]:
    """The facts as `--json` prints them, in the catalogue's order. Raises UnknownId."""
    facts = facts_of(uow, incident)
    zone = uow.sites.get(find_incident(uow, incident).site_version).time_zone
    return [_line(id, facts[id], zone) for id in BY_ID if id in facts]


def _line(id: str, known: Known, zone: str) -> dict[str, Any]:
    """One fact; of a contact detail only so much that it can be recognised."""
    shown = masked if id in PRIVATE else str
    said = {one: shown(say(id, known, one, zone)) for one in ("zh", "en")}
    return {
        "field": id,
        "value": shown(known.plain),
        "said": said,
        "estimate": known.estimate,
        "by": known.by or None,
        "at": known.at.isoformat() if known.at else None,
        "source": known.source or None,
        "entries": list(known.entries),
        "recorded": shown(known.recorded.plain) if known.recorded else None,
    }
