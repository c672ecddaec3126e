"""Publishing notices: to all outlets together, exactly once each.

What may have appeared is never sent again (P3). A drill's notice goes nowhere at all (P5).
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from responder.commands.case import Case
from responder.commands.command import Command, Reply, handles
from responder.commands.notices.basis import ground_of
from responder.commands.notices.posting import (
    ask_for_hands,
    facts_of_postings,
    posting_of,
    said_of,
    settle,
)
from responder.commands.notices.promises import keep_promise
from responder.commands.notices.queries import must_be, notice_of, refuse_for
from responder.domain.message import Purpose
from responder.domain.notice import (
    MAY_GO_AGAIN,
    Notice,
    Posted,
    Posting,
    Stage,
    stamped,
)
from responder.domain.notice_blanks import clock_in, day_in
from responder.domain.notice_rules import objections
from responder.domain.outlet import HAND, INVESTORS, Outlet
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PublishNotice(Command):
    """A released notice goes to all outlets, or to those named; one that failed, once more."""

    incident: str
    notice: str
    outlets: tuple[str, ...] = ()


@handles(PublishNotice)
def publish_notice(command: PublishNotice, uow: UnitOfWork, now: datetime) -> Reply:
    """Send it out; the rules are asked once more, for time has passed since it was released."""
    case = Case.load(uow, command.incident, now)
    notice = notice_of(uow, command.incident, command.notice)
    case.may("publish_notice", command.by)
    if notice.stage is Stage.PUBLISHED:
        return _once_more(case, notice, command)
    must_be(notice, Stage.RELEASED)
    refuse_for(objections(notice, ground_of(case, notice)))
    outlets = _outlets(case, notice, command.outlets)
    _number(case, notice)
    notice.stage, notice.published_at, notice.published_by = Stage.PUBLISHED, now, command.by.person
    for outlet in outlets:
        notice.postings[outlet.id] = _posting(case, notice, outlet)
    case.record(
        "NoticePublished",
        command.by,
        notice=notice.id,
        template=notice.template,
        no=notice.number,
        outlets=[outlet.id for outlet in outlets],
        texts={id: one.sha256 for id, one in notice.postings.items()},
        line=notice.line_sha256,
        released_by=list(notice.released_by),
        corrects=notice.corrects,
    )
    settle(case, notice)
    ask_for_hands(case, notice, command.by)
    case.save()
    if notice.published:
        keep_promise(case, notice, command.by, now)
    return Reply(notice.id, said_of(case, notice), facts_of_postings(notice))


def _number(case: Case, notice: Notice) -> None:
    """The number it is published under, without gaps; a drill's notices have their own."""
    year = case.now.astimezone(ZoneInfo(case.site.time_zone)).year
    series = f"{'DRL-' if case.incident.drill else ''}NTC-{year}"
    notice.number = f"{year}-{case.uow.next_number(series):03d}"


def _outlets(case: Case, notice: Notice, wanted: tuple[str, ...]) -> list[Outlet]:
    """All of them together; a correction goes to exactly those that carried what it corrects."""
    known = dict(case.site.outlets)
    if notice.corrects:
        corrected = notice_of(case.uow, notice.incident, notice.corrects)
        reached = [id for id, one in corrected.postings.items() if one.state not in MAY_GO_AGAIN]
        known = {id: known.get(id, Outlet(id)) for id in reached}
        wanted = ()
    for id in wanted:
        if id not in known:
            raise UnknownId("发布渠道", "outlet", id, known)
    found = [known[id] for id in wanted] if wanted else list(known.values())
    if not found:
        raise BadInput(
            "没有可发布的渠道。",
            "There is no outlet to publish to.",
            "请在 responder.toml 中登记 [[outlets]]。",
            "Name some in responder.toml: [[outlets]].",
        )
    return found


def _posting(case: Case, notice: Notice, outlet: Outlet) -> Posting:
    """The text an outlet carries, sent on its way; equal for all outlets of a form."""
    language = outlet.language or case.site.language
    texts = notice.texts
    text = texts.get(f"{outlet.form}/{language}") or texts.get(
        f"{outlet.form}/{case.site.language}"
    )
    text = text or texts[f"{INVESTORS}/{case.site.language}"]
    zone = case.site.time_zone
    text = stamped(
        text,
        notice.number,
        day_in(case.now, zone, language),
        clock_in(case.now, zone, language),
    )
    posting = Posting(text, sha256(text.encode()).hexdigest())
    if case.incident.drill:
        posting.state, posting.at = Posted.DRILL, case.now
    elif outlet.by == HAND:
        posting.state = Posted.BY_HAND
    else:
        posting.message = _send(case, notice, outlet, posting)
    return posting


def _send(case: Case, notice: Notice, outlet: Outlet, posting: Posting) -> str:
    facts = {
        "text": posting.text,
        "text_sha256": posting.sha256,
        "notice": notice.id,
        "no": notice.number,
        "of_incident": notice.of_incident,
        "outlet": outlet.id,
        "form": outlet.form,
        "line_sha256": notice.line_sha256,
        "corrects": notice.corrects,
        "published_at": case.now.isoformat(),
    }
    return case.teller.post(outlet.by, outlet.to or outlet.id, Purpose.NOTICE, facts)


def _once_more(case: Case, notice: Notice, command: PublishNotice) -> Reply:
    """A human's own decision: only what surely did not appear, and while its line is in force."""
    if not command.outlets:
        must_be(notice, Stage.RELEASED)
    left = objections(notice, ground_of(case, notice))
    refuse_for([one for one in left if one.rule == "line"])
    for id in command.outlets:
        posting = posting_of(notice, id)
        if posting.state not in MAY_GO_AGAIN:
            raise BadInput(
                f"“{id}”可能已发布，不能再发一次。",
                f"The notice may have appeared at {id}; it is not sent again.",
                "请人工核实后用 notice posted 登记结果。",
                "Look there, and record what you see with `notice posted`.",
            )
        outlet = case.site.outlets.get(id) or Outlet(id)
        by_hand = outlet.by == HAND
        posting.state = Posted.BY_HAND if by_hand else Posted.WAITING
        posting.message = "" if by_hand else _send(case, notice, outlet, posting)
        case.record("NoticeSentAgain", command.by, notice=notice.id, outlet=id)
    settle(case, notice)
    case.save()
    return Reply(notice.id, said_of(case, notice), facts_of_postings(notice))
