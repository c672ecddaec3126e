"""Who has to know the plan, and how far each of them does (7.1 l); who holds a post at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from responder.domain.organisation import DUTY_LEAD, IT_LEAD, KEY_POSTS
from responder.domain.plan_life import Reading
from responder.domain.plan_quiz import passes
from responder.domain.site import Site

LEADERS = "command_body"
"""What leaders are known by among the posts."""


@dataclass(frozen=True, slots=True)
class Known:
    """How far somebody knows a version of the plan: the days of the receipt and of the quiz.

    `asked_on` is when they were asked to read it, where that was done here.
    """

    person: str
    posts: tuple[str, ...]
    read_on: date | None = None
    passed_on: date | None = None
    asked_on: date | None = None


def holders(site: Site, role: str) -> tuple[str, ...]:
    """Everybody who holds a post by turns or as a backup."""
    post = site.roles.get(role)
    if post is None:
        return ()
    turns = [
        site.rotations[r] for r in (post.rotation, post.backup_rotation) if r in site.rotations
    ]
    people = [post.primary, post.backup, *(person for rota in turns for person in rota.people)]
    return tuple(dict.fromkeys(person for person in people if person in site.people))


def readers(site: Site) -> dict[str, tuple[str, ...]]:
    """Who has to read the plan, with the posts for which: key posts, the watch, the leaders."""
    found: dict[str, list[str]] = {}
    for role in (*KEY_POSTS, DUTY_LEAD, IT_LEAD):
        for person in holders(site, role):
            found.setdefault(person, []).append(role)
    for person in site.command.body.everyone:
        if person in site.people:
            found.setdefault(person, []).append(LEADERS)
    return {person: tuple(posts) for person, posts in found.items()}


def knowing(site: Site, readings: Iterable[Reading], version: str) -> Iterator[Known]:
    """How far each reader knows a version, by receipts of before and by those kept here."""
    kept = {one.person: one for one in readings if one.version == version}
    before = {one.person: one for one in site.plan_read if one.version == version}
    zone = ZoneInfo(site.time_zone)
    for person, posts in readers(site).items():
        now, old = kept.get(person), before.get(person)
        read = _day(now.read_at, zone) if now else None
        passed = _day(now.quiz_at, zone) if now and passes(now.right, now.questions) else None
        yield Known(
            person,
            posts,
            read or (old.on if old else None),
            passed or (old.quiz_on if old else None),
            _day(now.asked_at, zone) if now else None,
        )


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None
