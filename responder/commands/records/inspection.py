"""An inspector reads one incident: leave given by two people, a link, and every look on record."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any

from responder.commands.alert import pursuit_of
from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.firm import note_fact, require_act
from responder.commands.matter import Matter, seconds
from responder.commands.queries import find_incident
from responder.commands.records.inspected import Inspected, inspected
from responder.commands.rights import require
from responder.commands.telling import name
from responder.domain.consent import Consent
from responder.domain.exhibit import Exhibit
from responder.domain.inspection import LONGEST, SESSION, Inspection
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_NAME = 80
DOOR = "inspector"


@dataclass(frozen=True)
class GrantInspection(Command):
    """Leave for an inspector to read one incident until an instant."""

    incident: str
    inspector: str
    until: datetime


@dataclass(frozen=True)
class TakeInspectionLink(Command):
    """A fresh link to be handed over; it ends the link and the session before."""

    inspection: str


@dataclass(frozen=True)
class RevokeInspection(Command):
    """The leave ends now."""

    inspection: str
    reason: str = ""


@dataclass(frozen=True)
class OpenInspection(Command):
    """An inspector opens the link: a session begins, once for each link."""

    inspection: str
    link: str


@dataclass(frozen=True)
class ReadInspection(Command):
    """An inspector looks at a page from an entry on, or takes a piece of evidence."""

    inspection: str
    session: str
    after: int = 0
    exhibit: str = ""


@handles(GrantInspection)
def grant_inspection(command: GrantInspection, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask a second person to agree to it."""
    case = Case.load(uow, command.incident, now)
    require_act("inspect", command.by, uow, now)
    inspector = clean_line(command.inspector.strip(), "检查人员", "inspector", LONGEST_NAME)
    if not now < command.until <= now + LONGEST:
        raise BadInput(
            f"截止时间须在今后{LONGEST.days}天以内。",
            f"It can last until some time within the next {LONGEST.days} days.",
            "请用 --until 2026-12-31T18:00:00+08:00 的写法。",
            "Write --until 2026-12-31T18:00:00+08:00.",
        )
    who = seconds("inspect", uow, command.by, now)
    facts = {"inspector": inspector, "until": command.until.isoformat()}
    reply = ask_consent(case, "inspect", command.by, facts, who)
    names = [name(case.site, command.by.person, language) for language in ("zh", "en")]
    case.tell(
        who,
        Words(
            f"{names[0]}提请允许{inspector}查阅{case.incident.id}，"
            f"请第二人确认：confirm {reply.id}",
            f"{names[1]} asks that {inspector} may read {case.incident.id}. Second person:"
            f" confirm {reply.id}",
        ),
    )
    return reply


@takes_effect("inspect")
def _granted(matter: Matter, consent: Consent, by: By) -> Reply:
    uow, now = matter.uow, matter.now
    one = Inspection(
        id=uow.token(),
        incident=consent.incident,
        inspector=consent.facts["inspector"],
        until=datetime.fromisoformat(consent.facts["until"]),
        granted_by=consent.asked_by,
        agreed_by=by.person,
        granted_at=now,
    )
    uow.inspections.put(one.id, one)
    said = {"inspection": one.id, "inspector": one.inspector, "until": consent.facts["until"]}
    matter.record("InspectionGranted", by, asked_by=consent.asked_by, **said)
    matter.save()
    return Reply(
        one.id,
        Words(
            f"已允许{one.inspector}查阅{one.incident}。取链接：inspect link {one.id}",
            f"{one.inspector} may read {one.incident}. For the link: inspect link {one.id}",
        ),
        {"incident": one.incident, "until": consent.facts["until"]},
    )


@handles(TakeInspectionLink)
def take_link(command: TakeInspectionLink, uow: UnitOfWork, now: datetime) -> Reply:
    """Make the next link good, and no other; the door writes it out."""
    one = find_inspection(uow, command.inspection)
    require_act("inspect", command.by, uow, now)
    if not one.holds(now):
        raise BadInput(
            "该查阅权限已撤回或已到期。",
            "This leave was taken back or has run out.",
            "请用 inspect grant 重新办理。",
            "Grant it anew with `inspect grant`.",
        )
    one.link, one.session, one.session_until = uow.token(), "", None
    uow.inspections.put(one.id, one)
    matter = pursuit_of(uow, one.incident, now)
    matter.record("InspectionLinkTaken", command.by, inspection=one.id, inspector=one.inspector)
    matter.save()
    facts = {"incident": one.incident, "link": one.link, "until": one.until.isoformat()}
    return Reply(one.id, Words("链接只能打开一次。", "The link opens once."), facts)


@handles(RevokeInspection)
def revoke_inspection(command: RevokeInspection, uow: UnitOfWork, now: datetime) -> Reply:
    """At once, in an open browser too."""
    one = find_inspection(uow, command.inspection)
    require_act("inspect", command.by, uow, now)
    reason = clean_line(command.reason, "理由", "reason", 1000) if command.reason else ""
    if not one.is_open:
        raise BadInput("该查阅权限已撤回。", "This leave was taken back already.")
    one.revoked_at, one.revoked_by, one.session = now, command.by.person, ""
    uow.inspections.put(one.id, one)
    matter = pursuit_of(uow, one.incident, now)
    said: dict[str, Any] = {"inspection": one.id, "inspector": one.inspector, "reason": reason}
    matter.record("InspectionRevoked", command.by, **said)
    matter.save()
    return Reply(one.id, Words("已撤回查阅权限。", "The leave is taken back."))


@handles(OpenInspection)
def open_inspection(command: OpenInspection, uow: UnitOfWork, now: datetime) -> Inspection:
    """Begin a session; refused for any link but the present one, and for one opened before."""
    one = uow.inspections.get(command.inspection)
    good = one is not None and one.holds(now) and not one.session and _is_link(one, command.link)
    require("read_inspected", command.by, {"inspector"} if good else set())
    assert one is not None
    one.session, one.session_until = uow.token(), min(one.until, now + SESSION)
    uow.inspections.put(one.id, one)
    _note(uow, one, "InspectionOpened", command.by, now)
    return one


@handles(ReadInspection)
def read_inspection(command: ReadInspection, uow: UnitOfWork, now: datetime) -> Inspected | Exhibit:
    """Give what is asked for, of that one incident; each look is on the record before."""
    one = uow.inspections.get(command.inspection)
    good = one is not None and one.admits(command.session, now)
    require("read_inspected", command.by, {"inspector"} if good else set())
    assert one is not None
    exhibit = uow.exhibits.get(f"{one.incident}/{command.exhibit}") if command.exhibit else None
    if command.exhibit and exhibit is None:
        raise UnknownId("存证", "evidence", command.exhibit)
    one.reads, one.last_read_at = one.reads + 1, now
    uow.inspections.put(one.id, one)
    if exhibit is not None:
        said = {"exhibit": exhibit.id, "sha256": exhibit.sha256}
        _note(uow, one, "InspectionFileTaken", command.by, now, **said)
        return exhibit
    _note(uow, one, "InspectionRead", command.by, now, after=command.after)
    return inspected(uow, one, command.after)


def _note(uow: UnitOfWork, one: Inspection, kind: str, by: By, now: datetime, **said: Any) -> None:
    """On the firm's record: reading an incident's own must not make it longer."""
    facts = {"inspection": one.id, "incident": one.incident, "inspector": one.inspector, **said}
    note_fact(uow, kind, by, now, **facts)


def _is_link(one: Inspection, link: str) -> bool:
    return bool(one.link) and compare_digest(one.link.encode(), link.encode())


# Asking


def is_unopened(one: Inspection, link: str, now: datetime) -> bool:
    """Whether a link may still begin a session."""
    return one.holds(now) and not one.session and _is_link(one, link)


def find_inspection(uow: UnitOfWork, id: str) -> Inspection:
    """The leave with that id. Raises UnknownId."""
    found = uow.inspections.get(id)
    if found is None:
        raise UnknownId("查阅权限", "leave to inspect", id)
    return found


def inspections(uow: UnitOfWork, incident: str, now: datetime) -> list[dict[str, Any]]:
    """Who was given leave to read an incident, and how often they did."""
    find_incident(uow, incident)
    return [
        {
            "id": one.id,
            "inspector": one.inspector,
            "until": one.until.isoformat(),
            "granted_by": one.granted_by,
            "agreed_by": one.agreed_by,
            "holds": one.holds(now),
            "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
            "reads": one.reads,
            "last_read_at": one.last_read_at.isoformat() if one.last_read_at else None,
        }
        for one in uow.inspections.of(incident).values()
    ]
