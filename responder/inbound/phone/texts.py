"""An SMS to us: a digit answers a request, anything else is a line of the language."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from responder.commands.command import Reply
from responder.commands.paging.duty_line import person_calling
from responder.commands.paging.phone_call import AnswerText, CountPassiveReply
from responder.commands.talk import Hear, KeepTalk
from responder.domain.people import Person
from responder.domain.record import By
from responder.errors import ResponderError
from responder.inbound.language.conversation import Answer
from responder.inbound.language.kept import conversation_of, question_of
from responder.inbound.language.refusing import in_a_line
from responder.inbound.language.speak import House, Interpreter
from responder.inbound.phone.form import Form
from responder.inbound.refusals import Refusals
from responder.ports.unit_of_work import UnitOfWork

DOOR = "sms"
DIGIT = re.compile(r"[0-9]")
CODED = re.compile(
    r"(?P<code>[A-Z]?\d{4,6})[\s,，、:：#-]+(?P<key>\d)"
    r"|(?P<key2>\d)[\s,，、:：#-]+(?P<code2>[A-Z]?\d{4,6})",
    re.IGNORECASE,
)
LONGEST_REPLY = 1000
DRILL = ("演练：", "DRILL: ")


@dataclass(frozen=True, slots=True)
class Texts:
    """Hears SMS from people in the contact manual; to others it is silent."""

    house: House
    interpreter: Interpreter
    refusals: Refusals

    def answer(self, form: Form) -> str:
        """What to reply, `""` for silence. Blocks on the house."""
        person = self.house.read(lambda uow, _: person_calling(uow, form["From"]))
        if person is None:
            self.refusals.note("say", "the number is nobody's, or more than one person's")
            return ""
        if not self.house.execute(Hear(by=By("", DOOR), event=form["MessageSid"])):
            return ""
        try:
            said, is_passive = self._act(person, form)
        except ResponderError as error:
            said, is_passive = in_a_line(error.said(person.language)), True
        if is_passive and not self.house.execute(CountPassiveReply(by=By(person.id, DOOR))):
            return ""
        return said[:LONGEST_REPLY]

    def _act(self, person: Person, form: Form) -> tuple[str, bool]:
        """The reply, and whether nothing was done."""
        by, line = By(person.id, DOOR), form["Body"]
        digits = unicodedata.normalize("NFKC", line).strip().strip("\"'“”").strip()
        coded = CODED.fullmatch(digits)
        if coded is None and (not DIGIT.fullmatch(digits) or self._is_choosing(person)):
            return self._say(person, by, line)
        code = (coded["code"] or coded["code2"]).upper() if coded else ""
        key = (coded["key"] or coded["key2"]) if coded else digits
        reply: Reply = self.house.execute(
            AnswerText(by=by, number=form["From"], key=key, code=code)
        )
        said = in_a_line(reply.said.said(person.language))
        if reply.facts.get("drill"):
            said = DRILL[person.language == "en"] + said
        return said, bool(reply.facts.get("passive"))

    def _is_choosing(self, person: Person) -> bool:
        """Whether the language just gave numbered choices."""

        def look(uow: UnitOfWork, now: datetime) -> bool:
            talk = uow.talks.get(self._talk(person))
            asked = talk.asked.get(person.id) if talk else None
            return bool(asked and asked.choices and asked.until >= now)

        return self.house.read(look)

    def _say(self, person: Person, by: By, line: str) -> tuple[str, bool]:
        talk = self._talk(person)
        kept = self.house.read(lambda uow, _: uow.talks.get(talk))
        conversation, before = conversation_of(kept, True), conversation_of(kept, True)
        answer: Answer = self.interpreter.speak(line, by, conversation)
        if conversation != before:
            asked = question_of(conversation.waiting.get(person.id))
            self.house.execute(
                KeepTalk(
                    by=by,
                    talk=talk,
                    incident=conversation.incident,
                    language=conversation.language,
                    asked=asked,
                )
            )
        said = answer.numbered
        if answer.id.startswith("DRL-"):
            said = DRILL[person.language == "en"] + said
        return said, answer.refused

    @staticmethod
    def _talk(person: Person) -> str:
        return f"{DOOR}:{person.id}"
