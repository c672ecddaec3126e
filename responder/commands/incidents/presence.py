"""Short answers of people who lead: still here, or not able to take over now."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.case import Case
from responder.commands.command import Command, Reply, handles
from responder.commands.telling import name
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StillHere(Command):
    """The commander answers that they are there."""

    incident: str


@dataclass(frozen=True)
class RefuseHandover(Command):
    """Somebody cannot take over what was offered; the giver stays responsible."""

    incident: str


@handles(StillHere)
def still_here(command: StillHere, uow: UnitOfWork, now: datetime) -> Reply:
    """An act of the commander's own: the question is answered."""
    case = Case.load(uow, command.incident, now)
    leader = case.incident.commander or case.incident.provisional
    if command.by.person != leader:
        raise NotAllowed(
            person=name(case.site, command.by.person, "zh"),
            what_zh="代答是否仍在指挥",
            what_en="answer for the commander",
            who_zh=name(case.site, leader, "zh") or "现场指挥",
            who_en=name(case.site, leader, "en") or "the commander",
        )
    case.record("StillHere", command.by)
    case.save()
    return Reply(case.incident.id, Words("已登记，仍由您指挥。", "Recorded: you are in command."))


@handles(RefuseHandover)
def refuse_handover(command: RefuseHandover, uow: UnitOfWork, now: datetime) -> Reply:
    """The offer is gone, and whoever made it is told at once."""
    case = Case.load(uow, command.incident, now)
    person = command.by.person
    offers = [o for o in case.incident.offers if o.taker == person]
    if not offers:
        raise BadInput(
            "没有待您接班的移交。",
            "Nothing waits to be taken over by you.",
        )
    case.incident.offers = [o for o in case.incident.offers if o.taker != person]
    givers = list(dict.fromkeys(offer.giver for offer in offers))
    case.record("HandoverRefused", command.by, people=givers)
    zh, en = name(case.site, person, "zh"), name(case.site, person, "en")
    told = Words(
        f"{zh}暂不能接班，仍由您负责。", f"{en} cannot take over now; you stay responsible."
    )
    case.tell(givers, told)
    case.save()
    said = Words("已登记，仍由移交人负责。", "Recorded; whoever offered it stays responsible.")
    return Reply(case.incident.id, said)
