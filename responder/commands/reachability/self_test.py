"""Tests of people's ways: nothing is wrong, nobody else is told, an answer proves the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.commands.reachability.probing import answer_probe, rings_now
from responder.commands.telling import Subject, Teller
from responder.domain.message import Message, Purpose
from responder.domain.people import BY_HAND, Person
from responder.domain.proving import provable, to_prove
from responder.domain.reachability import WayCheck, code_of, line_of
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

SERIES = "TST"
BY_CODE = ("email",)
"""Ways that may carry no answer back: a code read there is typed elsewhere."""
CODE_LETTERS = 6


@dataclass(frozen=True)
class TryMyWays(Command):
    """Reach me, and me alone, by every way I have, or by one."""

    via: str = ""


@dataclass(frozen=True)
class AnswerTest(Command):
    """It reached me by this way, by this very message."""

    test: str
    via: str
    message: str = ""


@dataclass(frozen=True)
class AskForProof(Command):
    """Have people prove their ways; without names everybody on call whose proof is due."""

    people: tuple[str, ...] = ()
    via: str = ""


@dataclass(frozen=True)
class ProveByCode(Command):
    """The code that came by a written way, typed elsewhere."""

    code: str


def _latest(person: str) -> str:
    return f"self_test.{person}"


def still_waits(uow: UnitOfWork, person: str, test: str, via: str) -> bool:
    """Whether a test or a probe still waits to be answered by a way."""
    found: dict[str, Any] = uow.notes.get(_latest(person)) or {}
    if found.get("id") == test:
        return via not in found["answered"]
    return rings_now(uow, test, person)


@handles(TryMyWays)
def try_my_ways(command: TryMyWays, uow: UnitOfWork, now: datetime) -> Reply:
    """Send the test, on the record; what comes of each way is there too."""
    site = roster_in_force(uow).site
    require_act("own_ways", command.by, uow, now)
    person = site.people[command.by.person]
    vias = _of(person, command.via)
    if not vias:
        raise BadInput(
            "您在应急处置联络手册中没有这种联系方式。",
            "The contact manual holds no such way to you.",
            f"您有：{'、'.join(person.vias)}。",
            f"You have: {', '.join(person.vias)}.",
        )
    id = _send(uow, site, person, vias, command.by, now)
    note_fact(uow, "WaysTested", command.by, now, test=id, via=vias)
    said = Words(
        f"已向您发出测试（{len(vias)}种方式），收到后按1或点〔收到〕。没有惊动其他人。",
        f"A test is on its way to you by {len(vias)} ways: answer each with 1 or [Received]."
        " Nobody else is disturbed.",
    )
    return Reply(id, said, {"via": vias})


@handles(AskForProof)
def ask_for_proof(command: AskForProof, uow: UnitOfWork, now: datetime) -> Reply:
    """Send each of them a test of the ways to be proved, on the record."""
    roster = roster_in_force(uow)
    require_act("ask_for_proof", command.by, uow, now)
    wanted = _wanted(command, uow, roster.site, now)
    asked = [person for person, vias in wanted.items() if vias and roster.known(person)]
    for person in asked:
        who = roster.site.people[person]
        id = _send(uow, roster.site, who, wanted[person], command.by, now)
        facts = {"test": id, "people": [person], "via": wanted[person]}
        note_fact(uow, "ProofAsked", command.by, now, **facts)
    if not asked:
        return Reply(
            "", Words("没有需要核验的方式。", "No way needs to be proved."), {"people": []}
        )
    return Reply(
        SERIES,
        Words(
            f"已请{len(asked)}人核验联系方式，各自收到后按1、点〔收到〕或回核验码。",
            f"{len(asked)} people are asked to prove their ways: by 1, [Received] or the code.",
        ),
        {"people": asked},
    )


def _wanted(
    command: AskForProof, uow: UnitOfWork, site: Site, now: datetime
) -> dict[str, list[str]]:
    """The kinds of way to be tried, by person. Raises UnknownId."""
    for person in command.people:
        if person not in site.people:
            raise UnknownId("人员", "person", person, site.people)
    if command.people:
        return {person: _of(site.people[person], command.via) for person in command.people}
    due = to_prove(site, uow.way_checks.all().values(), now.date())
    return {
        person: list(dict.fromkeys(way.via for way in ways if command.via in ("", way.via)))
        for person, ways in due.items()
    }


def _of(person: Person, via: str) -> list[str]:
    kinds = dict.fromkeys(way.via for way in provable(person))
    return [kind for kind in kinds if kind != BY_HAND and via in ("", kind)]


def _send(
    uow: UnitOfWork, site: Site, person: Person, vias: Sequence[str], by: By, now: datetime
) -> str:
    """The test on every line of those ways, each with a code of its own where it can be read."""
    id = number(uow, SERIES, site, now)
    teller = Teller(uow, site, Subject(id, id, None, (), 1, now, person.id), now)
    asker = site.people.get(by.person) if by.person != person.id else None
    shown = {"asked_by": asker.name.said(person.language)} if asker else {}
    for via in vias:
        code = uow.token()[:CODE_LETTERS] if via in BY_CODE else ""
        facts = {**shown, **({"proof": code} if code else {})}
        for message in teller.tell(person, Purpose.TEST, [via], facts):
            _await_answer(uow, message, code, by, now)
    uow.notes.put(_latest(person.id), {"id": id, "answered": []})
    return id


def _await_answer(uow: UnitOfWork, message: Message, code: str, by: By, now: datetime) -> None:
    line = line_of(message.via, message.to)
    check = WayCheck(message.id, message.person, message.via, line, now, by.person)
    check.code = code and code_of(code)
    uow.way_checks.put(check.id, check)


@handles(AnswerTest)
def answer_test(command: AnswerTest, uow: UnitOfWork, now: datetime) -> Reply:
    """The way works, on the record; the line that was answered is proved."""
    person = command.by.person
    if not still_waits(uow, person, command.test, command.via):
        return Reply(command.test, Words("这次测试已结束。", "That test is over."))
    if uow.probes.get(command.test):
        return answer_probe(uow, command.test, command.message, command.by, now)
    found = uow.notes.get(_latest(person))
    answered = [*found["answered"], command.via]
    uow.notes.put(_latest(person), {**found, "answered": answered})
    check = uow.way_checks.get(command.message)
    if check is not None and check.person == person:
        _proved(uow, check, now)
    note_fact(uow, "WayAnswered", command.by, now, test=command.test, via=[command.via])
    return Reply(command.test, Words("收到，这种方式可用。", "Received: this way works."))


@handles(ProveByCode)
def prove_by_code(command: ProveByCode, uow: UnitOfWork, now: datetime) -> Reply:
    """The line to which the code was sent is proved. Raises BadInput for any other word."""
    require_act("own_ways", command.by, uow, now)
    code, person = code_of(command.code), command.by.person
    waiting = uow.way_checks.open().values()
    check = next((one for one in waiting if one.code == code and one.person == person), None)
    if check is None:
        raise BadInput(
            "没有等待这个核验码的联系方式。",
            "No way of yours waits for this code.",
            "请核对收到的核验码，或执行 test 重发。",
            "Look at the code again, or have a new one sent: test.",
        )
    _proved(uow, check, now)
    note_fact(uow, "WayAnswered", command.by, now, test="", via=[check.via])
    return Reply(check.id, Words("核验成功，这种方式可用。", "Proved: this way works."))


def _proved(uow: UnitOfWork, check: WayCheck, now: datetime) -> None:
    sent = uow.outbox.get(check.id)
    check.proved_at, check.provider = now, sent.provider if sent else ""
    check.code = ""
    uow.way_checks.put(check.id, check)
