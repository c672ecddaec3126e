"""The register of corrective actions (整改台账): of incidents, drills, inspections, problems."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import require_act
from responder.commands.measures.at_work import keep, lead_of, record, tell
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.commands.telling import name
from responder.commands.workdays import day_of
from responder.domain.measure import (
    Measure,
    Origin,
    Postponement,
)
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

SERIES = "M"
LONGEST_TITLE, LONGEST_PROOF = 300, 1000
LONGEST_SOURCE = 60
FARTHEST = timedelta(days=365 * 3)


@dataclass(frozen=True)
class AddMeasure(Command):
    """Something to be done, by whom and until when.

    `incident` is what it comes from; `cause` one of its investigation's causes.
    """

    incident: str
    title: str
    owner: str
    due_on: date
    origin: Origin = Origin.INCIDENT
    cause: str = ""
    clause: str = ""


@dataclass(frozen=True)
class MeasureDone(Command):
    """It is done; the proof is a piece of evidence (by its id) or says where to look."""

    measure: str
    proof: str


@dataclass(frozen=True)
class VerifyMeasure(Command):
    """A second person finds that it is done and works; with `objects` it is to be done again."""

    measure: str
    objects: str = ""


@dataclass(frozen=True)
class DropMeasure(Command):
    """It will not be done, and why."""

    measure: str
    reason: str


@dataclass(frozen=True)
class ExtendMeasure(Command):
    """A later day, and why."""

    measure: str
    due_on: date
    reason: str


@dataclass(frozen=True)
class HandMeasure(Command):
    """Somebody else is to do it from now on, and why: who did leaves, or has no time."""

    measure: str
    owner: str
    reason: str


@handles(AddMeasure)
def add_measure(command: AddMeasure, uow: UnitOfWork, now: datetime) -> Reply:
    """Put it on the register and tell its owner."""
    roster = roster_in_force(uow)
    require_act("measure", command.by, uow, now, *_leads(uow, command.incident, command.by))
    title = clean_line(command.title, "整改措施", "measure", LONGEST_TITLE)
    clean_line(command.incident, "来源", "source", LONGEST_SOURCE)
    if not roster.known(command.owner):
        raise UnknownId("人员", "person", command.owner, roster.site.people)
    _in_time(command.due_on, now, roster.site)
    one = Measure(
        id=number(uow, SERIES, roster.site, now),
        incident=command.incident,
        origin=_origin(command, uow),
        title=title,
        owner=command.owner,
        due_on=command.due_on,
        opened_at=now,
        opened_by=command.by.person,
        cause=_cause(command, uow),
        clause=command.clause and clean_line(command.clause, "条款", "clause", LONGEST_SOURCE),
    )
    facts = {"origin": one.origin.value, "owner": one.owner, "cause": one.cause}
    record(uow, one, "MeasureAdded", command.by, now, due_on=one.due_on.isoformat(), **facts)
    keep(uow, one, roster.site, now)
    if one.owner != command.by.person:
        tell(uow, one, [one.owner], now, Words("请您负责整改", "This is yours to put right"))
    zh, en = (name(roster.site, one.owner, language) for language in ("zh", "en"))
    return Reply(
        one.id,
        Words(
            f"已列入整改台账{one.id}：{title}，{zh}负责，{one.due_on}前完成。",
            f"{one.id} is on the register: {title}, {en}, by {one.due_on}.",
        ),
        {"incident": one.incident, "owner": one.owner, "due_on": one.due_on.isoformat()},
    )


@handles(MeasureDone)
def measure_done(command: MeasureDone, uow: UnitOfWork, now: datetime) -> Reply:
    """Done, with its proof; it counts once somebody else has verified it."""
    one, site = _open(command.measure, uow)
    require_act("measure_done", command.by, uow, now, *_owns(one, command.by))
    one.proof = _proof(uow, one, command.proof)
    one.done_at, one.done_by = now, command.by.person
    record(uow, one, "MeasureDone", command.by, now, proof=one.proof)
    keep(uow, one, site, now)
    askers = [p for p in (one.opened_by, lead_of(uow, one, site)) if p != command.by.person]
    what = Words("整改已完成，请验证", "It is said to be done; please verify")
    tell(uow, one, askers[:1], now, what)
    return Reply(
        one.id,
        Words(f"{one.id}已完成，待第二人验证。", f"{one.id} is done; a second person verifies it."),
    )


@handles(VerifyMeasure)
def verify_measure(command: VerifyMeasure, uow: UnitOfWork, now: datetime) -> Reply:
    """Verified by somebody who neither did nor owns it; or sent back with what is wrong."""
    one, site = _open(command.measure, uow)
    require_act("verify_measure", command.by, uow, now)
    if one.done_at is None:
        raise BadInput(
            f"{one.id}尚未完成，不能验证。",
            f"{one.id} is not done, so there is nothing to verify.",
            "请负责人先执行 measure done 并附证明。",
            "Its owner says so first: `measure done`, with the proof.",
        )
    if command.by.person in (one.done_by, one.owner):
        raise BadInput(
            "完成人、负责人不能自己验证。",
            "Whoever did or owns it cannot verify it.",
            "请另一人验证。",
            "Ask a second person.",
        )
    if command.objects:
        return _sent_back(uow, one, site, command, now)
    one.verified_at, one.verified_by = now, command.by.person
    record(uow, one, "MeasureVerified", command.by, now)
    keep(uow, one, site, now)
    return Reply(one.id, Words(f"{one.id}已验证销号。", f"{one.id} is verified and closed."))


def _sent_back(
    uow: UnitOfWork, one: Measure, site: Site, command: VerifyMeasure, now: datetime
) -> Reply:
    reason = clean_reason(command.objects)
    one.done_at, one.done_by = None, ""
    record(uow, one, "MeasureSentBack", command.by, now, reason=reason)
    keep(uow, one, site, now)
    what = Words(f"整改验证未通过：{reason}", f"It was not verified: {reason}")
    tell(uow, one, [one.owner], now, what)
    return Reply(one.id, Words(f"{one.id}已退回整改。", f"{one.id} is to be done again."))


@handles(DropMeasure)
def drop_measure(command: DropMeasure, uow: UnitOfWork, now: datetime) -> Reply:
    """It leaves the register's open part, with its reason; never the register."""
    one, site = _open(command.measure, uow)
    require_act("drop_measure", command.by, uow, now)
    one.dropped = clean_reason(command.reason)
    record(uow, one, "MeasureDropped", command.by, now, reason=one.dropped)
    keep(uow, one, site, now)
    return Reply(one.id, Words(f"{one.id}已取消。", f"{one.id} is dropped."))


@handles(ExtendMeasure)
def extend_measure(command: ExtendMeasure, uow: UnitOfWork, now: datetime) -> Reply:
    """A later day; the owner alone cannot give it to themselves."""
    one, site = _open(command.measure, uow)
    require_act("extend_measure", command.by, uow, now)
    reason = clean_reason(command.reason)
    _in_time(command.due_on, now, site)
    if command.due_on <= one.due_on:
        raise BadInput(
            f"延期日期须晚于{one.due_on}。", f"The new day has to be later than {one.due_on}."
        )
    one.postponed.append(Postponement(one.due_on, command.due_on, reason, command.by.person, now))
    before, one.due_on = one.due_on, command.due_on
    one.raised.clear()  # late anew, it goes up anew
    days = {"due_on": one.due_on.isoformat(), "due_before": before.isoformat()}
    record(uow, one, "MeasureExtended", command.by, now, reason=reason, **days)
    keep(uow, one, site, now)
    return Reply(one.id, Words(f"{one.id}延至{one.due_on}。", f"{one.id} is now due {one.due_on}."))


@handles(HandMeasure)
def hand_measure(command: HandMeasure, uow: UnitOfWork, now: datetime) -> Reply:
    """It is another's, with its day and its record; both hear of it."""
    one, site = _open(command.measure, uow)
    require_act("hand_measure", command.by, uow, now)
    reason = clean_reason(command.reason)
    if not roster_in_force(uow).known(command.owner):
        raise UnknownId("人员", "person", command.owner, site.people)
    if one.done_at is not None:
        raise BadInput(
            f"{one.id}已完成，待验证，不再改由他人负责。",
            f"{one.id} is done and waits to be verified: there is nothing left to hand over.",
            "请执行 measure verify；退回后再移交。",
            "Verify it: `measure verify`; sent back, it can be handed over.",
        )
    zh, en = (name(site, command.owner, language) for language in ("zh", "en"))
    if one.owner == command.owner:
        raise BadInput(f"{one.id}本来就由{zh}负责。", f"{one.id} is {en}’s already.")
    before, one.owner = one.owner, command.owner
    record(
        uow, one, "MeasureHanded", command.by, now, reason=reason, holder=before, owner=one.owner
    )
    keep(uow, one, site, now)
    tell(uow, one, [one.owner], now, Words("现由您负责整改", "This is yours to put right now"))
    tell(uow, one, [before], now, Words("整改已移交他人，您不再负责", "This is no longer yours"))
    return Reply(
        one.id,
        Words(
            f"{one.id}改由{zh}负责，期限{one.due_on}不变。",
            f"{one.id} is {en}’s now, still due {one.due_on}.",
        ),
        {"owner": one.owner, "before": before},
    )


# Pieces


def find_measure(uow: UnitOfWork, id: str) -> Measure:
    """The measure with that id. Raises UnknownId, with near misses."""
    found = uow.measures.get(id)
    if found is None:
        raise UnknownId("整改措施", "measure", id, uow.measures.open())
    return found


def _open(id: str, uow: UnitOfWork) -> tuple[Measure, Site]:
    one = find_measure(uow, id)
    if not one.is_open:
        raise BadInput(f"{id}已销号或取消。", f"{id} is closed already.")
    return one, roster_in_force(uow).site


def _origin(command: AddMeasure, uow: UnitOfWork) -> Origin:
    """An incident or a problem on record says itself what it is."""
    known = uow.incidents.get(command.incident)
    if known is not None:
        return Origin.DRILL if known.drill else Origin.INCIDENT
    if uow.problems.get(command.incident) is not None:
        return Origin.PROBLEM
    if command.origin in (Origin.INCIDENT, Origin.DRILL):
        raise UnknownId("事件", "incident", command.incident, uow.incidents.all())
    return command.origin


def _cause(command: AddMeasure, uow: UnitOfWork) -> str:
    if not command.cause:
        return ""
    found = uow.investigations.get(command.incident)
    known = [cause.id for cause in found.causes] if found else []
    if command.cause not in known:
        raise UnknownId("原因", "cause", command.cause, known)
    return command.cause


def _proof(uow: UnitOfWork, one: Measure, text: str) -> str:
    """A piece of evidence of the same incident, with its hash; else what was written."""
    said = clean_line(text, "完成证明", "proof", LONGEST_PROOF)
    exhibit = uow.exhibits.get(f"{one.incident}/{said}")
    return f"{exhibit.id} {exhibit.name} SHA-256 {exhibit.sha256}" if exhibit else said


def _leads(uow: UnitOfWork, incident: str, by: By) -> list[str]:
    found = uow.investigations.get(incident)
    return ["investigator"] if found and by.person == found.lead != "" else []


def _owns(one: Measure, by: By) -> list[str]:
    return ["measure_owner"] if by.person == one.owner else []


def _in_time(day: date, now: datetime, site: Site) -> None:
    here = day_of(now, site.time_zone)
    if day < here or day > here + FARTHEST:
        raise BadInput(
            f"{day}不能作为完成期限。",
            f"{day} is no day to have it done by.",
            "请用今天起三年内的日期，例如 2026-12-31。",
            "Use a day within three years, such as 2026-12-31.",
        )
