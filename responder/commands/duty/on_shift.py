"""Being on shift: which shift is somebody's, and the eight areas that it ticks off (5.1)."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.duty.saying import role_words
from responder.commands.duty.shifts import turn
from responder.commands.matter import FirmMatter
from responder.commands.rights import require
from responder.domain.duty import AREA_NAMES, AREAS, Shift
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

DONE = "✓"
"""What stands for a ticked area without a note."""


@dataclass(frozen=True)
class TickArea(Command):
    """One of the eight areas was looked after in this shift."""

    area: str
    note: str = ""
    post: str = ""


def my_shift(firm: FirmMatter, by: By, post: str = "", *, to_hand_over: bool = False) -> Shift:
    """The shift of theirs that is not handed over: the one that runs, the oldest to hand over.

    Raises NotAllowed where there is none, BadInput where they are on several.
    """
    for kept in firm.site.duty_rules.posts:
        if firm.roster.holder(kept, firm.now) == by.person:
            turn(firm, kept)
    mine = [
        one
        for one in firm.uow.shifts.open().values()
        if one.person == by.person and post in ("", one.role)
    ]
    if len({one.role for one in mine}) > 1:
        posts = "、".join(role_words(firm.site, one.role).zh for one in mine)
        raise BadInput(
            f"您同时在{posts}的班上。",
            "You are on more than one shift.",
            f"请加 --post：{'、'.join(one.role for one in mine)}。",
            f"Say which with --post: {', '.join(one.role for one in mine)}.",
        )
    require("on_shift", by, {"on_shift"} if mine else set())
    return mine[0] if to_hand_over else mine[-1]


@handles(TickArea)
def tick_area(command: TickArea, uow: UnitOfWork, now: datetime) -> Reply:
    """On the record of the shift, until it is handed over."""
    firm = FirmMatter.load(uow, now)
    if command.area not in AREAS:
        raise UnknownId("方面", "area", command.area, AREAS)
    shift = my_shift(firm, command.by, command.post)
    note = clean_reason(command.note, needed=False)
    shift.ticked[command.area] = note or DONE
    uow.shifts.put(shift.id, shift)
    firm.record("AreaTicked", command.by, shift=shift.id, area=command.area, note=note)
    left = [AREA_NAMES[area] for area in shift.unticked]
    named = AREA_NAMES[command.area]
    if not left:
        said = Words(f"{named.zh}已打勾，八个方面齐了。", f"{named.en} ticked; all eight are done.")
    else:
        said = Words(
            f"{named.zh}已打勾，还有：{'、'.join(one.zh for one in left)}。",
            f"{named.en} ticked. Still open: {', '.join(one.en for one in left)}.",
        )
    return Reply(shift.id, said, {"ticked": list(shift.ticked), "left": list(shift.unticked)})
