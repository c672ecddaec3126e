"""Roll-call: is everybody safe? (JR/T 0099 7.2: guard staff's personal safety)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.case import Case
from responder.commands.command import Command, Reply, handles
from responder.commands.incidents.safety_board import Board, roll_of
from responder.commands.targets import whom
from responder.commands.telling import clock_time, name
from responder.domain.incident import RollCall
from responder.domain.message import Purpose
from responder.domain.record import ENGINE
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

ROLL_CALL = "roll_call"
AGAIN = timedelta(minutes=5)
ROUNDS = 3
GUARDING = "guarding"
GUARDING_LEAD = "guarding_lead"


@dataclass(frozen=True)
class CallRoll(Command):
    """Ask people whether they are safe; by default the executing body and all who responded."""

    incident: str
    target: str = ""


@dataclass(frozen=True)
class AnswerRoll(Command):
    """I am safe, or I need help."""

    incident: str
    safe: bool


@handles(CallRoll)
def call_roll(command: CallRoll, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask all by every way at once; the silent again at 5 and 10 minutes."""
    case = Case.load(uow, command.incident, now)
    case.may("roll_call", command.by)
    people = whom(case, command.target) if command.target else _on_site(case)
    case.incident.roll_call = RollCall(tuple(people), now)
    case.record("RollCalled", command.by, people=list(people))
    _ask(case, people)
    case.save()
    return Reply(
        case.incident.id,
        Words(f"已向{len(people)}人点名。", f"{len(people)} people are being asked."),
        {"people": list(people)},
    )


def _on_site(case: Case) -> list[str]:
    listed = (*case.site.execution_body.everyone, *case.escalation.acknowledged)
    return [p for p in dict.fromkeys(listed) if case.roster.known(p)]


def _ask(case: Case, people: Sequence[str]) -> None:
    deadline = clock_time(case.now + AGAIN, case.site)
    case.ring(people, Purpose.ROLL_CALL, deadline=deadline)
    case.uow.timers.set(ROLL_CALL, case.incident.id, case.now + AGAIN)


def again(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """Ask the silent again; after 15 minutes the commander gets their names.

    Whoever is still to be asked, on a way that takes a few messages a second, is not asked twice.
    """
    for case in Case.load_many(uow, ids, now):
        roll = case.incident.roll_call
        if roll is None or not roll.silent or not case.incident.is_handled:
            continue
        if case.incident.frozen:
            uow.timers.set(ROLL_CALL, case.incident.id, now + AGAIN)
            continue
        if roll.rounds < ROUNDS:
            roll.rounds += 1
            unsent = uow.outbox.waiting(case.incident.id, [Purpose.ROLL_CALL])
            people = [person for person in roll.silent if person not in unsent]
            case.record("RollCalledAgain", ENGINE, people=people)
            _ask(case, people)
        else:
            case.record("SilentListed", ENGINE, people=list(roll.silent))
            case.ring(leaders(case), Purpose.ALARM, what=_silent(case, roll), mend=LOOK_FOR_THEM)
        case.save()


def leaders(case: Case) -> list[str]:
    """Who is told of people in danger: the commander, else whoever holds authority."""
    leader = case.incident.commander or case.incident.provisional or case.authority.holder
    return [leader] if leader else list(case.roster.command_body)


LOOK_FOR_THEM = Words("请派人到现场查找。", "Send somebody to look for them.")


def _silent(case: Case, roll: RollCall) -> Words:
    board, count = Board.of(roll, case.site), len(roll.silent)
    zh, en = "；".join(board.silent("zh")), "; ".join(board.silent("en"))
    return Words(
        f"点名15分钟，{count}人未应答：{zh}。", f"Silent after 15 minutes, {count} in all: {en}."
    )


@handles(AnswerRoll)
def answer_roll(command: AnswerRoll, uow: UnitOfWork, now: datetime) -> Reply:
    """Record an answer; "need help" pages the commander and the guards at once."""
    case = Case.load(uow, command.incident, now)
    roll, person = roll_of(case.incident), command.by.person
    (roll.safe if command.safe else roll.in_need)[person] = now
    (roll.in_need if command.safe else roll.safe).pop(person, None)
    uow.outbox.withdraw(case.incident.id, [person], [Purpose.ROLL_CALL])
    case.record("ReportedSafe" if command.safe else "NeedsHelp", command.by)
    if not command.safe:
        _send_help(case, person)
    case.save()
    said = Words("已登记平安。", "Recorded: safe.") if command.safe else HELP_COMES
    return Reply(case.incident.id, said, {"silent": list(roll.silent)})


HELP_COMES = Words(
    "已呼叫现场指挥和安保。有危险请直接拨打119（火警）、120（急救）。",
    "The commander and the guards are being called. In danger, call 119 (fire) or 120 (ambulance).",
)


def _send_help(case: Case, person: str) -> None:
    guards = case.roster.resolve(f"team:{GUARDING}", case.now).people
    lead = case.roster.holder(GUARDING_LEAD, case.now)
    people = dict.fromkeys([*leaders(case), *([lead] if lead else []), *guards])
    zh, en = name(case.site, person, "zh"), name(case.site, person, "en")
    what = Words(f"{zh}需要救助。", f"{en} needs help.")
    case.ring(people, Purpose.ALARM, what=what, mend=GO_NOW)


GO_NOW = Words(
    "请立即联系并施救；火警119，急救120。",
    "Reach them and send help now; fire 119, ambulance 120.",
)
