"""Reports as people look at them: a list, one of them in full, its sheet for paper."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.obligations.owner_hunt import addressed_to
from responder.commands.queries import find_incident
from responder.commands.reports.at_work import Work, at_work, field_name, find_report
from responder.commands.reports.sign_off import changed_since, is_signature
from responder.commands.telling import name
from responder.domain.filling import Line, Mark
from responder.domain.known import AT_MOST, INQUIRY, RECORD, REGISTER
from responder.domain.plain_value import instant_said, late_said
from responder.domain.report import STAGE_NAMES, Report, Stage, difference
from responder.domain.report_sheet import Change, ReportSheet, SheetRow
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

SENSITIVITY = Words("内部", "Internal")
SOURCES = {
    RECORD: Words("处置记录", "the record"),
    REGISTER: Words("登记资料", "the register"),
    AT_MOST: Words("系统登记客户数，为上限", "customers in the register: at most so many"),
    INQUIRY: Words("调查", "the investigation"),
    "reckoned": Words("按起止时间计算", "reckoned from begin and end"),
}
ENTRIES_SHOWN = 3


def reports(uow: UnitOfWork, incident: str) -> list[dict[str, Any]]:
    """The reports of an incident, in the order drafted. Raises UnknownId."""
    find_incident(uow, incident)
    return [_brief(one) for one in uow.reports.of(incident).values()]


def _brief(report: Report) -> dict[str, Any]:
    return {
        "id": report.key,
        "report": report.id,
        "duty": f"{report.regime}/{report.duty}",
        "number": report.number,
        "stage": report.stage.value,
        "version": report.version,
        "language": report.language,
        "drafted_at": report.drafted_at.isoformat(),
        "drafted_by": report.drafted_by,
        "signed_off_by": report.signed_off_by or None,
        "phoned_at": _iso(report.phoned_at),
        "taken_by": report.taken_by or None,
        "submitted_at": _iso(report.submitted_at),
        "submitted_by": report.submitted_by or None,
        "receipt": report.receipt or None,
        "proof": report.proof or None,
        "late_s": report.late_by // timedelta(seconds=1),
        "corrects": report.corrects or None,
        "states": list(report.states),
        "partial": report.partial,
        "preliminary": report.preliminary,
        "sha256": report.sha256 or None,
    }


def report(uow: UnitOfWork, ref: str, now: datetime, incident: str = "") -> dict[str, Any]:
    """Everything about one report. Raises UnknownId, with near misses."""
    work = at_work(uow, ref, now, incident)
    filled = work.filled
    answered, demanded = filled.meter
    return {
        **_brief(work.report),
        "fields": [_field(line) for line in filled.lines],
        "answered": answered,
        "demanded": demanded,
        "missing": [line.field.id for line in filled.missing],
        "later": [line.field.id for line in filled.later],
        "conditional": [line.field.id for line in filled.conditional],
        "estimates": list(filled.estimates),
        "contradictions": [
            {
                "id": one.id,
                "zh": one.words.zh,
                "en": one.words.en,
                "passed": work.report.overridden.get(one.id),
            }
            for one in work.found
        ],
        "changes": {id: list(pair) for id, pair in _changes(uow, work).items()},
        "outdated": sorted(changed_since(work)) if _waits(work.report) else [],
    }


def _field(line: Line) -> dict[str, Any]:
    known = line.known
    label = field_name(line.field)
    return {
        "id": line.field.id,
        "name": {"zh": label.zh, "en": label.en},
        "needed": line.needed or None,
        "said": line.said,
        "mark": line.mark.value,
        "own": line.own,
        "by": (known.by or None) if known else None,
        "entries": list(known.entries) if known else [],
    }


def sheet(uow: UnitOfWork, ref: str, now: datetime, incident: str = "") -> ReportSheet:
    """A report for its paper, in its own language. Raises UnknownId."""
    work = at_work(uow, ref, now, incident)
    report, filled, language = work.report, work.filled, work.report.language
    site, zone = work.case.site, ZoneInfo(work.regime.time_zone)
    answered, demanded = filled.meter
    at = report.changed_at or report.drafted_at
    reasons = report.overridden
    return ReportSheet(
        number=report.key,
        version=report.version,
        language=language,
        firm=site.firm.name.said(language),
        title=work.form.title.said(language) or work.duty.name.said(language),
        subtitle=_subtitle(work),
        stage=STAGE_NAMES[report.stage].said(language),
        author=name(site, report.drafted_by, language),
        approver=name(site, report.signed_off_by, language) if report.signed_off_by else "",
        sensitivity=SENSITIVITY.said(language),
        made_at=at.astimezone(zone),
        drill=work.case.incident.drill,
        rows=tuple(_row(n, line, work) for n, line in enumerate(filled.lines, 1) if line.needed),
        answered=answered,
        demanded=demanded,
        facts=tuple(_facts(work)),
        notes=tuple(_notes(work)),
        changes=tuple(_changed_rows(uow, work)),
        against=tuple(one.words.said(language) for one in work.blocking),
        passed=tuple(
            (one.words.said(language), reasons[one.id]) for one in work.found if one.id in reasons
        ),
        missing=tuple(field_name(line.field).said(language) for line in filled.missing),
        sha256=report.sha256,
    )


def _subtitle(work: Work) -> str:
    report, language = work.report, work.report.language
    nth = ""
    if work.duty.recurs:
        nth = f"（第{report.number}次）" if language == "zh" else f" no. {report.number}"
    again = ""
    if report.corrects:
        again = " · 更正报告" if language == "zh" else " · correction"
    return f"{work.duty.name.said(language)}{nth}{again}"


def _row(number: int, line: Line, work: Work) -> SheetRow:
    language, one = work.report.language, line.field
    return SheetRow(
        number=one.id if one.id[:1].isdigit() else str(number),
        name=field_name(one).said(language),
        said=line.said,
        mark=line.mark.value,
        part=work.form.parts[one.part].said(language) if one.part in work.form.parts else "",
        needed=line.needed,
        when=one.when.said(language) if line.needed != "y" and _is_checked(work.report) else "",
        note=_provenance(line, work) if line.mark is not Mark.BLANK else "",
    )


def _provenance(line: Line, work: Work) -> str:
    """Where an answer comes from: a person and what they went by, or the record's entries."""
    language, known, site = work.report.language, line.known, work.case.site
    if line.own:
        return "本报告专用" if language == "zh" else "for this report alone"
    if known is None:
        return ""
    if known.by:
        told = name(site, known.by, language)
        between = "：" if language == "zh" else ": "
        return f"{told}{between}{known.source}" if known.source else told
    said = SOURCES[known.source].said(language) if known.source in SOURCES else ""
    if known.entries:
        shown = ", ".join(map(str, known.entries[:ENTRIES_SHOWN]))
        more = "…" if len(known.entries) > ENTRIES_SHOWN else ""
        return f"{said} #{shown}{more}"
    return said


def _facts(work: Work) -> Iterator[tuple[str, str]]:
    """What stands above the fields: regime, addressee, and what became of the report."""
    report, language, zone = work.report, work.report.language, work.regime.time_zone
    zh = language == "zh"

    def at(moment: datetime) -> str:
        return instant_said(moment, zone, language)

    yield ("依据", "Regime")[not zh], work.regime.name.said(language)
    if addressee := _addressee(work).said(language):
        yield ("报送对象", "Addressee")[not zh], addressee
    yield ("事件", "Incident")[not zh], f"{report.incident} {work.case.incident.title}"
    yield ("状态", "State")[not zh], STAGE_NAMES[report.stage].said(language)
    if report.phoned_at:
        taker = ("接报人：", "taken by ")[not zh] + report.taken_by
        yield ("电话报告", "By telephone")[not zh], f"{at(report.phoned_at)}，{taker}"
    if report.submitted_at:
        said = at(report.submitted_at)
        if report.late_by:
            late = late_said(report.late_by, language)
            said += f"（超时{late}）" if zh else f" (late by {late})"
        yield ("报出时间", "Submitted")[not zh], said
        receipt = report.receipt or f"{('存证', 'evidence ')[not zh]}{report.proof}"
        yield ("报送凭证", "Proof")[not zh], receipt


def _addressee(work: Work) -> Words:
    """Whom it goes to by name, where what is owed names units; else as the rule says."""
    report = work.report
    owed = work.case.uow.obligations.get(f"{report.incident}/{report.obligation}")
    return addressed_to(owed, work.case.site) if owed else work.duty.addressee


def _notes(work: Work) -> Iterator[str]:
    report, language = work.report, work.report.language
    checked = _is_checked(report)
    doubtful = work.form.source.needs_verification or work.duty.source.needs_verification
    for note, counts in (
        (PRELIMINARY, report.preliminary),
        (PARTIAL, report.partial),
        (CORRECTS, bool(report.corrects)),
        (DOUBTFUL, checked and doubtful),
    ):
        if counts:
            yield note.said(language).format(f"{report.incident}/{report.corrects}")


PRELIMINARY = Words(
    "本报告为初步分析判断，原因、责任或结论查清后另行补充报告。",
    "Preliminary: a supplement follows once cause, liability and conclusion are known.",
)
PARTIAL = Words(
    "本报告先报已掌握的内容，其他情况及时补报。",
    "Partial: what is known now; the rest follows as it is known.",
)
CORRECTS = Words("本报告更正{}，原报告保留不变。", "Corrects {}, which stands as it was sent.")
DOUBTFUL = Words(
    "格式与时限取自报告规则中待核对的数值，报送前请对照正式文本。",
    "Form and limits come from values still to be verified: check the official text.",
)


def _changes(uow: UnitOfWork, work: Work) -> dict[str, tuple[str, str]]:
    """Field by field what a correction changes."""
    if not work.report.corrects:
        return {}
    old = find_report(uow, work.report.corrects, work.report.incident)
    said = difference(old.answers, work.filled.answers)
    signs = {line.field.id for line in work.filled.lines if is_signature(line)}
    return {id: pair for id, pair in said.items() if id not in signs}


def _changed_rows(uow: UnitOfWork, work: Work) -> Iterator[Change]:
    names = {line.field.id: field_name(line.field) for line in work.filled.lines}
    for id, (before, after) in _changes(uow, work).items():
        label = names.get(id, Words(id, id)).said(work.report.language)
        yield Change(label, before, after)


def _is_checked(report: Report) -> bool:
    """Whether it is still being looked over: its paper then carries hints for those who do."""
    return report.stage in (Stage.DRAFT, Stage.IN_REVIEW)


def _waits(report: Report) -> bool:
    return report.stage in (Stage.IN_REVIEW, Stage.SIGNED_OFF)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
