"""What chats remember: platform events heard once, and what somebody was asked in a talk."""

from dataclasses import dataclass, replace
from datetime import datetime

from responder.commands.command import Command, handles
from responder.domain.talk import Question, Talk
from responder.ports.unit_of_work import UnitOfWork

QUESTION_LETTERS = 10


@dataclass(frozen=True)
class Hear(Command):
    """A platform tells of an event; platforms tell some twice."""

    event: str


@dataclass(frozen=True)
class KeepTalk(Command):
    """What a talk is to remember of one person: the latest question, or none."""

    talk: str
    incident: str = ""
    language: str = ""
    asked: Question | None = None


@handles(Hear)
def hear(command: Hear, uow: UnitOfWork, _now: datetime) -> bool:
    """Whether the event is new."""
    return uow.first_seen(command.by.door, command.event)


@handles(KeepTalk)
def keep_talk(command: KeepTalk, uow: UnitOfWork, _now: datetime) -> str:
    """Keep it beside what others of the talk were asked; returns the question's id, if any."""
    talk = uow.talks.get(command.talk) or Talk()
    talk.incident, talk.language = command.incident, command.language
    talk.asked.pop(command.by.person, None)
    id = ""
    if command.asked is not None:
        id = uow.token()[:QUESTION_LETTERS]
        talk.asked[command.by.person] = replace(command.asked, id=id)
    uow.talks.put(command.talk, talk)
    return id
