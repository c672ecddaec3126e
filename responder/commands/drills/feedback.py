"""The hot wash: right after a drill who was in it says what went well, what should be better."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import AFTER_END, DrillAtWork
from responder.domain.drill_run import DrillRun, Feedback
from responder.domain.words import Words
from responder.drills.feedback import SCALE
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

LONGEST_FEEDBACK = 1000
ASKED = Words(
    "演练{}已结束，请谈两点：哪些做得好，哪些应改进，并打分（1–5）：我清楚该做什么。"
    "回复：演练反馈 4 做得好=“…” 应改进=“…”",
    "Drill {} is over. What went well, what should be better, and 1 to 5: I knew what to do."
    " Answer: drill feedback 4 well=“…” better=“…”",
)


@dataclass(frozen=True)
class GiveFeedback(Command):
    """Somebody who took part says how it went; said again, it replaces what was said before."""

    incident: str
    knew: int
    well: str
    better: str


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
    well = clean_line(command.well, "做得好的", "strength", LONGEST_FEEDBACK)
    better = clean_line(command.better, "应改进的", "improvement", LONGEST_FEEDBACK)
    again = command.by.person in drill.run.feedback
    drill.run.feedback[command.by.person] = Feedback(now, command.knew, well, better)
    drill.case.record("FeedbackGiven", command.by, again=again)
    drill.case.save()
    drill.save()
    left = len(drill.run.asked) - len(drill.run.feedback)
    return Reply(
        command.incident,
        Words("已收到反馈，谢谢；归档前可以重新填写。", "Thank you; say it anew until it closes."),
        {"answered": len(drill.run.feedback), "missing": left},
    )


def _must_be_asked(run: DrillRun, command: GiveFeedback) -> None:
    if run.is_open:
        raise BadInput(
            "演练还在进行。",
            "The drill is still running.",
            "请在结束后反馈。",
            "Say it once it is over.",
        )
    if run.closed_at is not None:
        raise BadInput("演练已归档，不能再改。", "The drill’s file is closed; it changes no more.")
    if command.by.person not in run.asked:
        raise BadInput(
            "只有参演人员可以反馈；中止的演练不征求反馈。",
            "Only who took part is asked, and nobody after a drill that was aborted.",
        )


def _ask(drill: DrillAtWork) -> None:
    """Quietly, once, with the words to answer by."""
    asked = Words(ASKED.zh.format(drill.run.id), ASKED.en.format(drill.run.id))
    drill.case.tell(drill.run.asked, asked)


AFTER_END.append(_ask)
