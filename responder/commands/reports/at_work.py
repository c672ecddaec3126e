"""A report at work: its form filled from the dossier and the record, and what stands against it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.command import Reply
from responder.commands.reports.dossier import facts_from, record_of
from responder.commands.reports.grade import grade_name
from responder.commands.reports.hub_value import BEING_ESTABLISHED, say
from responder.commands.telling import name
from responder.domain.contradiction import Contradiction, contradictions
from responder.domain.dossier import Known
from responder.domain.filling import Filled, Line, Mark, Source, fill, hub_of
from responder.domain.plain_value import plain
from responder.domain.regime import Duty, Form, FormField, Regime
from responder.domain.report import Report, Stage
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork
from responder.regimes.hub import BY_ID

TO_BE_SIGNED = Words("（待签发）", "(to be signed)")
BETWEEN = Words("；", "; ")
TYPES = {"continuing": "continuing", "intermediate": "intermediate", "final": "final"}


@dataclass(frozen=True, slots=True)
class Work:
    """A report with everything that it is made from.

    `filled` is the form as it is now; once it was sent for signature, as it was then. `found` are
    contradictions, `blocking` those that nobody let pass.
    """

    case: Case
    report: Report
    regime: Regime
    duty: Duty
    form: Form
    facts: dict[str, Known]
    filled: Filled
    found: tuple[Contradiction, ...]

    @property
    def blocking(self) -> tuple[Contradiction, ...]:
        """What stops it from being signed."""
        return tuple(one for one in self.found if one.id not in self.report.overridden)

    def live(self) -> Filled:
        """The form as it would be filled now."""
        return _filled(self.case, self.report, self.regime, self.duty, self.form, self.facts)


def at_work(uow: UnitOfWork, ref: str, now: datetime, incident: str = "") -> Work:
    """A report by `INC-2026-0007/1`, or by its number within an incident. Raises UnknownId."""
    report = find_report(uow, ref, incident)
    case = Case.load(uow, report.incident, now)
    regime, duty = find_duty(case.site, f"{report.regime}/{report.duty}")
    form = regime.forms.get(report.form) or Form(report.form)
    record = record_of(uow, report.incident, regime.time_zone)
    facts = facts_from(record)
    if report.stage is Stage.DRAFT:
        filled = _filled(case, report, regime, duty, form, facts)
    else:
        filled = _frozen(report, duty, form)
    found: tuple[Contradiction, ...] = ()
    if report.is_open:
        found = contradictions(record, facts, report.states, now)
    return Work(case, report, regime, duty, form, facts, filled, found)


def find_report(uow: UnitOfWork, ref: str, incident: str = "") -> Report:
    """A report by `INC-2026-0007/1`, or by its number within an incident. Raises UnknownId."""
    key = ref if "/" in ref else f"{incident}/{ref}"
    found = uow.reports.get(key)
    if found is None:
        about = key.rpartition("/")[0]
        raise UnknownId("报告", "report", ref, uow.reports.of(about) if about else ())
    return found


def find_duty(site: Site, ref: str) -> tuple[Regime, Duty]:
    """A duty by `cn-securities/first`, or by its id where one regime alone has it.

    Those that apply to the firm come before others: a report may always be made voluntarily.
    """
    wanted, _, id = ref.rpartition("/")
    pairs = [(regime, duty) for regime in site.regimes.values() for duty in regime.duties]
    found = [(r, d) for r, d in pairs if d.id == id and wanted in ("", r.id)]
    nearer = [(r, d) for r, d in found if r.id in site.applies]
    meant = found if len(found) == 1 else nearer
    if len(meant) == 1:
        return meant[0]
    if meant or found:
        raise _several(ref, [f"{r.id}/{d.id}" for r, d in meant or found])
    raise UnknownId("监管报告", "report to a regulator", ref, [f"{r.id}/{d.id}" for r, d in pairs])


def _several(ref: str, ids: list[str]) -> BadInput:
    return BadInput(
        f"“{ref}”不止一个规则有。",
        f"More than one rule has “{ref}”.",
        f"请写明：{'、'.join(ids)}；或用 report due 清单中的序号。",
        f"Say which: {', '.join(ids)}; or its number in `report due`.",
    )


def named(report: Report, duty: Duty) -> dict[str, Any]:
    """What the record calls a report: it must be readable without the packs."""
    title = {"zh": duty.name.zh or duty.id, "en": duty.name.en or duty.id}
    return {"report": report.id, "regime": report.regime, "duty": report.duty, "title": title}


def field_name(one: FormField) -> Words:
    """What a form calls a field: its own name, else the catalogue's."""
    known = BY_ID.get(hub_of(one))
    return one.name if one.name != Words() else known.name if known else Words(one.id, one.id)


def standing(work: Work, joined: bool = False) -> Reply:
    """Where a report stands, in one line: how full it is, and what stops it."""
    report, filled = work.report, work.filled
    done, wanted = filled.meter
    key, name = report.key, work.duty.name
    against = len(work.blocking)
    zh = f"{key} {name.zh}：已填{done}/{wanted}项必填"
    en = f"{key} {name.en}: {done} of {wanted} mandatory fields answered"
    if filled.estimates:
        zh += f"，估计{len(filled.estimates)}项"
        en += f", {len(filled.estimates)} estimates"
    if against:
        zh += f"，与记录矛盾{against}处"
        en += f", {against} against the record"
    before = Words("已有草稿。", "There is a draft already. ") if joined else Words()
    return Reply(
        key,
        Words(f"{before.zh}{zh}。", f"{before.en}{en}."),
        {
            "report": report.id,
            "incident": report.incident,
            "answered": done,
            "demanded": wanted,
            "missing": [line.field.id for line in filled.missing],
            "contradictions": [one.id for one in work.blocking],
            "joined": joined,
        },
    )


def withdraw_consent(uow: UnitOfWork, report: Report, now: datetime) -> None:
    """Nobody is asked for a signature any more."""
    consent = uow.consents.get(report.consent) if report.consent else None
    if consent is not None and consent.is_open:
        consent.withdrawn_at = now
        uow.consents.put(consent.id, consent)
    report.consent = ""


def of_the_report(case: Case, report: Report, duty: Duty) -> dict[str, Known]:
    """What hub fields say of this report alone: its type, who signed it and when, the grade."""
    kind = "supplement" if duty.stage == "supplement" else TYPES.get(duty.stage, "initial")
    signer, at = TO_BE_SIGNED, Known(TO_BE_SIGNED)
    if report.signed_off_at is not None:
        signer = Words(*(name(case.site, report.signed_off_by, one) for one in ("zh", "en")))
        at = Known(Words(plain(report.signed_off_at)))
    found = {"submission_type": Known(Words(kind)), "signer": Known(signer), "reported_at": at}
    return found | _grade(case, report) | _elsewhere(case, report)


def _elsewhere(case: Case, report: Report) -> dict[str, Known]:
    """Which other regimes' authorities were told by a report."""
    reports = case.uow.reports.of(report.incident).values()
    told = dict.fromkeys(one.regime for one in reports if one.stage is Stage.SUBMITTED)
    names = [case.site.regimes[id].name for id in told if id != report.regime]
    if not names:
        return {"reported_elsewhere": Known(Words("no"))}
    zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
    return {"reported_elsewhere": Known(Words("yes")), "reported_to": Known(Words(zh, en))}


def _grade(case: Case, report: Report) -> dict[str, Known]:
    """The grade a named person confirmed for this regime; nothing where nobody did."""
    dossier = case.uow.dossiers.get(report.incident)
    grade = dossier.grades.get(report.regime, "") if dossier else ""
    regime = case.site.regimes.get(report.regime)
    if not grade:
        return {}
    return {"grade": Known(grade_name(regime.scale if regime else {}, grade))}


def _filled(
    case: Case, report: Report, regime: Regime, duty: Duty, form: Form, facts: dict[str, Known]
) -> Filled:
    zone, language = regime.time_zone, report.language
    source = Source(
        facts | of_the_report(case, report, duty),
        lambda hub, known: _said(hub, known, language, zone),
        BEING_ESTABLISHED.said(language),
        BETWEEN.said(language),
        report.own,
    )
    return fill(form, duty, source, report.partial)


def _said(hub: str, known: Known, language: str, zone: str) -> str:
    if known.said == TO_BE_SIGNED:
        return TO_BE_SIGNED.said(language)
    return say(hub, known, language, zone)


def _frozen(report: Report, duty: Duty, form: Form) -> Filled:
    """The form as it was sent for signature."""
    lines = []
    for one in form.fields:
        line = Line(one, one.at(duty.stage), report.answers.get(one.id, ""))
        lines.append(replace(line, mark=_mark(line, report), own=one.id in report.own))
    return Filled(tuple(lines), duty.stage, duty.first, report.partial)


def _mark(line: Line, report: Report) -> Mark:
    if not line.said:
        return Mark.BLANK
    if line.said == BEING_ESTABLISHED.said(report.language):
        return Mark.OPEN
    return Mark.ESTIMATE if line.field.id in report.estimates else Mark.FILLED
