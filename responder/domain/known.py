"""What the record itself knows of an incident, told as hub fields, each with where it stands.

Nothing is guessed: what the record does not show is not there. An estimate is marked as one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from responder.domain.course import (
    chronicle,
    earlier_reports,
    measures,
    notices_published,
    person_name,
)
from responder.domain.dossier import Known
from responder.domain.incident import ROMAN
from responder.domain.measure import Measure
from responder.domain.people import Person
from responder.domain.plain_value import plain
from responder.domain.record import Entry
from responder.domain.site import Site
from responder.domain.what_is_there import Record
from responder.domain.words import Words

RECORD = "record"
REGISTER = "register"
"""Where a value comes from that no person told: the ledger, or the firm's own files."""
INQUIRY = "investigation"
AT_MOST = "register, at most"
"""The register's customers of a system: nobody counted yet how many of them are hit."""
MOST_PLANNED = 5
"""So many of the open tasks are named as what is done next."""
YES = "yes"
NO = "no"
INSTITUTIONS = {
    "operating": Words("证券经营机构", "securities firm"),
    "core": Words("证券期货市场核心机构", "core market institution"),
}


def known(record: Record) -> dict[str, Known]:
    """Every hub field that the record and the firm's register can answer."""
    found = dict((*_of_the_firm(record), *_of_the_event(record), *_of_the_handling(record)))
    return found | dict(_of_the_inquiry(record)) | dict(_milestones(record))


def _fact(zh: str, en: str = "", *entries: Entry, estimate: bool = False) -> Known:
    source = RECORD if entries else REGISTER
    numbers = tuple(dict.fromkeys(entry.seq for entry in entries))
    return Known(Words(zh, en or zh), source=source, estimate=estimate, entries=numbers)


def _of_the_firm(record: Record) -> Iterator[tuple[str, Known]]:
    site = record.site
    yield "reporting_entity", _fact(site.firm.name.zh, site.firm.name.en)
    kind = INSTITUTIONS.get(site.firm.institution)
    if kind:
        yield "entity_type", _fact(kind.zh, kind.en)
    yield "reference", _fact(record.incident.id)
    contacts = [one for one in site.liaisons if one.person in site.people][:2]
    for prefix, liaison in zip(("contact", "second_contact"), contacts, strict=False):
        person = site.people[liaison.person]
        yield f"{prefix}_name", _fact(person.name.zh or person.id, person.name.en)
        if liaison.duty_phone:
            yield f"{prefix}_phone", _fact(liaison.duty_phone)
        if email := _email(person):
            yield f"{prefix}_email", _fact(email)


def _email(person: Person) -> str:
    return next((way.to for way in person.lines("email")), "")


def _of_the_event(record: Record) -> Iterator[tuple[str, Known]]:
    incident, first = record.incident, next(iter(record.entries), None)
    shown = (first,) if first else ()
    yield "title", _fact(incident.title, incident.title, *shown)
    yield "occurred_at", _fact(plain(record.first_sign_at), "", *shown, estimate=True)
    yield "detected_at", _fact(plain(record.first_sign_at), "", *shown)
    yield "level", _fact(f"{ROMAN[incident.level]}级响应", f"level {incident.level}", *shown)
    yield "plan_activated", _fact(YES, "", *shown)
    if record.systems:
        yield from _of_the_systems(record, shown)
    if restored := record.restored:
        yield "restored_at", _fact(plain(restored.at), "", restored)


def _of_the_systems(record: Record, shown: tuple[Entry, ...]) -> Iterator[tuple[str, Known]]:
    systems = record.systems
    zh = "、".join(system.name.zh or system.id for system in systems)
    en = ", ".join(system.name.en or system.name.zh or system.id for system in systems)
    yield "systems", _fact(zh, en, *shown)
    yield "core_system", _fact(YES if any(system.core for system in systems) else NO)
    if ids := dict.fromkeys(m for system in systems for m in system.markets):
        names = [_market(record.site, id) for id in ids]
        yield "markets", _fact("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    if total := record.customers:
        yield "customers", replace(_fact(str(total), estimate=True), source=AT_MOST)


def _market(site: Site, id: str) -> Words:
    known = site.calendars.get(id)
    return (
        Words(known.name.said("zh") or id, known.name.said("en") or id) if known else Words(id, id)
    )


def _milestones(record: Record) -> Iterator[tuple[str, Known]]:
    """What starts and ends clocks, as it stands in the dossier."""
    told = record.dossier.milestones if record.dossier else {}
    for milestone, at in told.items():
        yield f"{milestone}_at", Known(Words(plain(at)), source=RECORD)


def _of_the_inquiry(record: Record) -> Iterator[tuple[str, Known]]:
    """What the investigation found, and the corrective actions with owner and due date."""
    found = record.investigation
    if found and found.causes:
        said = "；\n".join(cause.said for cause in found.causes)
        for hub in ("cause", "cause_story"):
            yield hub, replace(_fact(said), source=INQUIRY)
    actions = [one for one in record.measures if not one.dropped]
    if actions:
        zh, en = (_actions(actions, record.site, language) for language in ("zh", "en"))
        yield "actions", replace(_fact(zh, en), source=INQUIRY)


def _actions(actions: Sequence[Measure], site: Site, language: str) -> str:
    due = "，{}，{}前" if language == "zh" else ", {}, by {}"
    told = (
        one.title + due.format(person_name(one.owner, site).said(language), one.due_on)
        for one in actions
    )
    return ("；\n" if language == "zh" else ";\n").join(told)


def _of_the_handling(record: Record) -> Iterator[tuple[str, Known]]:
    told = list(chronicle(record))
    if told:
        yield "summary", _lines(told)
    done = list(measures(record))
    if done:
        yield "measures", _lines(done)
        yield "precautions", _lines(done)
        yield "temporary_measures", _fact(YES, "", *(entry for _, entry in done))
    planned = [task for task in record.tasks if task.is_open][:MOST_PLANNED]
    if planned and done:
        zh = "；\n".join(task.title.zh for task in planned)
        en = ";\n".join(task.title.en or task.title.zh for task in planned)
        yield "planned_measures", _fact(zh, en)
    if notices := list(notices_published(record)):
        yield "public_notices", _lines(notices)
    reports = list(earlier_reports(record))
    if reports:
        yield "report_history", _lines(reports)


def _lines(told: Sequence[tuple[Words, Entry]]) -> Known:
    zh = "；\n".join(words.zh for words, _ in told)
    en = ";\n".join(words.en for words, _ in told)
    return _fact(f"{zh}。", f"{en}.", *(entry for _, entry in told))
