"""The hot wash: right after a drill who was in it says what went well, what should be better."""

from dataclasses import dataclass, replace
from datetime import datetime

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import AFTER_END, DrillAtWork
from responder.domain.drill_run import DrillRun, Feedback
from responder.domain.message import Message, Purpose
from responder.domain.words import Words
from responder.drills.feedback import SCALE
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

LONGEST_FEEDBACK = 1000
THANKS = Words("已收到反馈，谢谢；归档前可以重新填写。", "Thank you; say it anew until it closes.")
SCORED = Words(
    "{drill}已登记：{knew}分。请再说两点：哪些做得好，哪些应改进。"
    "回复“演练反馈 {knew}”逐项作答；归档前可以改。",
    "{drill}: {knew} is recorded. Two points more: what went well, what should be better? Answer"
    " “drill feedback {knew}”, one thing after the other. It may change until the file is closed.",
)
CLOSED = Words("演练已归档，不能再改。", "The drill’s file is closed; it changes no more.")


@dataclass(frozen=True)
class GiveFeedback(Command):
    """Somebody who took part says how it went; said again, it replaces what was said before.

    Points left out stay as they were.
    """

    incident: str
    knew: int
    well: str = ""
    better: str = ""


@handles(GiveFeedback)
def give_feedback(command: GiveFeedback, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it. Raises BadInput while it runs, once it is closed, and from who was not in it."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("answer_drill", command.by)
    _must_be_asked(drill.run, command)
    if command.knew not in SCALE:
        raise BadInput(
            f"打分为1至5，不能是{command.knew}。", f"The score is 1 to 5, not {command.knew}."
        )
    before = drill.run.feedback.get(command.by.person)
    said = _said(command, before or Feedback(now, command.knew), now)
    if before is None or replace(before, at=now) != said:
        drill.run.feedback[command.by.person] = said
        drill.case.record("FeedbackGiven", command.by, again=before is not None)
        drill.case.save()
        drill.save()
    left = len(drill.run.asked) - len(drill.run.feedback)
    facts = {"answered": len(drill.run.feedback), "missing": left}
    return Reply(command.incident, _thanks(drill.run, said), facts)


def _said(command: GiveFeedback, before: Feedback, now: datetime) -> Feedback:
    well, better = before.well, before.better
    if command.well.strip():
        well = clean_line(command.well, "做得好的", "strength", LONGEST_FEEDBACK)
    if command.better.strip():
        better = clean_line(command.better, "应改进的", "improvement", LONGEST_FEEDBACK)
    return Feedback(now, command.knew, well, better)


def _thanks(run: DrillRun, said: Feedback) -> Words:
    """With both points it is all that was asked; else they are asked for."""
    if said.well and said.better:
        return THANKS
    drill, knew = run.id, said.knew
    return Words(SCORED.zh.format(drill=drill, knew=knew), SCORED.en.format(drill=drill, knew=knew))


def _must_be_asked(run: DrillRun, command: GiveFeedback) -> None:
    if run.is_open:
        raise BadInput(
            "演练还在进行。",
            "The drill is still running.",
            "请在结束后反馈。",
            "Say it once it is over.",
        )
    if run.closed_at is not None:
        raise BadInput(CLOSED.zh, CLOSED.en)
    if command.by.person not in run.asked:
        raise BadInput(
            "只有参演人员可以反馈；中止的演练不征求反馈。",
            "Only who took part is asked, and nobody after a drill that was aborted.",
        )


def may_judge(uow: UnitOfWork, message: Message) -> bool:
    """Whether who was asked how a drill went may say so, anew too: until its file is closed."""
    run = uow.drill_runs.get(message.incident)
    return run is not None and run.closed_at is None and message.person in run.asked


def is_unjudged(uow: UnitOfWork, message: Message) -> bool:
    """Whether the question still waits for this person."""
    run = uow.drill_runs.get(message.incident)
    return run is not None and may_judge(uow, message) and message.person not in run.feedback


def _ask(drill: DrillAtWork) -> None:
    """Quietly, once, with the scores to choose from."""
    case, title = drill.case, drill.scenario.title
    for person in filter(None, map(case.person, drill.run.asked)):
        facts = {"title": title.said(person.language) or case.subject.title, "level": 0}
        case.teller.quietly(person, facts, Purpose.HOT_WASH)


AFTER_END.append(_ask)
