"""What became of a notice at each outlet: as channels answer, and as humans see it.

A doubt is settled by a human who looks (P3); an outlet that no machine reaches by one who posts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.case import Case
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.notices.promises import keep_promise
from responder.commands.notices.queries import notice_of
from responder.domain.message import Message, Outcome, Purpose, State
from responder.domain.notice import UNSETTLED, Notice, Posted, Posting, Stage
from responder.domain.outlet import Outlet
from responder.domain.record import ENGINE, THE_FIRM, By
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

POSTING = "posting"
POST_WITHIN = timedelta(minutes=5)
"""How long an outlet that a human posts to may wait."""
ARRIVED = (State.ACCEPTED, State.DELIVERED)


@dataclass(frozen=True)
class RecordPosting(Command):
    """A human has posted a notice to an outlet, or has looked whether it appeared."""

    incident: str
    notice: str
    outlet: str
    appeared: bool = True
    at: datetime | None = None
    note: str = ""


@handles(RecordPosting)
def record_posting(command: RecordPosting, uow: UnitOfWork, now: datetime) -> Reply:
    """What a human did or saw; it settles a doubt either way."""
    case = Case.load(uow, command.incident, now)
    case.may("post_notice", command.by)
    notice = notice_of(uow, command.incident, command.notice)
    if notice.stage is not Stage.PUBLISHED:
        raise BadInput(
            "公告还没有发布。",
            "The notice is not published yet.",
            "请先执行 notice publish。",
            "Publish it first: notice publish.",
        )
    posting = posting_of(notice, command.outlet)
    note = clean_reason(command.note, needed=False)
    if posting.state in (Posted.POSTED, Posted.DRILL):
        raise BadInput(
            f"“{command.outlet}”已登记为已发布。",
            f"{command.outlet} is on record as published already.",
        )
    at, is_first = min(command.at or now, now), not notice.published
    posting.by, posting.why = command.by.person, note
    if command.appeared:
        posting.state, posting.at = Posted.POSTED, at
    else:
        posting.state = Posted.FAILED
    fact = {"notice": notice.id, "outlet": command.outlet, "posted": posting.state.value}
    case.record("NoticePosted", command.by, at, **fact, note=note)
    settle(case, notice)
    case.save()
    if is_first and notice.published:
        keep_promise(case, notice, command.by, at)
    return Reply(notice.id, said_of(case, notice), facts_of_postings(notice))


def settle_notices(
    uow: UnitOfWork, messages: Iterable[Message], said: Mapping[str, Outcome], now: datetime
) -> None:
    """Keep what outlets answered; whatever leaves a doubt or failed is a human's from then on."""
    for message in messages:
        if message.purpose is Purpose.NOTICE and message.incident != THE_FIRM:
            _heard(uow, message, said[message.id], now)


def _heard(uow: UnitOfWork, message: Message, outcome: Outcome, now: datetime) -> None:
    case = Case.load(uow, message.incident, now)
    for notice in uow.notices.of(message.incident).values():
        for id, posting in notice.postings.items():
            if posting.message == message.id and posting.state is Posted.WAITING:
                is_first, at = not notice.published, min(outcome.at, now)
                _take_in(case, notice, id, message, at)
                case.save()
                if is_first and notice.published:
                    keep_promise(case, notice, ENGINE, at)
                return


def _take_in(case: Case, notice: Notice, id: str, message: Message, at: datetime) -> None:
    posting = notice.postings[id]
    if message.state in ARRIVED:
        posting.state, posting.at = Posted.POSTED, at
    elif message.state is State.UNKNOWN:
        posting.state = Posted.UNKNOWN
    elif message.state in (State.FAILED, State.SKIPPED):
        posting.state = Posted.FAILED
    else:
        return
    posting.why = message.reason
    fact = {"notice": notice.id, "outlet": id, "posted": posting.state.value}
    case.record("NoticePosted", ENGINE, at, **fact, note=message.reason)
    if posting.state is not Posted.POSTED:
        _ask_to_look(case, notice, id)
    settle(case, notice)


def settle(case: Case, notice: Notice) -> None:
    """Write it back; once every outlet is known, how far apart the first and the last were."""
    shown = sorted(notice.published.values())
    if notice.is_settled and len(shown) > 1 and notice.spread is None:
        notice.spread = shown[-1] - shown[0]
        seconds = int(notice.spread.total_seconds())
        case.record("NoticeSpread", ENGINE, notice=notice.id, outlets=len(shown), seconds=seconds)
    waits = any(one.state is Posted.BY_HAND for one in notice.postings.values())
    case.uow.timers.set(POSTING, notice.key, case.now + POST_WITHIN if waits else None)
    case.uow.notices.put(notice.key, notice)


def posting_of(notice: Notice, outlet: str) -> Posting:
    if outlet not in notice.postings:
        raise UnknownId("发布渠道", "outlet", outlet, notice.postings)
    return notice.postings[outlet]


def ask_for_hands(case: Case, notice: Notice, by: By) -> None:
    """Ask whoever publishes to see to the outlets that no machine reaches."""
    waiting = [id for id, one in notice.postings.items() if one.state is Posted.BY_HAND]
    if waiting:
        case.tell([by.person, notice.drafted_by], _post_these(case, notice, waiting))


def still_to_post(uow: UnitOfWork, keys: list[str], now: datetime) -> None:
    """Outlets that still wait for a hand: whoever published it and the commander are rung."""
    for notice in uow.notices.get_many(keys).values():
        waiting = [id for id, one in notice.postings.items() if one.state is Posted.BY_HAND]
        if not waiting:
            continue
        case = Case.load(uow, notice.incident, now)
        people = filter(None, (notice.published_by, case.incident.commander))
        what = _post_these(case, notice, waiting)
        case.ring(people, Purpose.ALARM, what=what, mend=POST_MEND)
        case.record("PostingOverdue", ENGINE, notice=notice.id, outlets=waiting)
        case.save()


def _ask_to_look(case: Case, notice: Notice, id: str) -> None:
    posting, outlet = notice.postings[id], case.site.outlets.get(id) or Outlet(id)
    zh, en = outlet.name.said("zh") or id, outlet.name.said("en") or id
    doubt = posting.state is Posted.UNKNOWN
    what = Words(
        f"公告{notice.id}在“{zh}”{'结果不明，不会自动重发' if doubt else '没有发布成功'}。",
        f"Notice {notice.id} at {en}: "
        + ("nobody knows whether it appeared; it is not sent again" if doubt else "not published")
        + ".",
    )
    people = filter(None, (notice.published_by, notice.drafted_by))
    case.ring(people, Purpose.ALARM, what=what, mend=LOOK_MEND)


POST_MEND = Words("发布后请登记：notice posted。", "Once it is posted, record it: notice posted.")
LOOK_MEND = Words(
    "请立即去该渠道查看，用 notice posted 登记是否已发布；"
    "确未发布的可再次 notice publish --outlet。",
    "Look there now and record whether it appeared with `notice posted`; if it surely did not,"
    " publish it there again: notice publish --outlet.",
)


def _post_these(case: Case, notice: Notice, ids: list[str]) -> Words:
    names = [case.site.outlets.get(id, Outlet(id)).name for id in ids]
    zh = "、".join(one.said("zh") or id for one, id in zip(names, ids, strict=True))
    en = ", ".join(one.said("en") or id for one, id in zip(names, ids, strict=True))
    return Words(
        f"公告{notice.id}请人工发布到：{zh}（全文见 notice show，发布后登记 notice posted）",
        f"Please post notice {notice.id} by hand to: {en} (its text: notice show; then record it:"
        " notice posted)",
    )


def said_of(case: Case, notice: Notice) -> Words:
    counts = [one.state for one in notice.postings.values()]
    if case.incident.drill:
        return Words(
            f"演练：公告{notice.id}（{notice.number}）按{len(counts)}个渠道登记，没有对外发布。",
            f"Drill: notice {notice.id} ({notice.number}) is on record for {len(counts)} outlets"
            " and went nowhere.",
        )
    waiting = sum(one in UNSETTLED for one in counts)
    done = counts.count(Posted.POSTED)
    return Words(
        f"公告{notice.id}（{notice.number}）：已发布{done}个渠道，待完成{waiting}个。",
        f"Notice {notice.id} ({notice.number}): published at {done} outlets, {waiting} to go.",
    )


def facts_of_postings(notice: Notice) -> dict[str, object]:
    return {
        "incident": notice.incident,
        "notice": notice.id,
        "no": notice.number,
        "outlets": {id: one.state.value for id, one in notice.postings.items()},
    }
