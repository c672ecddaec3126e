"""When an investigation opens, what the record fills in, and whether its incident may be closed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from responder.commands.aftermath.investigation_words import Known, Promise, Sent, facts, handling
from responder.commands.case import Case
from responder.commands.pursuit import roster_in_force
from responder.commands.rights import capacities
from responder.commands.telling import name
from responder.commands.workdays import day_of, is_workday
from responder.domain.incident import Phase
from responder.domain.investigation import (
    Investigation,
    Part,
    Writing,
    measured_causes,
    unfinished,
)
from responder.domain.measure import next_reminder
from responder.domain.record import ENGINE, By, Entry
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

SUPPLEMENT = "supplement"
LONGEST_PART = 20_000


def begin(case: Case, by: By) -> Investigation:
    """Open the investigation, or go on with it; what nobody has edited is filled in anew."""
    id = case.incident.id
    one = case.uow.investigations.get(id) or Investigation(id, case.now)
    one.lead = one.lead or (by.person if case.roster.known(by.person) else "")
    one.concluded_at, one.concluded_by = None, ""
    fill_in(case, one)
    case.uow.investigations.put(id, one)
    case.record("InvestigationOpened", by, person=one.lead)
    return one


def fill_in(case: Case, one: Investigation) -> None:
    """Parts one and two from the record, unless somebody wrote them."""
    language = case.site.language
    known = known_of(case, language)
    for part, written in ((Part.FACTS, facts), (Part.HANDLING, handling)):
        before = one.parts.get(part)
        if before is None or not before.by:
            one.parts[part] = Writing(written(known, language), "", case.now)


def refuse_unfinished(case: Case) -> None:
    """Raise BadInput, with the list, while the investigation does not let the incident be closed.

    A drill is closed by its after-action review instead.
    """
    if case.incident.drill:
        return
    one = case.uow.investigations.get(case.incident.id)
    found = list(unfinished(one, measured(case.uow, case.incident.id), today(case)))
    if found:
        raise BadInput(
            f"尚不能办结：{'；'.join(words.zh for words in found)}。",
            f"It cannot be closed yet: {'; '.join(words.en for words in found)}.",
            "请用 investigate show 查看并补齐。",
            "See `investigate show` and complete it.",
        )


def measured(uow: UnitOfWork, incident: str) -> set[str]:
    """The causes of an incident that have a measure."""
    found = uow.measures.of(incident)
    return measured_causes({id: (one.cause, bool(one.dropped)) for id, one in found.items()})


def today(case: Case) -> date:
    """The day it is in the site's zone."""
    return day_of(case.now, case.site.time_zone)


def known_of(case: Case, language: str) -> Known:
    """What the record knows of the incident."""
    incident, site, uow = case.incident, case.site, case.uow
    entries = uow.ledger.of(incident.id)
    systems = [site.systems[s].name.said(language) for s in incident.systems if s in site.systems]
    acknowledged = case.escalation.acknowledged
    paged = case.escalation.first_paged
    tasks = uow.tasks.of(incident.id).values()
    return Known(
        id=incident.id,
        title=incident.title,
        playbook=case.playbook.title.said(language) or incident.playbook,
        level=incident.level,
        drill=incident.drill,
        zone=site.time_zone,
        systems=systems,
        declared_at=incident.declared_at,
        declared_by=name(site, incident.declared_by, language),
        phases=list(_phases(entries)),
        acknowledged=[(name(site, p, language), at) for p, at in acknowledged.items()],
        unreached=[name(site, p, language) for p in paged if p not in acknowledged],
        commanders=[(name(site, p, language), at) for p, at in _commanders(entries)],
        decisions=list(_decisions(case, language)),
        tasks_done=sum(not task.is_open for task in tasks),
        tasks=len(tasks),
        exhibits=len(uow.exhibits.of(incident.id)),
        promises=list(_promises(case, language)),
        reports=list(_reports(case, language)),
        notices=list(_notices(case, language)),
    )


def _payload(entry: Entry) -> dict[str, Any]:
    return entry.payload or {}


def _phases(entries: list[Entry]) -> Iterator[tuple[Phase, datetime]]:
    for entry in entries:
        if entry.kind == "PhaseChanged" and "phase" in _payload(entry):
            yield Phase(_payload(entry)["phase"]), entry.at


def _commanders(entries: list[Entry]) -> Iterator[tuple[str, datetime]]:
    for entry in entries:
        if entry.kind == "CommandTaken" and "person" in _payload(entry):
            yield _payload(entry)["person"], entry.at


def _decisions(case: Case, language: str) -> Iterator[tuple[str, bool, str, datetime]]:
    for asked in case.authority.requests.values():
        if asked.decided_at is not None:
            question = case.court.decision(asked.decision).question.said(language)
            person = name(case.site, asked.decided_by, language)
            yield question or asked.decision, bool(asked.approved), person, asked.decided_at


def _promises(case: Case, language: str) -> Iterator[Promise]:
    for one in case.uow.obligations.of(case.incident.id).values():
        person = name(case.site, one.done_by, language) if one.done_by else ""
        what = one.title.said(language) or one.duty
        yield Promise(what, one.due_at, one.done_at, person, one.ended)


def _reports(case: Case, language: str) -> Iterator[Sent]:
    for one in case.uow.reports.of(case.incident.id).values():
        if one.submitted_at is not None:
            by = name(case.site, one.submitted_by, language)
            yield Sent(f"{one.id} {one.duty}", one.submitted_at, by)


def _notices(case: Case, language: str) -> Iterator[Sent]:
    for one in case.uow.notices.of(case.incident.id).values():
        for outlet, at in one.published.items():
            yield Sent(f"{one.id} {outlet}", at, name(case.site, one.published_by, language))


# Loading and saving


def at_work(incident: str, by: By, uow: UnitOfWork, now: datetime) -> tuple[Case, Investigation]:
    """The case and its open investigation, for somebody who may work on it.

    It may be months later: who may by the register in force may, whatever it was at the time.
    """
    case, one = found_of(incident, uow, now)
    also = capacities(by.person, roster_in_force(uow), now)
    leads = ["investigator"] if by.person == one.lead != "" else []
    case.may("investigate", by, *also, *leads)
    _still_open(one)
    fill_in(case, one)
    return case, one


def open_of(incident: str, uow: UnitOfWork, now: datetime) -> tuple[Case, Investigation]:
    """The case and its investigation, while that goes on."""
    case, one = found_of(incident, uow, now)
    _still_open(one)
    return case, one


def found_of(incident: str, uow: UnitOfWork, now: datetime) -> tuple[Case, Investigation]:
    """The case and its investigation; one that is under way without is given its own."""
    case = Case.load(uow, incident, now)
    one = uow.investigations.get(incident)
    if one is None and case.incident.phase is Phase.INVESTIGATING:
        one = begin(case, ENGINE)
    if one is None:
        raise not_begun(incident)
    return case, one


def _still_open(one: Investigation) -> None:
    if not one.is_open:
        raise BadInput(
            f"{one.incident}的调查已下结论，不能再改。",
            f"The investigation of {one.incident} is concluded and stays as it is.",
            "确需重查请用 incident reopen 重新启动。",
            "To look into it again, use `incident reopen`.",
        )


def keep(case: Case, one: Investigation) -> None:
    case.uow.investigations.put(one.incident, one)
    case.save()
    arm(case, one)


def arm(case: Case, one: Investigation) -> None:
    at = None
    if one.preliminary is not None and one.is_open:
        zone, works = case.site.time_zone, is_workday(case.site)
        at = next_reminder(one.preliminary.until, case.now, zone, works)
    case.uow.timers.set(SUPPLEMENT, one.incident, at)


def not_begun(incident: str) -> BadInput:
    return BadInput(
        f"{incident}尚未开展调查。",
        f"{incident} is not being investigated.",
        f"应急结束后执行 incident set {incident} investigating。",
        f"After stand-down: incident set {incident} investigating.",
    )
