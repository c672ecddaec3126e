"""Overrides and leave: what the roster does not allow is refused with the conflict shown (5.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.duty.asking import ask
from responder.commands.duty.saying import (
    brief_span,
    check_span,
    joined,
    lead_for,
    person_words,
    refuse_clashes,
    rotation_words,
    span_words,
    stand_in_words,
)
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.revising import revise
from responder.domain.away import absence_clashes, override_clashes, stand_ins, with_absence
from responder.domain.consent import Consent
from responder.domain.coverage import turns
from responder.domain.record import By
from responder.domain.rota import Absence, Override
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

KIND = "duty"
LEAVE = "absence"
SERIES = "LVE"


@dataclass(frozen=True)
class OverrideRotation(Command):
    """Put somebody on a rotation for a time; instants with a zone."""

    rotation: str
    start: datetime
    end: datetime
    person: str
    reason: str


@dataclass(frozen=True)
class RecordAbsence(Command):
    """Somebody is away for a time. One's own leave waits for the duty lead's word."""

    person: str
    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True)
class CancelAbsence(Command):
    """Leave is not taken, or ends now; `start` says which where there are several."""

    person: str
    start: datetime | None = None


@handles(OverrideRotation)
def override_rotation(command: OverrideRotation, uow: UnitOfWork, now: datetime) -> Reply:
    """Nobody may be left out, put on twice, or put on while away."""
    firm = FirmMatter.load(uow, now)
    firm.may("override", command.by)
    _known(firm, command.person)
    if command.rotation not in firm.site.rotations:
        raise UnknownId("轮值表", "rotation", command.rotation, firm.site.rotations)
    check_span(command.start, command.end, now)
    reason = clean_reason(command.reason)
    one = Override(command.rotation, command.start, command.end, command.person, reason)
    return put_overrides(firm, (one,), command.by, "RotationOverridden")


def put_overrides(
    firm: FirmMatter, added: tuple[Override, ...], by: By, fact: str, *, told: bool = True
) -> Reply:
    """Judge overrides, put them in force, and tell everybody whose shift they change."""
    refuse_clashes(firm.site, override_clashes(firm.roster, added))
    site, said = firm.site, joined([_override_words(firm.site, one) for one in added])
    moved = {p for one in added for p in (one.person, *_replaced(site, one)) if p}
    after = replace(site, overrides=(*site.overrides, *added))
    one = revise(firm.uow, after, by, firm.now, KIND, said)
    shown = [
        {
            "rotation": o.rotation,
            "person": o.person,
            "from": o.start.isoformat(),
            "to": o.end.isoformat(),
            "reason": o.reason,
        }
        for o in added
    ]
    firm.record(fact, by, revision=one.id, overrides=shown)
    if told:
        firm.tell(sorted(moved - {by.person}), Words(f"调班：{said.zh}", f"Shifts: {said.en}"))
    return Reply(one.id, said, {"revision": one.id, "overrides": shown})


def _replaced(site: Site, one: Override) -> Iterable[str]:
    return {turn.holder for turn in turns(site, one.rotation, one.start, one.end)}


def _override_words(site: Site, one: Override) -> Words:
    post, who = rotation_words(site, one.rotation), person_words(site, one.person)
    when = span_words(one.start, one.end, site)
    return Words(
        f"{post.zh} {when.zh} 由{who.zh}值班。", f"{post.en}: {who.en} is on shift from {when.en}."
    )


# Leave


@handles(RecordAbsence)
def record_absence(command: RecordAbsence, uow: UnitOfWork, now: datetime) -> Reply:
    """Refused where it leaves a role without anybody; one's own waits for a second person."""
    firm = FirmMatter.load(uow, now)
    own = command.person == command.by.person
    firm.may("ask_leave" if own else "absence", command.by)
    _known(firm, command.person)
    check_span(command.start, command.end, now)
    reason = clean_reason(command.reason)
    absence = Absence(command.person, command.start, command.end, reason)
    refuse_clashes(firm.site, absence_clashes(firm.roster, absence))
    return _ask(firm, absence, command.by) if own else _put(firm, absence, command.by)


def _ask(firm: FirmMatter, absence: Absence, by: By) -> Reply:
    """Ask the duty lead, or the head of IT where the lead is the one who leaves."""
    lead = lead_for(firm.roster, firm.now, absence.person)
    if not lead:
        raise BadInput(
            "没有可以批准请假的人员。",
            "There is nobody who could approve the leave.",
            "请在 contacts/roles.yaml 中指定值班负责人和信息技术负责人。",
            "Name a duty lead and a head of IT in contacts/roles.yaml.",
        )
    facts = {
        "person": absence.person,
        "from": absence.start.isoformat(),
        "to": absence.end.isoformat(),
        "reason": absence.reason,
    }
    reply = ask_consent(firm, LEAVE, by, facts, (lead,))
    who, when = person_words(firm.site, absence.person), _when(firm.site, absence)
    cover = stand_in_words(firm.site, stand_ins(firm.roster, absence))
    brief = brief_span(absence.start, absence.end, firm.site)
    ask(
        firm,
        [lead],
        number(firm.uow, SERIES, firm.site, firm.now),
        Words(
            f"{who.zh}请假：{brief.zh}（{absence.reason}）。",
            f"{who.en} asks for leave: {brief.en} ({absence.reason}).",
        ),
        Words("批准前仍在岗", "Until you agree they are on the roster"),
        work=cover,
        consent=reply.id,
    )
    approver = person_words(firm.site, lead)
    said = Words(
        f"请假已报{approver.zh}批准：{when.zh}。{cover.zh}批准前仍在岗。",
        f"{approver.en} is asked to approve your leave, {when.en}. {cover.en} Until then you are"
        " on the roster.",
    )
    return Reply(reply.id, said, reply.facts)


@takes_effect(LEAVE)
def leave_agreed(firm: FirmMatter, consent: Consent, by: By) -> Reply:
    """The roster may have changed since it was asked: it is judged anew."""
    facts = consent.facts
    absence = Absence(
        facts["person"],
        datetime.fromisoformat(facts["from"]),
        datetime.fromisoformat(facts["to"]),
        facts["reason"],
    )
    refuse_clashes(firm.site, absence_clashes(firm.roster, absence))
    return _put(firm, absence, by)


def _put(firm: FirmMatter, absence: Absence, by: By) -> Reply:
    cover = stand_ins(firm.roster, absence)
    after = with_absence(firm.roster, absence).site
    who, when = person_words(firm.site, absence.person), _when(firm.site, absence)
    summary = Words(f"{who.zh}缺勤：{when.zh}", f"{who.en} is away: {when.en}")
    one = revise(firm.uow, after, by, firm.now, KIND, summary)
    firm.record(
        "AbsenceRecorded",
        by,
        revision=one.id,
        person=absence.person,
        start=absence.start.isoformat(),
        end=absence.end.isoformat(),
        reason=absence.reason,
    )
    told = stand_in_words(firm.site, cover)
    said = Words(
        f"已登记{summary.zh}。{told.zh}", f"On the register. {summary.en}. {told.en}".rstrip()
    )
    people = {absence.person, *(one.person for one in cover)} - {by.person, ""}
    firm.tell(
        sorted(people), Words(f"{summary.zh}。{told.zh}", f"{summary.en}. {told.en}".rstrip())
    )
    shown = [
        {"role": c.role, "from": c.start.isoformat(), "to": c.end.isoformat(), "person": c.person}
        for c in cover
    ]
    return Reply(one.id, said, {"revision": one.id, "stand_ins": shown})


@handles(CancelAbsence)
def cancel_absence(command: CancelAbsence, uow: UnitOfWork, now: datetime) -> Reply:
    """Leave to come is taken off, leave that runs ends now."""
    firm = FirmMatter.load(uow, now)
    own = command.person == command.by.person
    firm.may("ask_leave" if own else "absence", command.by)
    _known(firm, command.person)
    one = _meant(firm, command)
    kept = [a for a in firm.site.absences if a is not one]
    if one.start < now:
        kept.append(replace(one, end=now))
    after = replace(firm.site, absences=tuple(kept))
    who, when = person_words(firm.site, one.person), _when(firm.site, one)
    summary = Words(f"取消{who.zh}的休假：{when.zh}", f"{who.en} is not away: {when.en}")
    done = revise(uow, after, command.by, now, KIND, summary)
    start = one.start.isoformat()
    firm.record("AbsenceCancelled", command.by, revision=done.id, person=one.person, start=start)
    firm.tell({one.person} - {command.by.person}, summary)
    return Reply(done.id, Words(f"已{summary.zh}。", f"{summary.en}."), {"revision": done.id})


def _meant(firm: FirmMatter, command: CancelAbsence) -> Absence:
    """The one absence not over yet that is meant."""
    found = [
        one
        for one in firm.site.absences
        if one.person == command.person
        and one.end > firm.now
        and command.start in (None, one.start)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput("没有这样的未结束的休假。", "There is no such leave that is not over.")
    when = [span_words(one.start, one.end, firm.site) for one in found]
    raise BadInput(
        f"有{len(found)}段休假：{'；'.join(w.zh for w in when)}。",
        f"There are {len(found)}: {'; '.join(w.en for w in when)}.",
        "请加 --from 指明哪一段。",
        "Say which with --from.",
    )


def _when(site: Site, absence: Absence) -> Words:
    return span_words(absence.start, absence.end, site)


def _known(firm: FirmMatter, person: str) -> None:
    if not firm.roster.known(person):
        raise UnknownId("人员", "person", person, firm.site.people)
