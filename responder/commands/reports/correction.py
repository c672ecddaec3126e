"""Correcting what was submitted: a new report, linked to the old one, which stands as sent."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.case import Case
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.reports.at_work import at_work, named, standing
from responder.domain.report import Report, Stage
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CorrectReport(Command):
    """A submitted report has to be corrected: a new one, linked to it."""

    report: str
    reason: str
    incident: str = ""


@handles(CorrectReport)
def correct_report(command: CorrectReport, uow: UnitOfWork, now: datetime) -> Reply:
    """A new edition of what was sent, filled from what is known now; the old one stays as it is."""
    work = at_work(uow, command.report, now, command.incident)
    old = work.report
    case = Case.load(uow, old.incident, now)
    case.may("draft_report", command.by)
    clean_reason(command.reason)
    if old.stage is not Stage.SUBMITTED:
        raise BadInput(
            f"{old.key}尚未报出，可直接修改。",
            f"{old.key} is not submitted; change it as it is.",
            "用 fact 或 report set 修改后重新送签。",
            "Change it with `fact` or `report set`, then send it for signature.",
        )
    everything = uow.reports.of(old.incident)
    newer = [
        one
        for one in everything.values()
        if one.corrects == old.id and one.stage is not Stage.WITHDRAWN
    ]
    if newer:
        raise BadInput(
            f"{old.key}已由{newer[-1].key}更正。",
            f"{old.key} is corrected by {newer[-1].key}.",
            "请更正较新的一份。",
            "Correct the newer one.",
        )
    report = Report(
        id=str(len(everything) + 1),
        incident=old.incident,
        regime=old.regime,
        duty=old.duty,
        number=old.number,
        form=old.form,
        language=old.language,
        drafted_at=now,
        drafted_by=command.by.person,
        states=old.states,
        corrects=old.id,
        follows=old.follows,
        own=dict(old.own),
        edition=old.edition + 1,
        changed_at=now,
    )
    uow.reports.put(report.key, report)
    case.record(
        "ReportToBeCorrected", command.by, **named(report, work.duty), reason=command.reason
    )
    case.save()
    return standing(at_work(uow, report.key, now))
