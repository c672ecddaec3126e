"""The incident report as a controlled document: its version, and who approved which facts of it.

An approval binds to the incident's last entry. What is recorded later makes a draft of the next
version, until somebody approves that too; the approved facts give the same bytes for ever.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.aftermath.incident_facts import incident_facts
from responder.commands.case import Case
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import FIRM
from responder.domain.record import Fact
from responder.domain.report_order import LEADERSHIP, ReportOrder
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ApproveIncidentReport(Command):
    """Approve what the incident report says now. `author` wrote or checked it, somebody else."""

    incident: str
    author: str


@handles(ApproveIncidentReport)
def approve_incident_report(
    command: ApproveIncidentReport, uow: UnitOfWork, now: datetime
) -> Reply:
    """Put the approval on the firm's record; nothing of the incident changes by it."""
    case = Case.load(uow, command.incident, now)
    case.may("approve_paper", command.by)
    if command.author == command.by.person or not case.roster.known(command.author):
        raise BadInput(
            "报告须由另一人编制。",
            "Somebody else has to be the author.",
            "请用 --author 写明编制人，由他人批准。",
            "Name the author with --author, and let another person approve.",
        )
    version = int(_approved(uow, command.incident).get("version", 0)) + 1
    approval = {
        "version": version,
        "author": command.author,
        "approver": command.by.person,
        "hash": uow.ledger.of(command.incident)[-1].hash,
        "at": now.isoformat(),
    }
    uow.notes.put(_key(command.incident), approval)
    said = {"incident": command.incident, "number": version, "sha256": approval["hash"]}
    uow.ledger.append([Fact("IncidentReportApproved", FIRM, command.by, now, said)])
    return Reply(
        command.incident,
        Words(
            f"已批准 {command.incident} 事件处置报告，版本 {version}.0。",
            f"The report on {command.incident} is approved, version {version}.0.",
        ),
        {"version": f"{version}.0"},
    )


def report_order(
    uow: UnitOfWork, incident: str, now: datetime, audience: str = LEADERSHIP, author: str = ""
) -> ReportOrder:
    """The report to be made: as approved, if nothing was recorded since, else a draft.

    Raises UnknownId, with near misses.
    """
    approval = _approved(uow, incident)
    facts = incident_facts(uow, incident, now)
    version = approval.get("version", 0)
    if not approval or approval["hash"] != facts.entries[-1].hash:
        return ReportOrder(facts, audience, f"{version}.1", author)
    approved_at = datetime.fromisoformat(approval["at"])
    return ReportOrder(
        incident_facts(uow, incident, approved_at),
        audience,
        f"{version}.0",
        approval["author"],
        approval["approver"],
    )


def _approved(uow: UnitOfWork, incident: str) -> dict[str, Any]:
    """The latest approval, empty if there is none."""
    found: dict[str, Any] = uow.notes.get(_key(incident)) or {}
    return found


def _key(incident: str) -> str:
    return f"incident-report/{incident}"
