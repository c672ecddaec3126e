"""Calls in to the duty line: who calls, an event reported by voice, whom to connect, the state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from responder.commands.command import Command, Reply, handles
from responder.commands.pursuit import roster_of
from responder.commands.queries import incidents
from responder.commands.telling import name
from responder.commands.warnings.warning import RaiseWarning, raise_warning
from responder.domain.carriage import carriage
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.monitoring import meaning
from responder.domain.organisation import DUTY_LEAD
from responder.domain.people import RINGING, Person
from responder.domain.record import Fact
from responder.domain.words import Words
from responder.errors import Refused
from responder.ports.unit_of_work import UnitOfWork

NUMBERED = ("voice", "sms")
MOST_TOLD = 5


@dataclass(frozen=True)
class ReportByVoice(Command):
    """Somebody spoke an event to the duty line. `recording` is the provider's reference."""

    recording: str
    seconds: int


@handles(ReportByVoice)
def report_by_voice(command: ReportByVoice, uow: UnitOfWork, now: datetime) -> Reply:
    """Raise an early warning with the recording; the duty lead is asked to verify it."""
    version = uow.sites.accepted()
    site = uow.sites.get(version) if version else None
    playbook = meaning({}, site.alerts, site.playbooks, site.systems).playbook if site else ""
    if site is None or not playbook:
        raise Refused(
            what_zh="没有可用的处置方案，无法登记。请直接联系值班负责人。",
            what_en="There is no playbook to raise it by. Please reach the duty lead yourself.",
        )
    if not uow.first_seen(command.by.door, command.recording):
        return Reply("", Words("已登记。", "It is on the record."), {"again": True})
    who = Words(*(name(site, command.by.person, language) for language in ("zh", "en")))
    title = Words(
        f"{who.zh}来电报告，录音{command.seconds}秒",
        f"{who.en} reports by phone, {command.seconds} s recorded",
    )
    wanted = RaiseWarning(by=command.by, title=title.said(site.language), playbook=playbook)
    reply: Reply = raise_warning(wanted, uow, now)
    payload = {"recording": command.recording, "seconds": command.seconds}
    uow.ledger.append([Fact("ReportRecorded", reply.id, command.by, now, payload)])
    return reply


def person_calling(uow: UnitOfWork, number: str) -> Person | None:
    """Whose number it is in the contacts in force; rights are live. A number two share is nobody's.

    What a network says of who calls can be forged: it is enough to be heard, not to decide.
    """
    version = uow.sites.accepted()
    if version is None or not number:
        return None
    roster = roster_of(uow, version)
    found = [
        person
        for person in roster.site.people.values()
        if roster.known(person.id)
        and any(way.via in NUMBERED and way.to == number for way in person.reach)
    ]
    return found[0] if len(found) == 1 else None


def duty_numbers(uow: UnitOfWork, now: datetime, caller: str) -> list[tuple[Person, str]]:
    """The duty lead, then the backup, each with a number to connect to; never the caller."""
    version = uow.sites.accepted()
    if version is None:
        return []
    roster = roster_of(uow, version)
    post = roster.site.roles.get(DUTY_LEAD)
    posted = (roster.holder(DUTY_LEAD, now), *(roster.posted(post, now) if post else ()))
    people = [p for p in dict.fromkeys(posted) if roster.known(p) and p != caller]
    return [
        (roster.site.people[p], line.to)
        for p in people
        for via in RINGING
        for line in roster.site.people[p].lines(via)[:1]
    ]


def firm_name(uow: UnitOfWork) -> Words:
    """The firm, as it answers the telephone."""
    version = uow.sites.accepted()
    return uow.sites.get(version).firm.name if version else Words()


def state_spoken(uow: UnitOfWork, provider: str) -> Words:
    """The open incidents in a few sentences; by id alone where the provider carries no more."""
    version = uow.sites.accepted()
    lines = list(_told(uow, version, provider)) if version else []
    if not lines:
        return Words("目前没有未办结的事件。", "No incident is open.")
    more = max(len(lines) - MOST_TOLD, 0)
    zh = "".join(line.zh for line in lines[:MOST_TOLD]) + (f"另有{more}起。" if more else "")
    en = " ".join(line.en for line in lines[:MOST_TOLD]) + (f" And {more} more." if more else "")
    return Words(zh, en)


def _told(uow: UnitOfWork, version: str, provider: str) -> Iterator[Words]:
    site = uow.sites.get(version)
    is_minimal = carriage(site.channels, provider).is_minimal
    for one in incidents(uow):
        phase, leader = PHASE_NAMES[Phase(one["phase"])], one["commander"]
        zh = f"现场指挥{name(site, leader, 'zh')}" if leader else "尚无现场指挥"
        en = f"{name(site, leader, 'en')} commands" if leader else "nobody commands yet"
        marks = ("演练，", "drill, ") if one["drill"] else ("", "")
        title = "" if is_minimal else one["title"]
        yield Words(
            marks[0] + "，".join(filter(None, (one["id"], title, phase.zh, zh))) + "。",
            marks[1] + ", ".join(filter(None, (one["id"], title, phase.en, en))) + ".",
        )
