"""Reports to regulators: drafted from the record, filled anew as facts come, sent for signature.

JR/T 0099 7.2: per the rules, complete, in time, accurate; never late, missing, false or concealed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.owed import found
from responder.commands.reports.at_work import (
    Work,
    at_work,
    find_duty,
    named,
    standing,
    withdraw_consent,
)
from responder.domain.obligation import Obligation
from responder.domain.report import Report, Stage
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_ANSWER = 4000
STATES = ("restored", "resolved", "closed")
"""Milestones that a report may state; `restored` ends a continuing duty."""


@dataclass(frozen=True)
class DraftReport(Command):
    """A report of a duty: `cn-securities/first`, its id where only one regime has it, or the number
    of what is owed in the list.
    """

    incident: str
    duty: str
    language: str = ""
    partial: bool = False
    preliminary: bool = False
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerField(Command):
    """A field of one report, in words for it alone; an empty text goes back to the dossier's."""

    report: str
    field: str
    text: str
    incident: str = ""


@dataclass(frozen=True)
class SetReport(Command):
    """What kind of report it is to be: partial, preliminary, what it states; None leaves it."""

    report: str
    incident: str = ""
    partial: bool | None = None
    preliminary: bool | None = None
    states: tuple[str, ...] | None = None


@dataclass(frozen=True)
class WithdrawReport(Command):
    """A report that was never submitted is not to be."""

    report: str
    reason: str
    incident: str = ""


@handles(DraftReport)
def draft_report(command: DraftReport, uow: UnitOfWork, now: datetime) -> Reply:
    """Make a report from the form of its duty; one of the same that waits already is given."""
    case = Case.load(uow, command.incident, now)
    case.may("draft_report", command.by)
    owed = _owed(case, command.duty)
    regime, duty = find_duty(case.site, owed.duty if owed else command.duty)
    if duty.form not in regime.forms:
        raise BadInput(
            f"{regime.id}的“{duty.name.zh}”没有报告格式。",
            f"“{duty.name.en}” of {regime.id} has no form.",
            "请在报告规则中写明 form。",
            "Name its form in the rule pack.",
        )
    earlier = [
        one
        for one in uow.reports.of(command.incident).values()
        if (one.regime, one.duty) == (regime.id, duty.id) and one.stage is not Stage.WITHDRAWN
    ]
    waiting = next((one for one in earlier if one.is_open and not one.corrects), None)
    if waiting is not None:
        return standing(at_work(uow, waiting.key, now), joined=True)
    owed = owed or _earliest(case, f"{regime.id}/{duty.id}")
    sent = [one for one in earlier if not one.corrects]
    report = Report(
        id=str(len(uow.reports.of(command.incident)) + 1),
        incident=command.incident,
        regime=regime.id,
        duty=duty.id,
        number=owed.number if owed else len(sent) + 1,
        form=duty.form,
        language=command.language or _language(case, regime.jurisdiction),
        drafted_at=now,
        drafted_by=command.by.person,
        obligation=owed.id if owed else "",
        follows=sent[-1].id if sent else "",
        preliminary=command.preliminary,
        partial=_partial(command.partial, duty.first),
        states=_states(command.states),
        changed_at=now,
    )
    uow.reports.put(report.key, report)
    case.record("ReportDrafted", command.by, **named(report, duty))
    case.save()
    return standing(at_work(uow, report.key, now))


@handles(AnswerField)
def answer_field(command: AnswerField, uow: UnitOfWork, now: datetime) -> Reply:
    """Write a field for this report alone; whoever signs sees that it is."""
    work = _changeable(command.report, command.incident, uow, now)
    work.case.may("draft_report", command.by)
    fields = {one.id: one for one in work.form.fields}
    if command.field not in fields:
        raise UnknownId("栏目", "field", command.field, fields)
    if command.text:
        clean_line(command.text, "内容", "answer", LONGEST_ANSWER, breaks=True)
        work.report.own[command.field] = command.text
    else:
        work.report.own.pop(command.field, None)
    said: dict[str, Any] = {"field": command.field, "text": command.text}
    return _changed(work, command, "ReportAnswered", **said)


@handles(SetReport)
def set_report(command: SetReport, uow: UnitOfWork, now: datetime) -> Reply:
    """Change what kind of report it is to be."""
    work = _changeable(command.report, command.incident, uow, now)
    work.case.may("draft_report", command.by)
    report = work.report
    if command.partial is not None:
        report.partial = _partial(command.partial, work.duty.first)
    if command.preliminary is not None:
        report.preliminary = command.preliminary
    if command.states is not None:
        report.states = _states(command.states)
    kind: dict[str, Any] = {
        "partial": report.partial,
        "preliminary": report.preliminary,
        "states": list(report.states),
    }
    return _changed(work, command, "ReportSet", **kind)


@handles(WithdrawReport)
def withdraw_report(command: WithdrawReport, uow: UnitOfWork, now: datetime) -> Reply:
    """Put a draft aside for good; what is owed stays owed."""
    work = at_work(uow, command.report, now, command.incident)
    work.case.may("draft_report", command.by)
    clean_reason(command.reason)
    if not work.report.is_open:
        raise not_to_be_changed(work.report)
    withdraw_consent(uow, work.report, now)
    work.report.stage = Stage.WITHDRAWN
    _changed(work, command, "ReportWithdrawn", reason=command.reason)
    key = work.report.key
    return Reply(
        key,
        Words(
            f"{key}已作废；应报的报告仍须报送。", f"{key} is withdrawn; what is owed stays owed."
        ),
    )


def not_to_be_changed(report: Report) -> BadInput:
    """What is submitted or withdrawn stays as it is."""
    return BadInput(
        f"{report.key}已报出或作废，不能改动。",
        f"{report.key} is submitted or withdrawn and never changes.",
        "内容有误请用 report correct 更正。",
        "If it is wrong, `report correct` makes a new one.",
    )


def _changeable(ref: str, incident: str, uow: UnitOfWork, now: datetime) -> Work:
    """A draft to be changed; one sent for signature or signed goes back to being a draft."""
    work = at_work(uow, ref, now, incident)
    if not work.report.is_open:
        raise not_to_be_changed(work.report)
    return work


def _changed(work: Work, command: Command, kind: str, **said: Any) -> Reply:
    """Keep the change; what was waiting for a signature has to be sent anew."""
    report, uow = work.report, work.case.uow
    if report.stage in (Stage.IN_REVIEW, Stage.SIGNED_OFF):
        withdraw_consent(uow, report, work.case.now)
        report.stage, report.sha256 = Stage.DRAFT, ""
        report.signed_off_by, report.signed_off_at = "", None
    report.changed_at = work.case.now
    uow.reports.put(report.key, report)
    work.case.record(kind, command.by, **named(report, work.duty), **said)
    work.case.save()
    return standing(at_work(uow, report.key, work.case.now))


def _language(case: Case, jurisdiction: str) -> str:
    return "zh" if jurisdiction == "CN" else "en" if jurisdiction else case.site.language


def _partial(wanted: bool, first: tuple[str, ...]) -> bool:
    if wanted and not first:
        raise BadInput(
            "该报告没有“可先报部分内容”的规定。",
            "The rule does not let this report be partial at first.",
            "请填齐必填项；来不及请先电话报告。",
            "Answer every mandatory field; if time is short, telephone first.",
        )
    return wanted


def _states(given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        if one not in STATES:
            raise UnknownId("状态", "milestone to state", one, STATES)
    return given


def _owed(case: Case, ref: str) -> Obligation | None:
    """What is owed, where it is named by its number in the list."""
    return found(case.uow, case.incident.id, ref) if ref.isascii() and ref.isdigit() else None


def _earliest(case: Case, duty: str) -> Obligation | None:
    """What is owed of a duty, the earliest first."""
    owed = case.uow.obligations.of(case.incident.id).values()
    return next((one for one in owed if one.duty == duty and one.is_open), None)
