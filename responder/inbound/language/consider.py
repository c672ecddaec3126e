"""What a line would do, judged on one snapshot: nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from responder.commands.command import Command
from responder.domain.record import By
from responder.domain.warning import is_warning
from responder.domain.words import Words
from responder.errors import ResponderError
from responder.inbound.language.acts import command_of
from responder.inbound.language.already import already
from responder.inbound.language.answers import EntryWords, answer
from responder.inbound.language.caution import caution
from responder.inbound.language.conversation import (
    WAITS_FOR,
    Answer,
    Choice,
    Conversation,
    Waiting,
)
from responder.inbound.language.duty_acts import meant
from responder.inbound.language.fill import Lacking, fill
from responder.inbound.language.grades_answered import or_level
from responder.inbound.language.helping import example, help_for, unknown
from responder.inbound.language.parse import TRAILING, Said, parse
from responder.inbound.language.reading import read
from responder.inbound.language.refusing import refusal
from responder.inbound.language.text import LONGEST_LINE, plain, tidy
from responder.inbound.language.verb import ABOUT
from responder.inbound.language.words import BY_NAME, CONFIRM, NO, YES
from responder.inbound.language.world import World
from responder.ports.unit_of_work import UnitOfWork

NOTHING = Said("", BY_NAME["help"])
EXPIRED = Words(
    "已超过2分钟，没有执行。需要的话请重新发送。",
    "That was over 2 minutes ago; nothing was done. Send it again if it is still wanted.",
)
DROPPED = Words("好的，没有执行。", "Very well, nothing was done.")
NONE_WAITS = Words("没有等待确认的操作。", "Nothing waits to be confirmed.")
STRANGER = Words(
    "您不在应急处置联络手册中，没有执行。请联系系统管理授权人员登记。",
    "You are not in the contact manual; nothing was done. Ask an administrator to add you.",
)
NO_SUBJECT = Words("目前没有可办理的事件或预警。", "There is no incident or warning for that now.")


@dataclass(frozen=True, slots=True)
class Considered:
    """An answer, or the command to carry out; and what the conversation is to remember.

    `settled` ends what was waited for; `language` is a newly chosen one, `spoken` the one in use.
    """

    answer: Answer
    said: Said
    now: datetime
    spoken: str
    command: Command | None = None
    waiting: Waiting | None = None
    settled: bool = False
    language: str = ""
    turns_to: str = ""


def world_of(by: By, conversation: Conversation, uow: UnitOfWork, now: datetime) -> World:
    """What the speaker sees, in the conversation's language or their own."""
    world = World(uow, now, by.person, conversation.incident, door=by.door)
    known = world.site.people.get(by.person)
    world.language = conversation.language or (known.language if known else "zh")
    if conversation.alone and world.about not in world.incidents:
        world.about = ""
    return world


def consider(
    line: str | Said,
    by: By,
    conversation: Conversation,
    uow: UnitOfWork,
    now: datetime,
    entry_words: EntryWords,
) -> Considered:
    """What a line would do."""
    world = world_of(by, conversation, uow, now)
    turn = _Turn(world, by, conversation, entry_words)
    if not world.roster.known(by.person):
        return turn.refused(world.words(STRANGER))
    if isinstance(line, Said):
        return turn.carry_on(line)
    if len(line) > LONGEST_LINE:
        return turn.refused(
            world.said(
                f"一次最多{LONGEST_LINE}个字，没有执行。请分条发送。",
                f"A line holds at most {LONGEST_LINE} characters; nothing was done. Send parts.",
            )
        )
    return turn.take(line)


@dataclass
class _Turn:
    world: World
    by: By
    conversation: Conversation
    entry_words: EntryWords

    def take(self, line: str) -> Considered:
        """Understand a line as the answer to what was asked, or as something new."""
        waiting = self.conversation.waiting.get(self.by.person)
        word = plain(tidy(line)).rstrip(TRAILING)
        if waiting is not None:
            expected = self._expected(waiting, word)
            if expected is not None:
                return expected
        said = parse(line)
        if said is None and waiting is not None and self._fresh(waiting):
            said = self._said_what_lacked(waiting, line)
        if said is not None:
            return self.carry_on(said)
        if word in YES | NO:
            return self.refused(self.world.words(NONE_WAITS))
        return self.refused(unknown(line, self.world.language))

    # What was asked

    def _fresh(self, waiting: Waiting) -> bool:
        return self.world.now <= waiting.until

    def _expected(self, waiting: Waiting, word: str) -> Considered | None:
        """A yes, a no, or the number of a choice."""
        chosen = waiting.choices if word.isascii() and word.isdigit() and len(word) < 3 else ()
        if word in NO:
            return self.refused(self.world.words(DROPPED), settled=True)
        if not chosen and not (waiting.confirms and word in YES):
            return None
        if not self._fresh(waiting):
            return self.refused(self.world.words(EXPIRED), settled=True)
        if not chosen:
            return self.carry_on(waiting.said.surely)
        if 1 <= int(word) <= len(chosen):
            return self.carry_on(chosen[int(word) - 1].said)
        most = len(chosen)
        return self.refused(
            self.world.said(f"请回复1至{most}。", f"Reply with a number from 1 to {most}.")
        )

    def _said_what_lacked(self, waiting: Waiting, line: str) -> Said | None:
        """Plain words answer a question only where nobody else speaks."""
        slot = waiting.lacks
        if slot is None or not self.conversation.alone or not tidy(line):
            return None
        found = read(slot, tidy(line), self.world, waiting.said.given)
        return waiting.said.knowing(**{slot.name: found[0].value}) if len(found) == 1 else None

    # Something new

    def carry_on(self, said: Said) -> Considered:
        """Do what is said, or ask for what it lacks."""
        try:
            return self._settle(or_level(meant(said, self.world), self.world))
        except Lacking as lacking:
            return self._ask(lacking)
        except ResponderError as error:
            verb = None if said.sure else said.verb
            return self.refused(refusal(error, self.world, verb), said=said)

    def _settle(self, said: Said) -> Considered:
        world, verb = self.world, said.verb
        values = fill(said, world)
        if verb.name == "help":
            return self._answer(Answer(help_for(values.get("topic", ""), world.language)), said)
        if verb.name == "lang":
            return self._speak_in(values["language"], said)
        if said.sure and verb.slot("sure"):
            values["sure"] = "yes"
        settled = replace(said, given=values, tokens=())
        if done := already(verb.name, values, world):
            return self._answer(Answer(done), settled)
        warned = None if said.sure else caution(verb.name, values, world)
        if warned is not None:
            text = f"{world.words(warned)} {world.words(CONFIRM)}"
            waiting = Waiting(settled, world.now + WAITS_FOR)
            return self._answer(Answer(text), settled, waiting)
        command = command_of(verb.name, values, self.by, world)
        if command is None:
            text = answer(verb.name, values, world, self.entry_words)
            turns_to = values.get("incident", "") if verb.focus else ""
            return replace(self._answer(Answer(text), settled), turns_to=_incident(turns_to))
        empty = Answer("")
        return replace(self._answer(empty, settled), command=command, settled=True)

    def _speak_in(self, language: str, said: Said) -> Considered:
        text = "Very well, English." if language == "en" else "好的，本对话使用中文。"
        return replace(self._answer(Answer(text), said), language=language, spoken=language)

    def _ask(self, lacking: Lacking) -> Considered:
        """The one thing missing, with an example and, where they can be listed, the choices."""
        world, slot, said = self.world, lacking.slot, lacking.so_far
        choices = [Choice(k.label, said.knowing(**{slot.name: k.value})) for k in lacking.choices]
        about_nothing = slot.kind in ABOUT and not choices
        asks = world.words(NO_SUBJECT if about_nothing else slot.asks)
        ended = about_nothing or asks.endswith(("？", "?"))
        asks += "" if ended else world.said("。", ".")
        text = f"{asks} {self._how(choices)}{example(said.verb, world.language)}"
        waiting = Waiting(said, world.now + WAITS_FOR, tuple(choices), slot)
        return self._answer(Answer(text, tuple(choices)), said, waiting)

    def _how(self, choices: Sequence[Choice]) -> str:
        return self.world.said("可回复序号。", "Reply with a number. ") if choices else ""

    def _answer(self, answer: Answer, said: Said, waiting: Waiting | None = None) -> Considered:
        return Considered(answer, said, self.world.now, self.world.language, waiting=waiting)

    def refused(self, text: str, settled: bool = False, said: Said = NOTHING) -> Considered:
        """An answer that says that nothing was done."""
        return replace(self._answer(Answer(text, refused=True), said), settled=settled)


def _incident(id: str) -> str:
    return "" if is_warning(id) else id
