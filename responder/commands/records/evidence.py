"""Evidence: files taken in, who has custody of each, and what left the house (7.2, 7.3).

Order 218, article 39: the scene and the evidence are protected. After ISO/IEC 27037 each change
of custody says who gives, who takes, when, why, and that the content was still the same.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import FIRM
from responder.commands.queries import exhibit_of, find_incident
from responder.commands.telling import name
from responder.domain.exhibit import Exhibit, safe_name
from responder.domain.record import By, Fact
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_NOTE = 1000
LONGEST_MEDIA, LONGEST_GIVEN = 100, 300
HASH = re.compile(r"[0-9a-f]{64}")
MEDIA = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


@dataclass(frozen=True)
class AddEvidence(Command):
    """A file that the vault keeps already is evidence. `media` is its media type, if known."""

    incident: str
    name: str
    sha256: str
    size: int
    media: str = ""
    note: str = ""


@dataclass(frozen=True)
class TransferEvidence(Command):
    """Offer custody to somebody; `sha256` is what the content was found to be just now."""

    incident: str
    exhibit: str
    to: str
    sha256: str
    reason: str = ""


@dataclass(frozen=True)
class AcceptEvidence(Command):
    """Take the custody that was offered."""

    incident: str
    exhibit: str
    sha256: str


@dataclass(frozen=True)
class ExportEvidence(Command):
    """A bundle leaves the house; `sha256` is that of its signed envelope."""

    incident: str
    sha256: str


@handles(AddEvidence)
def add_evidence(command: AddEvidence, uow: UnitOfWork, now: datetime) -> Reply:
    """Put a file on the record; whoever brought it has custody of it."""
    case = Case.load(uow, command.incident, now)
    case.may("add_evidence", command.by)
    note = command.note and clean_line(command.note, "说明", "note", LONGEST_NOTE, breaks=True)
    if not HASH.fullmatch(command.sha256):
        raise _not_a_hash()
    media = command.media if MEDIA.fullmatch(command.media[:LONGEST_MEDIA]) else ""
    earlier = uow.exhibits.of(command.incident)
    exhibit = Exhibit(
        id=str(len(earlier) + 1),
        incident=command.incident,
        name=safe_name(command.name),
        sha256=command.sha256,
        size=command.size,
        added_at=now,
        added_by=command.by.person,
        door=command.by.door,
        custodian=command.by.person,
        media=media,
        note=note,
    )
    uow.exhibits.put(exhibit.key, exhibit)
    given = {"given": _escaped(command.name)} if command.name != exhibit.name else {}
    said: dict[str, Any] = {"size": exhibit.size, "media": media, "note": note, **given}
    case.record("EvidenceAdded", command.by, **_named(exhibit), **said)
    case.save()
    return Reply(
        exhibit.id,
        Words(
            f"已收存{exhibit.id}号存证：{exhibit.name}，SHA-256 {exhibit.sha256}。",
            f"Kept as evidence {exhibit.id}: {exhibit.name}, SHA-256 {exhibit.sha256}.",
        ),
        {"incident": exhibit.incident, **_named(exhibit), "size": exhibit.size},
    )


@handles(TransferEvidence)
def transfer_evidence(command: TransferEvidence, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask somebody to take custody, and tell them; it stays where it is until they do."""
    case = Case.load(uow, command.incident, now)
    exhibit = exhibit_of(uow, command.incident, command.exhibit)
    case.may("transfer_evidence", command.by, *_custodian(exhibit, command.by))
    reason = clean_reason(command.reason, needed=False)
    if not case.roster.known(command.to):
        raise UnknownId("人员", "person", command.to, case.site.people)
    if command.to == exhibit.custodian:
        raise BadInput("该存证已由其保管。", "They have custody of it already.")
    _unchanged(exhibit, command.sha256)
    exhibit.offered_to = command.to
    uow.exhibits.put(exhibit.key, exhibit)
    facts: dict[str, Any] = {"to": command.to, "before": exhibit.custodian, "reason": reason}
    case.record("EvidenceOffered", command.by, **_named(exhibit), **facts)
    case.tell([command.to], _take_over(exhibit))
    case.save()
    zh, en = (name(case.site, command.to, language) for language in ("zh", "en"))
    return Reply(
        exhibit.id,
        Words(
            f"已请{zh}接收，对方确认后生效。",
            f"{en} is asked; it is theirs once they accept.",
        ),
        {"incident": exhibit.incident, "offered_to": command.to},
    )


@handles(AcceptEvidence)
def accept_evidence(command: AcceptEvidence, uow: UnitOfWork, now: datetime) -> Reply:
    """Custody changes hands."""
    case = Case.load(uow, command.incident, now)
    exhibit = exhibit_of(uow, command.incident, command.exhibit)
    taker = ["recipient"] if command.by.person == exhibit.offered_to != "" else []
    case.may("accept_evidence", command.by, *taker)
    _unchanged(exhibit, command.sha256)
    before, exhibit.custodian, exhibit.offered_to = exhibit.custodian, exhibit.offered_to, ""
    uow.exhibits.put(exhibit.key, exhibit)
    facts: dict[str, Any] = {"person": exhibit.custodian, "before": before}
    case.record("EvidenceTransferred", command.by, **_named(exhibit), **facts)
    case.save()
    return Reply(
        exhibit.id,
        Words(f"{exhibit.id}号存证现由您保管。", f"You now have custody of evidence {exhibit.id}."),
        {"incident": exhibit.incident, "custodian": exhibit.custodian},
    )


@handles(ExportEvidence)
def export_evidence(command: ExportEvidence, uow: UnitOfWork, now: datetime) -> Reply:
    """Put on the firm's record that a bundle was made; the incident's own stays as it is in it."""
    may_export(uow, command.incident, command.by, now)
    said = {"incident": command.incident, "sha256": command.sha256}
    uow.ledger.append([Fact("EvidenceExported", FIRM, command.by, now, said)])
    return Reply(command.incident, Words("存证包已导出。", "The bundle is exported."), said)


def may_export(uow: UnitOfWork, incident: str, by: By, now: datetime) -> None:
    """Raise NotAllowed unless they may take a bundle out.

    Nobody named works at the machine itself, with database, files and key at hand: that a bundle
    was made is on the record, under the name the operating system knows them by.
    """
    case = Case.load(uow, incident, now)
    if by.person:
        case.may("export_evidence", by)


def exhibits(uow: UnitOfWork, incident: str) -> list[dict[str, Any]]:
    """The evidence of an incident, in the order taken in. Raises UnknownId."""
    find_incident(uow, incident)
    return [
        {
            "id": one.id,
            "name": one.name,
            "sha256": one.sha256,
            "size": one.size,
            "media": one.media or None,
            "note": one.note,
            "added_at": one.added_at.isoformat(),
            "added_by": one.added_by,
            "door": one.door,
            "custodian": one.custodian,
            "offered_to": one.offered_to or None,
        }
        for one in uow.exhibits.of(incident).values()
    ]


def hashes(uow: UnitOfWork) -> set[str]:
    """The content of every exhibit there is."""
    return {one.sha256 for one in uow.exhibits.all().values()}


def _named(exhibit: Exhibit) -> dict[str, Any]:
    return {"exhibit": exhibit.id, "name": exhibit.name, "sha256": exhibit.sha256}


def _custodian(exhibit: Exhibit, by: By) -> list[str]:
    return ["custodian"] if by.person == exhibit.custodian else []


def _unchanged(exhibit: Exhibit, found: str) -> None:
    if found != exhibit.sha256:
        raise BadInput(
            f"{exhibit.id}号存证的内容已与收存时不同（现为{found}）。",
            f"The content of evidence {exhibit.id} is no longer what was taken in (now {found}).",
            "请从备份恢复该文件；不要在其上继续交接。",
            "Restore the file from a backup; do not hand it on as it is.",
        )


def _take_over(exhibit: Exhibit) -> Words:
    return Words(
        f"请您接收{exhibit.id}号存证：{exhibit.name}。",
        f"Please take custody of evidence {exhibit.id}: {exhibit.name}.",
    )


def _escaped(given: str) -> str:
    """A name as it was given, every character that is no plain one spelt out."""
    return given[:LONGEST_GIVEN].encode("unicode_escape").decode("ascii")


def _not_a_hash() -> BadInput:
    return BadInput(
        "没有该文件的 SHA-256。",
        "The SHA-256 of the file is missing.",
        "请用 evidence add 收存。",
        "Take it in with `evidence add`.",
    )
