"""After a drill: evaluated, does the plan change, closed, reported (7.1 y, z, aa, R.d)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import DrillAtWork
from responder.domain.drill_run import Ended
from responder.domain.words import Words
from responder.drills.acts import MANUAL
from responder.drills.scoring import counted_by_hand, counts
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

NO_CHANGE = "none"
LONGEST_ANSWER = 1000
LONGEST_RECEIPT = 200


@dataclass(frozen=True)
class EvaluateDrill(Command):
    """The evaluation is complete: what the record shows, and what evaluators saw beside it."""

    incident: str


@dataclass(frozen=True)
class AnswerPlanChange(Command):
    """Does the emergency plan change for it? `none`, or what is to change and where."""

    incident: str
    change: str


@dataclass(frozen=True)
class CloseDrill(Command):
    """The file of the drill is complete."""

    incident: str


@dataclass(frozen=True)
class ReportDrill(Command):
    """It was reported to the authority, with the receipt."""

    incident: str
    to: str
    receipt: str
    on: date | None = None


@handles(EvaluateDrill)
def evaluate_drill(command: EvaluateDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Raises BadInput while it runs, or while something only people see is not said."""
    drill = _over(uow, command.incident, now)
    drill.case.may("evaluate_drill", command.by)
    unmarked = [
        one.id
        for row, one in drill.scenario.expected.values()
        if one.does == MANUAL and row.id in drill.run.sent and one.id not in drill.run.marked
    ]
    if unmarked:
        raise BadInput(
            f"还有预期动作未评定：{'、'.join(unmarked)}。",
            f"Not marked yet: {', '.join(unmarked)}.",
            "请用 drill mark 评定。",
            "Mark them with: drill mark.",
        )
    silent = [one.unit for one in drill.scenario.partners if one.unit not in drill.run.partners]
    if silent and drill.run.ended is not Ended.ABORTED:
        raise BadInput(
            f"还没有登记外部参演单位是否参加：{'、'.join(silent)}。",
            f"Nobody said whether they took part: {', '.join(silent)}.",
            f"请逐家登记：drill partner {drill.run.id} {silent[0]} came。",
            f"Say it of each: drill partner {drill.run.id} {silent[0]} came.",
        )
    drill.run.evaluated_at, drill.run.evaluated_by = now, command.by.person
    found = drill.scores().values()
    results = {result.value: n for result, n in counts(found).items() if n}
    by_hand = counted_by_hand(found)
    drill.case.record("DrillEvaluated", command.by, results=results, by_hand=by_hand)
    return _kept(drill, Words("评估完成。", "The evaluation is complete."))


@handles(AnswerPlanChange)
def answer_plan_change(command: AnswerPlanChange, uow: UnitOfWork, now: datetime) -> Reply:
    """A yes stays open until a version of the plan refers to this drill."""
    drill = _over(uow, command.incident, now)
    drill.case.may("close_drill", command.by)
    answer = clean_line(command.change, "预案修订意见", "answer", LONGEST_ANSWER)
    drill.run.plan_change, drill.run.answered_by = answer, command.by.person
    drill.case.record("PlanChangeAnswered", command.by, text=answer)
    if answer == NO_CHANGE:
        return _kept(drill, Words("已登记：预案无须修订。", "Recorded: the plan need not change."))
    said = Words(
        f"已登记。修订后的预案版本须注明依据：plan adopt … --references {drill.run.id}",
        f"Recorded. The version that makes it refers to {drill.run.id}: plan adopt … --references"
        f" {drill.run.id}",
    )
    return _kept(drill, said)


@handles(CloseDrill)
def close_drill(command: CloseDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Raises BadInput before it is evaluated, or before the plan's question is answered."""
    drill = _over(uow, command.incident, now)
    drill.case.may("close_drill", command.by)
    run = drill.run
    if run.evaluated_at is None:
        raise _lacks("尚未评估", "It is not evaluated yet", "drill evaluate")
    if not run.plan_change:
        raise _lacks(
            "尚未回答预案是否修订", "Nobody said whether the plan changes", "drill plan-change"
        )
    run.closed_at, run.closed_by = now, command.by.person
    drill.case.record("DrillClosed", command.by)
    return _kept(drill, Words("演练已归档。", "The drill’s file is closed."))


def _lacks(zh: str, en: str, command: str) -> BadInput:
    return BadInput(
        f"{zh}，不能归档。",
        f"{en}, so it cannot be closed.",
        f"请执行 {command}。",
        f"First: {command}.",
    )


@handles(ReportDrill)
def report_drill(command: ReportDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep to whom it was reported, when, and the receipt; after its file was closed, too."""
    drill = _ended(uow, command.incident, now)
    drill.case.may("close_drill", command.by)
    receipt = clean_line(command.receipt, "回执", "receipt", LONGEST_RECEIPT)
    site = drill.case.site
    if command.to not in site.units:
        raise BadInput(
            f"没有“{command.to[:40]}”这个关联单位。",
            f"There is no related unit {command.to[:40]}.",
            "请写 contacts/units.yaml 中的编号。",
            "Give its id in contacts/units.yaml.",
        )
    day = command.on or now.astimezone(ZoneInfo(site.time_zone)).date()
    drill.run.reported_on, drill.run.reported_to, drill.run.receipt = day, command.to, receipt
    facts: dict[str, Any] = {"unit": command.to, "receipt": receipt}
    drill.case.record("DrillReported", command.by, **facts, on=day.isoformat())
    return _kept(drill, Words("已登记报告与回执。", "The report and its receipt are on record."))


def _over(uow: UnitOfWork, id: str, now: datetime) -> DrillAtWork:
    drill = _ended(uow, id, now)
    drill.must_not_be_closed()
    return drill


def _ended(uow: UnitOfWork, id: str, now: datetime) -> DrillAtWork:
    drill = DrillAtWork.load(uow, id, now)
    if drill.run.is_open:
        raise BadInput(
            "演练还在进行。",
            "The drill is still running.",
            "请先结束：drill end。",
            "First: drill end.",
        )
    return drill


def _kept(drill: DrillAtWork, said: Words) -> Reply:
    drill.case.save()
    drill.save()
    return Reply(drill.run.id, said)
