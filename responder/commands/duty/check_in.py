"""Check-ins: whoever is on shift shows to be at the post; who does not is called (5.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.command import Command, Reply, handles
from responder.commands.duty.asking import check_in_asked, check_in_called, sound
from responder.commands.duty.on_shift import my_shift
from responder.commands.duty.saying import lead_for, person_words, role_words
from responder.commands.duty.shifts import CHECK_IN, latest, turn
from responder.commands.matter import FirmMatter
from responder.commands.telling import clock_time
from responder.domain.coverage import holdings
from responder.domain.duty import Shift
from responder.domain.record import ENGINE
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class CheckIn(Command):
    """I am at the post."""

    post: str = ""


@handles(CheckIn)
def check_in(command: CheckIn, uow: UnitOfWork, now: datetime) -> Reply:
    """On the record of the shift, whether asked or not."""
    firm = FirmMatter.load(uow, now)
    shift = my_shift(firm, command.by, command.post)
    shift.checked_in.append(now)
    shift.asked_at = shift.called_at = None
    uow.shifts.put(shift.id, shift)
    firm.record("CheckedIn", command.by, shift=shift.id, role=shift.role)
    _again(firm, shift)
    post = role_words(firm.site, shift.role)
    return Reply(shift.id, Words(f"已签到：{post.zh}。", f"Checked in: {post.en}."))


def _again(firm: FirmMatter, shift: Shift) -> None:
    """Ask again after the interval, where the rules want it."""
    every = firm.site.duty_rules.check_in_every
    last = latest(firm.uow, shift.role)
    if every and shift.role in firm.site.duty_rules.check_in_posts and last and last.id == shift.id:
        firm.uow.timers.set(CHECK_IN, shift.role, firm.now + every)


def due(uow: UnitOfWork, posts: list[str], now: datetime) -> None:
    """Ask quietly; unanswered, call; unanswered again, tell the backup and record it as missed."""
    for post in posts:
        firm = FirmMatter.load(uow, now)
        rules, before = firm.site.duty_rules, latest(uow, post)
        shift = turn(firm, post)
        asked = rules.check_in_every is not None and post in rules.check_in_posts
        if shift is None or before is None or not asked:
            continue
        if shift.id == before.id and shift.is_open:
            _next(firm, shift)
            uow.shifts.put(shift.id, shift)


def _next(firm: FirmMatter, shift: Shift) -> None:
    now, grace = firm.now, firm.site.duty_rules.check_in_grace
    post, until = role_words(firm.site, shift.role), clock_time(now + grace, firm.site)
    if shift.asked_at is None:
        shift.asked_at = now
        firm.record("CheckInAsked", ENGINE, shift=shift.id, person=shift.person)
        check_in_asked(firm, shift.person, shift.id, post, until)
        firm.uow.timers.set(CHECK_IN, shift.role, now + grace)
    elif shift.called_at is None and check_in_called(firm, shift.person, shift.id, post, until):
        shift.called_at = now
        firm.record("CheckInCalled", ENGINE, shift=shift.id, person=shift.person)
        firm.uow.timers.set(CHECK_IN, shift.role, now + grace)
    else:
        _missed(firm, shift)


def _missed(firm: FirmMatter, shift: Shift) -> None:
    """They left the post, as far as the record knows."""
    shift.missed.append(shift.asked_at or firm.now)
    shift.asked_at = shift.called_at = None
    backup = holdings(firm.roster, shift.role, firm.now, firm.now + MOMENT)[0].backup
    firm.record("CheckInMissed", ENGINE, shift=shift.id, person=shift.person, to=backup)
    who, post = person_words(firm.site, shift.person), role_words(firm.site, shift.role)
    people = [p for p in (backup, lead_for(firm.roster, firm.now, shift.person)) if p]
    sound(
        firm,
        people,
        shift.id,
        Words(f"{post.zh}{who.zh}未签到，电话未应答", f"{post.en} {who.en} did not check in"),
        Words("请备岗到岗并联系本人。", "The backup goes to the post and reaches them."),
    )
    _again(firm, shift)
