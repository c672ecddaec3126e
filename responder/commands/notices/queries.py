"""Notices as they are asked for: one, all of an incident, and what forbids the next step."""

from typing import Any

from responder.commands.queries import find_incident
from responder.domain.notice import Notice, Stage
from responder.domain.notice_rules import Objection
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork


def notices(uow: UnitOfWork, incident: str) -> list[dict[str, Any]]:
    """The notices of an incident, in order, without their texts. Raises UnknownId."""
    find_incident(uow, incident)
    return [brief(one) for one in uow.notices.of(incident).values()]


def notice_shown(uow: UnitOfWork, incident: str, id: str) -> dict[str, Any]:
    """One notice with its texts: as published, else as drafted. Raises UnknownId."""
    one = notice_of(uow, incident, id)
    return {
        **brief(one),
        "lacking": list(one.lacking),
        "given": one.given,
        "texts": one.texts,
        "published_texts": {outlet: p.text for outlet, p in one.postings.items()},
    }


def brief(one: Notice) -> dict[str, Any]:
    """What is told of a notice in a list."""
    return {
        "id": one.id,
        "incident": one.incident,
        "template": one.template,
        "stage": one.stage.value,
        "no": one.number or None,
        "drafted_by": one.drafted_by,
        "drafted_at": one.drafted_at.isoformat(),
        "released_by": list(one.released_by),
        "published_at": one.published_at.isoformat() if one.published_at else None,
        "next_update_at": one.next_update_at.isoformat() if one.next_update_at else None,
        "line_version": one.line_version,
        "line_sha256": one.line_sha256,
        "corrects": one.corrects or None,
        "spread_s": int(one.spread.total_seconds()) if one.spread is not None else None,
        "outlets": {
            id: {
                "state": posting.state.value,
                "at": posting.at.isoformat() if posting.at else None,
                "by": posting.by or None,
                "sha256": posting.sha256,
                "line_sha256": one.line_sha256,
                "why": posting.why,
            }
            for id, posting in one.postings.items()
        },
    }


def notice_of(uow: UnitOfWork, incident: str, id: str) -> Notice:
    """One notice of an incident. Raises UnknownId, with near misses."""
    find_incident(uow, incident)
    found = uow.notices.get(f"{incident}/{id}")
    if found is None:
        raise UnknownId("公告", "notice", id, [n.id for n in uow.notices.of(incident).values()])
    return found


def must_be(notice: Notice, *stages: Stage) -> None:
    """Raise BadInput unless a notice stands there."""
    if notice.stage in stages:
        return
    if notice.stage is Stage.PUBLISHED:
        raise BadInput(
            "公告已发布，不能再改。",
            "The notice is published and never changes.",
            "内容有误请发更正：notice correct。",
            "Correct it by another one: notice correct.",
        )
    if notice.stage is Stage.STALE:
        raise BadInput(
            "口径已更新，本稿作废。",
            "The agreed line has changed and this draft is stale.",
            "请按新口径重新拟稿：notice draft。",
            "Draft it anew from the new line: notice draft.",
        )
    raise BadInput(
        f"公告{notice.id}现在是“{notice.stage.value}”，不能这样做。",
        f"Notice {notice.id} is {notice.stage.value}; this cannot be done now.",
        "请看 notice show。",
        "See notice show.",
    )


def refuse_for(left: list[Objection]) -> None:
    """Raise BadInput with everything that stands against a notice, and each mend."""
    if left:
        raise BadInput(
            f"不能签发：{'；'.join(one.what.zh for one in left)}。",
            f"It cannot go out: {'; '.join(one.what.en for one in left)}.",
            "".join(dict.fromkeys(one.mend.zh for one in left)),
            " ".join(dict.fromkeys(one.mend.en for one in left)),
        )
