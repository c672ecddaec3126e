"""The incident report that the leaders' brief offers once the emergency is over, with receipts.

A receipt stands on the firm's record: on the incident's it would make an approved report a draft
of the next version, for nothing but having been read.
"""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.case import Case
from responder.commands.command import Command, Reply, handles
from responder.commands.rights import require
from responder.domain.message import Message, Purpose
from responder.domain.record import THE_FIRM, Fact
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

Opened = dict[str, dict[str, str]]
"""When each person opened each version first, as ISO 8601."""


@dataclass(frozen=True)
class OpenIncidentReport(Command):
    """Somebody opens the report that a brief of theirs offers. `version` is the paper's."""

    message: str
    version: str


def offers_report(case: Case, message: Message) -> bool:
    """Whether a message is a leader's brief with the report, and it may still be had by it.

    In a drill whoever is not among its recipients is nobody (P5).
    """
    return (
        message.purpose is Purpose.BRIEF
        and bool(message.facts.get("paper"))
        and case.incident.is_over
        and case.roster.known(message.person)
    )


@handles(OpenIncidentReport)
def open_incident_report(command: OpenIncidentReport, uow: UnitOfWork, now: datetime) -> Reply:
    """Put it on record, once for each person and version."""
    message = uow.outbox.get(command.message)
    if message is None:
        raise UnknownId("消息", "message", command.message)
    case = Case.load(uow, message.incident, now)
    mine = message.person == command.by.person and offers_report(case, message)
    require("open_paper", command.by, {"addressee"} if mine else set())
    person, incident = message.person, message.incident
    opened = reports_opened(uow, incident)
    before = opened.setdefault(person, {})
    if command.version not in before:
        before[command.version] = now.isoformat()
        uow.notes.put(_key(incident), opened)
        said = {"incident": incident, "number": command.version, "message": message.id}
        uow.ledger.append([Fact("IncidentReportOpened", THE_FIRM, command.by, now, said)])
    return Reply(incident, Words("已登记打开。", "Its opening is on record."))


def reports_opened(uow: UnitOfWork, incident: str) -> Opened:
    """Who opened the report on an incident."""
    found: Opened = uow.notes.get(_key(incident)) or {}
    return found


def _key(incident: str) -> str:
    return f"incident-report/{incident}/opened"
