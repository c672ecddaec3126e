"""What is said about facts and reports, as the commands it stands for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from responder.commands.command import Command
from responder.commands.reports.correction import CorrectReport
from responder.commands.reports.dossier import EnterFact
from responder.commands.reports.report import DraftReport
from responder.commands.reports.sign_off import ReviewReport, SignReport
from responder.commands.reports.submission import PhoneReport, SubmitReport
from responder.domain.record import By
from responder.inbound.language.grades_meant import confirming
from responder.inbound.language.world import World

Values = Mapping[str, str]


def _at(values: Values) -> datetime | None:
    return datetime.fromisoformat(values["at"]) if "at" in values else None


def _fact(values: Values, by: By, _world: World) -> Command:
    return EnterFact(
        by=by,
        incident=values["incident"],
        field=values["fact"],
        value=values["value"],
        estimate="estimate" in values,
        source=values.get("source", ""),
    )


def phoned(values: Values, by: By) -> Command | None:
    """With who took it the call is put on record; without, it is asked what to read out."""
    if "taken_by" not in values:
        return None
    return PhoneReport(
        by=by,
        incident=values["incident"],
        report=values["report"],
        taken_by=values["taken_by"],
        at=_at(values),
    )


def _submitted(values: Values, by: By, _world: World) -> Command:
    return SubmitReport(
        by=by,
        incident=values["incident"],
        report=values["report"],
        receipt=values.get("receipt", ""),
        proof=values.get("proof", ""),
        at=_at(values),
        states=(values["states"],) if "states" in values else (),
    )


REPORT_ACTS: dict[str, Callable[[Values, By, World], Command]] = {
    "fact": _fact,
    "grade": confirming,
    "report draft": lambda v, by, _: DraftReport(by=by, incident=v["incident"], duty=v["duty"]),
    "report review": lambda v, by, _: ReviewReport(
        by=by, incident=v["incident"], report=v["report"]
    ),
    "report sign": lambda v, by, _: SignReport(by=by, incident=v["incident"], report=v["report"]),
    "report submit": _submitted,
    "report correct": lambda v, by, _: CorrectReport(
        by=by, incident=v["incident"], report=v["report"], reason=v["reason"]
    ),
}
