"""Answers by telephone: a key in a call, a digit in an SMS. Each counts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.command import Command, Reply, handle, handles
from responder.commands.paging.became import asks, became_of
from responder.commands.paging.keypress import command_of
from responder.commands.paging.screen import open_requests, reached_by
from responder.domain.keys import BY_BUTTON, NAMES, Act, press
from responder.domain.message import Message, Purpose
from responder.domain.warning import DRILLED
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

FRESH = timedelta(minutes=30)
"""How old a request may be that an SMS answers without naming its code."""
AWAITS = "sms.awaits."
PASSIVE = "sms.passive."
MOST_PASSIVE = 5
HOUR = timedelta(hours=1)
OF_DRILLED = "V"
"""The letter of a drill's warnings: the drill itself has the D."""


@dataclass(frozen=True)
class PressKey(Command):
    """A key pressed in a call about a message, as the act it stands for.

    `press` marks this press: call, step and key. Twilio signs no time, so that a request played
    back is known by it.
    """

    message: str
    incident: str
    act: Act
    press: str


@dataclass(frozen=True)
class AnswerText(Command):
    """A digit in an SMS from a number of `by.person`, with the code it refers to or without.

    Where an incident, a drill and a warning share a code, `I0001`, `D0001` and `W0001` are apart;
    a drill's warning is `V0001`.
    """

    number: str
    key: str
    code: str = ""


@dataclass(frozen=True)
class CountPassiveReply(Command):
    """Somebody's SMS is about to be answered though it did nothing."""


@handles(PressKey)
def press_key(command: PressKey, uow: UnitOfWork, now: datetime) -> Reply:
    """Carry out what the key stands for; pressed again, it only says what stands."""
    message = uow.outbox.get(command.message)
    wanted = command_of(command.act, message, command.by) if message else None
    if message is None or wanted is None:
        raise UnknownId("消息", "message", command.message)
    if not uow.first_seen(command.by.door, command.press):
        return Reply(message.incident, became_of(uow, message, now), {"again": True})
    reply: Reply = handle(wanted, uow, now)
    return reply


@handles(AnswerText)
def answer_text(command: AnswerText, uow: UnitOfWork, now: datetime) -> Reply:
    """Answer the one request it can mean; where it may mean several, say their codes."""
    person = command.by.person
    waiting = open_requests(uow, person, command.number)
    asked = uow.notes.get(AWAITS + person) or {}
    uow.notes.put(AWAITS + person, None)
    meant = _one_of_a_case([one for one in waiting if _is_meant(one, command, asked, now)])
    bare = not command.code and not _is_asked(asked, now)
    if not meant and (late := _too_late(uow, command, waiting, now)):
        return late
    if len(meant) != 1 or (bare and len(waiting) != 1):
        return Reply("", _codes(waiting), {"passive": True})
    message = meant[0]
    awaits = _awaited(asked, message, now)
    wanted = press(message.purpose, command.key, awaits)
    if wanted.act is Act.READ_BACK and wanted.awaits is not None:
        _await(uow, person, message, wanted.awaits, now)
        chosen = NAMES[wanted.awaits]
        said = Words(
            f"{message.code}您选择：{chosen.zh}。确认请回1。",
            f"{message.code}: you chose {chosen.en}. Reply 1 to confirm.",
        )
        return Reply(message.incident, said, {"drill": message.drill})
    carried = command_of(wanted.act, message, command.by)
    if carried is None:
        return Reply(message.incident, _codes([message]), {"passive": True})
    reply: Reply = handle(carried, uow, now)
    if not reply.ask:
        return Reply(reply.id, reply.said, {**reply.facts, "drill": message.drill})
    _await(uow, person, message, Act.DECLINE, now)
    return Reply(message.incident, ONLY_YOU, {"drill": message.drill})


ASKED = {
    Purpose.PAGE: Words("请接手", "take it"),
    Purpose.VERIFY_WARNING: Words("请核实预警", "verify the warning"),
    Purpose.DECISION: Words("请决策", "decide"),
    Purpose.ROLL_CALL: Words("请报平安", "are you safe"),
    Purpose.STILL_THERE: Words("请确认仍在指挥", "are you still in command"),
    Purpose.HANDOVER: Words("请接班", "take over"),
    Purpose.DUE: Words("请负责报送", "see to a report"),
    Purpose.TEST: Words("测试", "a test"),
    Purpose.ASSENT: Words("请答复是否同意", "do you agree"),
    Purpose.CHECK_IN: Words("请签到", "check in"),
}
"""What waits, in words that any provider may carry."""
ONLY_YOU = Words(
    "该岗位只有您可联系。仍要转下一位，请再回2。",
    "You are the only one for this post. To pass it on all the same, reply 2 again.",
)


def _one_of_a_case(meant: list[Message]) -> list[Message]:
    """Of several requests of one incident, the page comes first: the reply says it was meant."""
    if len({one.incident for one in meant}) != 1:
        return meant
    return sorted(meant, key=lambda one: one.purpose is not Purpose.PAGE)[:1]


def _is_named(message: Message, code: str) -> bool:
    return code in (message.code, _letter(message) + message.code)


def _letter(message: Message) -> str:
    """What tells its series from the others in an SMS."""
    return OF_DRILLED if message.incident.startswith(DRILLED) else message.incident[:1]


def _is_meant(message: Message, command: AnswerText, asked: dict[str, str], now: datetime) -> bool:
    if command.code:
        return (
            _is_named(message, command.code)
            and press(message.purpose, command.key).act is not Act.WRONG
        )
    if _is_asked(asked, now):
        return message.id == asked["message"]
    return now - (message.settled_at or message.ready_at) <= FRESH


def _too_late(
    uow: UnitOfWork, command: AnswerText, waiting: list[Message], now: datetime
) -> Reply | None:
    """What became of the question it answers, where that one waits no longer."""
    if waiting and (not command.code or any(_is_named(one, command.code) for one in waiting)):
        return None
    person, number = command.by.person, command.number
    asked = [
        one for one in reached_by(uow, person, number) if asks(one) and one.purpose not in BY_BUTTON
    ]
    if not (meant := [one for one in asked if _is_meant(one, command, {}, now)]):
        return None
    message = meant[-1]
    facts = {"passive": True, "drill": message.drill}
    act = press(message.purpose, command.key).act
    seen = command_of(act, message, command.by) if act is Act.TAKE else None
    said = handle(seen, uow, now).said if seen else became_of(uow, message, now)
    return Reply(message.incident, said, facts)


def _is_asked(asked: dict[str, str], now: datetime) -> bool:
    return bool(asked) and datetime.fromisoformat(asked["until"]) >= now


def _awaited(asked: dict[str, str], message: Message, now: datetime) -> Act | None:
    fits = _is_asked(asked, now) and asked["message"] == message.id
    return Act(asked["act"]) if fits else None


def _await(uow: UnitOfWork, person: str, message: Message, act: Act, now: datetime) -> None:
    until = (now + FRESH).isoformat()
    uow.notes.put(AWAITS + person, {"message": message.id, "act": act.value, "until": until})


def _codes(waiting: list[Message]) -> Words:
    if not waiting:
        return Words("目前没有待您答复的事项。", "Nothing waits for your answer.")
    codes = [_distinct(one, waiting) for one in waiting]
    asked = [ASKED[one.purpose] for one in waiting]
    zh = "；".join(f"{code}{what.zh}" for code, what in zip(codes, asked, strict=True))
    en = "; ".join(f"{code} {what.en}" for code, what in zip(codes, asked, strict=True))
    first = codes[0]
    return Words(
        f"待您答复：{zh}。请回编号加数字，如{first} 1。",
        f"Waiting for you: {en}. Reply with the code and a digit, such as {first} 1.",
    )


def _distinct(message: Message, waiting: list[Message]) -> str:
    """Its code, with the letter of its series where another's is the same."""
    shared = any(one.code == message.code and one.incident != message.incident for one in waiting)
    return _letter(message) * shared + message.code


@handles(CountPassiveReply)
def count_passive_reply(command: CountPassiveReply, uow: UnitOfWork, now: datetime) -> bool:
    """Whether it may be answered: two machines that answer each other stop after five an hour."""
    key = PASSIVE + command.by.person
    recent = [at for at in uow.notes.get(key) or [] if datetime.fromisoformat(at) > now - HOUR]
    if len(recent) >= MOST_PASSIVE:
        return False
    uow.notes.put(key, [*recent, now.isoformat()])
    return True
