"""People who talk: lines go through the language to the firm of a play, answers come back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from responder.app import words_for
from responder.commands.command import Command
from responder.domain.record import By
from responder.inbound.language.conversation import Answer, Conversation
from responder.inbound.language.speak import Interpreter
from tests.stage.play import Play


@dataclass
class Talk:
    """A play's firm as the doors know it, with a chat of their own for everybody."""

    play: Play
    chats: dict[str, Conversation] = field(default_factory=dict)

    def says(self, person: str, line: str, where: Conversation | None = None) -> Answer:
        """Somebody sends a line, in a chat of their own or in a conversation with others."""
        chat = where or self.chats.setdefault(person, Conversation(alone=True))
        return Interpreter(self, words_for).speak(line, By(person, "chat"), chat)

    def hears(self, person: str, line: str) -> str:
        """What somebody reads after sending a line in their own chat."""
        return self.says(person, line).numbered

    def execute(self, command: Command) -> Any:
        """As the house does."""
        return self.play.do(command)

    def read(self, query: Callable[[Any, datetime], Any]) -> Any:
        """As the house does."""
        return self.play.store.read(lambda uow: query(uow, self.play.now))
