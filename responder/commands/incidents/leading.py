"""Who commands and who keeps watch (JR/T 0099 7.2: a dedicated person until handling ends)."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.briefings.clocks import turned
from responder.commands.case import STILL_THERE, WATCH, WATCH_GAP, Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.incidents.phase import begin_cycle
from responder.commands.notices.promises import owe_first_notice
from responder.commands.obligations.compliance import tell_of_lowering
from responder.commands.obligations.milestones import changed
from responder.commands.problems.event_log import rank_anew
from responder.commands.telling import Subject, clock_time, name
from responder.domain.consent import Consent
from responder.domain.incident import ROMAN, Offer
from responder.domain.message import Purpose
from responder.domain.organisation import DUTY_LEAD
from responder.domain.people import CHAT
from responder.domain.playbook import LEVELS
from responder.domain.record import ENGINE, By
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from responder.ports.unit_of_work import UnitOfWork

COMMAND = "command"
KEEPING = "watch"
POSTS = {COMMAND: Words("现场指挥", "incident command"), KEEPING: Words("值守", "the watch")}


@dataclass(frozen=True)
class HandOver(Command):
    """Offer command or the watch to somebody; it stays where it is until they accept."""

    incident: str
    to: str
    what: str = COMMAND


@dataclass(frozen=True)
class Take(Command):
    """Accept what was offered, or take command over by rank."""

    incident: str
    what: str = COMMAND


@dataclass(frozen=True)
class SetLevel(Command):
    """Change the response level; lowering waits for a second person."""

    incident: str
    level: int
    reason: str


@handles(HandOver)
def hand_over(command: HandOver, uow: UnitOfWork, now: datetime) -> Reply:
    """Make the offer and reach the other; the giver stays responsible meanwhile."""
    case = Case.load(uow, command.incident, now)
    case.may("handover", command.by)
    if command.what not in POSTS:
        raise UnknownId("可移交事项", "post to hand over", command.what, POSTS)
    if not case.roster.known(command.to):
        raise UnknownId("人员", "person", command.to, case.site.people)
    incident = case.incident
    incident.offers = [o for o in incident.offers if o.what != command.what]
    incident.offers.append(Offer(command.what, command.by.person, command.to, now))
    case.record("HandoverOffered", command.by, what=command.what, to=command.to)
    giver = case.site.people[command.by.person].name
    post = POSTS[command.what]
    case.ring([command.to], Purpose.HANDOVER, giver=giver, post=post, offer=command.what)
    case.save()
    to_zh, to_en = name(case.site, command.to, "zh"), name(case.site, command.to, "en")
    return Reply(
        incident.id,
        Words(
            f"已请{to_zh}接班；接班前仍由您负责。",
            f"{to_en} has been asked; you stay responsible until they accept.",
        ),
    )


@handles(Take)
def take(command: Take, uow: UnitOfWork, now: datetime) -> Reply:
    """Accept an offer; or take command over from somebody later in the playbook's order."""
    case = Case.load(uow, command.incident, now)
    person, incident = command.by.person, case.incident
    offer = next((o for o in incident.offers if (o.what, o.taker) == (command.what, person)), None)
    if offer is None and not (command.what == COMMAND and _outranks(case, person)):
        raise _not_offered(case, person)
    incident.offers = [o for o in incident.offers if o.what != command.what]
    if command.what == KEEPING:
        before, incident.watch = incident.watch, person
        case.record("WatchTaken", command.by, person=person, before=before)
    else:
        case.command(person, command.by)
    told = [offer.giver] if offer else list(case.escalation.acknowledged)
    zh, en = name(case.site, person, "zh"), name(case.site, person, "en")
    post, at = POSTS[command.what], clock_time(now, case.site)
    taken = Words(f"{at}{zh}已接班：{post.zh}。", f"{en} took over {post.en} at {at}.")
    case.tell([p for p in told if p != person], taken)
    case.save()
    return Reply(incident.id, taken, {"commander": incident.commander, "watch": incident.watch})


def _outranks(case: Case, person: str) -> bool:
    """Someone before the commander in the `command` order may take over without acceptance."""
    rank = case.roster.command_rank(person, case.policy.command, case.now)
    if rank is None:
        return False
    present = case.incident.commander
    held = case.roster.command_rank(present, case.policy.command, case.now) if present else None
    return held is None or rank < held


def _not_offered(case: Case, person: str) -> NotAllowed:
    present = case.incident.commander or case.incident.provisional
    return NotAllowed(
        person=name(case.site, person, "zh"),
        what_zh="未经移交接任",
        what_en="take over without an accepted handover",
        who_zh=f"{name(case.site, present, 'zh')}移交后接任，或排序在前者",
        who_en=f"whoever {name(case.site, present, 'en')} hands over to, or those ahead in order",
    )


# The level


@handles(SetLevel)
def set_level(command: SetLevel, uow: UnitOfWork, now: datetime) -> Reply:
    """Raise at once, with a new cycle of paging; lower on a second person's word."""
    case = Case.load(uow, command.incident, now)
    case.may("level", command.by)
    clean_line(command.reason, "理由", "reason", 1000, breaks=True)
    present = case.incident.level
    if command.level not in LEVELS or command.level == present:
        raise BadInput(
            f"响应级别现为{ROMAN[present]}级，不能改为{command.level}。",
            f"The level is {present}; it cannot become {command.level}.",
            "请用1至4中的另一个。",
            "Use another one from 1 to 4.",
        )
    if command.level > present:
        facts = {"level": command.level, "reason": command.reason}
        return ask_consent(case, "lower_level", command.by, facts)
    change_level(case, command.level, command.reason, command.by)
    case.save()
    return Reply(case.incident.id, _level_words(case), {"level": command.level})


def change_level(case: Case, level: int, reason: str, by: By) -> None:
    """Set the level; one that rises pages anew."""
    before, case.incident.level = case.incident.level, level
    kind = "LevelRaised" if level < before else "LevelLowered"
    case.record(kind, by, level=level, before=before, reason=reason)
    tell_of_lowering(case, level, before, reason, by)
    if level < before:
        changed(case.uow, case.incident.id, case.now)
        owe_first_notice(case)
        rank_anew(case)
    if level < before and case.incident.is_handled:
        raised = Case.of(case.uow, case.now, case.incident, case.escalation, case.authority)
        case.policy, case.subject = raised.policy, raised.subject
        begin_cycle(case, _level_words(case))
    if case.incident.is_handled:
        case.subject = Subject.of_incident(case.incident, case.site)
        turned(case)


def _level_words(case: Case) -> Words:
    roman, title = ROMAN[case.incident.level], case.incident.title
    return Words(f"{title}：现为{roman}级响应。", f"{title} is now level {case.incident.level}.")


@takes_effect("lower_level")
def _lower(case: Case, consent: Consent, by: By) -> Reply:
    asker = By(consent.asked_by, by.door)
    change_level(case, consent.facts["level"], consent.facts["reason"], asker)
    case.save()
    return Reply(case.incident.id, _level_words(case), {"level": case.incident.level})


# The commander's silence


def look_in(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """A commander was silent too long: ask quietly, then by voice, then move on."""
    for case in Case.load_many(uow, ids, now):
        incident, still = case.incident, case.site.still_there
        asked_at = incident.asked_still_there_at
        if not incident.commander or not incident.is_handled:
            continue
        if asked_at is None:
            incident.asked_still_there_at = now
            _ask_still_there(case, (*CHAT, "sms"))
            uow.timers.set(STILL_THERE, incident.id, now + still.grace / 2)
        elif now < asked_at + still.grace:
            _ask_still_there(case, ("voice",))
            uow.timers.set(STILL_THERE, incident.id, asked_at + still.grace)
        else:
            _move_on(case)
        case.save()


def _ask_still_there(case: Case, vias: tuple[str, ...]) -> None:
    person = case.person(case.incident.commander)
    case.record("StillThereAsked", ENGINE, person=case.incident.commander, via=list(vias))
    if person is None:
        return
    asked_at = case.incident.asked_still_there_at or case.now
    deadline = clock_time(asked_at + case.site.still_there.grace, case.site)
    heir = name(case.site, _heir(case), person.language)
    facts = {"deadline": deadline, "next": heir}
    ways = [via for via in person.vias if via in vias] or list(person.vias)
    case.teller.tell(person, Purpose.STILL_THERE, ways, facts)


def _heir(case: Case) -> str:
    """The acknowledger who may command, acted lately, and is not the one just asked."""
    incident, since = case.incident, case.now - case.site.still_there.after
    for person in case.escalation.acknowledged:
        lately = incident.acted.get(person)
        if (
            person != incident.commander
            and person in case.escalation.commanders
            and case.roster.known(person)
            and lately is not None
            and lately >= since
        ):
            return person
    return ""


def _move_on(case: Case) -> None:
    silent, heir = case.incident.commander, _heir(case)
    case.record("CommanderSilent", ENGINE, person=silent)
    case.incident.last_asked = silent
    if heir:
        case.command(heir, ENGINE)
        zh, en = name(case.site, heir, "zh"), name(case.site, heir, "en")
        told = Words(f"现场指挥转由{zh}担任。", f"{en} is now the incident commander.")
        case.tell([heir, silent], told)
        return
    case.incident.commander = case.incident.provisional = ""
    case.uow.timers.set(STILL_THERE, case.incident.id, None)
    silence = Words("现场指挥失联，重新开始呼叫。", "The commander is silent; paging starts anew.")
    begin_cycle(case, silence, anew=True)


def watch_gap(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """Nobody keeps watch: alarm the duty lead, then the succession (7.2)."""
    for case in Case.load_many(uow, ids, now):
        if case.incident.unwatched_since is None or not case.incident.is_handled:
            continue
        lead = case.roster.holder(DUTY_LEAD, now)
        first = case.incident.unwatched_since + WATCH_GAP >= now
        people = [lead] if lead and first else [*case.court.order]
        case.record("WatchGap", ENGINE, since=case.incident.unwatched_since.isoformat())
        case.ring(people, Purpose.ALARM, what=UNWATCHED, mend=TAKE_WATCH)
        case.save()
        uow.timers.set(WATCH, case.incident.id, now + WATCH_GAP)


UNWATCHED = Words("事件无人值守。", "Nobody keeps watch over the incident.")
TAKE_WATCH = Words(
    "请立即接手（ack）或接任指挥（incident take）。", "Take it now: ack, or incident take."
)
