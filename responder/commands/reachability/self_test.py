"""A test of one's own ways: nothing is wrong, nobody else is told, a key shows that it works."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.pursuit import roster_of
from responder.commands.telling import Subject, Teller
from responder.domain.message import Purpose
from responder.domain.people import BY_HAND
from responder.domain.words import Words
from responder.errors import BadInput, Refused
from responder.ports.unit_of_work import UnitOfWork

SERIES = "TST"


@dataclass(frozen=True)
class TryMyWays(Command):
    """Reach me, and me alone, by every way I have, or by one."""

    via: str = ""


@dataclass(frozen=True)
class AnswerTest(Command):
    """It reached me by this way."""

    test: str
    via: str


def _latest(person: str) -> str:
    return f"self_test.{person}"


def still_waits(uow: UnitOfWork, person: str, test: str, via: str) -> bool:
    """Whether a test still waits to be answered by a way."""
    found: dict[str, Any] = uow.notes.get(_latest(person)) or {}
    return found.get("id") == test and via not in found["answered"]


@handles(TryMyWays)
def try_my_ways(command: TryMyWays, uow: UnitOfWork, now: datetime) -> Reply:
    """Send the test, on the record; what comes of each way is there too."""
    version = uow.sites.accepted()
    if version is None:
        raise Refused(what_zh="数据库中还没有站点数据。", what_en="The database holds no site yet.")
    require_act("own_ways", command.by, uow, now)
    roster = roster_of(uow, version)
    person = roster.site.people[command.by.person]
    vias = [via for via in person.vias if via != BY_HAND and command.via in ("", via)]
    if not vias:
        raise BadInput(
            "您在应急处置联络手册中没有这种联系方式。",
            "The contact manual holds no such way to you.",
            f"您有：{'、'.join(person.vias)}。",
            f"You have: {', '.join(person.vias)}.",
        )
    id = f"{SERIES}-{now.year}-{uow.next_number(f'{SERIES}-{now.year}'):04d}"
    about = Subject(id, id, None, (), 1, now, person.id)
    Teller(uow, roster.site, about, now).tell(person, Purpose.TEST, vias, {})
    uow.notes.put(_latest(person.id), {"id": id, "answered": []})
    note_fact(uow, "WaysTested", command.by, now, test=id, via=vias)
    said = Words(
        f"已向您发出测试（{len(vias)}种方式），收到后按1或点〔收到〕。没有惊动其他人。",
        f"A test is on its way to you by {len(vias)} ways: answer each with 1 or [Received]."
        " Nobody else is disturbed.",
    )
    return Reply(id, said, {"via": vias})


@handles(AnswerTest)
def answer_test(command: AnswerTest, uow: UnitOfWork, now: datetime) -> Reply:
    """The way works, on the record."""
    person = command.by.person
    if not still_waits(uow, person, command.test, command.via):
        return Reply(command.test, Words("这次测试已结束。", "That test is over."))
    found = uow.notes.get(_latest(person))
    answered = [*found["answered"], command.via]
    uow.notes.put(_latest(person), {**found, "answered": answered})
    note_fact(uow, "WayAnswered", command.by, now, test=command.test, via=[command.via])
    return Reply(command.test, Words("收到，这种方式可用。", "Received: this way works."))
