"""Conducting a drill: rows by hand, pauses, the end, and the way out when it becomes real."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.briefings.clocks import resumed
from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import DrillAtWork
from responder.commands.incidents.incident import Declare, declare
from responder.commands.owed import OBLIGATION
from responder.domain.drill import Result
from responder.domain.drill_run import Ended, Observation
from responder.domain.words import Words
from responder.drills.acts import MANUAL
from responder.drills.scoring import RESULT_NAMES
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_OBSERVATION = 1000


@dataclass(frozen=True)
class SendRow(Command):
    """A row now, ahead of its time or where its condition left it out; never twice."""

    incident: str
    row: str


@dataclass(frozen=True)
class PauseDrill(Command):
    """Its clock stands still, and nobody is rung in it."""

    incident: str
    reason: str


@dataclass(frozen=True)
class ResumeDrill(Command):
    """Let a drill go on that was paused, or that a real declaration froze."""

    incident: str


@dataclass(frozen=True)
class EndDrill(Command):
    """It is over."""

    incident: str


@dataclass(frozen=True)
class AbortDrill(Command):
    """Stop it before its end; `real`: something real has happened, and is declared afresh."""

    incident: str
    reason: str
    real: bool = False


@dataclass(frozen=True)
class MarkExpected(Command):
    """What the evaluator found of an expected action that no entry can show."""

    incident: str
    expected: str
    result: Result
    why: str


@dataclass(frozen=True)
class Observe(Command):
    """What an evaluator saw: a strength, or something to be better."""

    incident: str
    text: str
    objective: str = ""
    strength: bool = False


@handles(SendRow)
def send_row(command: SendRow, uow: UnitOfWork, now: datetime) -> Reply:
    """Send it, on the record as sent by hand."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("conduct_drill", command.by)
    drill.must_run()
    if drill.run.is_paused:
        raise BadInput(
            "演练暂停或冻结中，不发事件。",
            "The drill is paused or frozen: no row goes out.",
            "请先恢复：drill resume。",
            "First: drill resume.",
        )
    row = drill.scenario.rows.get(command.row)
    if row is None:
        raise UnknownId("演练事件", "row", command.row, drill.scenario.rows)
    if row.id in drill.run.sent:
        raise BadInput(
            f"{row.id}已经发出。",
            f"{row.id} was sent already.",
            "每条只发一次。",
            "A row goes out once.",
        )
    drill.run.skipped.pop(row.id, None)
    people = drill.send(row, command.by)
    drill.case.save()
    drill.save()
    return Reply(
        command.incident,
        Words(f"已发出{row.id}（{len(people)}人）。", f"{row.id} is on its way to {len(people)}."),
        {"row": row.id, "people": people},
    )


@handles(PauseDrill)
def pause_drill(command: PauseDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Everything stops where it stands; whoever takes part hears of it."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("conduct_drill", command.by)
    drill.must_run()
    clean_reason(command.reason)
    if drill.run.is_paused:
        raise BadInput("演练已经暂停。", "The drill is paused already.")
    drill.pause(command.reason)
    drill.case.stop()
    drill.case.incident.frozen = True
    drill.case.record("DrillPaused", command.by, reason=command.reason)
    drill.tell_all(Words("演练暂停，等待通知", "The drill is paused; wait for word"))
    drill.case.save()
    drill.save()
    return Reply(command.incident, Words("演练已暂停。", "The drill is paused."))


@handles(ResumeDrill)
def resume_drill(command: ResumeDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """By hand only, and not while a real incident is handled."""
    case = Case.load(uow, command.incident, now)
    case.may("drill", command.by)
    if not case.incident.frozen:
        raise BadInput("该演练没有被冻结。", "This drill is not frozen.")
    if any(one.is_handled and not one.drill for one in uow.incidents.open().values()):
        raise BadInput(
            "真实事件仍在处置，演练不能继续。",
            "A real incident is still being handled; the drill stays frozen.",
            "请待真实事件结束应急后再恢复。",
            "Resume when it is stood down.",
        )
    case.incident.frozen = False
    case.go_on()
    case.record("DrillResumed", command.by)
    uow.timers.set(OBLIGATION, case.incident.id, now)
    resumed(case)
    case.save()
    if uow.drill_runs.get(command.incident):
        drill = DrillAtWork.load(uow, command.incident, now)
        drill.resume()
        drill.save()
    return Reply(case.incident.id, Words("演练继续。", "The drill goes on."))


@handles(EndDrill)
def end_drill(command: EndDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Everybody who took part hears that it is over."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("conduct_drill", command.by)
    drill.must_run()
    _over(drill, Ended.DONE, command, "")
    return Reply(command.incident, Words("演练结束。", "The drill is over."), _counts(drill))


@handles(AbortDrill)
def abort_drill(command: AbortDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """It ends here. What is real begins as an incident of its own; the drill never becomes one."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("conduct_drill", command.by)
    drill.must_run()
    clean_reason(command.reason)
    _over(drill, Ended.ABORTED, command, command.reason)
    if not command.real:
        return Reply(command.incident, Words("演练中止。", "The drill is aborted."))
    incident = drill.case.incident
    real = Declare(
        by=command.by,
        playbook=incident.playbook,
        title=command.reason,
        level=incident.level,
        systems=incident.systems,
    )
    reply: Reply = declare(real, uow, now)
    said = Words(f"演练中止。{reply.said.zh}", f"The drill is aborted. {reply.said.en}")
    return Reply(reply.id, said, {**reply.facts, "drill": command.incident})


def _over(drill: DrillAtWork, how: Ended, command: Command, reason: str) -> None:
    drill.end(how, command.by, reason)
    drill.tell_all(Words("演练结束，感谢参与", "The drill is over; thank you for taking part"))
    drill.case.save()
    drill.save()


def _counts(drill: DrillAtWork) -> dict[str, int]:
    results = list(drill.results().values())
    return {result.value: results.count(result) for result in Result}


@handles(MarkExpected)
def mark_expected(command: MarkExpected, uow: UnitOfWork, now: datetime) -> Reply:
    """On the record, by name and with the reason; only of what no entry can show."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("evaluate_drill", command.by)
    drill.must_not_be_closed()
    clean_reason(command.why)
    if command.expected not in drill.scenario.expected:
        raise UnknownId("预期动作", "expected action", command.expected, drill.scenario.expected)
    if drill.scenario.expected[command.expected][1].does != MANUAL:
        raise BadInput(
            f"{command.expected}由记录判定，不能人工评定。",
            f"The record judges {command.expected}; nobody marks it.",
            "看法请用 drill observe 登记。",
            "Put what you saw down with: drill observe.",
        )
    drill.run.marked[command.expected] = command.result
    said = RESULT_NAMES[command.result]
    facts: dict[str, Any] = {
        "expected": command.expected,
        "result": command.result.value,
        "reason": command.why,
    }
    drill.case.record("ExpectationMarked", command.by, **facts)
    drill.case.save()
    drill.save()
    return Reply(
        command.incident,
        Words(f"已登记：{command.expected}{said.zh}。", f"Recorded: {command.expected} {said.en}."),
    )


@handles(Observe)
def observe(command: Observe, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it; one that comes after the end says so."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("evaluate_drill", command.by)
    drill.must_not_be_closed()
    text = clean_line(command.text, "观察", "observation", LONGEST_OBSERVATION)
    if command.objective and command.objective not in drill.scenario.objectives:
        raise UnknownId("演练目标", "objective", command.objective, drill.scenario.objectives)
    late = not drill.run.is_open
    one = Observation(command.by.person, now, text, command.objective, command.strength, late)
    drill.run.observations.append(one)
    facts: dict[str, Any] = {
        "text": text,
        "objective": command.objective,
        "strength": command.strength,
    }
    drill.case.record("Observed", command.by, **facts, late=late)
    drill.case.save()
    drill.save()
    return Reply(command.incident, Words("已登记观察。", "The observation is on the record."))


def drills_due(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """The next row's time has come, or the end's."""
    for id in ids:
        if uow.drill_runs.get(id):
            drill = DrillAtWork.load(uow, id, now)
            drill.go_on()
            drill.case.save()
            drill.save()
