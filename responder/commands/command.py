"""What every use case is made of: a command, its handler, its reply."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from responder.domain.record import ENGINE, By
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Command:
    """An intention, and who has it through which door. People and the clock only issue these."""

    by: By = ENGINE


@dataclass(frozen=True)
class Reply:
    """What became of a command: the subject's id, a sentence for the person, facts for scripts.

    `ask` names a confirmation that is missing; nothing was changed then.
    """

    id: str
    said: Words = Words()
    facts: dict[str, Any] = field(default_factory=dict)
    ask: str = ""


C = TypeVar("C", bound=Command)
Handler = Callable[[C, UnitOfWork, datetime], Any]

HANDLERS: dict[type[Command], Handler[Any]] = {}


def handles(kind: type[C]) -> Callable[[Handler[C]], Handler[C]]:
    """Register the one function that carries out a kind of command."""

    def register(handler: Handler[C]) -> Handler[C]:
        HANDLERS[kind] = handler
        return handler

    return register


def handle(command: Command, uow: UnitOfWork, now: datetime) -> Any:
    """Carry out a command in a unit of work. Raises Refused, then nothing is to be kept."""
    return HANDLERS[type(command)](command, uow, now)
