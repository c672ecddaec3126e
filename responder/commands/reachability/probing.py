"""Probing the duty phones at hours nobody knows (JR/T 0099 7.1 q: contact around the clock).

A probe rings whoever should answer, again five minutes later, then the backup; then the duty lead
hears of it. Key 1 ends it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from responder.commands.command import Command, Reply, handles
from responder.commands.daily import each_day
from responder.commands.firm import HALTED, require_act
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.commands.telling import Subject, Teller, name
from responder.domain.message import Purpose
from responder.domain.organisation import DUTY_LEAD, IT_LEAD
from responder.domain.people import RINGING, Person, Way
from responder.domain.reachability import FAX, LIAISONS, NIGHT, SANDBOX, Probe
from responder.domain.record import ENGINE, THE_FIRM, By, Fact
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

PROBE, PROBE_AT = "probe", "probe.at"
"""The timers: the next ring of a probe under way; the hour at which one begins."""
SERIES = "PBE"
PLANNED = "probes.planned"
RING_AGAIN_AFTER = timedelta(minutes=5)
PUT_OFF_FOR = timedelta(hours=2)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class StartProbe(Command):
    """Probe a post's phone now: a role, or `liaisons` for their duty phones."""

    post: str


@handles(StartProbe)
def start_probe(command: StartProbe, uow: UnitOfWork, now: datetime) -> Reply:
    """Ring, on the record. Raises BadInput where the post has nobody to ring."""
    require_act("probe", command.by, uow, now)
    roster = roster_in_force(uow)
    if command.post != LIAISONS and command.post not in roster.site.roles:
        raise BadInput(
            f"没有“{command.post[:40]}”这个岗位。",
            f"There is no post {command.post[:40]}.",
            f"请写岗位编号，或 {LIAISONS}（通报联络人值守电话）。",
            f"Give a role’s id, or {LIAISONS} for the liaison officers’ duty phones.",
        )
    one = _begin(uow, roster, command.post, command.by, now)
    return Reply(
        one.id,
        Words(
            f"正在抽查{post_name(roster.site, one.post).zh}值守电话。",
            f"The duty phone of {post_name(roster.site, one.post).en} is being probed.",
        ),
        {"people": one.lines},
    )


def post_name(site: Site, post: str) -> Words:
    """What a post is called."""
    if post == LIAISONS:
        return Words("通报联络人", "the liaison officers")
    if post == FAX:
        return Words("传真", "the fax")
    return site.roles[post].name if post in site.roles else Words(post, post)


# When


@each_day(time(0, 5))
def plan_probes(uow: UnitOfWork, now: datetime) -> None:
    """Once a week, choose the hours at which the duty phones will be rung; one of them by night."""
    site = roster_in_force(uow).site
    local = now.astimezone(ZoneInfo(site.time_zone))
    week = "{}-W{:02}".format(*local.isocalendar())
    if uow.notes.get(PLANNED) == week:
        return
    uow.notes.put(PLANNED, week)
    left = timedelta(days=7 - local.weekday()) - timedelta(hours=local.hour, minutes=local.minute)
    for post in site.probe_rules.posts:
        for turn in range(site.probe_rules.a_week):
            at = _some_time(local, left, uow.token(), by_night=turn % 2 == 0)
            uow.timers.set(PROBE_AT, f"{post}/{week}/{turn}", at)


def _some_time(local: datetime, left: timedelta, chance: str, *, by_night: bool) -> datetime:
    """An instant in what is left of the week, by night or by day, as chance would have it."""
    drawn = int.from_bytes(chance.encode())
    days = max(left // timedelta(days=1), 1)
    day = local.replace(hour=0, minute=0) + timedelta(days=drawn % days)
    first, last = (NIGHT[0], 24 + NIGHT[1]) if by_night else (NIGHT[1], NIGHT[0])
    minute = first * 60 + (drawn // days) % ((last - first) * 60)
    at = day + timedelta(minutes=minute)
    return at if at > local else at + timedelta(days=1)


def probe_at(uow: UnitOfWork, subjects: list[str], now: datetime) -> None:
    """The hour has come. Not while somebody handles an incident, or nothing may be sent."""
    roster = roster_in_force(uow)
    busy = any(one.is_handled for one in uow.incidents.open().values())
    for subject in subjects:
        if busy or uow.notes.get(HALTED):
            uow.timers.set(PROBE_AT, subject, now + PUT_OFF_FOR)
            continue
        post = subject.partition("/")[0]
        if post in roster.site.probe_rules.posts:
            _begin(uow, roster, post, ENGINE, now)


# Ringing


def _lines(roster: Roster, post: str, now: datetime) -> Iterator[tuple[str, tuple[Way, ...]]]:
    """Who is rung in turn, by which lines: the first twice, then the backup."""
    found = [(person, ways) for person, ways in _phones(roster, post, now) if ways]
    yield from found[:1]
    yield from found


def _phones(roster: Roster, post: str, now: datetime) -> Iterator[tuple[str, tuple[Way, ...]]]:
    if post == LIAISONS:
        for one in roster.site.liaisons:
            if one.duty_phone and roster.known(one.person):
                yield one.person, (Way(RINGING[0], one.duty_phone),)
        return
    for person in dict.fromkeys(roster.posted(roster.site.roles[post], now)):
        if roster.known(person) and not roster.absent(person, now):
            lines = (roster.site.people[person].lines(via) for via in RINGING)
            yield person, tuple(way for ways in lines for way in ways)


def _begin(uow: UnitOfWork, roster: Roster, post: str, by: By, now: datetime) -> Probe:
    one = Probe(number(uow, SERIES, roster.site, now), post, now)
    one.lines = [person for person, _ in _lines(roster, post, now)]
    _record(uow, "ProbeStarted", one, by, now, post=post, people=list(dict.fromkeys(one.lines)))
    _ring_next(uow, roster, one, now)
    return one


def ring_on(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """Nobody answered in time: the next line, or the duty lead hears of it."""
    roster = roster_in_force(uow)
    for one in uow.probes.get_many(ids).values():
        if one.is_open:
            _ring_next(uow, roster, one, now)


def _ring_next(uow: UnitOfWork, roster: Roster, one: Probe, now: datetime) -> None:
    step = len(one.rung)
    lines = list(_lines(roster, one.post, one.at))
    if step >= len(lines):
        _missed(uow, roster, one, now)
        return
    person, ways = lines[step]
    one.rung.append(now)
    uow.probes.put(one.id, one)
    uow.timers.set(PROBE, one.id, now + RING_AGAIN_AFTER)
    whom = roster.site.people[person]
    teller = Teller(uow, roster.site, Subject(one.id, one.id, None, (), 1, now, person), now)
    facts = {"probe": post_name(roster.site, one.post).said(whom.language)}
    teller.tell(_with(whom, ways), Purpose.TEST, RINGING, facts)


def _with(person: Person, ways: tuple[Way, ...]) -> Person:
    """The person, to be rung by those lines: a duty phone is nobody's own."""
    return Person(
        person.id, person.name, language=person.language, time_zone=person.time_zone, reach=ways
    )


def rings_now(uow: UnitOfWork, probe: str, person: str) -> bool:
    """Whether a probe still waits for the answer of somebody it rang."""
    one = uow.probes.get(probe)
    return one is not None and one.is_open and person in one.lines[: len(one.rung)]


def answer_probe(uow: UnitOfWork, id: str, message: str, by: By, now: datetime) -> Reply:
    """Somebody pressed 1: the duty phone works, on the record."""
    one = uow.probes.get(id)
    if one is None:
        raise BadInput("没有这次抽查。", "There is no such probe.")
    sent = uow.outbox.get(message)
    one.answered_by, one.answered_at = by.person, now
    one.sandbox = sent is not None and sent.provider == SANDBOX
    uow.probes.put(one.id, one)
    uow.timers.set(PROBE, one.id, None)
    uow.outbox.withdraw(one.id, None, [Purpose.TEST])
    seconds = int((now - one.at).total_seconds())
    _record(uow, "ProbeAnswered", one, by, now, people=[by.person], seconds=seconds)
    return Reply(
        one.id,
        Words("收到，值守电话畅通。", "Received: the duty phone works."),
        {"counted": True, "seconds": seconds},
    )


def _missed(uow: UnitOfWork, roster: Roster, one: Probe, now: datetime) -> None:
    """Nobody at all: the duty lead is rung, or the head of IT where it is the lead who is silent.

    With nothing sent for real there is nothing to be missed.
    """
    one.missed_at = now
    sent = uow.outbox.of(one.id)
    one.sandbox = bool(sent) and all(m.provider == SANDBOX for m in sent)
    uow.probes.put(one.id, one)
    who = roster.holder(DUTY_LEAD, now)
    if not who or who in one.lines:
        who = roster.holder(IT_LEAD, now) or who
    people = list(dict.fromkeys(one.lines))
    _record(uow, "ProbeMissed", one, ENGINE, now, people=people, told=who)
    if not who:
        return
    known, post = roster.site.people[who], post_name(roster.site, one.post)
    silent = {lang: [name(roster.site, p, lang) for p in people] for lang in ("zh", "en")}
    what = Words(
        f"值守电话无人应答：{post.zh}（{'、'.join(silent['zh']) or '无可呼叫人员'}）",
        f"Nobody answers the duty phone of {post.en}"
        f" ({', '.join(silent['en']) or 'nobody to ring'})",
    )
    teller = Teller(uow, roster.site, Subject(one.id, "", None, (), 3, now, ""), now)
    facts = {"what": what.said(known.language), "mend": MISSED_MEND.said(known.language)}
    teller.tell(known, Purpose.ALARM, known.vias, facts)


MISSED_MEND = Words(
    "请立即核实值守人员与电话，恢复后执行 reach probe 复测。",
    "See at once who is at the post and to the phone; then try it again: reach probe.",
)


def _record(
    uow: UnitOfWork, kind: str, one: Probe, by: By, now: datetime, **payload: object
) -> None:
    uow.ledger.append([Fact(kind, THE_FIRM, by, now, {"probe": one.id, **payload})])
