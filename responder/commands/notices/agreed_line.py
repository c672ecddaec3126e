"""The agreed line (口径) of an incident: proposed by one, approved by another, then in force.

Every text that leaves the firm is made from it and carries its hash. A new version makes what was
drafted from an older one and is not out yet stale.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from responder.commands.case import Case
from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.queries import find_incident
from responder.domain.agreed_line import AgreedLine, Version
from responder.domain.message import Purpose
from responder.domain.notice import Notice, Posted, Stage
from responder.domain.record import ENGINE, By
from responder.domain.wording import Wording
from responder.domain.words import Words
from responder.errors import BadInput
from responder.evidence.canonical import canonical
from responder.ports.unit_of_work import UnitOfWork

LONGEST_LINE = 2000
MOST_SENTENCES = 50


@dataclass(frozen=True)
class ProposeLine(Command):
    """A new version: what is left out stays as it is, or is as the site keeps it for the fault.

    `may_say` are sentences to add, `never_say` phrases to add.
    """

    incident: str
    line: Words = Words()
    may_say: tuple[Words, ...] = ()
    never_say: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class ApproveLine(Command):
    """The second person stands behind the version proposed; from now on it is in force."""

    incident: str
    version: int = 0


@handles(ProposeLine)
def propose_line(command: ProposeLine, uow: UnitOfWork, now: datetime) -> Reply:
    """Put a version forward and ask the approvers; nothing is in force by it."""
    case = Case.load(uow, command.incident, now)
    case.may("propose_line", command.by)
    reason = clean_reason(command.reason, needed=False)
    _check(command)
    line = uow.agreed_lines.get(command.incident) or AgreedLine(command.incident)
    base = next_version(case, line, command.by)
    version = sealed(
        replace(
            base,
            line=Words(command.line.zh or base.line.zh, command.line.en or base.line.en),
            may_say=(*base.may_say, *command.may_say)[:MOST_SENTENCES],
            never_say=_with(base.never_say, command.never_say),
            reason=reason,
        ),
        command.incident,
    )
    put_forward(case, line, version, command.by)
    case.save()
    return Reply(
        command.incident,
        Words(
            f"已提出口径第{version.number}版（{version.reference}），待另一人签发：line approve。",
            f"Version {version.number} of the line ({version.reference}) waits for a second person"
            " to approve it: line approve.",
        ),
        {"version": version.number, "sha256": version.sha256},
    )


@handles(ApproveLine)
def approve_line(command: ApproveLine, uow: UnitOfWork, now: datetime) -> Reply:
    """Bring the proposed version into force; drafts made from another one become stale."""
    case = Case.load(uow, command.incident, now)
    case.may("approve_line", command.by)
    line = uow.agreed_lines.get(command.incident) or AgreedLine(command.incident)
    version = line.proposed
    if version is None or command.version not in (0, version.number):
        raise _nothing_to_approve(line)
    if version.proposed_by == command.by.person:
        raise BadInput(
            "口径由您提出，不能由您自己签发。",
            "You proposed this version and cannot approve it yourself.",
            "请另一人签发。",
            "Ask a second person.",
        )
    approved = replace(version, approved_by=command.by.person, approved_at=now)
    line.versions[-1] = approved
    uow.agreed_lines.put(line.incident, line)
    case.record("LineApproved", command.by, number=approved.number, sha256=approved.sha256)
    stale = make_stale(case, approved)
    case.tell([version.proposed_by], _approved(approved))
    case.save()
    listed_zh = f"；公告{'、'.join(stale)}须重新拟稿" if stale else ""
    listed_en = f" Notices to be drafted anew: {', '.join(stale)}." if stale else ""
    return Reply(
        command.incident,
        Words(
            f"口径第{approved.number}版（{approved.reference}）已生效{listed_zh}。",
            f"Version {approved.number} of the line ({approved.reference}) is in force.{listed_en}",
        ),
        {"version": approved.number, "sha256": approved.sha256, "stale": stale},
    )


def next_version(case: Case, line: AgreedLine, by: By) -> Version:
    """The version to come as it stands without anybody's changes, the facts as they now are."""
    before = line.latest
    wording = case.site.wordings.get(case.playbook.wording) or Wording("")
    taken = before or Version(0, wording.line, "", case.now, "")
    return sealed(
        Version(
            number=taken.number + 1,
            line=taken.line,
            proposed_by=by.person,
            proposed_at=case.now,
            sha256="",
            facts=_facts(case),
            questions=before.questions if before else wording.questions,
            may_say=taken.may_say,
            never_say=before.never_say if before else wording.never_say,
        ),
        case.incident.id,
    )


def put_forward(case: Case, line: AgreedLine, version: Version, by: By) -> None:
    """Keep a version and tell those who may approve it; one that waited is overtaken by it."""
    version = replace(version, proposed_by=by.person, proposed_at=case.now)
    line.versions.append(version)
    case.uow.agreed_lines.put(line.incident, line)
    case.record("LineProposed", by, number=version.number, sha256=version.sha256)
    approvers = [p for p in case.site.grants.get("approver", ()) if p != by.person]
    case.tell(approvers, _please_approve(version))


def sealed(version: Version, incident: str) -> Version:
    """The version with the hash over everything it says."""
    said: dict[str, Any] = {
        "incident": incident,
        "number": version.number,
        "facts": version.facts,
        "line": _both(version.line),
        "questions": [[_both(one.q), _both(one.a)] for one in version.questions],
        "may_say": [_both(one) for one in version.may_say],
        "never_say": {language: list(said) for language, said in version.never_say.items()},
    }
    return replace(version, sha256=sha256(canonical(said)).hexdigest())


def make_stale(case: Case, version: Version) -> list[str]:
    """Mark what was drafted from another version and is not out; returns those notices' ids."""
    found = []
    for notice in case.uow.notices.of(case.incident.id).values():
        if notice.line_sha256 == version.sha256:
            continue
        if notice.stage in (Stage.DRAFT, Stage.RELEASED) or _taken_back(case, notice):
            if notice.stage is not Stage.PUBLISHED:
                notice.stage = Stage.STALE
            case.uow.notices.put(notice.key, notice)
            case.record("NoticeStale", ENGINE, notice=notice.id, number=version.number)
            found.append(notice.id)
    return found


def _taken_back(case: Case, notice: Notice) -> bool:
    """Take back what of a published notice is still to be sent; whether there was any."""
    waiting = [p for p in notice.postings.values() if p.state is Posted.WAITING]
    if not waiting:
        return False
    case.uow.outbox.withdraw(case.incident.id, None, [Purpose.NOTICE])
    back = False
    for posting in waiting:
        message = case.uow.outbox.get(posting.message)
        if message is not None and message.state.value == Posted.WITHDRAWN.value:
            posting.state, back = Posted.WITHDRAWN, True
    return back


def shown(uow: UnitOfWork, incident: str) -> dict[str, Any]:
    """The line of an incident: in force, proposed, and all versions. Raises UnknownId."""
    find_incident(uow, incident)
    line = uow.agreed_lines.get(incident) or AgreedLine(incident)
    return {
        "id": incident,
        "in_force": line.in_force.number if line.in_force else None,
        "proposed": line.proposed.number if line.proposed else None,
        "versions": [_version(one) for one in line.versions],
    }


def _version(one: Version) -> dict[str, Any]:
    return {
        "version": one.number,
        "sha256": one.sha256,
        "reference": one.reference,
        "line": _both(one.line),
        "facts": one.facts,
        "questions": [{"q": _both(q.q), "a": _both(q.a)} for q in one.questions],
        "may_say": [_both(said) for said in one.may_say],
        "never_say": {language: list(said) for language, said in one.never_say.items()},
        "reason": one.reason,
        "proposed_by": one.proposed_by,
        "proposed_at": one.proposed_at.isoformat(),
        "approved_by": one.approved_by or None,
        "approved_at": one.approved_at.isoformat() if one.approved_at else None,
    }


def _facts(case: Case) -> dict[str, str]:
    """What is established, as the dossier has it; estimates are left out."""
    dossier = case.uow.dossiers.get(case.incident.id)
    values = dossier.values if dossier else {}
    return {field: value.said for field, value in sorted(values.items()) if not value.estimate}


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _with(
    never_say: dict[str, tuple[str, ...]], more: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Each phrase joins those of its language: Chinese where it holds a Chinese character."""
    both = {language: list(never_say.get(language, ())) for language in ("zh", "en")}
    for phrase in more:
        both["zh" if any("\u4e00" <= c <= "\u9fff" for c in phrase) else "en"].append(phrase)
    return {language: tuple(dict.fromkeys(said)) for language, said in both.items()}


def _check(command: ProposeLine) -> None:
    said = (command.line.zh, command.line.en)
    more = (w for one in command.may_say for w in (one.zh, one.en))
    for text in filter(None, (*said, *more, *command.never_say)):
        clean_line(text, "口径", "line", LONGEST_LINE, breaks=True)


def _nothing_to_approve(line: AgreedLine) -> BadInput:
    waits = line.proposed
    if waits is None:
        return BadInput(
            "没有待签发的口径。",
            "No version of the line waits to be approved.",
            "请先提出：line propose。",
            "Propose one first: line propose.",
        )
    return BadInput(
        f"待签发的是第{waits.number}版。",
        f"The version that waits is {waits.number}.",
        "请看过最新一版再签发：line show。",
        "Look at the latest one first: line show.",
    )


def _please_approve(version: Version) -> Words:
    return Words(
        f"请签发统一解释口径第{version.number}版（{version.reference}）：line approve。",
        f"Please approve version {version.number} of the agreed line ({version.reference}):"
        " line approve.",
    )


def _approved(version: Version) -> Words:
    return Words(
        f"统一解释口径第{version.number}版已签发生效。",
        f"Version {version.number} of the agreed line is approved and in force.",
    )
