"""A sandbox phone: what it shows, and what its keys do."""

from collections.abc import Iterator
from functools import partial

from responder.app import App
from responder.cli.given import Given
from responder.cli.show import Names
from responder.commands.command import Reply
from responder.commands.paging.keypress import command_of
from responder.commands.paging.screen import Call, Screen, screen
from responder.domain.keys import NAMES, Act, menu, press
from responder.domain.message import Message, Purpose
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput

WAYS = {
    "voice": Words("电话", "phone"),
    "sms": Words("短信", "SMS"),
    "email": Words("邮件", "email"),
    "by_hand": Words("人工", "by hand"),
}
PURPOSES = {
    Purpose.PAGE: Words("呼叫", "page"),
    Purpose.DECISION: Words("请您决策", "decision"),
    Purpose.STILL_THERE: Words("是否仍在指挥", "still there?"),
    Purpose.VERIFY_WARNING: Words("请核实预警", "verify a warning"),
    Purpose.ALARM: Words("系统告警", "alarm"),
    Purpose.HANDOVER: Words("交接班", "handover"),
    Purpose.TOLD: Words("通知", "notice"),
    Purpose.CANCELLED: Words("已撤销", "cancelled"),
    Purpose.ROLL_CALL: Words("平安点名", "roll-call"),
    Purpose.CALL_TASK: Words("请人工联络", "call by hand"),
    Purpose.DUE: Words("待报", "report due"),
    Purpose.INJECT: Words("演练事件", "inject"),
    Purpose.TEST: Words("测试", "test"),
    Purpose.ASSENT: Words("请您同意", "do you agree"),
    Purpose.CHECK_IN: Words("值班签到", "check-in"),
    Purpose.INVITATION: Words("演练邀请", "drill invitation"),
    Purpose.HOT_WASH: Words("演练后反馈", "how the drill went"),
    Purpose.ROOM: Words("处置群", "room"),
    Purpose.CARD: Words("进展", "card"),
}
SHOWN = 8
"""Messages that a screen lists; the rest is in the record."""
Subject = tuple[str, str, str]


class Phone:
    """One person's phone. `said` is what it answered last."""

    def __init__(self, given: Given, house: App, by: By) -> None:
        self.given = given
        self.house = house
        self.by = by
        self.names = Names(house.roster().site, given.language)
        self.subject: Subject | None = None
        self.awaits: Act | None = None
        self.reply: Reply | None = None
        self.said = ""

    def look(self) -> Screen:
        """What it shows now."""
        return self.house.read(partial(screen, person=self.by.person))

    def select(self, call: Call) -> None:
        """Turn to something that waits."""
        if call.subject != self.subject:
            self.subject, self.awaits = call.subject, None

    def press(self, key: str) -> None:
        """Press a key on what is selected; `said` is the answer. Raises what the house refuses."""
        found = next((c for c in self.look().calls if c.subject == self.subject), None)
        if found is None:
            self.said = self._word("没有待您答复的呼叫。", "Nothing waits for your answer.")
            return
        message = found.message
        meant = press(message.purpose, key, self.awaits)
        self.awaits = meant.awaits
        command = command_of(meant.act, message, self.by)
        if command is None:
            self.said = self._words_for(meant.act, message)
            return
        self.reply = reply = self.house.execute(command)
        self.said = reply.said.said(self.given.language)
        if reply.ask:
            self.awaits = Act.DECLINE

    def _words_for(self, act: Act, message: Message) -> str:
        choices = self.choices(message)
        match act:
            case Act.READ_BACK:
                wanted = NAMES[self.awaits or act].said(self.given.language)
                return self._word(f"您选择：{wanted}。{choices}", f"You chose: {wanted}. {choices}")
            case Act.REPEAT:
                return message.text
            case Act.HELP:
                return choices
            case _:
                wrong = NAMES[Act.WRONG].said(self.given.language)
                return self._word(f"{wrong}。{choices}", f"{wrong.capitalize()}. {choices}")

    def choices(self, message: Message) -> str:
        """The keys and what they mean, after the press before."""
        said = [
            f"{key} {self._meaning(act, key)}"
            for key, act in menu(message.purpose, self.awaits).items()
        ]
        return self._word("，", ", ").join(said) + self._word("。", ".")

    def _meaning(self, act: Act, key: str) -> str:
        if self.awaits in (Act.APPROVE, Act.REJECT) and key == "1":
            return self._word("确认", "confirm")
        return NAMES[act].said(self.given.language)

    def lines(self, found: Screen) -> Iterator[str]:
        """The screen as plain lines."""
        yield f"☎ {self.names.person(found.person)} ({found.person})"
        for call in found.calls:
            bell = self._word("响铃 ", "RINGING ") if call.rings else ""
            yield ""
            yield f"▶ {bell}[{reference(call, found)}] {self.headline(call.message)}"
            yield call.message.text
            yield f"  {self.choices(call.message)}"
        if not found.calls:
            yield self._word("没有待您答复的呼叫。", "Nothing waits for your answer.")
        if found.messages:
            yield ""
        for message in found.messages[-SHOWN:]:
            yield f"{self.headline(message)}  {' '.join(message.text.split())}"

    def headline(self, message: Message) -> str:
        """When, by which way, what about."""
        at = self.names.clock(message.settled_at or message.ready_at)
        language = self.given.language
        way = WAYS[message.via].said(language) if message.via in WAYS else message.via.capitalize()
        return f"{at} {way} · {PURPOSES[message.purpose].said(language)} · {message.incident}"

    def _word(self, zh: str, en: str) -> str:
        return self.given.said(zh, en)


def reference(call: Call, found: Screen) -> str:
    """How to name something that waits: its code, and what it is where the code is not enough."""
    code = call.message.code
    same = [one for one in found.calls if one.message.code == code]
    return code if len(same) == 1 else f"{code}/{_kind(call)}"


def _kind(call: Call) -> str:
    return str(call.message.facts.get("decision") or call.message.purpose.value)


def choose(found: Screen, code: str) -> Call:
    """What a key answers: the one thing that waits, or the one named. One key never answers two."""
    wanted = [call for call in found.calls if not code or code in _names(call)]
    if len(wanted) == 1:
        return wanted[0]
    known = [reference(call, found) for call in found.calls]
    if not known:
        raise BadInput("没有待您答复的呼叫。", "Nothing waits for your answer.")
    if not wanted:
        raise BadInput(
            f"没有编号为“{code}”的待答复呼叫。",
            f"Nothing that waits is named “{code}”.",
            f"可用：{'、'.join(known)}。",
            f"What waits: {', '.join(known)}.",
        )
    raise BadInput(
        f"有{len(wanted)}件事待您答复，一次按键只答复一件。",
        f"{len(wanted)} things wait for you, and one key answers one of them.",
        f"请加 --message，可用：{'、'.join(known)}。",
        f"Add --message with one of {', '.join(known)}.",
    )


def _names(call: Call) -> tuple[str, ...]:
    message, kind = call.message, _kind(call)
    return (
        message.code,
        message.incident,
        message.id,
        f"{message.code}/{kind}",
        f"{message.incident}/{kind}",
    )
