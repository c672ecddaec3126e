"""Handing a shift over: offered with what is open, over once the next person has accepted (5.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.duty.asking import ask, sound
from responder.commands.duty.on_shift import my_shift
from responder.commands.duty.open_items import open_items
from responder.commands.duty.saying import (
    day_and_time,
    lead_for,
    person_words,
    role_words,
)
from responder.commands.duty.shifts import (
    HANDOVER,
    ask_to_hand_over,
    following,
    relieve,
    turn,
)
from responder.commands.matter import FirmMatter
from responder.commands.rights import require
from responder.domain.duty import AREA_NAMES, Shift
from responder.domain.record import ENGINE, By
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_NOTE = 1000


@dataclass(frozen=True)
class OfferShift(Command):
    """Hand my shift over to the next person; they have to accept."""

    note: str = ""
    post: str = ""


@dataclass(frozen=True)
class AcceptShift(Command):
    """Take a shift over; without an id the one that is offered to me."""

    shift: str = ""


@dataclass(frozen=True)
class DeclineShift(Command):
    """Not able to take it over now; whoever offered stays on."""

    shift: str
    reason: str = ""


# The one on shift


@handles(OfferShift)
def offer_shift(command: OfferShift, uow: UnitOfWork, now: datetime) -> Reply:
    """The next person is asked, with what is open. An area not ticked needs a note."""
    firm = FirmMatter.load(uow, now)
    shift = my_shift(firm, command.by, command.post, to_hand_over=True)
    note = command.note and clean_line(command.note, "交班说明", "note", LONGEST_NOTE, breaks=True)
    if shift.unticked and not note:
        left = [AREA_NAMES[area] for area in shift.unticked]
        raise BadInput(
            f"还有{len(left)}个方面没有打勾：{'、'.join(one.zh for one in left)}。",
            f"{len(left)} areas are not ticked: {', '.join(one.en for one in left)}.",
            "请先打勾（duty tick），或在交班时写明原因。",
            "Tick them (duty tick), or say why not as you hand over.",
        )
    taker = following(firm, shift)
    if not taker:
        raise BadInput(
            "轮值表上没有接班的人。",
            "Nobody is on the roster to take it over.",
            "请值班负责人用 duty override 安排。",
            "Have the duty lead arrange it with duty override.",
        )
    shift.note, shift.handed_to, shift.offered_at = note, taker, now
    shift.reminded_at = shift.escalated_at = None
    shift.open_items = open_items(firm, shift)
    uow.shifts.put(shift.id, shift)
    uow.timers.set(HANDOVER, shift.id, now + firm.site.duty_rules.handover_within)
    firm.record("ShiftOffered", command.by, **_record(shift))
    _ask_taker(firm, shift)
    who = person_words(firm.site, taker)
    said = Words(
        f"{shift.id} 已请{who.zh}接班，未结{len(shift.open_items)}项。接班之前，仍由您值班。",
        f"{shift.id}: {who.en} is asked to take over, {len(shift.open_items)} items open. Until"
        " then you stay on duty.",
    )
    return Reply(shift.id, said, {"handed_to": taker, "open_items": _items(shift)})


def _ask_taker(firm: FirmMatter, shift: Shift, *, loudly: bool = False) -> None:
    giver, post = person_words(firm.site, shift.person), role_words(firm.site, shift.role)
    ask(
        firm,
        [shift.handed_to],
        shift.id,
        Words(f"{giver.zh}请您接班：{post.zh}。", f"{giver.en} hands over to you: {post.en}."),
        Words(f"您接班之前，仍由{giver.zh}值班", f"Until you accept, {giver.en} stays on duty"),
        work=_work(shift),
        loudly=loudly,
    )


def _work(shift: Shift) -> Words:
    """What is open and the note, a line each."""
    lines = [*shift.open_items, *([Words(shift.note, shift.note)] if shift.note else [])]
    if not lines:
        return Words("没有未结事项。", "Nothing is open.")
    return Words(
        "\n".join(f"· {one.zh}" for one in lines), "\n".join(f"· {one.en}" for one in lines)
    )


def _items(shift: Shift) -> list[dict[str, str]]:
    return [{"zh": one.zh, "en": one.en} for one in shift.open_items]


def _record(shift: Shift) -> dict[str, Any]:
    """All that the record keeps of a handover."""
    return {
        "shift": shift.id,
        "role": shift.role,
        "person": shift.person,
        "to": shift.handed_to,
        "note": shift.note,
        "items": _items(shift),
        "ticked": dict(shift.ticked),
        "unticked": list(shift.unticked),
    }


# The next


@handles(AcceptShift)
def accept_shift(command: AcceptShift, uow: UnitOfWork, now: datetime) -> Reply:
    """Now the old shift is over; nothing of its record changes any more."""
    firm = FirmMatter.load(uow, now)
    shift = _offered(firm, command.shift, command.by)
    require("accept_shift", command.by, _capacity(firm, shift, command.by))
    shift.accepted_at, shift.relieved_by = now, command.by.person
    shift.handed_to = command.by.person
    if shift.end > now and shift.stays_since is not None:
        shift.end = now
    uow.shifts.put(shift.id, shift)
    uow.timers.set(HANDOVER, shift.id, None)
    firm.record("ShiftHandedOver", command.by, **_record(shift))
    relieve(firm, shift)
    turn(firm, shift.role)
    giver, taker = person_words(firm.site, shift.person), person_words(firm.site, shift.relieved_by)
    firm.tell(
        [shift.person],
        Words(f"{taker.zh}已接班（{shift.id}）。", f"{taker.en} has taken over ({shift.id})."),
    )
    post, until = role_words(firm.site, shift.role), max(shift.end, now)
    begins = Words() if until <= now else _from(day_and_time(until, firm.site))
    said = Words(
        f"您已接{giver.zh}的班：{post.zh}{begins.zh}。未结{len(shift.open_items)}项。",
        f"You take over from {giver.en}: {post.en}{begins.en}. {len(shift.open_items)} items open.",
    )
    return Reply(shift.id, said, {"shift": shift.id, "open_items": _items(shift)})


def _from(when: str) -> Words:
    return Words(f"，{when} 起", f", from {when}")


def _capacity(firm: FirmMatter, shift: Shift, by: By) -> set[str]:
    """Who was asked may accept, and whoever the roster now puts there instead."""
    able = {shift.handed_to, following(firm, shift)} - {shift.person, ""}
    return {"reliever"} if by.person in able else set()


@handles(DeclineShift)
def decline_shift(command: DeclineShift, uow: UnitOfWork, now: datetime) -> Reply:
    """Whoever offered stays on, and the lead is told at once."""
    firm = FirmMatter.load(uow, now)
    shift = _offered(firm, command.shift, command.by)
    require("accept_shift", command.by, _capacity(firm, shift, command.by))
    reason = clean_reason(command.reason, needed=False)
    firm.record("ShiftDeclined", command.by, shift=shift.id, role=shift.role, reason=reason)
    taker, post = person_words(firm.site, command.by.person), role_words(firm.site, shift.role)
    lead = lead_for(firm.roster, now, shift.person, command.by.person)
    what = Words(
        f"{taker.zh}暂不能接{post.zh}的班（{shift.id}）{'：' * bool(reason)}{reason}",
        f"{taker.en} cannot take over as {post.en} ({shift.id}) {reason}".rstrip(),
    )
    firm.tell([shift.person, lead], what)
    said = Words("已登记，仍由交班人值班，值班负责人已知会。", "On record. They stay on duty.")
    return Reply(shift.id, said)


def _offered(firm: FirmMatter, id: str, by: By) -> Shift:
    """The shift that is meant. Raises where it is not offered, or is over."""
    offered = {k: s for k, s in firm.uow.shifts.open().items() if s.offered_at is not None}
    mine = [one for one in offered.values() if one.handed_to == by.person]
    if not id and len(mine) == 1:
        return mine[0]
    if not id:
        raise BadInput(
            "没有请您接的班。" if not mine else "有几个班请您接，请写明编号。",
            "No shift is offered to you." if not mine else "Say which shift.",
            "、".join(one.id for one in mine),
            ", ".join(one.id for one in mine),
        )
    shift = firm.uow.shifts.get(id)
    if shift is None:
        raise UnknownId("班次", "shift", id, offered)
    if not shift.is_open:
        raise BadInput(
            f"{id} 已经交接完毕，记录不能再改。",
            f"{id} was handed over; its record stays as it is.",
        )
    if shift.offered_at is None:
        raise BadInput(f"{id} 还没有提出交班。", f"{id} has not been offered yet.")
    return shift


# The clock


def chase(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """A handover that waits: a reminder first, then the lead; each is on the record."""
    firm = FirmMatter.load(uow, now)
    for shift in uow.shifts.get_many(ids).values():
        if not shift.is_open or shift.escalated_at is not None:
            continue
        if shift.reminded_at is None:
            shift.reminded_at = now
            uow.timers.set(HANDOVER, shift.id, now + firm.site.duty_rules.handover_within)
            firm.record("HandoverReminded", ENGINE, shift=shift.id, to=shift.handed_to)
            if shift.offered_at is None:
                ask_to_hand_over(firm, shift)
            else:
                _ask_taker(firm, shift, loudly=True)
        else:
            shift.escalated_at = now
            firm.record("HandoverOverdue", ENGINE, shift=shift.id, role=shift.role)
            _tell_lead(firm, shift)
        uow.shifts.put(shift.id, shift)


def _tell_lead(firm: FirmMatter, shift: Shift) -> None:
    giver, taker = person_words(firm.site, shift.person), person_words(firm.site, shift.handed_to)
    post, lead = role_words(firm.site, shift.role), lead_for(firm.roster, firm.now, shift.person)
    if lead == shift.handed_to:
        lead = lead_for(firm.roster, firm.now, shift.person, shift.handed_to)
    what = (
        Words(
            f"{giver.zh}未交班：{post.zh}（{shift.id}）",
            f"{giver.en} has not handed over: {post.en}",
        )
        if shift.offered_at is None
        else Words(
            f"{taker.zh}未接班：{post.zh}（{shift.id}），{giver.zh}仍在岗",
            f"{taker.en} has not taken over: {post.en} ({shift.id}); {giver.en} stays on",
        )
    )
    mend = Words("请联系双方，必要时调班。", "Reach both; override the roster if need be.")
    sound(firm, [lead], shift.id, what, mend)
