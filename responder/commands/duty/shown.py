"""Who is on when, with gaps and doubles; the rules of duty; shifts and swaps that wait."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from responder.commands.duty.saying import day_and_time, person_words, role_words, rotation_words
from responder.domain.coverage import Holding, holdings, turns
from responder.domain.duty import AREA_NAMES, DutyRules
from responder.domain.organisation import DUTY_LEAD
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST = timedelta(days=370)
USUAL = timedelta(days=7)
FLAGS = {
    "gap": Words("无人", "nobody"),
    "no_backup": Words("备岗不在", "no backup there"),
    "double": Words("兼两班", "on two shifts"),
}


def duty_roster(
    roster: Roster, start: datetime, end: datetime | None = None, role: str = ""
) -> list[dict[str, Any]]:
    """Stretch by stretch who holds each role that takes turns, or the one that is named.

    Flags: nobody holds it, the backup is not there, the holder is on another shift as well.
    """
    site, until = roster.site, end or start + USUAL
    if role and role not in site.roles:
        raise UnknownId("岗位", "role", role, site.roles)
    if not timedelta(0) < until - start <= LONGEST:
        raise BadInput(
            "时段须为正，且不超过370天。", "The time runs forward, over 370 days at most."
        )
    taking = [id for id, one in site.roles.items() if one.rotation]
    wanted = [role] if role else sorted(taking, key=lambda id: id != DUTY_LEAD)
    busy = {id: list(turns(site, site.roles[id].rotation, start, until)) for id in taking}
    return [
        _row(site, id, one, busy) for id in wanted for one in holdings(roster, id, start, until)
    ]


def _row(site: Site, role: str, one: Holding, busy: Mapping[str, list[Holding]]) -> dict[str, Any]:
    post = site.roles[role]
    flags = []
    if not one.holder:
        flags.append("gap")
    elif (post.backup or post.backup_rotation) and not one.backup:
        flags.append("no_backup")
    if post.rotation and one.holder and _elsewhere(role, one, busy):
        flags.append("double")
    return {
        "role": role,
        "name": {"zh": post.name.zh, "en": post.name.en},
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "holder": one.holder or None,
        "backup": one.backup or None,
        "flags": flags,
    }


def _elsewhere(role: str, one: Holding, busy: Mapping[str, list[Holding]]) -> bool:
    return any(
        turn.holder == one.holder and turn.start < one.end and one.start < turn.end
        for other, found in busy.items()
        if other != role
        for turn in found
    )


def roster_lines(rows: list[dict[str, Any]], site: Site, language: str) -> Iterator[str]:
    """The same in words, a line a stretch."""
    for row in rows:
        start, end = (datetime.fromisoformat(row[key]) for key in ("from", "to"))
        when = f"{day_and_time(start, site)} – {day_and_time(end, site)}"
        who = person_words(site, row["holder"]).said(language) if row["holder"] else "—"
        post = role_words(site, row["role"]).said(language)
        second = person_words(site, row["backup"]).said(language) if row["backup"] else "—"
        marks = " ".join(f"⚠ {FLAGS[flag].said(language)}" for flag in row["flags"])
        yield f"{post} {when} {who} / {second} {marks}".rstrip()


def rules_lines(rules: DutyRules, site: Site, language: str) -> Iterator[str]:
    """The rules of duty, an area a line; then posts, handover and check-ins."""
    if not rules.areas:
        yield Words(
            "还没有值班制度，请写入 contacts/duty.yaml。",
            "There are no rules of duty yet: write contacts/duty.yaml.",
        ).said(language)
    for area, said in rules.areas.items():
        yield f"{AREA_NAMES[area].said(language)} ({area}): {said.said(language)}"
    if rules.posts:
        posts = "、".join(role_words(site, post).said(language) for post in rules.posts)
        minutes = int(rules.handover_within.total_seconds()) // 60
        yield Words(
            f"记班次、办交接班：{posts}；提出交班后{minutes}分钟内接班。",
            f"Shifts are kept of: {posts}; a handover is accepted within {minutes} min.",
        ).said(language)
    if rules.check_in_every and rules.check_in_posts:
        posts = "、".join(role_words(site, post).said(language) for post in rules.check_in_posts)
        every = int(rules.check_in_every.total_seconds()) // 60
        yield Words(
            f"在岗签到：{posts}，每{every}分钟。", f"Check-ins: {posts}, every {every} min."
        ).said(language)


def shifts_kept(uow: UnitOfWork, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """The shifts that began in a time, with how each was handed over."""
    return [
        {
            "id": one.id,
            "role": one.role,
            "person": one.person,
            "from": one.start.isoformat(),
            "to": one.end.isoformat(),
            "ticked": dict(one.ticked),
            "unticked": list(one.unticked),
            "note": one.note,
            "items": [{"zh": item.zh, "en": item.en} for item in one.open_items],
            "relieved_by": one.relieved_by or None,
            "accepted_at": one.accepted_at.isoformat() if one.accepted_at else None,
            "lapsed": one.lapsed_at is not None,
            "checked_in": len(one.checked_in),
            "missed": len(one.missed),
        }
        for one in uow.shifts.all().values()
        if start <= one.start < end
    ]


def shift_lines(rows: list[dict[str, Any]], site: Site, language: str) -> Iterator[str]:
    """The same in words, a shift a line and what was handed over under it."""
    for row in rows:
        start, end = (datetime.fromisoformat(row[key]) for key in ("from", "to"))
        post, who = role_words(site, row["role"]), person_words(site, row["person"])
        taker = person_words(site, row["relieved_by"]) if row["relieved_by"] else None
        over = Words("未交接", "not handed over") if row["lapsed"] else Words("未完", "runs")
        if taker:
            at = day_and_time(datetime.fromisoformat(row["accepted_at"]), site)
            over = Words(f"{taker.zh} {at} 接班", f"{taker.en} took over {at}")
        when = f"{day_and_time(start, site)} – {day_and_time(end, site)}"
        left = len(row["unticked"])
        yield Words(
            f"{row['id']} {post.zh} {who.zh} {when}，{over.zh}，未打勾{left}项，"
            f"签到{row['checked_in']}次、漏签{row['missed']}次",
            f"{row['id']} {post.en} {who.en} {when}, {over.en}, {left} areas not ticked,"
            f" {row['checked_in']} check-ins, {row['missed']} missed",
        ).said(language)
        items = [item["en" if language == "en" else "zh"] for item in row["items"]]
        yield from (f"  · {item}" for item in (*items, row["note"]) if item)


def waiting(uow: UnitOfWork) -> dict[str, Any]:
    """The shifts that are not handed over, and the swaps that wait for somebody."""
    return {
        "shifts": [
            {
                "id": one.id,
                "role": one.role,
                "person": one.person,
                "from": one.start.isoformat(),
                "to": one.end.isoformat(),
                "ticked": dict(one.ticked),
                "unticked": list(one.unticked),
                "offered_to": one.handed_to if one.offered_at else None,
                "missed": len(one.missed),
            }
            for one in uow.shifts.open().values()
        ],
        "swaps": [
            {
                "id": one.id,
                "rotation": one.rotation,
                "from": one.start.isoformat(),
                "to": one.end.isoformat(),
                "people": [one.giver, one.taker],
                "accepted": sorted(one.accepted),
            }
            for one in uow.swaps.open().values()
        ],
    }


def waiting_lines(found: Mapping[str, Any], site: Site, language: str) -> Iterator[str]:
    """The same in words."""
    for one in found["shifts"]:
        post, who = role_words(site, one["role"]), person_words(site, one["person"])
        left = len(one["unticked"])
        to = person_words(site, one["offered_to"]) if one["offered_to"] else None
        offered = Words(f"，待{to.zh}接班", f", waits for {to.en}") if to else Words()
        yield Words(
            f"{one['id']} {post.zh} {who.zh}：未打勾{left}项{offered.zh}",
            f"{one['id']} {post.en} {who.en}: {left} areas not ticked{offered.en}",
        ).said(language)
    for one in found["swaps"]:
        post = rotation_words(site, one["rotation"])
        two = [person_words(site, p) for p in one["people"]]
        yield Words(
            f"{one['id']} 换班待确认：{post.zh} {two[0].zh}、{two[1].zh}",
            f"{one['id']} waits: {post.en} {two[0].en}, {two[1].en}",
        ).said(language)
