"""Shifts as they are kept: opened at each change, over once the next person has accepted (5.1).

Only posts that the rules of duty name are kept. What "stays on duty until accepted" means for
paging is in ADR 0026: who has offered and is not relieved stays on the roster, by an override.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from responder.commands.daily import DAILY, at_start
from responder.commands.duty.saying import person_words, role_words
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.revising import follows_revision, revise
from responder.domain.coverage import stretches
from responder.domain.duty import Shift
from responder.domain.record import ENGINE
from responder.domain.revision import Revision
from responder.domain.roster import NOBODY
from responder.domain.rota import Override
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

SHIFT = "duty.shift"
CHECK_IN = "duty.check_in"
HANDOVER = "duty.handover"
SERIES = "SHF"
CURRENT = "duty.shifts"
"""The note that says which shift of each post is the latest."""
HORIZON = timedelta(days=31)
STAYS = "stays"
"""How the reason of an override begins that keeps somebody on until the next has accepted."""


@at_start
def keep_shifts(uow: UnitOfWork, now: datetime) -> None:
    """The engine runs: keep the shifts of every post that the rules name."""
    firm = FirmMatter.load(uow, now)
    for post in firm.site.duty_rules.posts:
        turn(firm, post)


@follows_revision
def shifts_follow(
    uow: UnitOfWork, _before: Site, after: Site, _revision: Revision, now: datetime
) -> None:
    """The roster or the rules may have changed: look at each post that is kept again, now."""
    added = after.duty_rules.posts if uow.notes.get(DAILY) else ()
    for post in {*(uow.notes.get(CURRENT) or {}), *added}:
        uow.timers.set(SHIFT, post, now)


def turn_over(uow: UnitOfWork, posts: list[str], now: datetime) -> None:
    """Shifts that may have changed."""
    for post in posts:
        turn(FirmMatter.load(uow, now), post)


def latest(uow: UnitOfWork, post: str) -> Shift | None:
    """The latest shift of a post."""
    id = (uow.notes.get(CURRENT) or {}).get(post, "")
    return uow.shifts.get(id) if id else None


def turn(firm: FirmMatter, post: str) -> Shift | None:
    """See who is on shift of a post now; returns the shift that runs, None for nobody."""
    uow, now = firm.uow, firm.now
    if post not in firm.site.duty_rules.posts or post not in firm.site.roles:
        uow.timers.set(SHIFT, post, None)
        return None
    shift = latest(uow, post)
    if shift is not None and _has_to_stay(shift, now):
        stay(firm, shift)
    holder, until = present(firm, post)
    uow.timers.set(SHIFT, post, until)
    if shift is not None and shift.person == holder and (shift.is_open or now < shift.end):
        shift.end = until if shift.is_open else shift.end
        uow.shifts.put(shift.id, shift)
        return shift
    if shift is not None:
        _ended(firm, shift, holder)
    return _opened(firm, post, holder, until) if holder else None


def present(firm: FirmMatter, post: str) -> tuple[str, datetime]:
    """Who holds a post now, and until when."""
    until = firm.now + HORIZON
    holder = firm.roster.holder(post, firm.now)
    for one in stretches(firm.roster, post, firm.now, until):
        if one.holder != holder:
            return holder, one.start
    return holder, until


def following(firm: FirmMatter, shift: Shift) -> str:
    """Who is to take a shift over: whoever holds the post at its end, or now if that is past."""
    start = max(shift.end, firm.now)
    found = stretches(firm.roster, shift.role, start, start + HORIZON)
    return next((s.holder for s in found if s.holder not in (NOBODY, shift.person)), NOBODY)


def _opened(firm: FirmMatter, post: str, holder: str, until: datetime) -> Shift:
    uow, now = firm.uow, firm.now
    _lapse(firm, post)
    shift = Shift(number(uow, SERIES, firm.site, now), post, holder, now, until)
    uow.shifts.put(shift.id, shift)
    uow.notes.put(CURRENT, (uow.notes.get(CURRENT) or {}) | {post: shift.id})
    firm.record("ShiftBegan", ENGINE, shift=shift.id, role=post, person=holder)
    rules = firm.site.duty_rules
    if rules.check_in_every is not None and post in rules.check_in_posts:
        uow.timers.set(CHECK_IN, post, now + rules.check_in_every)
    return shift


def _lapse(firm: FirmMatter, post: str) -> None:
    """Shifts before the one now ending were never handed over, and will not be any more."""
    last = latest(firm.uow, post)
    for one in firm.uow.shifts.open().values():
        if one.role == post and last is not None and one.id != last.id:
            one.lapsed_at = firm.now
            firm.uow.shifts.put(one.id, one)
            firm.uow.timers.set(HANDOVER, one.id, None)
            firm.record("ShiftLapsed", ENGINE, shift=one.id, role=post, person=one.person)


def _ended(firm: FirmMatter, shift: Shift, holder: str) -> None:
    """A shift whose time is over and that nobody accepted: ask for the handover."""
    if shift.ended_at is not None:
        return
    shift.end, shift.ended_at = min(shift.end, firm.now), firm.now
    shift.asked_at = shift.called_at = None
    if shift.is_open:
        shift.handed_to = shift.handed_to or holder
        firm.uow.timers.set(HANDOVER, shift.id, firm.now + firm.site.duty_rules.handover_within)
        if shift.offered_at is None:
            ask_to_hand_over(firm, shift)
    firm.uow.shifts.put(shift.id, shift)


def ask_to_hand_over(firm: FirmMatter, shift: Shift) -> None:
    """Remind whoever was on shift that the handover is still to be made."""
    post = role_words(firm.site, shift.role)
    firm.tell(
        [shift.person],
        Words(
            f"{post.zh}的班次已到时，尚未交班（{shift.id}）。请回复：值班交班",
            f"Your shift as {post.en} is over and not handed over ({shift.id}). Say: duty handover",
        ),
    )


# Staying until relieved


def _has_to_stay(shift: Shift, now: datetime) -> bool:
    """Whether the time is over, a handover was offered, and nobody accepted it yet.

    Nobody stays longer than one more shift: then the roster is followed again.
    """
    waits = shift.is_open and shift.offered_at is not None and shift.stays_since is None
    return waits and now >= shift.end


def stay(firm: FirmMatter, shift: Shift) -> None:
    """Put them on the roster until the next person accepts, who meanwhile backs them up."""
    holder, until = present(firm, shift.role)
    shift.stays_since = firm.now
    shift.handed_to = shift.handed_to or holder
    firm.uow.shifts.put(shift.id, shift)
    post = firm.site.roles[shift.role]
    if holder in (shift.person, NOBODY) or not post.rotation:
        return
    kept = [_kept(firm, post.rotation, shift, until, shift.person)]
    if post.backup_rotation:
        kept.append(_kept(firm, post.backup_rotation, shift, until, holder))
    _revised(firm, (*firm.site.overrides, *kept), shift, _stays(firm, shift))
    firm.record("ShiftStays", ENGINE, shift=shift.id, role=shift.role, person=shift.person)


def _kept(firm: FirmMatter, rotation: str, shift: Shift, until: datetime, person: str) -> Override:
    return Override(rotation, firm.now, until, person, f"{STAYS} {shift.id}")


def relieve(firm: FirmMatter, shift: Shift) -> None:
    """Take off the roster what kept them on it."""
    mark, now = f"{STAYS} {shift.id}", firm.now
    kept = []
    for one in firm.site.overrides:
        if one.reason != mark or one.end <= now:
            kept.append(one)
        elif one.start < now:
            kept.append(Override(one.rotation, one.start, now, one.person, one.reason))
    if tuple(kept) != firm.site.overrides:
        who, post = person_words(firm.site, shift.person), role_words(firm.site, shift.role)
        said = Words(f"{who.zh}已交班：{post.zh}", f"{who.en} is relieved as {post.en}")
        _revised(firm, tuple(kept), shift, said)


def _stays(firm: FirmMatter, shift: Shift) -> Words:
    who, post = person_words(firm.site, shift.person), role_words(firm.site, shift.role)
    return Words(
        f"无人接班，{who.zh}继续值班：{post.zh}",
        f"Not relieved yet, {who.en} stays on as {post.en}",
    )


def _revised(
    firm: FirmMatter, overrides: tuple[Override, ...], shift: Shift, summary: Words
) -> None:
    site = replace(firm.site, overrides=overrides)
    revise(firm.uow, site, ENGINE, firm.now, "duty", summary)
    firm.roster = replace(firm.roster, site=site)
    firm.uow.timers.set(SHIFT, shift.role, None)
