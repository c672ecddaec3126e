"""The language itself: a line and who sent it become one act or one answer, never silence.

What is considered is pure and reads one snapshot; only a command changes anything. An error
that is our own fault passes through: the door reports it with a reference code.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from responder.commands.command import Command, Reply
from responder.commands.queries import sending
from responder.domain.record import By
from responder.domain.warning import is_warning
from responder.domain.words import Words
from responder.errors import ResponderError
from responder.inbound.language.answers import EntryWords
from responder.inbound.language.consider import Considered, consider, world_of
from responder.inbound.language.conversation import WAITS_FOR, Answer, Conversation, Waiting
from responder.inbound.language.parse import Said
from responder.inbound.language.refusing import in_a_line, refusal
from responder.inbound.language.words import CONFIRM
from responder.ports.unit_of_work import UnitOfWork

__all__ = ["Answer", "Conversation", "House", "Interpreter"]

T = TypeVar("T")
CardLink = Callable[[str, int, datetime], str]
"""The address of somebody's work card: whose, the version they hold, and the instant."""
OPEN_CARD = Words(
    "打开或打印（2小时内有效，仅限本人）：{}", "To open or print it (your own, for 2 hours): {}"
)
NOT_SENDING = {
    "stopped": Words(
        "注意：服务没有运行，现在什么都没有发出去。",
        "Warning: no engine is running; nothing is sent.",
    ),
    "halted": Words(
        "注意：外发已被停止，现在什么都没有发出去。",
        "Warning: everything outgoing is halted; nothing is sent.",
    ),
}


class House(Protocol):
    """What the language needs of the house."""

    def execute(self, command: Command, /) -> Any:
        """Carry out a command; a refusal is raised."""
        ...

    def read(self, query: Callable[[UnitOfWork, datetime], T], /) -> T:
        """Answer a question from a consistent snapshot."""
        ...


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Speaks the language for every door."""

    house: House
    entry_words: EntryWords
    card_link: CardLink | None = None

    def speak(self, line: str | Said, by: By, conversation: Conversation) -> Answer:
        """What became of a line, or of a form filled in, by somebody known to the door."""
        try:
            found = self.house.read(
                lambda uow, now: consider(line, by, conversation, uow, now, self.entry_words)
            )
        except ResponderError as error:
            return Answer(error.said(conversation.language), refused=True)
        self._remember(found, by, conversation)
        if found.command is None:
            return self._linked(found, by) if conversation.alone else found.answer
        return self._carry_out(found, found.command, by, conversation)

    def _linked(self, found: Considered, by: By) -> Answer:
        """An answer, with the address of the asker's own card where they asked for it.

        Carriers in the mainland pass no link by SMS that was not registered beforehand.
        """
        if found.said.verb.name != "card" or self.card_link is None or by.door == "sms":
            return found.answer
        held = self.house.read(lambda uow, _now: uow.issued_cards.get(by.person))
        link = self.card_link(by.person, held.version if held else 0, found.now)
        said = OPEN_CARD.said(found.spoken).format(link)
        return replace(found.answer, text=f"{found.answer.text}\n{said}")

    def _remember(self, found: Considered, by: By, conversation: Conversation) -> None:
        conversation.language = found.language or conversation.language
        if found.waiting is not None:
            conversation.waiting[by.person] = found.waiting
        elif found.settled:
            conversation.waiting.pop(by.person, None)
        if conversation.alone and found.turns_to:
            conversation.incident = found.turns_to

    def _carry_out(
        self, found: Considered, command: Command, by: By, conversation: Conversation
    ) -> Answer:
        try:
            reply: Reply = self.house.execute(command)
        except ResponderError as error:
            return self._refused(error, by, conversation)
        text = in_a_line(reply.said.said(found.spoken)) or reply.id
        if reply.ask:
            return self._ask(found, reply, text, by, conversation)
        if conversation.alone and found.said.verb.focus and not is_warning(reply.id):
            conversation.incident = reply.id
        if found.said.verb.again and reply.facts.get("more"):
            asked = self.speak(Said("", found.said.verb), by, conversation)
            return replace(asked, text=f"{text}\n{asked.text}", id=reply.id)
        warned = self._not_sending(found.spoken) if found.said.verb.pages else []
        return Answer("\n".join([text, *warned]), id=reply.id)

    def _not_sending(self, language: str) -> list[str]:
        """That nothing goes out, where it is so; what was done stands even if that is unknown."""
        try:
            state = self.house.read(sending)
        except ResponderError:
            return []
        return [NOT_SENDING[state].said(language)] if state in NOT_SENDING else []

    def _ask(
        self, found: Considered, reply: Reply, text: str, by: By, conversation: Conversation
    ) -> Answer:
        """A command that wants to be confirmed is confirmed as everything is."""
        until = found.now + WAITS_FOR
        conversation.waiting[by.person] = Waiting(found.said, until)
        return Answer(f"{text} {CONFIRM.said(found.spoken)}", id=reply.id)

    def _refused(self, error: ResponderError, by: By, conversation: Conversation) -> Answer:
        try:
            text = self.house.read(
                lambda uow, now: refusal(error, world_of(by, conversation, uow, now))
            )
        except ResponderError:
            text = error.said(conversation.language)
        return Answer(text, refused=True)
