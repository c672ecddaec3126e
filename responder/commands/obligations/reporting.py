"""Taking an obligation, doing its steps by hand, postponing and ending it."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.alert import pursuit_of
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.obligations.compliance import about, tell_compliance
from responder.commands.obligations.obligation import discharge, reconcile, release
from responder.commands.obligations.owner_hunt import lasting, limit_said, taken
from responder.commands.owed import OBLIGATION, found, late_s, named, title_of
from responder.commands.pursuit import Pursuit
from responder.commands.telling import name
from responder.domain.hunt import is_sought
from responder.domain.obligation import Obligation, step_name
from responder.domain.regime import Milestone
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_PROOF = 500
LONGEST_NAME = 80
STATEABLE = (Milestone.RESTORED, Milestone.RESOLVED)
"""What a report recorded by hand may state, and so end a continuing duty."""


@dataclass(frozen=True)
class TakeObligation(Command):
    """I see to it. Without an id: to everything here that nobody has in hand yet."""

    incident: str
    obligation: str = ""


@dataclass(frozen=True)
class DoStep(Command):
    """A human did a step of it: `taken_by` took it on the other side, `done_at` if not now.

    `states` are milestones that what was said tells of; `preliminary` that the cause is open.
    """

    incident: str
    obligation: str
    step: str = ""
    taken_by: str = ""
    proof: str = ""
    done_at: datetime | None = None
    states: tuple[str, ...] = ()
    preliminary: bool = False


@dataclass(frozen=True)
class Postpone(Command):
    """It will not be done by its limit: expected by `until`, for a reason. The limit stands."""

    incident: str
    obligation: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class EndObligation(Command):
    """It is not to be done, for a reason, by name."""

    incident: str
    obligation: str
    reason: str


@handles(TakeObligation)
def take_obligation(command: TakeObligation, uow: UnitOfWork, now: datetime) -> Reply:
    """Have it in hand: the hunt for an owner ends."""
    pursued = pursuit_of(uow, command.incident, now)
    person = command.by.person
    rows = _meant(uow, command)
    asked = {one for row in rows for one in (*row.asked, row.owner)}
    pursued.may("take_report", command.by, *(["sought"] if person in asked else []))
    for row in rows:
        before = row.owner if row.taken_at and row.owner != person else ""
        taken(uow, row, person, now)
        pursued.record("ObligationTaken", command.by, **named(row), person=person, before=before)
        if before:
            pursued.tell([before], _taken_over(pursued, row, person))
    if not rows:
        said = Words("目前没有待接手的应报事项。", "Nothing here waits for an owner.")
        return Reply(command.incident, said, {"taken": []})
    return Reply(
        command.incident,
        Words(
            "由您负责：" + "；".join(_with_limit(row, pursued).zh for row in rows) + "。",
            "You have: " + "; ".join(_with_limit(row, pursued).en for row in rows) + ".",
        ),
        {"taken": [row.id for row in rows]},
    )


def _meant(uow: UnitOfWork, command: TakeObligation) -> list[Obligation]:
    if command.obligation:
        row = found(uow, command.incident, command.obligation)
        if not row.is_open:
            _refuse_over(row)
        return [row]
    rows = uow.obligations.of(command.incident).values()
    return [row for row in rows if is_sought(row)]


def _refuse_over(row: Obligation) -> None:
    """Raise BadInput: it is over."""
    title = title_of(row)
    raise BadInput(
        f"“{title.zh}”已办结，无需接手。", f"“{title.en}” is over; there is nothing to do."
    )


def _with_limit(row: Obligation, pursued: Pursuit) -> Words:
    title, limit = title_of(row), limit_said(row, pursued.site, pursued.now)
    return Words(f"{title.zh}（时限{limit.zh}）", f"{title.en} (due {limit.en})")


def _taken_over(pursued: Pursuit, row: Obligation, person: str) -> Words:
    title = title_of(row)
    zh, en = (name(pursued.site, person, language) for language in ("zh", "en"))
    return Words(f"{title.zh}改由{zh}负责。", f"{en} now has: {title.en}.")


@handles(DoStep)
def do_step(command: DoStep, uow: UnitOfWork, now: datetime) -> Reply:
    """Record that a step was done by a human, with its proof; late to the second."""
    pursued = pursuit_of(uow, command.incident, now)
    row = found(uow, command.incident, command.obligation)
    owns = command.by.person == row.owner or command.by.person in row.asked
    pursued.may("record_report", command.by, *(["sought"] if owns else []))
    _check_proof(command, row)
    row = discharge(
        uow,
        row.key,
        command.step,
        command.by,
        command.done_at or now,
        command.proof,
        now,
        taken_by=command.taken_by,
        states=command.states,
        preliminary=command.preliminary,
    )
    return Reply(
        command.incident, _done_words(row), {**about(row), "done": row.done_at is not None}
    )


def _check_proof(command: DoStep, row: Obligation) -> None:
    if row.is_law:
        clean_line(command.proof, "凭据", "proof", LONGEST_PROOF, breaks=True)
        following = row.next_step
        named = command.step or (following.id if following else "")
        if following is not None and named == following.id == "phone":
            clean_line(command.taken_by, "接报人", "name of who took it", LONGEST_NAME)
    elif command.proof:
        clean_line(command.proof, "凭据", "proof", LONGEST_PROOF, breaks=True)
    for state in command.states:
        if state not in STATEABLE:
            raise UnknownId("报告所述状态", "state a report tells of", state, STATEABLE)


def _done_words(row: Obligation) -> Words:
    title, following = title_of(row), row.next_step
    if following is not None:
        step = step_name(following.id)
        return Words(
            f"已登记。“{title.zh}”下一步：{step.zh}。",
            f"Recorded. Next step of “{title.en}”: {step.en}.",
        )
    late = late_s(row, row.done_at) if row.done_at else 0
    said = lasting(late)
    how = Words("用时", "after") if row.is_at_once else Words("迟", "late by")
    tail = Words(f"，{how.zh}{said.zh}", f", {how.en} {said.en}") if late else Words()
    return Words(f"已报送：{title.zh}{tail.zh}。", f"Done: {title.en}{tail.en}.")


@handles(Postpone)
def postpone(command: Postpone, uow: UnitOfWork, now: datetime) -> Reply:
    """Say openly that a limit is not kept: it is late after it all the same. Compliance is told."""
    pursued = pursuit_of(uow, command.incident, now)
    row = found(uow, command.incident, command.obligation)
    pursued.may("postpone_report", command.by)
    clean_reason(command.reason)
    if not row.is_due or command.until <= max(now, row.due_at or now):
        raise BadInput(
            "延期须指向未报事项时限之后的时间。",
            "What is postponed must be due, and to a time after its limit.",
            "请核对 --until。",
            "Check --until.",
        )
    row.postponed_to, row.postponed, row.postponed_at = command.until, command.reason, now
    row.warned_at = None
    uow.obligations.put(row.key, row)
    until = command.until.isoformat()
    pursued.record(
        "ObligationPostponed", command.by, **named(row), until=until, reason=command.reason
    )
    zh, en = (name(pursued.site, command.by.person, language) for language in ("zh", "en"))
    title, limit = title_of(row), limit_said(row, pursued.site, now)
    what = Words(
        f"{zh}将{title.zh}延至{limit.zh}，理由：{command.reason}。原时限不变，逾期仍计迟报。",
        f"{en} postponed {title.en} to {limit.en}: {command.reason}. The limit stands; it counts"
        " as late after it.",
    )
    if row.is_law:
        tell_compliance(pursued, command.by, what, [row])
    reconcile(uow, command.incident, now)
    uow.timers.set(OBLIGATION, command.incident, now)
    return Reply(command.incident, what, about(row))


@handles(EndObligation)
def end_obligation(command: EndObligation, uow: UnitOfWork, now: datetime) -> Reply:
    """End it by name; compliance is told who and why."""
    pursued = pursuit_of(uow, command.incident, now)
    row = found(uow, command.incident, command.obligation)
    pursued.may("end_report", command.by)
    clean_reason(command.reason)
    row = release(uow, row.key, command.by, command.reason, now)
    zh, en = (name(pursued.site, command.by.person, language) for language in ("zh", "en"))
    title = title_of(row)
    what = Words(
        f"{zh}终止应报事项：{title.zh}，理由：{command.reason}。",
        f"{en} ended what was due: {title.en}: {command.reason}.",
    )
    if row.is_law:
        tell_compliance(pursued, command.by, what, [row])
    return Reply(command.incident, what, about(row))
