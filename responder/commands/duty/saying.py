"""How duty is spoken of: times, clashes, who stands in; and who approves."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from responder.commands.telling import name
from responder.domain.away import Clash, StandIn, Trouble
from responder.domain.organisation import DUTY_LEAD, IT_LEAD
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput

MOST_SHOWN = 5
LATEST_YEARS = 3
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_and_time(at: datetime, site: Site) -> str:
    """An instant with its day, in the site's zone."""
    return f"{at.astimezone(ZoneInfo(site.time_zone)):%Y-%m-%d %H:%M}"


def span_words(start: datetime, end: datetime, site: Site) -> Words:
    """A time from and to, in the site's zone."""
    first, last = day_and_time(start, site), day_and_time(end, site)
    return Words(f"{first} 至 {last}", f"{first} to {last}")


def brief_span(start: datetime, end: datetime, site: Site) -> Words:
    """The same as people say it, to be heard or read in a text: without the year."""
    first, last = brief_time(start, site), brief_time(end, site)
    return Words(f"{first.zh} 至 {last.zh}", f"{first.en} to {last.en}")


def brief_time(at: datetime, site: Site) -> Words:
    """An instant with its day, in the site's zone, as people say it: without the year."""
    local = at.astimezone(ZoneInfo(site.time_zone))
    return Words(
        f"{local.month}月{local.day}日 {local:%H:%M}",
        f"{local.day} {MONTHS[local.month - 1]} {local:%H:%M}",
    )


def person_words(site: Site, person: str) -> Words:
    """A person's name in both languages."""
    return Words(name(site, person, "zh"), name(site, person, "en"))


def role_words(site: Site, role: str) -> Words:
    """A role's name in both languages; its id where it has none."""
    post = site.roles.get(role)
    named = post.name if post else Words()
    return Words(named.zh or role, named.en or role)


def rotation_words(site: Site, rotation: str) -> Words:
    """What a rotation is for: its role, as primary or as backup."""
    for role in site.roles.values():
        named = role_words(site, role.id)
        if role.rotation == rotation:
            return named
        if role.backup_rotation == rotation:
            return Words(f"{named.zh}备岗", f"{named.en} (backup)")
    return Words(rotation, rotation)


def joined(parts: Sequence[Words]) -> Words:
    """Several sentences as one text."""
    return Words("".join(p.zh for p in parts), " ".join(p.en for p in parts))


def refuse_clashes(site: Site, clashes: Iterable[Clash]) -> None:
    """Raise BadInput showing each clash: who, which role, from when to when."""
    found = list(clashes)
    if not found:
        return
    told = [_clash(site, one) for one in found[:MOST_SHOWN]]
    if more := len(found) - MOST_SHOWN:
        told += [Words(f"另有{more}处。", f"And {more} more.")] * (more > 0)
    said = joined(told)
    raise BadInput(
        said.zh,
        said.en,
        "请改时间或换人；也可先用 duty override 另行安排。",
        "Choose another time or person, or arrange cover first with duty override.",
    )


def _clash(site: Site, one: Clash) -> Words:
    when, role = span_words(one.start, one.end, site), role_words(site, one.role)
    named = [person_words(site, person) for person in one.people]
    zh, en = "、".join(n.zh for n in named), " and ".join(n.en for n in named)
    match one.trouble:
        case Trouble.BOTH_AWAY if len(named) > 1:
            return Words(
                f"{role.zh}的主岗和备岗{zh}将同时不在岗：{when.zh}。",
                f"{role.en}: {en}, primary and backup, would both be away from {when.en}.",
            )
        case Trouble.BOTH_AWAY:
            return Words(
                f"{role.zh}只有{zh}，不在岗时无人代：{when.zh}。",
                f"{role.en}: {en} has no backup there from {when.en}.",
            )
        case Trouble.OWN_BACKUP:
            return Words(
                f"{role.zh}的主岗和备岗将同为{zh}：{when.zh}。",
                f"{role.en}: {en} would be primary and backup at once from {when.en}.",
            )
        case Trouble.WHILE_AWAY:
            return Words(f"{zh}其时不在岗：{when.zh}。", f"{en} is away from {when.en}.")
        case Trouble.TWO_SHIFTS:
            return Words(
                f"{zh}其时已在{role.zh}班上：{when.zh}。",
                f"{en} is on shift as {role.en} from {when.en}.",
            )


def stand_in_words(site: Site, found: Iterable[StandIn]) -> Words:
    """The shifts that leave opens, and who stands in; `Words()` for none."""
    told = []
    for one in list(found)[:MOST_SHOWN]:
        when, role = span_words(one.start, one.end, site), role_words(site, one.role)
        who = person_words(site, one.person) if one.person else Words("无人", "nobody")
        told.append(
            Words(
                f"{role.zh} {when.zh} 由{who.zh}代。",
                f"{role.en}: {who.en} stands in from {when.en}.",
            )
        )
    return joined(told)


def lead_for(roster: Roster, now: datetime, *parties: str) -> str:
    """Who answers for the duty towards some people: none of them.

    The duty lead on shift, else the head of IT, else the first in the succession; `""` if all are
    parties themselves.
    """
    order = (
        roster.holder(DUTY_LEAD, now),
        roster.holder(IT_LEAD, now),
        *roster.site.command.succession,
    )
    able = (p for p in order if p not in parties and roster.known(p) and not roster.absent(p, now))
    return next(able, "")


def check_span(start: datetime, end: datetime, now: datetime) -> None:
    """Raise BadInput for a time that ends before it begins, is over, or is years away."""
    if end <= start:
        raise BadInput(
            "止早于起，或起止相同。",
            "It ends before it begins, or as it begins.",
            "请核对 --from 与 --to；写日期的含最后一天。",
            "Check --from and --to; given in dates the last day is included.",
        )
    if end <= now:
        raise BadInput(
            "这段时间已经过去。",
            "That time is over.",
            "过去的值班情况见处置记录；请写今后的时间。",
            "What was is on the record; give a time to come.",
        )
    if start.year - now.year > LATEST_YEARS or end.year - start.year > LATEST_YEARS:
        raise BadInput(
            f"时间太远或太长（超过{LATEST_YEARS}年）。",
            f"That is too far away or too long (over {LATEST_YEARS} years).",
            "请核对年份。",
            "Check the year.",
        )
