"""Changing shifts: the two and the duty lead all accept, then it stands on the roster (5.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.duty.asking import ask
from responder.commands.duty.rota import put_overrides
from responder.commands.duty.saying import (
    brief_span,
    check_span,
    lead_for,
    person_words,
    refuse_clashes,
    rotation_words,
    span_words,
)
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.rights import require
from responder.domain.away import exchanged, override_clashes
from responder.domain.duty import Swap
from responder.domain.record import ENGINE, By
from responder.domain.rota import Override
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

SWAP = "duty.swap"
SERIES = "SWP"
WITHDRAWN = Words("已撤回", "withdrawn")
UNLESS = Words("开始前未谈妥，照原表值班", "Not agreed before it starts, the roster stands")
EXPIRED = Words("到起始时间仍未谈妥", "not agreed before it was to start")


@dataclass(frozen=True)
class AskSwap(Command):
    """Change places with somebody on a rotation for a time; instants with a zone."""

    rotation: str
    start: datetime
    end: datetime
    other: str
    reason: str = ""


@dataclass(frozen=True)
class AcceptSwap(Command):
    """Agree to a swap: as one of the two, or for the duty."""

    swap: str


@dataclass(frozen=True)
class RefuseSwap(Command):
    """Say no to a swap; whoever asked takes it back so."""

    swap: str
    reason: str = ""


@handles(AskSwap)
def ask_swap(command: AskSwap, uow: UnitOfWork, now: datetime) -> Reply:
    """Refused at once where the roster does not allow it; else the other one is asked."""
    firm = FirmMatter.load(uow, now)
    firm.may("swap", command.by)
    site, me = firm.site, command.by.person
    if command.rotation not in site.rotations:
        raise UnknownId("轮值表", "rotation", command.rotation, site.rotations)
    if not firm.roster.known(command.other):
        raise UnknownId("人员", "person", command.other, site.people)
    if command.other == me:
        raise BadInput("不能和自己换班。", "Nobody swaps with themselves.")
    check_span(command.start, command.end, now)
    if command.start <= now:
        raise BadInput(
            "换班须在开始之前谈妥，起始时间已过。",
            "A swap is agreed before it starts, and that time has begun.",
            "已经开始的班次请用 duty handover 交班，或由值班负责人 duty override。",
            "Hand the shift over instead, or have the duty lead override it.",
        )
    one = Swap(
        number(uow, SERIES, site, now),
        command.rotation,
        command.start,
        command.end,
        me,
        command.other,
        now,
        clean_reason(command.reason, needed=False),
        {me: now},
    )
    _no_other_swap(uow, one)
    refuse_clashes(site, override_clashes(firm.roster, _overrides(site, one)))
    uow.swaps.put(one.id, one)
    uow.timers.set(SWAP, one.id, one.start)
    _record(firm, "SwapAsked", command.by, one, other=one.taker, rotation=one.rotation)
    what, asked, who = _words(site, one), _brief(site, one), person_words(site, me)
    ask(
        firm,
        [one.taker],
        one.id,
        Words(f"{who.zh}请您换班：{asked.zh}", f"{who.en} asks you to swap: {asked.en}"),
        UNLESS,
    )
    other = person_words(site, one.taker)
    said = Words(
        f"{one.id} 已请{other.zh}确认，之后由值班负责人批准：{what.zh}",
        f"{one.id}: {other.en} is asked, then the duty lead. {what.en}",
    )
    return Reply(one.id, said, _facts(one))


@handles(AcceptSwap)
def accept_swap(command: AcceptSwap, uow: UnitOfWork, now: datetime) -> Reply:
    """The third acceptance puts it on the roster, judged anew by the roster as it then is."""
    firm = FirmMatter.load(uow, now)
    one = _open_swap(firm, command.swap)
    me, lead = command.by.person, lead_for(firm.roster, now, one.giver, one.taker)
    if me in (one.giver, one.taker):
        one.accepted[me] = now
    else:
        require("approve_swap", command.by, {"swap_lead"} if me == lead else set())
        one.lead = me
        one.accepted[me] = now
    _record(firm, "SwapAccepted", command.by, one)
    if one.taker not in one.accepted or not one.lead:
        uow.swaps.put(one.id, one)
        return _waits_for(firm, one, lead)
    reply = put_overrides(firm, _overrides(firm.site, one), command.by, "SwapSettled")
    one.settled_at, one.revision = now, reply.id
    uow.swaps.put(one.id, one)
    uow.timers.set(SWAP, one.id, None)
    said = Words(f"{one.id} 换班生效：{reply.said.zh}", f"{one.id} stands: {reply.said.en}")
    return Reply(one.id, said, _facts(one))


def _waits_for(firm: FirmMatter, one: Swap, lead: str) -> Reply:
    """Ask whoever is still to accept."""
    waits = one.taker if one.taker not in one.accepted else lead
    named = person_words(firm.site, waits) if waits else Words("值班负责人", "the duty lead")
    what = _brief(firm.site, one)
    if waits == lead and lead:
        two = [person_words(firm.site, p) for p in (one.giver, one.taker)]
        ask(
            firm,
            [lead],
            one.id,
            Words(
                f"请您批准换班：{two[0].zh}、{two[1].zh}，{what.zh}",
                f"Please approve a swap of {two[0].en} and {two[1].en}: {what.en}",
            ),
            UNLESS,
        )
    said = Words(f"{one.id} 已确认，待{named.zh}确认。", f"{one.id}: now {named.en} is asked.")
    return Reply(one.id, said, _facts(one) | {"waits_for": waits})


@handles(RefuseSwap)
def refuse_swap(command: RefuseSwap, uow: UnitOfWork, now: datetime) -> Reply:
    """Nothing comes of it; the two are told."""
    firm = FirmMatter.load(uow, now)
    one = _open_swap(firm, command.swap)
    me = command.by.person
    parties = {one.giver, one.taker, lead_for(firm.roster, now, one.giver, one.taker)}
    require("accept_swap", command.by, {"swapper"} if me in parties else set())
    reason = clean_reason(command.reason, needed=False)
    by = person_words(firm.site, me)
    why = (
        WITHDRAWN
        if me == one.giver
        else Words(
            f"{by.zh}不同意{'：' * bool(reason)}{reason}", f"{by.en} said no. {reason}".strip()
        )
    )
    _over(firm, one, why, command.by)
    return Reply(one.id, Words(f"{one.id} 不换班。", f"{one.id} is off."), _facts(one))


def expire(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """A swap that is not agreed when it was to start comes to nothing."""
    firm = FirmMatter.load(uow, now)
    for one in uow.swaps.get_many(ids).values():
        if one.is_open:
            _over(firm, one, EXPIRED, ENGINE)


def _over(firm: FirmMatter, one: Swap, why: Words, by: By) -> None:
    one.refused, one.refused_by = why.said(firm.site.language), by.person
    firm.uow.swaps.put(one.id, one)
    firm.uow.timers.set(SWAP, one.id, None)
    _record(firm, "SwapRefused", by, one, why=why.zh)
    people = [p for p in (one.giver, one.taker) if p != by.person]
    firm.tell(
        people, Words(f"{one.id} 不换班（{why.zh}），照原表值班。", f"{one.id} is off: {why.en}.")
    )


def _open_swap(firm: FirmMatter, id: str) -> Swap:
    one = firm.uow.swaps.get(id)
    if one is None:
        raise UnknownId("换班申请", "swap", id, firm.uow.swaps.open())
    if not one.is_open:
        raise BadInput(
            f"{id} 已了结：{one.refused or '已生效'}。",
            f"{id} is done with: {one.refused or 'it stands'}.",
        )
    if firm.now >= one.start:
        raise BadInput(f"{id} 的起始时间已过。", f"{id} was to have started already.")
    return one


def _no_other_swap(uow: UnitOfWork, one: Swap) -> None:
    """Two open requests over the same shift would book somebody twice."""
    for other in uow.swaps.open().values():
        shared = {one.giver, one.taker} & {other.giver, other.taker}
        if shared and one.start < other.end and other.start < one.end:
            raise BadInput(
                f"同一时段已有换班申请 {other.id}。",
                f"There is a request for that time already: {other.id}.",
                f"请先答复或撤回：duty swap {other.id} --refuse",
                f"Settle it or take it back first: duty swap {other.id} --refuse",
            )


def _overrides(site: Site, one: Swap) -> tuple[Override, ...]:
    """What the swap puts on the roster. Raises BadInput where neither is on shift then."""
    reason = f"swap {one.id}"
    found = exchanged(site, one.rotation, one.giver, one.taker, one.start, one.end, reason)
    if not any(o.rotation == one.rotation for o in found):
        raise BadInput(
            "这段时间两人都不在该轮值表的班上。",
            "Neither of the two is on that rotation then.",
            "请用 duty show 核对班次。",
            "Look at the shifts with duty show.",
        )
    return found


def _words(site: Site, one: Swap) -> Words:
    post, when = rotation_words(site, one.rotation), span_words(one.start, one.end, site)
    two = [person_words(site, p) for p in (one.giver, one.taker)]
    return Words(
        f"{post.zh} {when.zh}，{two[0].zh}与{two[1].zh}对调。",
        f"{post.en}, {when.en}: {two[0].en} and {two[1].en} change places.",
    )


def _brief(site: Site, one: Swap) -> Words:
    post, when = rotation_words(site, one.rotation), brief_span(one.start, one.end, site)
    return Words(f"{post.zh} {when.zh}。", f"{post.en}, {when.en}.")


def _record(firm: FirmMatter, kind: str, by: By, one: Swap, **more: str) -> None:
    span: dict[str, Any] = {"start": one.start.isoformat(), "end": one.end.isoformat()}
    firm.record(kind, by, swap=one.id, **span | more)


def _facts(one: Swap) -> dict[str, object]:
    return {"swap": one.id, "accepted": sorted(one.accepted), "revision": one.revision}
