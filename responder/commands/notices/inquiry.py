"""Questions from outside and what is said about us: logged, owned, answered from the agreed line.

One spokesperson alone answers the media (7.2-6b). Every answer carries the hash of the line it was
given from.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.notices.basis import spokesperson_of
from responder.commands.queries import find_incident
from responder.commands.telling import name
from responder.domain.agreed_line import AgreedLine, Version
from responder.domain.inquiry import CHANNEL_NAMES, Channel, Inquiry
from responder.domain.message import Purpose
from responder.domain.notice_phrases import PERSONAL
from responder.domain.record import ENGINE, By
from responder.domain.wording import said_in
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

INQUIRY = "inquiry"
LONGEST_SAID, LONGEST_WHO = 1000, 100
ANSWER_WITHIN = {
    Channel.MEDIA: timedelta(minutes=30),
    Channel.REGULATOR: timedelta(minutes=15),
    Channel.HOTLINE: timedelta(minutes=60),
    Channel.OPINION: timedelta(minutes=60),
}


@dataclass(frozen=True)
class LogInquiry(Command):
    """Somebody outside asked or said something; `count` is how many said the same."""

    incident: str
    channel: Channel
    said: str
    asked_by: str = ""
    owner: str = ""
    count: int = 1


@dataclass(frozen=True)
class AssignInquiry(Command):
    """Somebody else is to answer it; the media's stay with the spokesperson."""

    incident: str
    inquiry: str
    to: str


@dataclass(frozen=True)
class AnswerInquiry(Command):
    """What was answered, or done about it."""

    incident: str
    inquiry: str
    answer: str


@handles(LogInquiry)
def log_inquiry(command: LogInquiry, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it and give it to whoever answers."""
    case = Case.load(uow, command.incident, now)
    case.may("log_inquiry", command.by)
    clean_line(command.said, "内容", "text", LONGEST_SAID, breaks=True)
    if command.asked_by:
        clean_line(command.asked_by, "提问方", "asker", LONGEST_WHO)
    if command.count < 1:
        raise BadInput("次数至少为1。", "The count is at least 1.")
    _no_personal_data(command.said)
    owner = _owner(case, command)
    earlier = uow.inquiries.of(command.incident)
    one = Inquiry(
        id=str(len(earlier) + 1),
        incident=command.incident,
        channel=command.channel,
        said=command.said,
        asked_by=command.asked_by,
        at=now,
        logged_by=command.by.person,
        owner=owner,
        due_at=now + ANSWER_WITHIN[command.channel],
        count=command.count,
    )
    uow.inquiries.put(one.key, one)
    uow.timers.set(INQUIRY, one.key, one.due_at)
    fact: dict[str, Any] = {"inquiry": one.id, "channel": one.channel.value, "text": one.said}
    case.record("InquiryLogged", command.by, **fact, owner=owner, asked_by=one.asked_by)
    if owner != command.by.person:
        case.tell([owner], _yours(one))
    case.save()
    zh, en = (name(case.site, owner, language) for language in ("zh", "en"))
    return Reply(
        one.id,
        Words(f"已登记{one.id}号问询，由{zh}答复。", f"Logged as {one.id}; {en} answers it."),
        {"incident": one.incident, "owner": owner},
    )


@handles(AssignInquiry)
def assign_inquiry(command: AssignInquiry, uow: UnitOfWork, now: datetime) -> Reply:
    """Give it to somebody else."""
    case = Case.load(uow, command.incident, now)
    one = inquiry_of(uow, command.incident, command.inquiry)
    case.may("answer_inquiry", command.by, *_asked(one, command.by))
    if not case.roster.known(command.to):
        raise UnknownId("人员", "person", command.to, case.site.people)
    speaker = spokesperson_of(case)
    if one.channel is Channel.MEDIA and speaker and command.to != speaker:
        raise _spokesperson_alone(case, speaker)
    before, one.owner = one.owner, command.to
    uow.inquiries.put(one.key, one)
    case.record("InquiryAssigned", command.by, inquiry=one.id, to=one.owner, before=before)
    case.tell([one.owner], _yours(one))
    case.save()
    zh, en = (name(case.site, one.owner, language) for language in ("zh", "en"))
    return Reply(one.id, Words(f"已交{zh}答复。", f"{en} is to answer it."), {"owner": one.owner})


@handles(AnswerInquiry)
def answer_inquiry(command: AnswerInquiry, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the answer with the hash of the line it was given from."""
    case = Case.load(uow, command.incident, now)
    one = inquiry_of(uow, command.incident, command.inquiry)
    speaker = spokesperson_of(case)
    if one.channel is Channel.MEDIA and speaker:
        held = ["spokesperson"] if command.by.person == speaker else []
        case.may("answer_media", command.by, *held)
    else:
        case.may("answer_inquiry", command.by, *_asked(one, command.by))
    if not one.is_open:
        raise BadInput("已答复。", "It is answered already.", "有补充请另行登记。", "Log another.")
    clean_line(command.answer, "答复", "answer", LONGEST_SAID, breaks=True)
    _no_personal_data(command.answer)
    line = _line_in_force(uow, command.incident)
    forbidden = next((p for p in line.forbidden if said_in(p, command.answer)), "")
    if forbidden:
        raise BadInput(
            f"口径规定不得说：“{forbidden}”。",
            f"The agreed line forbids: “{forbidden}”.",
            "请按口径答复：line show。",
            "Answer from the line: line show.",
        )
    one.answer, one.answered_at, one.answered_by = command.answer, now, command.by.person
    one.line_sha256 = line.sha256
    uow.inquiries.put(one.key, one)
    uow.timers.set(INQUIRY, one.key, None)
    fact: dict[str, Any] = {"inquiry": one.id, "channel": one.channel.value, "text": one.answer}
    case.record("InquiryAnswered", command.by, **fact, sha256=line.sha256)
    case.save()
    return Reply(
        one.id,
        Words("已登记答复。", "The answer is on the record."),
        {"incident": one.incident, "sha256": line.sha256},
    )


def unanswered(uow: UnitOfWork, keys: list[str], now: datetime) -> None:
    """Nobody answered in time: the owner and the commander are rung, once."""
    for one in uow.inquiries.get_many(keys).values():
        if not one.is_open:
            continue
        case = Case.load(uow, one.incident, now)
        people = filter(None, (one.owner, case.incident.commander))
        case.ring(people, Purpose.ALARM, what=_late(one), mend=ANSWER_IT)
        case.record("InquiryOverdue", ENGINE, inquiry=one.id, owner=one.owner)
        case.save()


def inquiries(uow: UnitOfWork, incident: str) -> list[dict[str, Any]]:
    """Everything logged of an incident, in order. Raises UnknownId."""
    find_incident(uow, incident)
    return [
        {
            "id": one.id,
            "channel": one.channel.value,
            "said": one.said,
            "asked_by": one.asked_by or None,
            "count": one.count,
            "at": one.at.isoformat(),
            "logged_by": one.logged_by,
            "owner": one.owner,
            "due_at": one.due_at.isoformat() if one.due_at else None,
            "answer": one.answer or None,
            "answered_at": one.answered_at.isoformat() if one.answered_at else None,
            "answered_by": one.answered_by or None,
            "line_sha256": one.line_sha256 or None,
        }
        for one in uow.inquiries.of(incident).values()
    ]


def inquiry_of(uow: UnitOfWork, incident: str, id: str) -> Inquiry:
    """One of an incident's. Raises UnknownId, with near misses."""
    find_incident(uow, incident)
    found = uow.inquiries.get(f"{incident}/{id}")
    if found is None:
        known = [one.id for one in uow.inquiries.of(incident).values()]
        raise UnknownId("问询", "inquiry", id, known)
    return found


def _owner(case: Case, command: LogInquiry) -> str:
    """The media's are the spokesperson's; others somebody's named, or whoever logs it."""
    speaker = spokesperson_of(case)
    if command.channel is Channel.MEDIA and speaker:
        if command.owner not in ("", speaker):
            raise _spokesperson_alone(case, speaker)
        return speaker
    if command.owner and not case.roster.known(command.owner):
        raise UnknownId("人员", "person", command.owner, case.site.people)
    return command.owner or command.by.person


def _asked(one: Inquiry, by: By) -> list[str]:
    return ["asked"] if by.person == one.owner else []


def _line_in_force(uow: UnitOfWork, incident: str) -> Version:
    line = uow.agreed_lines.get(incident) or AgreedLine(incident)
    if line.in_force is None:
        raise BadInput(
            "统一解释口径还没有签发，不能对外答复。",
            "The agreed line is not approved; nothing is answered before it is.",
            "请先提出并签发：line propose、line approve。",
            "Propose it and have it approved: line propose, line approve.",
        )
    return line.in_force


def _no_personal_data(text: str) -> None:
    for what, pattern in PERSONAL:
        if pattern.search(text):
            raise BadInput(
                f"内容含{what.zh}，没有登记。",
                f"It holds {what.en} and was not logged.",
                "客户信息请登记在客服系统，这里只写事情。",
                "Keep customers' data in the call centre's system; write here only the matter.",
            )


def _spokesperson_alone(case: Case, speaker: str) -> BadInput:
    zh, en = (name(case.site, speaker, language) for language in ("zh", "en"))
    return BadInput(f"媒体只由新闻发言人{zh}答复。", f"{en} alone speaks to the media.")


def _yours(one: Inquiry) -> Words:
    channel = CHANNEL_NAMES[one.channel]
    return Words(
        f"请答复{channel.zh}（{one.id}号）：{one.said}",
        f"Please answer the {channel.en} ({one.id}): {one.said}",
    )


ANSWER_IT = Words(
    "请按口径答复并登记：inquiry answer。", "Answer it from the line: inquiry answer."
)


def _late(one: Inquiry) -> Words:
    channel = CHANNEL_NAMES[one.channel]
    return Words(
        f"{channel.zh}{one.id}号问询还没有答复：{one.said}",
        f"Not answered yet ({channel.en}, {one.id}): {one.said}",
    )
