"""The contact manual put on paper, into a file or onto telephones; and where its copies lie.

It holds everybody's numbers: who takes it out is on record, and not everybody may.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.pursuit import roster_in_force
from responder.domain.contact_manual import SIZES, ContactManual
from responder.domain.issued_card import ManualPlaced
from responder.domain.people import Person
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

PLACED = "manual.placed"
SHOWN_OF_VERSION = 8
LONGEST_PLACE = 80


@dataclass(frozen=True)
class PrintManual(Command):
    """Take the manual out: as `form` pdf or html, for a sheet of a `size`."""

    size: str = "a4"
    form: str = "pdf"


@dataclass(frozen=True)
class TakeVCards(Command):
    """Take out the vCards of people; of everybody where none is named."""

    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceManual(Command):
    """A printed manual lies `where`, and the older copy there is destroyed."""

    where: str
    printed_on: date | None = None
    size: str = "a4"


@handles(PrintManual)
def print_manual(command: PrintManual, uow: UnitOfWork, now: datetime) -> ContactManual:
    """The manual by the register in force."""
    require_act("print_manual", command.by, uow, now)
    site = roster_in_force(uow).site
    version = (uow.sites.accepted() or "")[:SHOWN_OF_VERSION]
    made_at = now.astimezone(ZoneInfo(site.time_zone))
    note_fact(
        uow,
        "ManualPrinted",
        command.by,
        now,
        version=version,
        form=f"{command.form} {command.size}",
    )
    return ContactManual(site, version, made_at, command.size)


@handles(TakeVCards)
def take_vcards(command: TakeVCards, uow: UnitOfWork, now: datetime) -> tuple[Person, ...]:
    """The people, on record. Raises UnknownId."""
    require_act("print_manual", command.by, uow, now)
    known = roster_in_force(uow).site.people
    for person in command.people:
        if person not in known:
            raise UnknownId("人员", "person", person, known)
    wanted = command.people or tuple(known)
    note_fact(uow, "VCardsTaken", command.by, now, people=list(command.people))
    return tuple(known[person] for person in wanted)


@handles(PlaceManual)
def place_manual(command: PlaceManual, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep where it lies; the copy named there before is taken to be destroyed."""
    require_act("print_manual", command.by, uow, now)
    where = clean_line(command.where, "放置地点", "place", LONGEST_PLACE)
    today = now.astimezone(ZoneInfo(roster_in_force(uow).site.time_zone)).date()
    day = command.printed_on or today
    if command.size not in SIZES or day > today:
        raise BadInput(
            "日期在将来，或大小不是 a4、a6。",
            "The day lies ahead, or the size is neither a4 nor a6.",
            "请核对后重填。",
            "Check both.",
        )
    kept = {one["where"]: one for one in uow.notes.get(PLACED) or []}
    kept[where] = {"where": where, "printed_on": day.isoformat(), "size": command.size}
    uow.notes.put(PLACED, list(kept.values()))
    note_fact(uow, "ManualPlaced", command.by, now, where=where, number=day.isoformat())
    said = Words(
        f"已登记：{day}版手册放在{where}，该处旧版视为已销毁。",
        f"On record: the manual of {day} lies at {where}; the older one there counts as destroyed.",
    )
    return Reply("FIRM", said, {"where": where, "printed_on": day.isoformat()})


def manuals_placed(uow: UnitOfWork) -> tuple[ManualPlaced, ...]:
    """Where printed manuals lie by this record."""
    return tuple(
        ManualPlaced(date.fromisoformat(one["printed_on"]), Words(one["where"]), one["size"])
        for one in uow.notes.get(PLACED) or []
    )
