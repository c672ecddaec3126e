"""Investigating an incident after stand-down: parts, causes, accountability, conclusion (7.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from responder.commands.aftermath.investigating import (
    LONGEST_PART,
    arm,
    at_work,
    keep,
    measured,
    not_begun,
    today,
)
from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.measures.listed import lines_of
from responder.domain.investigation import (
    FIRST,
    PART_NAMES,
    Cause,
    Extension,
    Investigation,
    Part,
    Preliminary,
    Writing,
    lacking,
)
from responder.domain.record import ENGINE
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_CAUSE = 2_000


@dataclass(frozen=True)
class WritePart(Command):
    """What one of the four parts says."""

    incident: str
    part: Part
    text: str


@dataclass(frozen=True)
class AddCause(Command):
    """One cause that was found."""

    incident: str
    text: str


@dataclass(frozen=True)
class LeadInvestigation(Command):
    """Who leads it from now on."""

    incident: str
    to: str


@dataclass(frozen=True)
class ConcludePreliminarily(Command):
    """The cause is not known yet: what is open, and when the supplement follows."""

    incident: str
    open_points: str
    supplement_by: date


@dataclass(frozen=True)
class ExtendSupplement(Command):
    """A later date for the supplement, with the reason."""

    incident: str
    until: date
    reason: str


@dataclass(frozen=True)
class Conclude(Command):
    """The investigation is over; after a preliminary conclusion this is its supplement."""

    incident: str


@handles(WritePart)
def write_part(command: WritePart, uow: UnitOfWork, now: datetime) -> Reply:
    """Write a part anew; what stood there before stays on the record by its hash."""
    case, one = at_work(command.incident, command.by, uow, now)
    name = PART_NAMES[command.part]
    text = clean_line(command.text.strip(), name.zh, name.en, LONGEST_PART, breaks=True)
    one.parts[command.part] = Writing(text, command.by.person, now)
    digest = sha256(text.encode()).hexdigest()
    case.record("PartWritten", command.by, part=command.part.value, text=text, sha256=digest)
    keep(case, one)
    return Reply(one.incident, Words(f"已写入“{name.zh}”。", f"“{name.en}” is written."))


@handles(AddCause)
def add_cause(command: AddCause, uow: UnitOfWork, now: datetime) -> Reply:
    """Put a cause down; it asks for at least one measure."""
    case, one = at_work(command.incident, command.by, uow, now)
    text = clean_line(command.text, "原因", "cause", LONGEST_CAUSE, breaks=True)
    cause = Cause(str(len(one.causes) + 1), text, command.by.person, now)
    one.causes.append(cause)
    case.record("CauseFound", command.by, cause=cause.id, text=text)
    keep(case, one)
    return Reply(
        cause.id,
        Words(
            f"已登记原因{cause.id}。请为其登记整改措施：measure add --cause {cause.id}",
            f"Cause {cause.id} is put down. Give it a measure: measure add --cause {cause.id}",
        ),
        {"incident": one.incident},
    )


@handles(LeadInvestigation)
def lead(command: LeadInvestigation, uow: UnitOfWork, now: datetime) -> Reply:
    """Somebody else leads it from now on."""
    case, one = at_work(command.incident, command.by, uow, now)
    if not case.roster.known(command.to):
        raise UnknownId("人员", "person", command.to, case.site.people)
    before, one.lead = one.lead, command.to
    case.record("InvestigationLed", command.by, person=command.to, before=before)
    keep(case, one)
    return Reply(one.incident, Words("已指定调查负责人。", "The investigation has its lead."))


@handles(ConcludePreliminarily)
def conclude_preliminarily(command: ConcludePreliminarily, uow: UnitOfWork, now: datetime) -> Reply:
    """Say what is known so far; the supplement is owed by a day."""
    case, one = at_work(command.incident, command.by, uow, now)
    if one.preliminary is not None:
        raise BadInput(
            "已有初步结论。",
            "There is a preliminary conclusion already.",
            "请用 investigate extend 延期，或用 investigate conclude 提交补充结论。",
            "Use `investigate extend`, or `investigate conclude` for the supplement.",
        )
    text = clean_line(command.open_points, "待查明事项", "open points", LONGEST_CAUSE, breaks=True)
    _later_than_today(case, command.supplement_by)
    empty = one.empty((*FIRST, Part.CAUSE))
    if empty:
        raise _incomplete([Words(*_not_written(part)) for part in empty])
    one.preliminary = Preliminary(text, command.supplement_by, command.by.person, now)
    case.record(
        "ConcludedPreliminarily",
        command.by,
        text=text,
        supplement_by=command.supplement_by.isoformat(),
    )
    keep(case, one)
    return Reply(
        one.incident,
        Words(
            f"已登记初步结论；补充报告应于{command.supplement_by}前提交。",
            f"The preliminary conclusion stands; its supplement is due by {command.supplement_by}.",
        ),
    )


@handles(ExtendSupplement)
def extend_supplement(command: ExtendSupplement, uow: UnitOfWork, now: datetime) -> Reply:
    """A later date, on the record with its reason; it never says that nothing is owed."""
    case, one = at_work(command.incident, command.by, uow, now)
    if one.preliminary is None:
        raise BadInput("没有初步结论，无需延期。", "There is no preliminary conclusion to extend.")
    reason = clean_reason(command.reason)
    _later_than_today(case, command.until)
    before = one.preliminary.until
    if command.until <= before:
        raise BadInput(f"延期日期须晚于{before}。", f"The new date has to be later than {before}.")
    one.preliminary.extensions.append(Extension(command.until, reason, command.by.person, now))
    case.record(
        "SupplementExtended", command.by, until_day=command.until.isoformat(), reason=reason
    )
    keep(case, one)
    return Reply(
        one.incident,
        Words(f"补充报告延至{command.until}。", f"The supplement is now due by {command.until}."),
    )


@handles(Conclude)
def conclude(command: Conclude, uow: UnitOfWork, now: datetime) -> Reply:
    """End it; refused with the list of what is missing, a cause without a measure above all."""
    case, one = at_work(command.incident, command.by, uow, now)
    found = list(lacking(one, measured(uow, one.incident)))
    if found:
        raise _incomplete(found)
    one.concluded_at, one.concluded_by = now, command.by.person
    supplements = one.preliminary is not None
    case.record("InvestigationConcluded", command.by, supplements=supplements)
    keep(case, one)
    return Reply(
        one.incident,
        Words("调查已下结论，事件可以办结。", "It is concluded; the incident may be closed."),
        {"supplements": supplements},
    )


# Asking


def investigation(uow: UnitOfWork, incident: str) -> dict[str, Any]:
    """One investigation as anybody may see it: of accountability, only whether there is any."""
    if uow.incidents.get(incident) is None:
        raise UnknownId("事件", "incident", incident, uow.incidents.all())
    one = uow.investigations.get(incident)
    if one is None:
        raise not_begun(incident)
    of_incident = lines_of(uow.measures.of(incident).values())
    return {
        "id": incident,
        "opened_at": one.opened_at.isoformat(),
        "lead": one.lead or None,
        "parts": {part.value: one.said(part) for part in Part},
        "by_the_record": [p for p, written in one.parts.items() if not written.by],
        "causes": [{"id": c.id, "text": c.said, "by": c.by} for c in one.causes],
        "measures": of_incident,
        "accountability": bool(one.accountability),
        "preliminary": _preliminary(one.preliminary),
        "lacking": [
            {"zh": words.zh, "en": words.en}
            for words in (lacking(one, measured(uow, incident)) if one.is_open else ())
        ],
        "concluded_at": one.concluded_at.isoformat() if one.concluded_at else None,
        "concluded_by": one.concluded_by or None,
    }


def _preliminary(one: Preliminary | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "open_points": one.open_points,
        "supplement_by": one.until.isoformat(),
        "at": one.at.isoformat(),
        "extensions": [
            {"until": each.until.isoformat(), "reason": each.reason} for each in one.extensions
        ],
    }


# The clock


def remind(uow: UnitOfWork, ids: Iterable[str], now: datetime) -> None:
    """The supplement is due soon, or overdue: its lead hears of it, then again."""
    for id in ids:
        one = uow.investigations.get(id)
        if one is None or one.preliminary is None or not one.is_open:
            continue
        case = Case.load(uow, id, now)
        until, late = one.preliminary.until, today(case) > one.preliminary.until
        title = case.incident.title
        zh = f"{title}（{id}）的补充报告" + (
            f"已逾期，应于{until}前提交" if late else f"应于{until}前提交"
        )
        en = f"{title} ({id}): the supplement is " + (
            f"overdue since {until}" if late else f"due by {until}"
        )
        case.tell(_those_who_investigate(case, one), Words(zh, en))
        case.record("SupplementReminded", ENGINE, person=one.lead, until_day=until.isoformat())
        case.save()
        arm(case, one)


def _those_who_investigate(case: Case, one: Investigation) -> list[str]:
    return [one.lead] if case.roster.known(one.lead) else [*case.site.grants.get("compliance", ())]


def _later_than_today(case: Case, day: date) -> None:
    if day <= today(case):
        raise BadInput(
            f"{day}不在今天之后。",
            f"{day} is not later than today.",
            "请核对日期。",
            "Check the date.",
        )


def _not_written(part: Part) -> tuple[str, str]:
    name = PART_NAMES[part]
    return f"“{name.zh}”未写", f"“{name.en}” is not written"


def _incomplete(found: list[Words]) -> BadInput:
    return BadInput(
        f"还不能下结论：{'；'.join(words.zh for words in found)}。",
        f"It cannot be concluded yet: {'; '.join(words.en for words in found)}.",
        "请用 investigate write、investigate cause add、measure add 补齐。",
        "Complete it with `investigate write`, `investigate cause add`, `measure add`.",
    )
