"""Promises to the public: the first notice in time, then each next one by when it was announced."""

from datetime import datetime

from responder.commands.case import Case
from responder.commands.obligations.obligation import discharge, owe
from responder.domain.notice import Notice, Stage
from responder.domain.obligation import Kind, Obligation
from responder.domain.record import By
from responder.domain.words import Words

FIRST_NOTICE = "notice-first"
PUBLIC = Words("投资者和公众", "investors and the public")


def owe_first_notice(case: Case) -> None:
    """The first notice is owed from the declaration on, or from a raised level that demands one."""
    within = case.site.voice.first_within.get(case.incident.level)
    out = case.uow.notices.of(case.incident.id).values()
    if within is None or not case.playbook.notices or not case.site.outlets:
        return
    if any(one.stage is Stage.PUBLISHED for one in out):
        return
    if case.uow.obligations.get(f"{case.incident.id}/{FIRST_NOTICE}") is not None:
        return
    _owe(
        case,
        FIRST_NOTICE,
        "notice/first",
        Words("首次公告", "the first public notice"),
        case.now,
        case.now + within,
    )


def keep_promise(case: Case, notice: Notice, by: By, at: datetime) -> None:
    """A notice appeared: what was promised is kept by it, and what it promises is owed."""
    owed = case.uow.obligations.of(case.incident.id).values()
    for one in list(owed):
        if one.kind is Kind.NOTICE and one.is_open:
            proof = notice.postings and next(iter(notice.postings.values())).sha256
            discharge(case.uow, one.key, "", by, at, proof or "", case.now, report=notice.id)
    if notice.next_update_at is not None:
        _owe(
            case,
            f"notice-after-{notice.id}",
            "notice/next",
            Words("约定的下次公告", "the next notice as promised"),
            at,
            notice.next_update_at,
        )


def _owe(
    case: Case, id: str, duty: str, title: Words, started_at: datetime, due_at: datetime
) -> None:
    owed = Obligation(
        id=id,
        incident=case.incident.id,
        kind=Kind.NOTICE,
        duty=duty,
        title=title,
        started_at=started_at,
        due_at=due_at,
        addressee=PUBLIC,
        because="7.2-6a",
    )
    owe(case.uow, owed, case.now)
