"""What compliance is told by name: what touches a due report. And what such a report refuses."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from responder.commands.case import Case
from responder.commands.obligations.obligation import owe
from responder.commands.obligations.owner_hunt import addressed_to, lasting, limit_said
from responder.commands.owed import late_s, named, outstanding, title_of
from responder.commands.pursuit import Pursuit
from responder.commands.telling import name
from responder.domain.obligation import Kind, Obligation, Step
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

SOON = timedelta(minutes=30)
"""Lowering the level so shortly before a report is due is told to compliance."""
CLARIFY_WITHIN = timedelta(hours=1)
"""By when those who had a report of what is cancelled are told so: the house's own limit."""
CLARIFICATION = "clarification"


def refuse_while_due(uow: UnitOfWork, subject: str, doing: Words, now: datetime) -> None:
    """Raise BadInput, naming the reports and the mend, while one that is due is unsent.

    A drill's reports go nowhere and hold nothing up.
    """
    if subject.startswith("DRL-"):
        return
    rows = outstanding(uow, subject)
    if not rows:
        return
    site = site_of(uow, subject)
    said = [_due(row, site, now) for row in rows]
    raise BadInput(
        f"{subject}尚有应报未报，不能{doing.zh}：{'；'.join(one.zh for one in said)}。",
        f"{subject} has reports due and unsent; it cannot be {doing.en}:"
        f" {'; '.join(one.en for one in said)}.",
        f"请先报送并登记（report done {subject} {rows[0].place} …），"
        f"或由有权人员写明理由终止（report end {subject} {rows[0].place} --reason …，"
        "合规人员将得知）。",
        f"Submit it and record that (`report done {subject} {rows[0].place} …`), or somebody"
        f" entitled ends it with a reason (`report end {subject} {rows[0].place} --reason …`;"
        " compliance is told).",
    )


def site_of(uow: UnitOfWork, subject: str) -> Site:
    """The copy of the site that an incident or a warning runs by."""
    held = uow.incidents.get(subject) or uow.warnings.get(subject)
    return uow.sites.get(held.site_version if held else uow.sites.accepted() or "")


def _due(row: Obligation, site: Site, now: datetime) -> Words:
    title, whom, limit = title_of(row), addressed_to(row, site), limit_said(row, site, now)
    late = lasting(late_s(row, now)) if late_s(row, now) else Words()
    return Words(
        f"{row.place}号{title.zh}（{'，'.join(filter(None, (whom.zh, f'时限{limit.zh}')))}"
        f"{f'，已迟{late.zh}' if late.zh else ''}）",
        f"no. {row.place} {title.en} ({', '.join(filter(None, (whom.en, f'due {limit.en}')))}"
        f"{f', late by {late.en}' if late.en else ''})",
    )


def tell_compliance(pursuit: Pursuit, by: By, what: Words, rows: Iterable[Obligation]) -> None:
    """Tell compliance what somebody did about due reports, on the record; the command body where
    nobody is compliance.
    """
    people = pursuit.site.grants.get("compliance", ()) or pursuit.roster.command_body
    told = [person for person in people if pursuit.person(person) is not None]
    pursuit.record(
        "ComplianceTold", by, people=told, text=what.zh, obligations=[row.id for row in rows]
    )
    pursuit.tell(told, what)


def tell_of_lowering(case: Case, level: int, before: int, reason: str, by: By) -> None:
    """A level that is lowered within half an hour of a due report, or while one is late."""
    if level <= before:
        return
    soon = [r for r in outstanding(case.uow, case.incident.id) if _is_soon(r, case.now)]
    if not soon:
        return
    zh, en = (name(case.site, by.person, language) for language in ("zh", "en"))
    titles = [_due(row, case.site, case.now) for row in soon]
    what = Words(
        f"{zh}在报告时限前后降低响应级别（{before}级→{level}级），理由：{reason}。"
        f"应报：{'；'.join(one.zh for one in titles)}。报告时限不变。",
        f"{en} lowered the level from {before} to {level} near a report's limit: {reason}."
        f" Due: {'; '.join(one.en for one in titles)}. The limits stand.",
    )
    tell_compliance(case, by, what, soon)


def _is_soon(row: Obligation, now: datetime) -> bool:
    return row.due_at is not None and row.due_at - now <= SOON


def clarify(case: Case, reason: str) -> None:
    """Whoever had a report of what is cancelled is owed a clarification, each once."""
    if case.incident.drill:
        return
    sent: dict[tuple[tuple[str, ...], Words], Obligation] = {}
    for row in case.uow.obligations.of(case.incident.id).values():
        if row.done_at and row.is_law and row.kind is not Kind.CLASSIFICATION:
            sent.setdefault((row.to, row.addressee), row)
    for row in sent.values():
        id = f"{row.duty.partition('/')[0]}/{CLARIFICATION}"
        twin = case.uow.obligations.get(f"{case.incident.id}/{id}")
        owed = Obligation(
            id=f"{id}-{row.place}" if twin else id,
            incident=case.incident.id,
            kind=Kind.REPORT,
            duty=id,
            title=Words("撤销情况说明", "Clarification that it was cancelled"),
            started_at=case.now,
            due_at=case.now + CLARIFY_WITHIN,
            because=reason,
            to=row.to,
            addressee=row.addressee,
            steps=[Step(step.id) for step in row.steps],
        )
        owe(case.uow, owed, case.now)


def about(row: Obligation) -> dict[str, object]:
    """What a reply tells of a row."""
    return {**named(row), "id": row.id, "place": row.place, "owner": row.owner or None}
