"""A call that we made: it says its message, hears keys, and says what came of them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from responder.commands.command import Reply
from responder.commands.paging.became import asks, became_of
from responder.commands.paging.keypress import command_of
from responder.commands.paging.phone_call import PressKey
from responder.commands.paging.screen import open_requests, waits
from responder.domain.keys import Act, press
from responder.domain.message import Message
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import ResponderError
from responder.inbound.language.refusing import in_a_line
from responder.inbound.language.speak import House
from responder.inbound.phone.form import Form
from responder.inbound.phone.patience import Patience, StillWorking
from responder.inbound.phone.speech import A_MOMENT as PAUSE
from responder.inbound.phone.speech import Speech
from responder.inbound.phone.words import (
    A_MOMENT,
    AGAIN,
    DRILL,
    GOODBYE,
    NEXT,
    NO_ANSWER_NEEDED,
    NO_KEY,
    NOT_CONFIRMED,
    ONLY_YOU,
    SLOW,
    UNKNOWN_MESSAGE,
    choices,
    read_back,
    wrong,
)
from responder.ports.phone import TWILIO
from responder.ports.renderer import Renderer
from responder.ports.unit_of_work import UnitOfWork

DOOR = "phone"
MOST_READINGS = 3
"""How often a message is read to somebody who presses nothing."""
MOST_TRIES = 3
"""How often a caller is asked to wait for a slow database."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a call about a message is to say: `now` where its question no longer waits."""

    message: Message
    text: str
    now: Words | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a key came to: words, the question it leaves, and what waits beside."""

    said: str
    awaits: Act | None = None
    next: str = ""


@dataclass(frozen=True, slots=True)
class Calls:
    """The conversation of one call, its state in the addresses that Twilio calls next."""

    house: House
    renderer: Renderer
    speech: Speech
    patience: Patience
    base: str

    async def voice(self, form: Form) -> str:
        """Read the message out, again where nobody pressed a key."""
        id, reading, tries = form.ours("m"), form.count("n"), form.count("t")
        step = form.count("s")
        try:
            heard = await self.patience.result(
                f"voice {form['CallSid']} {id} {step}", lambda: self._heard(id)
            )
        except (StillWorking, ResponderError):
            if tries + 1 >= MOST_TRIES:
                return self.speech.ends("zh", SLOW.zh + SLOW.en)
            again = self._at("voice", m=id, n=reading, s=step, t=tries + 1)
            return self.speech.goes_on("zh", A_MOMENT.zh, again, PAUSE)
        if heard is None:
            return self.speech.ends("zh", UNKNOWN_MESSAGE.zh + UNKNOWN_MESSAGE.en)
        return self._read(heard, reading, step)

    async def gather(self, form: Form) -> str:
        """Do what a key means, and say it."""
        id, key = form.ours("m"), form["Digits"][:1]
        awaits = Act(form.ours("a")) if form.ours("a") in set(Act) else None
        step, tries = form.count("s"), form.count("t")
        mark = f"{form['CallSid']} {id} {step} {key}"
        try:
            found = await self.patience.result(f"heard {mark}", lambda: self._heard(id))
            if found is None:
                return self.speech.ends("zh", UNKNOWN_MESSAGE.zh + UNKNOWN_MESSAGE.en)
            return await self._pressed(found, key, awaits, step, mark)
        except StillWorking:
            if tries + 1 >= MOST_TRIES:
                return self.speech.ends("zh", NOT_CONFIRMED.zh + NOT_CONFIRMED.en)
            same = {"m": id, "a": awaits or "", "s": step, "t": tries + 1, "k": key}
            return self.speech.goes_on("zh", A_MOMENT.zh, self._at("gather", **same), PAUSE)

    # Reading

    def _heard(self, id: str) -> Heard | None:
        def look(uow: UnitOfWork, now: datetime) -> Heard | None:
            message = uow.outbox.get(id)
            if message is None:
                return None
            text = message.text or self.renderer.message(message, TWILIO).body
            over = asks(message) and not waits(uow, message)
            return Heard(message, text, became_of(uow, message, now) if over else None)

        return self.house.read(look)

    def _read(self, heard: Heard, reading: int, step: int) -> str:
        message, language = heard.message, heard.message.language
        if heard.now is not None:
            said = DRILL.said(language) * message.drill + heard.now.said(language)
            return self.speech.ends(language, said + GOODBYE.said(language))
        if reading >= MOST_READINGS:
            last = NO_KEY if asks(message) else NO_ANSWER_NEEDED
            return self.speech.ends(language, last.said(language))
        said = (AGAIN.said(language) if reading else "") + heard.text
        again = self._at("voice", m=message.id, n=reading + 1, s=step + 1)
        if not asks(message) and reading:
            return self.speech.ends(language, NO_ANSWER_NEEDED.said(language))
        return self.speech.asks(language, said, self._at("gather", m=message.id, s=step + 1), again)

    # Keys

    async def _pressed(
        self, heard: Heard, key: str, awaits: Act | None, step: int, mark: str
    ) -> str:
        message, language = heard.message, heard.message.language
        meant = press(message.purpose, key, awaits)
        if command_of(meant.act, message, By("", DOOR)) is None:
            return self._without_command(heard, meant.act, meant.awaits, step)
        wanted = PressKey(
            by=By(message.person, DOOR),
            message=message.id,
            incident=message.incident,
            act=meant.act,
            press=mark,
        )
        done: Pressed = await self.patience.result(
            f"press {mark}", lambda: self._carry_out(wanted, message)
        )
        if done.awaits is not None:
            return self._asks_on(message, done.said, done.awaits, step)
        if done.next:
            said = done.said + NEXT.said(language)
            return self.speech.goes_on(language, said, self._at("voice", m=done.next))
        return self.speech.ends(language, done.said + GOODBYE.said(language))

    def _carry_out(self, wanted: PressKey, message: Message) -> Pressed:
        language = message.language
        try:
            reply: Reply = self.house.execute(wanted)
        except ResponderError as error:
            return Pressed(in_a_line(error.said(language)))
        if reply.ask:
            return Pressed(ONLY_YOU.said(language), Act.DECLINE)
        waiting = self.house.read(lambda uow, _: open_requests(uow, message.person, message.to))
        others = [one for one in waiting if one.incident != message.incident]
        return Pressed(in_a_line(reply.said.said(language)), next=others[0].id if others else "")

    def _without_command(self, heard: Heard, act: Act, awaits: Act | None, step: int) -> str:
        message, language = heard.message, heard.message.language
        match act:
            case Act.REPEAT if awaits is None:
                return self._read(heard, 0, step)
            case Act.READ_BACK if awaits is not None:
                return self._asks_on(
                    message, read_back(awaits, message).said(language), awaits, step
                )
            case Act.HELP | Act.REPEAT:
                said = choices(message, awaits).said(language)
            case _:
                said = wrong(message, awaits).said(language)
        return self._asks_on(message, said, awaits, step)

    def _asks_on(self, message: Message, said: str, awaits: Act | None, step: int) -> str:
        """Hear another key; a call with no end to its wrong keys ends by Twilio's time limit."""
        action = self._at("gather", m=message.id, a=awaits or "", s=step + 1)
        again = self._at("voice", m=message.id, n=1, s=step + 1)
        return self.speech.asks(message.language, said, action, again)

    def _at(self, door: str, **ours: str | int) -> str:
        return f"{self.base}/{door}?{urlencode({k: v for k, v in ours.items() if v != ''})}"
