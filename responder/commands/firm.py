"""What concerns the firm as a whole: the site in force, people removed, halting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.pursuit import GONE, roster_in_force
from responder.commands.revising import FILES, FROM_FILES, UNEXPORTED, revise
from responder.commands.rights import capacities, require
from responder.domain import authority as deciding
from responder.domain import escalation as paging
from responder.domain.message import Purpose
from responder.domain.record import THE_FIRM, By, Fact
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

FIRM = THE_FIRM
HALTED = "halted"
HEARTBEAT = "engine.heartbeat"


@dataclass(frozen=True)
class AcceptSite(Command):
    """Put a version of the site in force."""

    site: Site


@dataclass(frozen=True)
class RemovePerson(Command):
    """Somebody's rights end now, in running incidents too."""

    person: str
    reason: str


@dataclass(frozen=True)
class PullContacts(Command):
    """Bring the contacts and absences in force into a running incident."""

    incident: str


@dataclass(frozen=True)
class Halt(Command):
    """Stop everything outgoing at once."""

    reason: str


@dataclass(frozen=True)
class Resume(Command):
    """Send again."""


@dataclass(frozen=True)
class RecordRefusal(Command):
    """Keep on the record that somebody was refused (P7)."""

    subject: str
    attempt: str
    why: str


def note_fact(uow: UnitOfWork, kind: str, by: By, now: datetime, **payload: Any) -> None:
    """One fact about the firm."""
    uow.ledger.append([Fact(kind, FIRM, by, now, payload)])


@handles(AcceptSite)
def accept_site(command: AcceptSite, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the version, once, and put it in force."""
    if command.by.person and uow.sites.accepted():
        require_act("administer", command.by, uow, now)
    before, version = uow.sites.accepted(), uow.sites.add(command.site)
    if before is None:
        uow.sites.accept(version)
        note_fact(uow, "SiteAccepted", command.by, now, version=version, before="")
    elif before != version:
        revise(uow, command.site, command.by, now, "files", FROM_FILES)
        uow.notes.put(UNEXPORTED, False)
    uow.notes.put(FILES, version)
    return Reply(version)


def require_act(act: str, by: By, uow: UnitOfWork, now: datetime, *also: str) -> None:
    """Raise NotAllowed unless somebody may, by the register in force.

    `also` are capacities known to the caller.
    """
    require(act, by, {*capacities(by.person, roster_in_force(uow), now), *also})


@handles(RemovePerson)
def remove_person(command: RemovePerson, uow: UnitOfWork, now: datetime) -> Reply:
    """They stop being rung and stop counting at once, everywhere."""
    require_act("administer", command.by, uow, now)
    clean_reason(command.reason)
    version = uow.sites.accepted()
    people = uow.sites.get(version).people if version else {}
    if command.person not in people:
        raise UnknownId("人员", "person", command.person, people)
    gone = [*(uow.notes.get(GONE) or []), command.person]
    uow.notes.put(GONE, sorted(set(gone)))
    note_fact(uow, "PersonRemoved", command.by, now, person=command.person, reason=command.reason)
    for id, incident in uow.incidents.open().items():
        if incident.is_handled:
            _remove_from(Case.load(uow, id, now), command.person)
    said = Words("已移除，立即生效。", "Removed, with immediate effect.")
    return Reply(command.person, said)


def _remove_from(case: Case, person: str) -> None:
    case.incident.lose(person)
    case.uow.outbox.withdraw(case.incident.id, [person], list(Purpose))
    paging.remove(case.escalation, case.policy, person, case.now)
    case.carry_out(paging.settle(case.escalation, case.policy, case.roster, case.now))
    case.carry_out(deciding.remove(case.authority, case.court, person, case.now))
    case.carry_out(deciding.settle(case.authority, case.court, case.now))
    case.incident.commander = case.incident.commander or case.escalation.commander
    case.save()


@handles(PullContacts)
def pull_contacts(command: PullContacts, uow: UnitOfWork, now: datetime) -> Reply:
    """The incident keeps its own copy (P9) unless somebody entitled pulls the new one in."""
    case = Case.load(uow, command.incident, now)
    case.may("copy", command.by)
    version = uow.sites.accepted()
    if version is None or version == case.incident.site_version:
        raise BadInput(
            "该事件已在使用现行版本。",
            "The incident already uses the version in force.",
        )
    before, case.incident.site_version = case.incident.site_version, version
    case.record("ContactsPulledIn", command.by, version=version, before=before)
    case.save()
    return Reply(case.incident.id, Words("已更新联系人。", "Contacts updated."))


@handles(Halt)
def halt(command: Halt, uow: UnitOfWork, now: datetime) -> Reply:
    """Nothing is sent until resumed; the reply lists whom to call by hand."""
    require_act("halt", command.by, uow, now)
    clean_reason(command.reason)
    uow.notes.put(HALTED, True)
    note_fact(uow, "Halted", command.by, now, reason=command.reason)
    said = Words(
        "已停止全部外发。请按下表人工联络；恢复请执行 resume。",
        "Everything outgoing is stopped. Work this call list by hand; `resume` starts it again.",
    )
    return Reply(FIRM, said, {"call_list": list(call_list(uow, now))})


@handles(Resume)
def resume(command: Resume, uow: UnitOfWork, now: datetime) -> Reply:
    """Send again what is still due."""
    require_act("halt", command.by, uow, now)
    uow.notes.put(HALTED, False)
    note_fact(uow, "Resumed", command.by, now)
    return Reply(FIRM, Words("已恢复外发。", "Sending has resumed."))


def call_list(uow: UnitOfWork, now: datetime) -> Iterable[dict[str, Any]]:
    """Whom to call by hand: everyone being rung in an open incident, with their numbers."""
    for id, incident in uow.incidents.open().items():
        if not incident.is_handled:
            continue
        case = Case.load(uow, id, now)
        asked = [p for r in case.authority.requests.values() if r.is_open for p in r.runs]
        for person in dict.fromkeys([*case.escalation.runs, *asked]):
            known = case.site.people.get(person)
            if known is not None:
                ways = [f"{way.via} {way.to}" for way in known.reach]
                names = {"zh": known.name.zh, "en": known.name.en}
                yield {"incident": id, "person": person, "name": names, "ways": ways}


@handles(RecordRefusal)
def record_refusal(command: RecordRefusal, uow: UnitOfWork, now: datetime) -> Reply:
    """An attempt that was refused changed nothing, and is on the record."""
    uow.ledger.append(
        [
            Fact(
                "Refused",
                command.subject or FIRM,
                command.by,
                now,
                {"attempt": command.attempt, "why": command.why},
            )
        ]
    )
    return Reply(command.subject)
