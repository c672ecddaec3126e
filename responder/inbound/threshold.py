"""The threshold of every chat: who stands there, what they say or press, what they hear.

An account is a person by its one-time code. A button under a message is also the addressee's if
it comes from the very account the message was sent to: nobody who was paged is refused (P7).
"""

import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from responder.commands.account import LinkAccount, language_of, person_of
from responder.commands.command import Command, Reply
from responder.commands.paging.keypress import command_of
from responder.commands.pursuit import roster_of
from responder.commands.talk import Hear, KeepTalk
from responder.domain.keys import NAMES, Act, press
from responder.domain.message import Message
from responder.domain.record import By
from responder.domain.talk import Question
from responder.domain.words import Words
from responder.errors import BadInput, ResponderError
from responder.inbound.changeable import in_its_place, may_change, others
from responder.inbound.language.consider import EXPIRED
from responder.inbound.language.conversation import Conversation, Waiting
from responder.inbound.language.kept import conversation_of, question_of
from responder.inbound.language.parse import Said
from responder.inbound.language.refusing import in_a_line
from responder.inbound.language.speak import House, Interpreter
from responder.inbound.refusals import Refusals
from responder.ports.renderer import Button, Look
from responder.ports.unit_of_work import UnitOfWork

LINK = re.compile(r"^\W*(?:link|bind|start|绑定|关联)\s+([0-9a-z]{8,32})\W*$", re.IGNORECASE)
"""How an account shows its code: `link 7k2m…`, `绑定 7k2m…`, Telegram's `/start 7k2m…`."""
YES, NO = Words("确认", "Confirm"), Words("取消", "Cancel")
BACK = Words("返回", "Back")
STRANGER = Words(
    "此账号尚未绑定到应急处置联络手册中的人员，没有执行。"
    "请向系统管理授权人员要绑定码，然后在这里发送：绑定 绑定码",
    "This account is not linked to anyone in the contact manual; nothing was done."
    " Ask an administrator for a code, then send here: link CODE",
)
GONE = Words("这个按钮已失效，没有执行。", "That button is no longer good; nothing was done.")
CHOSE = Words("您选择：{wanted}。请确认。", "You chose: {wanted}. Please confirm.")
SURE = Words("只有您能接手。仍要转下一位吗？", "You are the only one. Pass it on all the same?")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whom a platform vouches for: an account, in a place of the platform.

    `alone` is a private chat. `event` is the platform's id of what happened, by which one told
    twice is heard once.
    """

    platform: str
    account: str
    place: str
    alone: bool = True
    event: str = ""
    language: str = "zh"

    @property
    def talk(self) -> str:
        """The talk held there."""
        return f"{self.platform}:{self.place}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What to show: plain text that no platform has escaped yet, buttons, and for whom.

    `id` is the subject of what was done; `refused` where nothing was. `settles`: it takes the place
    of what was pressed.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    id: str = ""
    refused: bool = False
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """Hears chats. Its methods block on the house: call them from a thread. They never raise."""

    house: House
    interpreter: Interpreter
    _refusals: dict[str, Refusals] = field(default_factory=dict)

    def say(self, visitor: Visitor, line: str | Said) -> Spoken | None:
        """What became of a line, or of a form filled in; None for an event heard before."""
        return self._safely(visitor, lambda who: self._said(who, line))

    def press(self, visitor: Visitor, data: str) -> Spoken | None:
        """What became of a press of a button; None for an event that was heard before."""
        return self._safely(visitor, lambda who: self._pressed(who, data))

    def person(self, visitor: Visitor) -> str:
        """The person an account is bound to, else `""`."""
        return self.house.read(lambda uow, _now: person_of(uow, visitor.platform, visitor.account))

    def about(self, visitor: Visitor) -> str:
        """The incident that the place is a room of, else `""`."""
        talk = self.house.read(lambda uow, _now: uow.talks.get(visitor.talk))
        return talk.incident if talk and not visitor.alone else ""

    def _safely(self, visitor: Visitor, act: Callable[[Visitor], Spoken]) -> Spoken | None:
        try:
            if visitor.event and not self.is_new(visitor):
                return None
            visitor = self._in_their_language(visitor)
            return act(visitor)
        except ResponderError as error:
            return Spoken(in_a_line(error.said(visitor.language)), refused=True)
        except Exception:
            code = f"E-{secrets.token_hex(3).upper()}"
            log.exception("%s: an event of %s failed", code, visitor.platform)
            return Spoken(OUR_FAULT.said(visitor.language).format(code=code), refused=True)

    def _in_their_language(self, visitor: Visitor) -> Visitor:
        """Whom we know reads their own language, whatever the platform says of it."""
        platform, account = visitor.platform, visitor.account
        known = self.house.read(lambda uow, _now: language_of(uow, platform, account))
        return replace(visitor, language=known) if known else visitor

    def is_new(self, visitor: Visitor) -> bool:
        """Whether its event was not heard before; from now on it was."""
        by = By("", visitor.platform)
        return bool(self.house.execute(Hear(by=by, event=visitor.event)))

    # Saying

    def _said(self, visitor: Visitor, line: str | Said) -> Spoken:
        shown = LINK.match(line) if isinstance(line, str) else None
        if shown:
            return self._link(visitor, shown[1].lower())
        person = self.person(visitor)
        if not person:
            return self._stranger(visitor, "say")
        return self._speak(visitor, person, line)

    def _link(self, visitor: Visitor, code: str) -> Spoken:
        by = By("", visitor.platform)
        link = LinkAccount(by=by, platform=visitor.platform, account=visitor.account, code=code)
        reply: Reply = self.house.execute(link)
        language = str(reply.facts.get("language", visitor.language))
        refused = not reply.facts["linked"]
        return Spoken(reply.said.said(language), id=reply.id, refused=refused)

    def _stranger(self, visitor: Visitor, attempt: str) -> Spoken:
        refusals = self._refusals.setdefault(
            visitor.platform, Refusals(self.house, visitor.platform)
        )
        refusals.note(attempt, f"account {visitor.account} is not linked")
        return Spoken(STRANGER.said(visitor.language), refused=True)

    def _speak(self, visitor: Visitor, person: str, line: str | Said) -> Spoken:
        by = By(person, visitor.platform)
        talk = self.house.read(lambda uow, _now: uow.talks.get(visitor.talk))
        conversation = conversation_of(talk, visitor.alone)
        answer = self.interpreter.speak(line, by, conversation)
        before = conversation_of(talk, visitor.alone)
        asked = self._keep(visitor, by, conversation) if conversation != before else ""
        waiting = conversation.waiting.get(person)
        if waiting is None or waiting == before.waiting.get(person):
            return Spoken(answer.text, (), answer.id, answer.refused)
        language = conversation.language or visitor.language
        return Spoken(answer.text, _choices(waiting, asked, language), answer.id, answer.refused)

    def _keep(self, visitor: Visitor, by: By, conversation: Conversation) -> str:
        """Keep what the talk is to remember; returns the id of what this person was asked."""
        kept = KeepTalk(
            by=by,
            talk=visitor.talk,
            incident=conversation.incident,
            language=conversation.language,
            asked=question_of(conversation.waiting.get(by.person)),
        )
        return str(self.house.execute(kept))

    # Pressing

    def _pressed(self, visitor: Visitor, data: str) -> Spoken:
        kind, _, rest = data.partition(":")
        match kind:
            case "k":
                return self._key(visitor, *_parts(rest))
            case "w":
                return self._answer(visitor, *rest.partition(":")[::2])
            case "v":
                return self._said(visitor, rest)
            case _:
                return Spoken(GONE.said(visitor.language), refused=True)

    def _answer(self, visitor: Visitor, question: str, answer: str) -> Spoken:
        person = self.person(visitor)
        if not person:
            return self._stranger(visitor, "press")
        talk = self.house.read(lambda uow, _now: uow.talks.get(visitor.talk))
        asked: Question | None = talk.asked.get(person) if talk else None
        if asked is None or asked.id != question:
            return Spoken(EXPIRED.said(visitor.language), refused=True)
        return self._speak(visitor, person, answer)

    def _key(self, visitor: Visitor, id: str, key: str, awaits: str) -> Spoken:
        message, person = self.house.read(lambda uow, now: _addressed(uow, now, visitor, id))
        if message is None:
            return Spoken(GONE.said(visitor.language), refused=True)
        if not person:
            return self._stranger(visitor, "press")
        expected = Act(awaits) if awaits in set(Act) else None
        meant = press(message.purpose, key, expected)
        language = message.language
        if meant.act is Act.READ_BACK and meant.awaits is not None:
            wanted = NAMES[meant.awaits].said(language)
            buttons = (
                Button(YES.said(language), f"k:{id}:1:{meant.awaits}", Look.GOOD),
                Button(BACK.said(language), f"k:{id}:*"),
            )
            return Spoken(CHOSE.said(language).format(wanted=wanted), buttons)
        command = command_of(meant.act, message, By(person, visitor.platform))
        if command is None:
            return Spoken(message.text)
        if may_change(message, person):
            return self._settle(command, message, key)
        return self._carry_out(command, message, language)

    def _settle(self, command: Command, message: Message, key: str) -> Spoken:
        """The answer stands where the question stood, with what it may be changed to.

        So does what keeps it from being answered any more.
        """
        left: tuple[Button, ...] = ()
        try:
            reply: Reply = self.house.execute(command)
            said, left = reply.said.said(message.language), tuple(others(message, key))
        except BadInput as error:
            said = error.said(message.language)
        except ResponderError as error:
            return Spoken(in_a_line(error.said(message.language)), refused=True)
        said = in_its_place(in_a_line(said), message)
        return Spoken(said, left, message.incident, refused=not left, settles=True)

    def _carry_out(self, command: Command, message: Message, language: str) -> Spoken:
        try:
            reply: Reply = self.house.execute(command)
        except ResponderError as error:
            return Spoken(in_a_line(error.said(language)), refused=True)
        if reply.ask:
            surely = Button(NAMES[Act.DECLINE].said(language), f"k:{message.id}:2:{Act.DECLINE}")
            return Spoken(SURE.said(language), (surely,))
        return Spoken(in_a_line(reply.said.said(language)), id=reply.id)


OUR_FAULT = Words(
    "内部错误，编号{code}，操作没有确认完成。请核对后重试，并把此编号交给维护人员。",
    "Internal error {code}; what you asked for is not confirmed. Check, try again, and give this"
    " code to whoever maintains Responder.",
)


def _choices(waiting: Waiting, asked: str, language: str) -> tuple[Button, ...]:
    if not waiting.confirms:
        numbered = enumerate(waiting.choices, 1)
        return tuple(Button(choice.label, f"w:{asked}:{number}") for number, choice in numbered)
    return (
        Button(YES.said(language), f"w:{asked}:yes", Look.GOOD),
        Button(NO.said(language), f"w:{asked}:no"),
    )


def _parts(rest: str) -> tuple[str, str, str]:
    id, _, pressed = rest.partition(":")
    key, _, awaits = pressed.partition(":")
    return id, key, awaits


def _addressed(
    uow: UnitOfWork, _now: datetime, visitor: Visitor, id: str
) -> tuple[Message | None, str]:
    """The message a button belongs to, and who pressed it."""
    message = uow.outbox.get(id)
    if message is None:
        return None, ""
    person = person_of(uow, visitor.platform, visitor.account)
    sent_there = message.via == visitor.platform and message.to == visitor.account
    version = uow.sites.accepted()
    if not person and sent_there and version and roster_of(uow, version).known(message.person):
        person = message.person
    return message, person
