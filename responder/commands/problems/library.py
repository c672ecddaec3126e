"""The library of problems (问题库, JR/T 0099 5.8), from the proposal to the fix and the lesson.

Every stage is kept with its instant; a change that the stage does not allow is refused with those
it does. Nothing is called solved before its cause, its fix and the verification are there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import require_act
from responder.commands.matter import FirmMatter
from responder.commands.problems.recurrence import open_problem
from responder.commands.pursuit import roster_in_force
from responder.domain.logged_event import symptom_of
from responder.domain.problem import (
    EVENT,
    SOURCES,
    STAGE_NAMES,
    UNPROVEN_NAMES,
    Problem,
    Stage,
)
from responder.domain.record import By, Fact
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NUMBER = 200, 2000, 60


@dataclass(frozen=True)
class ProposeProblem(Command):
    """Something that ought to be put right for good; `events` are those it was seen in."""

    title: str
    source: str = EVENT
    system: str = ""
    symptom: str = ""
    events: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True)
class SubmitProblem(Command):
    """It is a problem: somebody owns it from now on."""

    problem: str
    owner: str = ""


@dataclass(frozen=True)
class AnalyseProblem(Command):
    """Its root cause is known."""

    problem: str
    cause: str


@dataclass(frozen=True)
class HandleProblem(Command):
    """How it is put right, and the number under which change management approved that."""

    problem: str
    fix: str
    change: str = ""


@dataclass(frozen=True)
class EscalateProblem(Command):
    """It cannot be put right at this level."""

    problem: str
    reason: str


@dataclass(frozen=True)
class VerifyProblem(Command):
    """A second person found that the fix works."""

    problem: str
    verification: str


@dataclass(frozen=True)
class SolveProblem(Command):
    """It is put right."""

    problem: str


@dataclass(frozen=True)
class EndProblem(Command):
    """It is written up: what others should know when the like happens again."""

    problem: str
    lesson: str
    change: str = ""


@dataclass(frozen=True)
class DismissProblem(Command):
    """It is none, and why."""

    problem: str
    reason: str


@handles(ProposeProblem)
def propose_problem(command: ProposeProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """Put it into the library, to be looked at."""
    require_act("propose_problem", command.by, uow, now)
    check_proposal(uow, command.title, command.source, command.system)
    for id in command.events:
        if uow.logged_events.get(id) is None:
            raise UnknownId("运维事件", "logged event", id, uow.logged_events.all())
    first = uow.logged_events.get(command.events[0]) if command.events else None
    problem = open_problem(
        uow,
        now,
        command.by,
        title=command.title,
        system=command.system or (first.system if first else ""),
        symptom=_symptom(command, uow) or (first.symptom if first else ""),
        source=command.source,
        events=list(command.events),
        reference=command.reference,
    )
    return _reply(problem)


def check_proposal(uow: UnitOfWork, title: str, source: str, system: str) -> None:
    """Raise BadInput or UnknownId for what cannot be a problem."""
    clean_line(title, "问题", "problem", LONGEST_TITLE)
    if source not in SOURCES:
        raise UnknownId("问题来源", "source of problems", source, SOURCES)
    systems = roster_in_force(uow).site.systems
    if system and system not in systems:
        raise UnknownId("系统", "system", system, systems)


def _symptom(command: ProposeProblem, uow: UnitOfWork) -> str:
    if not command.symptom:
        return ""
    playbooks = roster_in_force(uow).site.playbooks
    named = playbooks.get(command.symptom)
    faults = {one.fault or one.id for one in playbooks.values()}
    if named is not None:
        return named.fault or named.id
    return command.symptom if command.symptom in faults else symptom_of(command.symptom)


@handles(SubmitProblem)
def submit_problem(command: SubmitProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """Its owner is told; whoever submits it owns it unless another is named."""
    problem = _mine(uow, command.problem, command.by, now)
    roster = roster_in_force(uow)
    owner = command.owner or command.by.person
    if not roster.known(owner):
        raise UnknownId("人员", "person", owner, roster.site.people)
    problem.owner = owner
    if owner != command.by.person:
        what = Words(
            f"问题{problem.id} {problem.title}交您负责", f"{problem.id} {problem.title} is yours"
        )
        asks = Words(
            f"查明原因：problem analyse {problem.id}",
            f"Find its cause: problem analyse {problem.id}",
        )
        FirmMatter.load(uow, now).ask([owner], what, asks)
    return _move(uow, problem, Stage.SUBMITTED, command.by, now)


@handles(AnalyseProblem)
def analyse_problem(command: AnalyseProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the cause."""
    problem = _mine(uow, command.problem, command.by, now)
    problem.cause = _text(command.cause, "原因", "cause")
    return _move(uow, problem, Stage.ANALYSED, command.by, now, detail=problem.cause)


@handles(HandleProblem)
def handle_problem(command: HandleProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the fix; what was verified of an earlier one no longer counts."""
    problem = _mine(uow, command.problem, command.by, now)
    problem.fix = _text(command.fix, "解决方案", "fix")
    problem.change = _change(command.change) or problem.change
    problem.verification, problem.verified_by, problem.verified_at = "", "", None
    return _move(uow, problem, Stage.HANDLED, command.by, now, detail=problem.fix)


@handles(EscalateProblem)
def escalate_problem(command: EscalateProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """The executing body's lead hears of it."""
    problem = _mine(uow, command.problem, command.by, now)
    reason = clean_reason(command.reason)
    reply = _move(uow, problem, Stage.ESCALATED, command.by, now, reason=reason)
    firm = FirmMatter.load(uow, now)
    what = Words(
        f"问题{problem.id} {problem.title}升级：{reason}",
        f"{problem.id} {problem.title} is escalated: {reason}",
    )
    lead = firm.site.execution_body.head
    firm.tell([lead] if lead != command.by.person else [], what)
    return reply


@handles(VerifyProblem)
def verify_problem(command: VerifyProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """By somebody other than its owner, while it is being handled; the stage stays."""
    problem = find_problem(uow, command.problem)
    require_act("verify_problem", command.by, uow, now)
    if problem.stage is not Stage.HANDLED:
        stage = STAGE_NAMES[problem.stage]
        raise BadInput(
            f"{problem.id}为“{stage.zh}”，没有可验证的解决方案。",
            f"{problem.id} is {stage.en}; there is no fix to verify.",
            f"请先登记解决方案：problem handle {problem.id}。",
            f"Say how it is put right first: problem handle {problem.id}.",
        )
    if command.by.person == problem.owner:
        raise BadInput(
            "负责人不能自己验证。",
            "Its owner cannot verify it.",
            "请另一人验证。",
            "Ask a second person.",
        )
    problem.verification = _text(command.verification, "验证结果", "verification")
    problem.verified_by, problem.verified_at = command.by.person, now
    uow.problems.put(problem.id, problem)
    facts = {"text": problem.verification}
    uow.ledger.append([Fact("ProblemVerified", problem.id, command.by, now, facts)])
    said = Words(f"{problem.id} 已验证。", f"{problem.id} is verified.")
    return Reply(problem.id, said, {"stage": problem.stage.value})


@handles(SolveProblem)
def solve_problem(command: SolveProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """Refused while its cause, its fix or the verification is missing, or a measure is open."""
    problem = _mine(uow, command.problem, command.by, now)
    if problem.stage is Stage.HANDLED and problem.unproven:
        missing = [UNPROVEN_NAMES[name] for name in problem.unproven]
        raise BadInput(
            f"{problem.id}还缺{'、'.join(one.zh for one in missing)}，不能登记为已解决。",
            f"{problem.id} lacks {', '.join(one.en for one in missing)}; it is not solved.",
            "请用 problem analyse、handle、verify 补齐。",
            "Complete it: problem analyse, handle, verify.",
        )
    waiting = [one.id for one in uow.measures.of(problem.id).values() if one.is_open]
    if problem.stage is Stage.HANDLED and waiting:
        raise BadInput(
            f"整改{'、'.join(waiting)}尚未验证销号。",
            f"{', '.join(waiting)} are not verified yet.",
            "请先完成并验证：measure done、measure verify。",
            "Have them done and verified: measure done, measure verify.",
        )
    return _move(uow, problem, Stage.SOLVED, command.by, now)


@handles(EndProblem)
def end_problem(command: EndProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """Written up; the change's number is needed where none was given before."""
    problem = _mine(uow, command.problem, command.by, now)
    lesson = _text(command.lesson, "经验教训", "lesson")
    problem.change = _change(command.change) or problem.change
    if problem.stage is Stage.SOLVED and not problem.change:
        raise BadInput(
            f"{problem.id}没有变更单号。",
            f"{problem.id} names no change.",
            "请加 --change；确无变更的写明“无需变更”。",
            "Give --change; where nothing was changed, say “no change”.",
        )
    problem.lesson = lesson
    return _move(uow, problem, Stage.ENDED, command.by, now, detail=lesson)


@handles(DismissProblem)
def dismiss_problem(command: DismissProblem, uow: UnitOfWork, now: datetime) -> Reply:
    """Its reason stays in the library."""
    problem = _mine(uow, command.problem, command.by, now)
    problem.reason = clean_reason(command.reason)
    return _move(uow, problem, Stage.DISMISSED, command.by, now, reason=problem.reason)


# Pieces


def _mine(uow: UnitOfWork, id: str, by: By, now: datetime) -> Problem:
    problem = find_problem(uow, id)
    owns = ["problem_owner"] if problem.owner == by.person != "" else []
    require_act("problem", by, uow, now, *owns)
    return problem


def _text(text: str, zh: str, en: str) -> str:
    return clean_line(text, zh, en, LONGEST_TEXT, breaks=True)


def _change(text: str) -> str:
    return clean_line(text, "变更单号", "number of the change", LONGEST_NUMBER) if text else ""


def _move(
    uow: UnitOfWork, problem: Problem, wanted: Stage, by: By, now: datetime, **payload: Any
) -> Reply:
    left = problem.move(wanted, by.person, now)
    uow.problems.put(problem.id, problem)
    facts = {"entered": wanted.value, "left": left.value, "change": problem.change, **payload}
    uow.ledger.append([Fact("ProblemMoved", problem.id, by, now, facts)])
    return _reply(problem)


def _reply(problem: Problem) -> Reply:
    stage = STAGE_NAMES[problem.stage]
    said = Words(f"{problem.id} {stage.zh}：{problem.title}。", f"{problem.id}: {stage.en}.")
    return Reply(problem.id, said, {"stage": problem.stage.value, "owner": problem.owner or None})


def find_problem(uow: UnitOfWork, id: str) -> Problem:
    """The problem of that id. Raises UnknownId, with near misses."""
    found = uow.problems.get(id)
    if found is None:
        raise UnknownId("问题", "problem", id, uow.problems.all())
    return found
