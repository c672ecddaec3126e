"""A change of our own contacts told to the units that hold them: one notice each (7.1 o, p).

A notice waits a little, so that what is changed together is told together. Nothing here belongs
to an incident: a drill changes no register, and so tells nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from responder.commands.calls_recorded import when_recorded
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.daily import each_day
from responder.commands.firm import note_fact, require_act
from responder.commands.manual.freshness import tried
from responder.commands.manual.keeping import KEEPS_UP_AT, tell_keepers
from responder.commands.manual.notices_shown import notice_facts
from responder.commands.matter import FirmMatter, Matter
from responder.commands.numbering import number
from responder.commands.pursuit import UNIT
from responder.commands.revising import follows_revision
from responder.commands.telling import CALL_TASK, QUIETLY, Subject, Teller
from responder.domain.call_task import CallTask, Result
from responder.domain.change_notice import ChangeNotice
from responder.domain.masking import without_numbers
from responder.domain.message import Message, Outcome, Purpose, State
from responder.domain.our_contacts import concerns_liaisons, letter, to_tell, told_of, way_to
from responder.domain.people import Way
from responder.domain.reachability import SANDBOX
from responder.domain.record import ENGINE, THE_FIRM, By
from responder.domain.register import Unit
from responder.domain.revision import Revision
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

SERIES = "CHG"
CHANGE_NOTICE = "change_notice"
"""The timer that sends a notice."""
TOGETHER = timedelta(minutes=15)
"""How long a notice waits for further changes."""
CALL_WITHIN = timedelta(hours=4)
"""How long a call about it may wait: nothing burns, and people sleep."""
CHASE_AFTER = timedelta(days=3)
LONGEST_RECEIPT = 100
LONGEST_NOTE = 300
MATTER = "change"
ARRIVED = (State.ACCEPTED, State.DELIVERED)
TOLD = (Result.REACHED, Result.MESSAGE_LEFT)
RETURNED = "邮件退回 / the e-mail was returned"
TITLE = Words("应急通报联络信息变更通知", "Change of our emergency contacts")


@dataclass(frozen=True)
class RecordTold(Command):
    """Somebody told the unit by a way of their own, such as a fax or a platform."""

    notice: str
    note: str = ""


@dataclass(frozen=True)
class RecordReceipt(Command):
    """The unit confirmed that it has the notice; `receipt` is its number or its words."""

    notice: str
    receipt: str


@follows_revision
def tell_units(
    uow: UnitOfWork, before: Site, after: Site, revision: Revision, now: datetime
) -> None:
    """One notice for each unit that holds our contacts, where one of these changed."""
    waiting = {one.unit: one for one in uow.change_notices.open().values() if one.is_waiting}
    matters = concerns_liaisons(before, after)
    for unit in to_tell(before, after):
        one = waiting.get(unit.id)
        if one is None:
            one = ChangeNotice(
                id=number(uow, SERIES, after, now),
                unit=unit.id,
                revision=revision.id,
                changes=[],
                made_at=now,
                since=revision.before,
            )
            facts = {"notice": one.id, "unit": unit.id, "revision": revision.id}
            note_fact(uow, "ChangeNoticeDue", ENGINE, now, **facts)
        one.liaisons = one.liaisons or matters
        one.changes = list(told_of(uow.sites.get(one.since), after))
        uow.change_notices.put(one.id, one)
        uow.timers.set(CHANGE_NOTICE, one.id, now + TOGETHER)


def send_notices(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """The notices whose wait is over: what still differs is told, what was put back is not."""
    matter = FirmMatter.load(uow, now)
    for one in uow.change_notices.get_many(ids).values():
        if not one.is_waiting:
            continue
        unit = matter.site.units.get(one.unit)
        one.changes = list(told_of(uow.sites.get(one.since), matter.site))
        if unit is None or not one.changes:
            one.dropped_at = now
            matter.record("ChangeNoticeDropped", ENGINE, notice=one.id, unit=one.unit)
            uow.change_notices.put(one.id, one)
        else:
            _send(matter, one, unit)


def _send(matter: FirmMatter, one: ChangeNotice, unit: Unit, again: bool = False) -> None:
    """By the unit's own way: an e-mail, or a call that a liaison officer makes."""
    gone = tuple(way for way in unit.reach if _key(way) in one.tried)
    way = way_to(unit, gone)
    said = letter(matter.site, unit, tuple(one.changes), one.id, again)
    if way is None:
        tell_keepers(matter, _no_way(unit), TELL_BY_HAND)
    elif way.via == "email":
        one.call, one.message = "", _mailed(matter, one, way, said)
    else:
        one.message, one.call = "", _called(matter, one, unit, way, said)
    matter.uow.change_notices.put(one.id, one)


def _mailed(matter: FirmMatter, one: ChangeNotice, way: Way, said: Words) -> str:
    text = "\n\n".join(said.said(language) for language in matter.site.languages)
    facts = {"text": text, "notice": one.id, "way": _key(way)}
    return _teller(matter).post("email", way.to, Purpose.NOTICE, facts)


def _called(matter: FirmMatter, one: ChangeNotice, unit: Unit, way: Way, said: Words) -> str:
    call = CallTask("", THE_FIRM, f"{UNIT}{unit.id}", way.how or way.via, way.to, matter.now)
    call.matter, call.note, call.read_out = f"{MATTER}.{one.id}", way.note, said
    _teller(matter).have_called(call, unit.name, QUIETLY)
    matter.uow.timers.set(CALL_TASK, call.key, matter.now + CALL_WITHIN)
    return call.id


def _teller(matter: FirmMatter) -> Teller:
    """Nothing has happened: what goes out bears no level."""
    title = TITLE.said(matter.site.language)
    subject = Subject(THE_FIRM, title, None, (), 0, matter.now, "")
    return replace(matter.teller, subject=subject)


def _key(way: Way) -> str:
    return f"{way.via} {way.how} {way.to}"


# What became of it


def settle_change_notices(
    uow: UnitOfWork, messages: Iterable[Message], said: Mapping[str, Outcome], now: datetime
) -> None:
    """Keep what the mail server said; where it takes nothing, the unit's next line is used.

    The sandbox tells nobody, so that nobody was told by it.
    """
    for message in messages:
        outcome = said[message.id]
        ours = message.purpose is Purpose.NOTICE and message.incident == THE_FIRM
        if not ours or outcome.provider == SANDBOX:
            continue
        whole = uow.outbox.get(message.id)
        one = uow.change_notices.get(str(whole.facts.get("notice"))) if whole else None
        if whole is None or one is None or one.message != message.id:
            continue
        if message.state in ARRIVED:
            _sent(FirmMatter.load(uow, now), one, ENGINE, "email", min(outcome.at, now))
        elif message.state in (State.FAILED, State.UNKNOWN, State.SKIPPED):
            if outcome.for_good:
                tried(FirmMatter.load(uow, now), one.unit, ENGINE, False, RETURNED)
            _next_way(uow, one, str(whole.facts.get("way")), now)


@when_recorded
def _called_back(matter: Matter, call: CallTask, by: By) -> None:
    kind, _, id = call.matter.partition(".")
    if kind != MATTER or not isinstance(matter, FirmMatter):
        return
    one = matter.uow.change_notices.get(id)
    if one is None or not one.is_open:
        return
    if call.result in TOLD:
        _sent(matter, one, by, call.how, matter.now)
    else:
        line = next((w for w in _reach(matter.site, one) if w.to == call.to), Way(""))
        _next_way(matter.uow, one, _key(line), matter.now)


def _reach(site: Site, one: ChangeNotice) -> tuple[Way, ...]:
    unit = site.units.get(one.unit)
    return unit.reach if unit else ()


def _sent(matter: FirmMatter, one: ChangeNotice, by: By, how: str, at: datetime) -> None:
    if one.sent_at is None:
        one.sent_at, one.sent_by = at, by.person
        matter.record("ChangeNoticeSent", by, notice=one.id, unit=one.unit, how=how)
    matter.uow.change_notices.put(one.id, one)


def _next_way(uow: UnitOfWork, one: ChangeNotice, failed: str, now: datetime) -> None:
    matter = FirmMatter.load(uow, now)
    one.tried = [*one.tried, failed]
    matter.record("ChangeNoticeFailed", ENGINE, notice=one.id, unit=one.unit)
    unit = matter.site.units.get(one.unit)
    if unit is not None:
        _send(matter, one, unit)


@handles(RecordTold)
def record_told(command: RecordTold, uow: UnitOfWork, now: datetime) -> Reply:
    """On somebody's word; how they told it goes on the record."""
    matter, one = _found(uow, command.notice, command.by, now)
    clean_line(command.note or "—", "说明", "how", LONGEST_NOTE)
    one.note = command.note
    _sent(matter, one, command.by, without_numbers(command.note) or "by hand", now)
    return Reply(one.id, Words("已登记告知。", "Recorded as told."), notice_facts(one))


@handles(RecordReceipt)
def record_receipt(command: RecordReceipt, uow: UnitOfWork, now: datetime) -> Reply:
    """The unit has it: nothing more is to be chased."""
    matter, one = _found(uow, command.notice, command.by, now)
    receipt = clean_line(command.receipt, "回执", "receipt", LONGEST_RECEIPT)
    if one.sent_at is None:
        _sent(matter, one, command.by, "by hand", now)
    one.receipt, one.received_at = receipt, now
    uow.change_notices.put(one.id, one)
    matter.record("ChangeNoticeReceived", command.by, notice=one.id, unit=one.unit, receipt=receipt)
    return Reply(one.id, Words("已登记回执。", "The receipt is on record."), notice_facts(one))


def _found(uow: UnitOfWork, id: str, by: By, now: datetime) -> tuple[FirmMatter, ChangeNotice]:
    require_act("record_unit", by, uow, now)
    one = uow.change_notices.get(id.strip().upper())
    if one is None:
        raise UnknownId("变更通知", "change notice", id, uow.change_notices.open())
    if not one.is_open:
        raise BadInput("该通知已有回执，或已无须发出。", "It is received already, or was dropped.")
    return FirmMatter.load(uow, now), one


@each_day(KEEPS_UP_AT)
def chase_units(uow: UnitOfWork, now: datetime) -> None:
    """Whoever has not confirmed within three days is written to again; the keepers hear of it."""
    matter = FirmMatter.load(uow, now)
    late = [one for one in uow.change_notices.open().values() if _is_late(one, now)]
    for one in late:
        one.chased = [*one.chased, now]
        unit = matter.site.units.get(one.unit)
        if unit is not None and one.message:
            _send(matter, one, unit, again=True)
        uow.change_notices.put(one.id, one)
        matter.record("ChangeNoticeChased", ENGINE, notice=one.id, unit=one.unit)
    if late:
        tell_keepers(matter, _unconfirmed(matter.site, late), RECORD_IT)


def _is_late(one: ChangeNotice, now: datetime) -> bool:
    return (
        not one.is_waiting and now - max([one.sent_at or one.made_at, *one.chased]) >= CHASE_AFTER
    )


def _unconfirmed(site: Site, late: list[ChangeNotice]) -> Words:
    zh, en = (
        [site.units[o.unit].name.said(language) if o.unit in site.units else o.unit for o in late]
        for language in ("zh", "en")
    )
    return Words(
        f"联络信息变更通知满3天未确认：{'、'.join(zh)}",
        f"Not confirmed after three days, our change of contacts: {', '.join(en)}",
    )


def _no_way(unit: Unit) -> Words:
    return Words(
        f"无法告知{unit.name.said('zh')}：没有可用的联系方式",
        f"{unit.name.said('en')} cannot be told: no line of theirs works",
    )


TELL_BY_HAND = Words(
    "请另行告知，并登记 contacts told", "Tell them otherwise, and record it: contacts told"
)
RECORD_IT = Words(
    "请电话催问，收到回执后登记 contacts receipt",
    "Call them; record what they answer: contacts receipt",
)
