"""A report leaves the firm: told by telephone, submitted in writing. A human does both.

What was submitted never changes; how late it was is kept to the second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.obligations.obligation import discharge
from responder.commands.queries import exhibit_of
from responder.commands.reports.at_work import Work, at_work, field_name, named
from responder.commands.reports.dossier import record_of
from responder.commands.reports.report import STATES, not_to_be_changed
from responder.domain.contradiction import contradictions
from responder.domain.obligation import Obligation
from responder.domain.plain_value import late_said
from responder.domain.record import By
from responder.domain.report import Report, Stage
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

PHONE, WRITTEN = "phone", "written"
LONGEST_RECEIPT = 200
LONGEST_NAME = 100
NOW_IN_DRILL = Words(
    "【演练】仅作演练记录，没有对外报送。", "DRILL: recorded as an exercise; nothing was sent out."
)


@dataclass(frozen=True)
class PhoneReport(Command):
    """A report was read out by telephone: who took it, and when."""

    report: str
    taken_by: str
    at: datetime | None = None
    incident: str = ""


@dataclass(frozen=True)
class SubmitReport(Command):
    """A signed report was sent by a human: its receipt or a picture of it, and when."""

    report: str
    receipt: str = ""
    proof: str = ""
    at: datetime | None = None
    states: tuple[str, ...] = ()
    incident: str = ""


@handles(PhoneReport)
def phone_report(command: PhoneReport, uow: UnitOfWork, now: datetime) -> Reply:
    """Put the call on record; it needs no signature, the written report follows."""
    work = at_work(uow, command.report, now, command.incident)
    report = work.report
    work.case.may("submit_report", command.by)
    taker = clean_line(command.taken_by, "接报人", "name of who took it", LONGEST_NAME)
    at = command.at or now
    _not_to_come(at, now)
    if not report.is_open:
        raise not_to_be_changed(report)
    if report.phoned_at is not None:
        raise BadInput(
            f"{report.key}已于先前电话报告，接报人{report.taken_by}。",
            f"{report.key} was told by telephone already, to {report.taken_by}.",
            "再次通话请用 note 记录。",
            "Put a further call on the record with `note`.",
        )
    report.phoned_at, report.phoned_by, report.taken_by = at, command.by.person, taker
    report.changed_at = now
    row = _owed(uow, report)
    report.obligation = row.id if row else report.obligation
    uow.reports.put(report.key, report)
    said = _said(work, at) | {"taken_by": taker}
    work.case.record("ReportPhoned", command.by, **said)
    work.case.save()
    if row and PHONE in [step.id for step in row.steps if step.done_at is None]:
        row = discharge(
            uow,
            row.key,
            PHONE,
            command.by,
            at,
            taker,
            now,
            taken_by=taker,
            report=report.id,
            lacking=_left_open(work),
        )
    return _reply(work, Words("已登记电话报告", "The call is on record"), row, at)


@handles(SubmitReport)
def submit_report(command: SubmitReport, uow: UnitOfWork, now: datetime) -> Reply:
    """Record what a human submitted; from now on the report never changes."""
    work = at_work(uow, command.report, now, command.incident)
    case, report = work.case, work.report
    case.may("submit_report", command.by)
    at = command.at or now
    _check(work, command, at)
    report.states = tuple(dict.fromkeys([*report.states, *command.states]))
    row = _owed(uow, report)
    if row is not None:
        report.obligation = row.id
        report.due_at = None if row.is_at_once else row.due_at
    elif report.corrects:
        report.due_at = None
    report.stage, report.submitted_by, report.submitted_at = (
        Stage.SUBMITTED,
        command.by.person,
        at,
    )
    report.receipt, report.proof, report.changed_at = command.receipt, command.proof, now
    uow.reports.put(report.key, report)
    said: dict[str, Any] = {
        "receipt": command.receipt,
        "proof": command.proof,
        "sha256": report.sha256,
        "states": list(report.states),
        "late_s": report.late_by // timedelta(seconds=1),
    }
    case.record("ReportSubmitted", command.by, **_said(work, at), **said)
    case.save()
    if row is not None:
        row = _discharge(work, row, command.by, at)
    done = Words("已登记报出", "Submission is on record")
    return _reply(work, NOW_IN_DRILL if case.incident.drill else done, row, at)


def _discharge(work: Work, row: Obligation, by: By, at: datetime) -> Obligation:
    report = work.report
    proof = report.receipt or f"{report.incident}/{report.proof}"
    following = row.next_step.id if row.next_step else ""
    return discharge(
        work.case.uow,
        row.key,
        "" if following != PHONE else WRITTEN,
        by,
        at,
        proof,
        work.case.now,
        report=report.id,
        states=report.states,
        preliminary=report.preliminary,
        lacking=_left_open(work),
    )


def _left_open(work: Work) -> Iterator[dict[str, str]]:
    """The required elements that it leaves blank or still being established, for the record."""
    for line in work.filled.unknown:
        name = field_name(line.field)
        yield {"id": line.field.id, "zh": name.said("zh"), "en": name.said("en")}


def _check(work: Work, command: SubmitReport, at: datetime) -> None:
    """Signed, with a proof, at a time that can be, stating nothing that is not so."""
    report, uow, now = work.report, work.case.uow, work.case.now
    if report.stage is not Stage.SIGNED_OFF or report.signed_off_at is None:
        if not report.is_open:
            raise not_to_be_changed(report)
        raise BadInput(
            f"{report.key}尚未签发，不能报出。",
            f"{report.key} is not signed and cannot be submitted.",
            "请先送签、签发；来不及请先电话报告（report phone）。",
            "Have it signed first; if time is short, telephone (`report phone`).",
        )
    if not command.receipt and not command.proof:
        raise BadInput(
            "没有报送凭证。",
            "There is no proof of the submission.",
            "请写明回执编号（--receipt），或收存截图后给出存证号（--proof）。",
            "Give the receipt (--receipt), or keep a picture as evidence and name it (--proof).",
        )
    if command.receipt:
        clean_line(command.receipt, "回执", "receipt", LONGEST_RECEIPT)
    if command.proof:
        exhibit_of(uow, report.incident, command.proof)
    _not_to_come(at, now)
    if at < report.signed_off_at:
        raise BadInput(
            "报出时间早于签发时间。",
            "It would be submitted before it was signed.",
            "请核对 --at。",
            "Check --at.",
        )
    _check_states(work, command.states)


def _check_states(work: Work, states: tuple[str, ...]) -> None:
    for one in states:
        if one not in STATES:
            raise UnknownId("状态", "milestone to state", one, STATES)
    record = record_of(work.case.uow, work.report.incident)
    stated = (*work.report.states, *states)
    found = contradictions(record, work.facts, stated, work.case.now)
    against = [
        one
        for one in found
        if one.id.startswith("restored-w") and one.id not in work.report.overridden
    ]
    if against:
        raise BadInput(
            f"不能报送已恢复：{'；'.join(one.words.zh for one in against)}。",
            f"It cannot state restoration: {'; '.join(one.words.en for one in against)}.",
            "请先登记事件恢复（incident set … restored），或由签发人注明理由（report override）。",
            "Set the incident restored first, or an approver gives a reason (`report override`).",
        )


def _owed(uow: UnitOfWork, report: Report) -> Obligation | None:
    """What this report is to discharge: the one it was drafted for, else the earliest open one.

    A correction discharges nothing: what was owed was sent.
    """
    if report.corrects:
        return None
    rows = uow.obligations.of(report.incident)
    named = rows.get(f"{report.incident}/{report.obligation}") if report.obligation else None
    if named is not None and named.is_open:
        return named
    duty = f"{report.regime}/{report.duty}"
    return next((row for row in rows.values() if row.duty == duty and row.is_open), None)


def _not_to_come(at: datetime, now: datetime) -> None:
    if at > now:
        raise BadInput("时间在将来。", "That is a time still to come.", "请核对。", "Check it.")


def _said(work: Work, at: datetime) -> dict[str, Any]:
    return named(work.report, work.duty) | {"sent_at": at.isoformat()}


def _reply(work: Work, done: Words, row: Obligation | None, at: datetime) -> Reply:
    """That it is on record, and how late it was."""
    report = work.report
    late = row.late_by(at) if row and not row.is_at_once else timedelta()
    tail_zh = f"，超时{late_said(late, 'zh')}" if late else ""
    tail_en = f", late by {late_said(late, 'en')}" if late else ""
    zh, en = (done.zh.rstrip("。"), done.en.rstrip("."))
    return Reply(
        report.key,
        Words(f"{report.key}：{zh}{tail_zh}。", f"{report.key}: {en}{tail_en}."),
        {
            "incident": report.incident,
            "report": report.id,
            "at": at.isoformat(),
            "late_s": late // timedelta(seconds=1),
            "discharges": row.id if row else None,
            "drill": work.case.incident.drill,
        },
    )
