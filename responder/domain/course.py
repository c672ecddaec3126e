"""The course of an incident in few words, for reports: what happened, what was done, who was told.

Each line comes with the entry of the ledger that shows it.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from responder.domain.incident import ROMAN
from responder.domain.record import Entry
from responder.domain.report import Report
from responder.domain.site import Site
from responder.domain.task import Progress
from responder.domain.what_is_there import Record, said
from responder.domain.words import Words

Told = tuple[Words, Entry]
PHASES = {
    "contained": Words("事态得到控制", "contained"),
    "restored": Words("业务验证通过，系统恢复正常", "restored, business verified"),
    "stood_down": Words("应急结束", "stood down"),
}
REOPENED = Words("重新启动处置", "reopened")
BY_TELEPHONE, IN_WRITING = Words("电话报告", "by telephone"), Words("书面报告", "in writing")


def chronicle(record: Record) -> Iterator[Told]:
    """Declared, in hand, every phase."""
    level = record.incident.level
    declared = Words(
        f"发起事件并启动应急预案（{ROMAN[level]}级响应）",
        f"declared, emergency plan activated (level {level})",
    )
    for entry in record.entries:
        match entry.kind:
            case "Declared":
                yield _told(entry, declared, record)
            case "CommandTaken":
                who = person_name(said(entry, "person"), record.site)
                yield _told(entry, Words(f"{who.zh}任现场指挥", f"{who.en} in command"), record)
            case "PhaseChanged" if said(entry, "phase") in PHASES:
                yield _told(entry, PHASES[said(entry, "phase")], record)
            case "Reopened":
                yield _told(entry, REOPENED, record)


def measures(record: Record) -> Iterator[Told]:
    """Tasks done, and notes that somebody starred."""
    undone = {task.id for task in record.tasks if task.progress is not Progress.DONE}
    for entry in record.entries:
        if entry.kind == "TaskDone" and said(entry, "task") not in undone:
            title = (entry.payload or {}).get("title") or {}
            yield _told(entry, Words(**title), record)
        elif entry.kind == "Noted" and said(entry, "starred"):
            text = said(entry, "text").rstrip("。.")
            yield _told(entry, Words(text, text), record)


def earlier_reports(record: Record) -> Iterator[Told]:
    """How the event was reported so far: by telephone and in writing."""
    reports = {report.id: report for report in record.reports}
    for entry in record.entries:
        report = reports.get(said(entry, "report"))
        if report is None or entry.kind not in ("ReportPhoned", "ReportSubmitted"):
            continue
        name, at = _report_name(report, record.site), datetime.fromisoformat(said(entry, "sent_at"))
        means = BY_TELEPHONE if entry.kind == "ReportPhoned" else IN_WRITING
        words = Words(f"{name.zh}，{means.zh}", f"{name.en}, {means.en}")
        yield _told(entry, words, record, at)


def notices_published(record: Record) -> Iterator[Told]:
    """What the public was told, by which outlets."""
    site = record.site
    for entry in record.entries:
        if entry.kind != "NoticePublished":
            continue
        ids = (entry.payload or {}).get("outlets") or ()
        names = [site.outlets[id].name for id in ids if id in site.outlets]
        number = said(entry, "no") or said(entry, "notice")
        zh, en = "、".join(one.said("zh") for one in names), ", ".join(o.said("en") for o in names)
        words = Words(f"公告（{number}）发布于{zh}", f"notice {number} published: {en}")
        yield _told(entry, words, record)


def _report_name(report: Report, site: Site) -> Words:
    regime = site.regimes.get(report.regime)
    duty = regime.duty(report.duty) if regime else None
    zh = duty.name.said("zh") if duty else report.duty
    en = duty.name.said("en") if duty else report.duty
    if duty and duty.recurs:
        zh, en = f"{zh}（第{report.number}次）", f"{en} no. {report.number}"
    if report.corrects:
        zh, en = f"{zh}（更正）", f"{en} (corrected)"
    return Words(zh, en)


def person_name(person: str, site: Site) -> Words:
    """A person's name; the id where the contacts hold no such person."""
    known = site.people.get(person)
    named = known.name if known else Words()
    return Words(named.said("zh") or person, named.said("en") or person)


def _told(entry: Entry, words: Words, record: Record, at: datetime | None = None) -> Told:
    local = (at or entry.at).astimezone(ZoneInfo(record.zone or record.site.time_zone))
    zh = f"{local.month}月{local.day}日{local:%H:%M:%S}{words.said('zh')}"
    return Words(zh, f"{local:%d %b %H:%M:%S} {words.said('en')}"), entry
