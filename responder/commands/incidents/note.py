"""Notes on the record (JR/T 0099 7.2: keep records and evidence)."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

LONGEST_NOTE = 4000


@dataclass(frozen=True)
class AddNote(Command):
    """Something worth keeping; `about_at` is when it happened, if not now.

    `starred` makes it a part of the story: of the leaders' report, and of what has changed.
    """

    incident: str
    text: str
    about_at: datetime | None = None
    starred: bool = False


@handles(AddNote)
def add_note(command: AddNote, uow: UnitOfWork, now: datetime) -> Reply:
    """Write a note into the incident's record."""
    case = Case.load(uow, command.incident, now)
    case.may("note", command.by)
    clean_line(command.text, "记录", "note", LONGEST_NOTE, breaks=True)
    if command.about_at is not None and command.about_at > now:
        raise BadInput(
            "记录所述时间在将来。",
            "The note is about a time still to come.",
            "请核对 --at。",
            "Check --at.",
        )
    about = command.about_at or now
    star = {"starred": True} if command.starred else {}
    case.record("Noted", command.by, None, text=command.text, about_at=about.isoformat(), **star)
    case.save()
    return Reply(case.incident.id, Words("已写入处置记录。", "It is on the record."))
