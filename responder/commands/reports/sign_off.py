"""Signing a report: one person sends it, another signs it, as it was sent (7.2: accurate).

What contradicts the record stops it, unless an approver lets that pass with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import Confirm, ask_consent, confirm, takes_effect
from responder.commands.reports.at_work import Work, at_work, field_name, named, withdraw_consent
from responder.commands.reports.report import not_to_be_changed
from responder.commands.telling import name
from responder.domain.consent import Consent
from responder.domain.filling import Line, Mark, hub_of
from responder.domain.record import By
from responder.domain.report import Report, Stage
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.evidence.canonical import canonical
from responder.ports.unit_of_work import UnitOfWork

SIGN = "sign_report"


@dataclass(frozen=True)
class ReviewReport(Command):
    """Send a report for signature, as it is filled now."""

    report: str
    incident: str = ""


@dataclass(frozen=True)
class OverrideContradiction(Command):
    """An approver lets something pass that stands against the record, with the reason."""

    report: str
    contradiction: str
    reason: str
    incident: str = ""


@dataclass(frozen=True)
class SignReport(Command):
    """Sign a report that was sent for signature; the same as `confirm` with its code."""

    report: str
    incident: str = ""


@handles(ReviewReport)
def review_report(command: ReviewReport, uow: UnitOfWork, now: datetime) -> Reply:
    """Freeze the answers and ask the approvers; nobody signs what they sent themselves."""
    work = at_work(uow, command.report, now, command.incident)
    case, report = work.case, work.report
    case.may("draft_report", command.by)
    if not report.is_open:
        raise not_to_be_changed(report)
    filled = work.live()
    if filled.missing:
        raise _incomplete(filled.missing)
    withdraw_consent(uow, report, now)
    report.answers, report.estimates = filled.answers, filled.estimates
    report.stage, report.reviewed_by, report.changed_at = Stage.IN_REVIEW, command.by.person, now
    report.signed_off_by, report.signed_off_at = "", None
    report.revision += 1
    report.sha256 = digest(report)
    asked = _signers(case, command.by.person)
    facts = {"report": report.key, "sha256": report.sha256}
    case.record(
        "ReportSentForSignature", command.by, **named(report, work.duty), version=report.version
    )
    reply = ask_consent(case, SIGN, command.by, facts, asked)
    report.consent = reply.id
    uow.reports.put(report.key, report)
    case.tell(_engaged(case, asked), _please_sign(work))
    case.save()
    against = [one.id for one in work.blocking]
    zh = f"。与记录矛盾{len(against)}处，须签发人注明理由" if against else ""
    en = f" {len(against)} points stand against the record." if against else ""
    return Reply(
        report.key,
        Words(
            f"{report.key}已送签，请另一人签发{zh}。", f"{report.key} is sent for signature.{en}"
        ),
        {"confirm": reply.id, "sha256": report.sha256, "contradictions": against},
    )


@handles(OverrideContradiction)
def override_contradiction(command: OverrideContradiction, uow: UnitOfWork, now: datetime) -> Reply:
    """Let one contradiction pass; the reason stands in the report's history for good."""
    work = at_work(uow, command.report, now, command.incident)
    report = work.report
    work.case.may("sign_report", command.by)
    clean_reason(command.reason)
    if not report.is_open:
        raise not_to_be_changed(report)
    found = {one.id: one for one in work.found}
    if command.contradiction not in found:
        raise UnknownId("矛盾", "contradiction", command.contradiction, found)
    report.overridden[command.contradiction] = command.reason
    report.changed_at = now
    uow.reports.put(report.key, report)
    words = found[command.contradiction].words
    said: dict[str, Any] = {"against": {"zh": words.zh, "en": words.en}, "reason": command.reason}
    work.case.record("ContradictionLetPass", command.by, **named(report, work.duty), **said)
    work.case.save()
    return Reply(
        report.key,
        Words(f"已注明理由：{words.zh}。", f"Let pass, with your reason: {words.en}."),
        {"contradiction": command.contradiction},
    )


@handles(SignReport)
def sign_report(command: SignReport, uow: UnitOfWork, now: datetime) -> Reply:
    """The second person's signature."""
    report = at_work(uow, command.report, now, command.incident).report
    if report.stage is not Stage.IN_REVIEW:
        raise BadInput(
            f"{report.key}没有待签发的内容。",
            f"{report.key} does not wait for a signature.",
            f"请先送签：report review {report.key}。",
            f"Send it first: report review {report.key}.",
        )
    signed: Reply = confirm(Confirm(by=command.by, request=report.consent), uow, now)
    return signed


@takes_effect(SIGN)
def _signed(case: Case, consent: Consent, by: By) -> Reply:
    """The answers are frozen as they were sent, with who signed them and when."""
    work = at_work(case.uow, consent.facts["report"], case.now)
    report = work.report
    case.may("sign_report", by)
    if report.stage is not Stage.IN_REVIEW or report.sha256 != consent.facts["sha256"]:
        raise not_to_be_changed(report)
    if work.blocking:
        raise _contradicted(work)
    newer = _told_otherwise(work)
    if newer:
        raise _outdated(report, newer)
    report.stage, report.signed_off_by, report.signed_off_at = Stage.SIGNED_OFF, by.person, case.now
    report.consent, report.changed_at = "", case.now
    _put_signature(work)
    report.sha256 = digest(report)
    case.uow.reports.put(report.key, report)
    case.record("ReportSignedOff", by, **named(report, work.duty), sha256=report.sha256)
    case.save()
    return Reply(
        report.key,
        Words(
            f"{report.key}已签发，内容不再变动。报出后请登记：report submit {report.key}。",
            f"{report.key} is signed and no longer changes. Once sent: report submit {report.key}.",
        ),
        {"sha256": report.sha256, "signed_off_by": by.person},
    )


def digest(report: Report) -> str:
    """What a report says, by its hash: the same answers of the same form give the same."""
    said = {
        "incident": report.incident,
        "regime": report.regime,
        "duty": report.duty,
        "number": report.number,
        "form": report.form,
        "language": report.language,
        "corrects": report.corrects,
        "states": list(report.states),
        "partial": report.partial,
        "preliminary": report.preliminary,
        "estimates": list(report.estimates),
        "answers": report.answers,
    }
    return sha256(canonical(said)).hexdigest()


def _put_signature(work: Work) -> None:
    """Who signed and when stands in the fields that ask for it; nothing else changes."""
    for line in work.live().lines:
        if is_signature(line) and line.said and not line.own:
            work.report.answers[line.field.id] = line.said


SIGNATURE = frozenset({"signer", "reported_at"})


def is_signature(line: Line) -> bool:
    """Whether a field says who signed and when: filled by signing, and by nothing else."""
    return not SIGNATURE.isdisjoint((hub_of(line.field), *line.field.also))


def _told_otherwise(work: Work) -> list[Line]:
    """Fields of which a person said something else since it was sent."""
    return [
        line
        for line in work.live().lines
        if line.known is not None
        and line.known.by
        and line.mark is not Mark.BLANK
        and line.said != work.report.answers.get(line.field.id, "")
    ]


def _signers(case: Case, sender: str) -> tuple[str, ...]:
    """Who may sign: the approvers, then the command body; never who sent it."""
    people = (*case.site.grants.get("approver", ()), *case.roster.command_body)
    known = (person for person in dict.fromkeys(people) if case.roster.known(person))
    return tuple(person for person in known if person != sender)


def _engaged(case: Case, asked: tuple[str, ...]) -> list[str]:
    """Those of them who have the incident in hand; the approvers where none of them has."""
    at_it = {case.incident.commander, case.authority.holder, *case.escalation.acknowledged}
    approvers = case.site.grants.get("approver", ())
    near = [person for person in asked if person in at_it]
    return near or [person for person in asked if person in approvers] or list(asked[:1])


def _please_sign(work: Work) -> Words:
    """What approvers are told, with the words that any chat takes."""
    report, duty = work.report, work.duty.name
    zh, en = (name(work.case.site, report.reviewed_by, one) for one in ("zh", "en"))
    which = f"{report.incident} {report.id}"
    return Words(
        f"请签发{duty.said('zh')}（{report.key}），{zh}送签。"
        f"核对请发送：看报告 {which}；签发请发送：签发报告 {which}",
        f"Please sign {duty.said('en')} ({report.key}), sent by {en}."
        f" To read it: report show {which}. To sign it: report sign {which}",
    )


def _incomplete(missing: tuple[Line, ...]) -> BadInput:
    zh = "、".join(f"{field_name(one.field).zh}（{one.field.id}）" for one in missing)
    en = ", ".join(f"{field_name(one.field).en} ({one.field.id})" for one in missing)
    return BadInput(
        f"还缺{len(missing)}项必填内容：{zh}。",
        f"{len(missing)} mandatory fields are missing: {en}.",
        "用 fact 或 report answer 补填；来不及请先电话报告（report phone）。",
        "Fill them with `fact` or `report answer`; if time is short, telephone (`report phone`).",
    )


def _contradicted(work: Work) -> BadInput:
    zh = "；".join(f"{one.words.zh}（{one.id}）" for one in work.blocking)
    en = "; ".join(f"{one.words.en} ({one.id})" for one in work.blocking)
    return BadInput(
        f"与处置记录矛盾，不能签发：{zh}。",
        f"It stands against the record and is not signed: {en}.",
        "请更正事实后重新送签，或由签发人注明理由：report override。",
        "Mend the facts and send it again, or an approver gives a reason: report override.",
    )


def _outdated(report: Report, newer: list[Line]) -> BadInput:
    zh = "、".join(field_name(line.field).zh for line in newer)
    en = ", ".join(field_name(line.field).en for line in newer)
    return BadInput(
        f"送签后有人更正了：{zh}。",
        f"Since it was sent somebody told otherwise: {en}.",
        f"请重新送签：report review {report.key}。",
        f"Send it anew: report review {report.key}.",
    )


def changed_since(work: Work) -> Mapping[str, tuple[str, str]]:
    """What the record would say differently now, field by field, of a report already sent."""
    live = work.live().answers
    before = work.report.answers
    fields = [line.field.id for line in work.filled.lines if not is_signature(line)]
    pairs = {id: (before.get(id, ""), live.get(id, "")) for id in fields}
    return {id: pair for id, pair in pairs.items() if pair[0] != pair[1]}
