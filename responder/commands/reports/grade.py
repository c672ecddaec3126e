"""The grade of an event under each regime: proposed until a named person confirms it (7.1 f)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.obligations.compliance import tell_compliance
from responder.commands.obligations.demanded import grade_field, regimes_of
from responder.commands.obligations.obligation import reconcile
from responder.commands.queries import find_incident
from responder.commands.reports.dossier import facts_of
from responder.commands.telling import name
from responder.domain.dossier import Dossier, Value
from responder.domain.record import By
from responder.domain.regime import GRADE_NAMES, Regime
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork
from responder.regimes.grading import Proposal, proposed_grade


@dataclass(frozen=True)
class ConfirmGrade(Command):
    """A regime's grade, as a named person confirms it. The response level is another thing."""

    incident: str
    regime: str
    grade: str
    reason: str = ""


@handles(ConfirmGrade)
def confirm_grade(command: ConfirmGrade, uow: UnitOfWork, now: datetime) -> Reply:
    """Put a name to a regime's grade; what was before stays on the record."""
    case = Case.load(uow, command.incident, now)
    case.may("grade", command.by)
    clean_reason(command.reason, needed=False)
    packs = {pack.id: pack for pack in regimes_of(case.site, case.incident)}
    pack = packs.get(command.regime)
    if pack is None:
        raise UnknownId("报告规则", "rule pack that applies here", command.regime, packs)
    if command.grade not in pack.grades:
        raise UnknownId("事件等级", "grade", command.grade, pack.grades)
    dossier = uow.dossiers.get(case.incident.id) or Dossier(case.incident.id)
    before = confirm(dossier, pack.id, command.grade, command.by, now)
    if before:
        clean_reason(command.reason)
    uow.dossiers.put(dossier.incident, dossier)
    case.record(
        "GradeConfirmed",
        command.by,
        regime=pack.id,
        grade=command.grade,
        graded=before,
        reason=command.reason,
    )
    case.save()
    reconcile(uow, case.incident.id, now)
    if before and pack.grades.index(command.grade) > pack.grades.index(before):
        _tell_of_downgrade(case, command, before)
    grade, regime = grade_name(pack.scale, command.grade), pack.name
    return Reply(
        case.incident.id,
        Words(
            f"已确认：{regime.said('zh')}事件等级为{grade.zh}。",
            f"Confirmed: {regime.said('en')} grade {grade.en}.",
        ),
        {"regime": pack.id, "grade": command.grade, "before": before or None},
    )


def confirm(dossier: Dossier, regime: str, grade: str, by: By, now: datetime) -> str:
    """Write a regime's grade to a dossier; returns the one before.

    Said twice, it was classified when it was said first.
    """
    before = dossier.grades.get(regime, "")
    dossier.grades[regime] = grade
    if before != grade:
        dossier.values[grade_field(regime)] = Value(grade, by.person, now, by.door)
    return before


def _tell_of_downgrade(case: Case, command: ConfirmGrade, before: str) -> None:
    zh, en = (name(case.site, command.by.person, language) for language in ("zh", "en"))
    pack = case.site.regimes[command.regime]
    was, now = grade_name(pack.scale, before), grade_name(pack.scale, command.grade)
    what = Words(
        f"{zh}将事件等级由{was.zh}改为{now.zh}（{pack.name.said('zh')}），理由：{command.reason}。",
        f"{en} changed the grade from {was.en} to {now.en} ({pack.name.said('en')}):"
        f" {command.reason}.",
    )
    rows = case.uow.obligations.of(case.incident.id).values()
    tell_compliance(case, command.by, what, [r for r in rows if r.duty.startswith(pack.id + "/")])


def grade_name(scale: dict[str, Words], grade: str) -> Words:
    """A grade in words: the pack's own, else the four of the standard."""
    return scale.get(grade) or GRADE_NAMES.get(grade) or Words(grade, grade)


def grades(uow: UnitOfWork, incident: str) -> list[dict[str, Any]]:
    """Each regime's grade of an incident: confirmed by whom, else what its criteria propose.

    `unknown` are fields that could still make the proposal graver. Raises UnknownId.
    """
    found = find_incident(uow, incident)
    site = uow.sites.get(found.site_version)
    dossier = uow.dossiers.get(incident) or Dossier(incident)
    said = {id: one.said.zh or one.said.en for id, one in facts_of(uow, incident).items()}
    return [_graded(pack, dossier, proposed_grade(pack, said)) for pack in regimes_of(site, found)]


def _graded(pack: Regime, dossier: Dossier, proposal: Proposal | None) -> dict[str, Any]:
    confirmed = dossier.values.get(grade_field(pack.id))
    grade = dossier.grades.get(pack.id) or (proposal.grade if proposal else "")
    words = grade_name(pack.scale, grade)
    rule = proposal.rule.says if proposal and proposal.rule else Words()
    return {
        "regime": pack.id,
        "name": {"zh": pack.name.said("zh"), "en": pack.name.said("en")},
        "grade": grade or None,
        "words": {"zh": words.zh, "en": words.en},
        "confirmed": confirmed is not None,
        "by": confirmed.by if confirmed else None,
        "at": confirmed.at.isoformat() if confirmed else None,
        "because": {"zh": rule.said("zh"), "en": rule.said("en")} if not confirmed else None,
        "unknown": list(proposal.unknown) if proposal and not confirmed else [],
        "scale": list(pack.grades),
    }
