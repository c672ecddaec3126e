"""Public notices: drafted from the agreed line, released by a second person, corrected by another.

The words are made outside the transaction, by the site's templates: a draft comes with its texts
and with the hash of the line they were made from, which is compared here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.notices.agreed_line import put_forward
from responder.commands.notices.basis import Basis, basis_of, ground_of
from responder.commands.notices.queries import must_be, notice_of, refuse_for
from responder.domain.agreed_line import AgreedLine
from responder.domain.notice import AT_PUBLICATION, OF_INCIDENT, Notice, Stage
from responder.domain.notice_blanks import BLANKS, CLOSE, OPEN
from responder.domain.notice_rules import Objection, objections
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_BLANK = 500
TEMPLATE = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:first|progress|restored|follow-up)")
NOT_GIVEN = frozenset({*AT_PUBLICATION, "line", "line_ref", "zone", "corrects", "reason"})
"""Blanks that the house alone fills."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the templates made of the facts: texts by form and language, and what is not filled."""

    texts: dict[str, str]
    blanks: dict[str, dict[str, str]]
    lacking: tuple[str, ...]
    line_sha256: str


@dataclass(frozen=True)
class DraftNotice(Command):
    """A notice from a template (`trading-outage.first`, or `first`); `written` is the house's part.

    `corrects` names the notice that it mends, which then also gives the template.
    """

    incident: str
    template: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)
    next_at: datetime | None = None
    corrects: str = ""
    reason: str = ""
    written: Drafted | None = None


@dataclass(frozen=True)
class ReleaseNotice(Command):
    """The second person releases a notice as it stands."""

    incident: str
    notice: str


@dataclass(frozen=True)
class WithdrawNotice(Command):
    """A draft is not wanted any more; what is published cannot be withdrawn, only corrected."""

    incident: str
    notice: str
    reason: str


@handles(DraftNotice)
def draft_notice(command: DraftNotice, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep a draft, say what still stands in its way, and ask those who may release it."""
    case = Case.load(uow, command.incident, now)
    case.may("draft_notice", command.by)
    wanted = _wanted(case, command)
    written = command.written
    if written is None or written.line_sha256 != wanted.line.sha256:
        raise BadInput(
            "口径刚有变动，公告没有拟成。",
            "The agreed line has just changed; no notice was drafted.",
            "请重新拟稿。",
            "Draft it again.",
        )
    _line_is_put_forward(case, wanted, command)
    notice = _kept(case, command, wanted, written)
    case.record(
        "NoticeDrafted",
        command.by,
        notice=notice.id,
        template=notice.template,
        number=notice.line_version,
        sha256=notice.line_sha256,
        corrects=notice.corrects,
        reason=notice.reason,
    )
    left = objections(notice, ground_of(case, notice))
    approvers = [p for p in case.site.grants.get("approver", ()) if p != command.by.person]
    if not left:
        case.tell(approvers, _please_release(notice))
    case.save()
    return Reply(notice.id, _drafted(notice, left), _facts(notice, left))


@handles(ReleaseNotice)
def release_notice(command: ReleaseNotice, uow: UnitOfWork, now: datetime) -> Reply:
    """Release it, unless a rule or the author's own hand stands against it."""
    case = Case.load(uow, command.incident, now)
    case.may("release_notice", command.by)
    notice = notice_of(uow, command.incident, command.notice)
    must_be(notice, Stage.DRAFT)
    if command.by.person == notice.drafted_by:
        raise BadInput(
            "公告由您拟稿，不能由您一人签发。",
            "You drafted this notice and cannot release it alone.",
            "请另一人签发。",
            "Ask a second person to release it.",
        )
    refuse_for(objections(notice, ground_of(case, notice)))
    notice.stage, notice.released_at = Stage.RELEASED, now
    notice.released_by = (notice.drafted_by, command.by.person)
    uow.notices.put(notice.key, notice)
    case.record("NoticeReleased", command.by, notice=notice.id, template=notice.template)
    case.tell([notice.drafted_by], _released(notice))
    case.save()
    return Reply(notice.id, _released(notice), _facts(notice, []))


@handles(WithdrawNotice)
def withdraw_notice(command: WithdrawNotice, uow: UnitOfWork, now: datetime) -> Reply:
    """Put a draft aside, for a reason."""
    case = Case.load(uow, command.incident, now)
    case.may("draft_notice", command.by)
    reason = clean_reason(command.reason)
    notice = notice_of(uow, command.incident, command.notice)
    must_be(notice, Stage.DRAFT, Stage.STALE, Stage.RELEASED)
    notice.stage = Stage.WITHDRAWN
    uow.notices.put(notice.key, notice)
    case.record("NoticeWithdrawn", command.by, notice=notice.id, reason=reason)
    case.save()
    return Reply(notice.id, Words("已作废。", "It is withdrawn."), _facts(notice, []))


def basis_for(uow: UnitOfWork, command: DraftNotice, now: datetime) -> tuple[str, Basis]:
    """The template that a draft is made from, and what fills it. Raises what forbids the draft."""
    case = Case.load(uow, command.incident, now)
    case.may("draft_notice", command.by)
    corrected = _corrected(case, command)
    return _template(case, command, corrected), _wanted(case, command)


def _wanted(case: Case, command: DraftNotice) -> Basis:
    corrected = _corrected(case, command)
    template = _template(case, command, corrected)
    _check_blanks(command.blanks)
    reason = clean_reason(command.reason, needed=corrected is not None)
    return basis_of(case, template, command.blanks, command.next_at, corrected, reason)


def _corrected(case: Case, command: DraftNotice) -> Notice | None:
    if not command.corrects:
        return None
    notice = notice_of(case.uow, command.incident, command.corrects)
    must_be(notice, Stage.PUBLISHED)
    return notice


def _template(case: Case, command: DraftNotice, corrected: Notice | None) -> str:
    """As named, or as the playbook's fault has it where only the stage is named."""
    if corrected is not None:
        return corrected.template
    wanted = command.template.strip()
    if wanted in OF_INCIDENT:
        listed = (t for t in case.playbook.notices if t.rpartition(".")[2] == wanted)
        fault = case.playbook.wording or case.playbook.id
        wanted = next(listed, f"{fault}.{wanted}")
    if TEMPLATE.fullmatch(wanted) is None:
        known = [*OF_INCIDENT, *case.playbook.notices]
        raise UnknownId("公告模板", "template of a notice", command.template[:60], known)
    return wanted


def _check_blanks(blanks: Mapping[str, str]) -> None:
    for key, value in blanks.items():
        name, dot, language = key.partition(".")
        if name not in BLANKS or name in NOT_GIVEN or (dot and language not in ("zh", "en")):
            raise UnknownId("空项", "blank", key[:60], BLANKS.keys() - NOT_GIVEN)
        clean_line(value, BLANKS[name].zh, BLANKS[name].en, LONGEST_BLANK)
        if OPEN in value or CLOSE in value:
            raise BadInput(
                f"“{name}”中不能用{OPEN}{CLOSE}。",
                f"{OPEN}{CLOSE} cannot be used in “{name}”.",
            )


def _line_is_put_forward(case: Case, wanted: Basis, command: DraftNotice) -> None:
    """The first draft brings the line of the playbook with it, to be approved too."""
    line = case.uow.agreed_lines.get(command.incident) or AgreedLine(command.incident)
    if line.latest is None:
        put_forward(case, line, wanted.line, command.by)


def _kept(case: Case, command: DraftNotice, wanted: Basis, written: Drafted) -> Notice:
    earlier = case.uow.notices.of(command.incident)
    corrected = _corrected(case, command)
    notice = Notice(
        id=str(len(earlier) + 1),
        incident=command.incident,
        template=_template(case, command, corrected),
        drafted_at=case.now,
        drafted_by=command.by.person,
        given=dict(wanted.given),
        blanks=written.blanks,
        texts=written.texts,
        lacking=written.lacking,
        line_version=wanted.line.number,
        line_sha256=wanted.line.sha256,
        next_update_at=wanted.next_at,
        corrects=command.corrects,
        reason=command.reason,
    )
    for one in earlier.values():
        if one.is_open and one.template == notice.template and one.corrects == notice.corrects:
            one.stage = Stage.WITHDRAWN
            case.uow.notices.put(one.key, one)
    case.uow.notices.put(notice.key, notice)
    return notice


def _please_release(notice: Notice) -> Words:
    return Words(
        f"请签发公告{notice.id}（{notice.template}）：先看 notice show，再 notice approve。",
        f"Please release notice {notice.id} ({notice.template}): read it with notice show, then"
        " notice approve.",
    )


def _released(notice: Notice) -> Words:
    return Words(
        f"公告{notice.id}已签发，可以发布：notice publish。",
        f"Notice {notice.id} is released; publish it: notice publish.",
    )


def _drafted(notice: Notice, left: list[Objection]) -> Words:
    zh, en = f"公告{notice.id}已拟稿", f"Notice {notice.id} is drafted"
    if not left:
        return Words(f"{zh}，待另一人签发。", f"{en}; a second person is to release it.")
    return Words(
        f"{zh}；签发前还需：" + "；".join(f"{one.what.zh}（{one.mend.zh}）" for one in left),
        f"{en}. Before it can be released: "
        + "; ".join(f"{one.what.en} ({one.mend.en})" for one in left),
    )


def _facts(notice: Notice, left: list[Objection]) -> dict[str, Any]:
    return {
        "incident": notice.incident,
        "notice": notice.id,
        "stage": notice.stage.value,
        "lacking": list(notice.lacking),
        "objections": [one.rule for one in left],
    }
