"""Who is on duty, who decides, and how to reach them (JR/T 0099 7.1 k, 5.1)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from responder.domain.organisation import DUTY_LEAD, Role
from responder.domain.roster import Roster
from responder.domain.words import Words
from responder.errors import UnknownId


def who(roster: Roster, at: datetime, role: str = "") -> dict[str, Any]:
    """Roles with holder and backup, duty lead first; the succession; the ways to each person."""
    posts = roster.site.roles
    if role and role not in posts:
        raise UnknownId("岗位", "role", role, posts)
    wanted = [role] if role else sorted(posts, key=lambda id: id != DUTY_LEAD)
    roles = [_post(roster, posts[id], at) for id in wanted]
    succession = [] if role else list(roster.site.command.succession)
    named = [p for post in roles for p in (post["holder"], *post["posted"]) if p]
    return {
        "at": at.isoformat(),
        "roles": roles,
        "succession": succession,
        "decides_first": _first(roster, at),
        "people": {p: person(roster, p, at) for p in dict.fromkeys([*named, *succession])},
    }


def _post(roster: Roster, post: Role, at: datetime) -> dict[str, Any]:
    first, backup = roster.posted(post, at)
    return {
        "role": post.id,
        "name": {"zh": post.name.zh, "en": post.name.en},
        "holder": roster.holder(post.id, at) or None,
        "primary": first or None,
        "backup": backup or None,
        "posted": [p for p in (first, backup) if p],
    }


def _first(roster: Roster, at: datetime) -> str | None:
    order = roster.site.command.succession
    can = (p for p in order if roster.vias(p) and not roster.absent(p, at))
    return next(can, None)


def person(roster: Roster, id: str, at: datetime) -> dict[str, Any]:
    """A person with the ways to reach them; a dangling id is shown as unknown."""
    known = roster.site.people.get(id)
    if known is None or not roster.known(id):
        return {"name": {"zh": id, "en": id}, "known": False, "absent": False, "reach": []}
    return {
        "name": {"zh": known.name.zh, "en": known.name.en},
        "title": {"zh": known.title.zh, "en": known.title.en},
        "known": True,
        "absent": roster.absent(id, at),
        "reach": [
            {"via": way.via, "to": way.to, "how": way.how, "note": way.note} for way in known.reach
        ],
    }


def duty_lines(found: Mapping[str, Any], language: str) -> Iterator[str]:
    """What `who` found, in words: each post, then the succession."""
    people = found["people"]
    for post in found["roles"]:
        name = post["name"]["en" if language == "en" else "zh"] or post["role"]
        holder, backup = _reached(post["holder"], people, language), post["backup"]
        if backup and backup != post["holder"]:
            second = _name(backup, people, language)
            holder += Words(f"；备岗：{second}", f"; backup: {second}").said(language)
        yield Words(f"{name}：{holder}", f"{name}: {holder}").said(language)
    if found["succession"]:
        yield Words("决策递补顺序：", "Order of succession:").said(language)
    for place, id in enumerate(found["succession"], 1):
        yield f"{place} {_reached(id, people, language)}"


def _name(id: str, people: Mapping[str, Any], language: str) -> str:
    return Words(**people[id]["name"]).said(language) or id


def _reached(id: str | None, people: Mapping[str, Any], language: str) -> str:
    """A name with what can be dialled first: a person reading this is about to call."""
    if id is None:
        return Words("无人", "nobody").said(language)
    one = people[id]
    away = Words("（缺勤）", " (away)").said(language) * one["absent"]
    ways = [way for way in one["reach"] if way["via"] in ("voice", "by_hand")] or one["reach"]
    shown = " · ".join(way["to"] for way in ways)
    return f"{_name(id, people, language)}{away} {shown}".rstrip()
