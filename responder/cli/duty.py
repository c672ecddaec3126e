"""`duty`: overrides, leave, swaps, handover, the checklist, check-ins, feeds (5.1)."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, answer, house_to_act_in, looking, say_json, settings_for
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.duty.check_in import CheckIn
from responder.commands.duty.feed import MakeFeed, RevokeFeeds, feeds
from responder.commands.duty.handover import AcceptShift, DeclineShift, OfferShift
from responder.commands.duty.on_shift import TickArea
from responder.commands.duty.rota import CancelAbsence, OverrideRotation, RecordAbsence
from responder.commands.duty.shown import (
    duty_roster,
    roster_lines,
    rules_lines,
    shift_lines,
    shifts_kept,
    waiting,
    waiting_lines,
)
from responder.commands.duty.swap import AcceptSwap, AskSwap, RefuseSwap
from responder.domain.duty import AREAS
from responder.domain.rota import instant
from responder.domain.site import Site
from responder.errors import UnknownId

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
FROM: dict[str, Any] = {"metavar": "DAY|TIME", "zh": "从何时起", "en": "From when"}
TO: dict[str, Any] = {
    "metavar": "DAY|TIME",
    "zh": "到何时止；日期含当天",
    "en": "Until when; a day includes itself",
}
POST = option("--post", default="", metavar="ROLE", zh="哪个岗位的班", en="Which post's shift")


def bound(text: str, now: datetime, zone: str, *, ends: bool = False) -> datetime:
    """A day, a local time, or an instant with a zone; a day that ends includes itself."""
    written, local = text.strip(), ZoneInfo(zone)
    if clock := _CLOCK.fullmatch(written):
        today = now.astimezone(local).date()
        return instant(datetime.combine(today, time(int(clock[1]), int(clock[2]))), zone)
    try:
        if len(written) == len("2026-12-01"):
            day = date.fromisoformat(written) + timedelta(days=ends)
            return instant(datetime.combine(day, time()), zone)
        found = datetime.fromisoformat(written)
    except (ValueError, OverflowError):
        said = f"“{written[:40]}”: 2026-12-01 / 2026-12-01T08:30 / 08:30"
        raise click.UsageError(said) from None
    return found if found.tzinfo else instant(found, zone)


def _zone(site: Site, rotation: str = "", person: str = "") -> str:
    """Whose clock a time without a zone is by: the rotation's, the person's, the site's."""
    if rotation in site.rotations:
        return site.rotations[rotation].time_zone
    return site.people[person].time_zone if person in site.people else site.time_zone


def _do(given: Given, kind: Any, start: str, end: str, **fields: Any) -> None:
    """Carry out a command about a time given in words."""
    with house_to_act_in(given) as (house, by):
        site, now = house.roster().site, house.clock.now()
        zone = _zone(site, fields.get("rotation", ""), fields.get("person", ""))
        span: dict[str, Any] = {}
        if start:
            span["start"] = bound(start, now, zone)
        if end:
            span["end"] = bound(end, now, zone, ends=True)
        reply = house.execute(kind(by=by, **span, **fields))
    answer(given, reply)


# The roster


@command("override", "安排调班", "Put somebody on a rotation for a time")
@argument("rotation")
@option("--from", "start", required=True, **FROM)
@option("--to", "end", required=True, **TO)
@option("--person", required=True, metavar="PERSON", zh="由谁值班", en="Who is on shift")
@option("--reason", required=True, zh="理由", en="Why")
def override(given: Given, rotation: str, start: str, end: str, person: str, reason: str) -> None:
    """By the duty lead or an administrator."""
    _do(given, OverrideRotation, start, end, rotation=rotation, person=person, reason=reason)


@command("absence", "登记休假，或取消", "Put leave on the register, or take it off")
@argument("person")
@option("--from", "start", default="", **FROM)
@option("--to", "end", default="", **TO)
@option("--reason", default="", zh="理由", en="Why")
@option("--cancel", is_flag=True, zh="取消休假", en="Take it off")
def absence(given: Given, person: str, start: str, end: str, reason: str, cancel: bool) -> None:
    """Leave; one's own waits for the duty lead."""
    if cancel:
        _do(given, CancelAbsence, start, "", person=person)
        return
    if not (start and end and reason):
        said = given.said("请写 --from、--to 和 --reason。", "Give --from, --to and --reason.")
        raise click.UsageError(said)
    _do(given, RecordAbsence, start, end, person=person, reason=reason)


@command("swap", "申请换班；同意或不同意", "Ask to swap shifts; agree, or not")
@argument("what", metavar="ROTATION|SWAP")
@option("--from", "start", default="", **FROM)
@option("--to", "end", default="", **TO)
@option("--with", "other", default="", metavar="PERSON", zh="和谁换", en="With whom")
@option("--accept", is_flag=True, zh="同意", en="Agree to it")
@option("--refuse", is_flag=True, zh="不同意，或撤回", en="Say no, or take it back")
@option("--reason", default="", zh="理由", en="Why")
def swap(
    given: Given,
    what: str,
    start: str,
    end: str,
    other: str,
    accept: bool,
    refuse: bool,
    reason: str,
) -> None:
    """The other one, then the duty lead, have to agree."""
    if accept:
        act(given, AcceptSwap, swap=what)
    elif refuse:
        act(given, RefuseSwap, swap=what, reason=reason)
    elif start and end and other:
        _do(given, AskSwap, start, end, rotation=what, other=other, reason=reason)
    else:
        said = given.said("请写 --from、--to 和 --with。", "Give --from, --to and --with.")
        raise click.UsageError(said)


# The shift


@command("tick", "值班检查打勾", "Tick one of the eight areas")
@argument("area", metavar="AREA", type=click.Choice(AREAS))
@option("--note", default="", zh="说明", en="A note")
@POST
def tick(given: Given, area: str, note: str, post: str) -> None:
    """On the record of the shift."""
    act(given, TickArea, area=area, note=note, post=post)


@command("handover", "交班、接班", "Hand the shift over to the next person; take it over")
@argument("shift", required=False, default="")
@option("--note", default="", zh="交班说明；未打勾的写明原因", en="What they have to know")
@option("--accept", is_flag=True, zh="接班", en="Take it over")
@option("--refuse", is_flag=True, zh="暂不能接班", en="Not able to take it over now")
@option("--reason", default="", zh="理由", en="Why")
@POST
def handover(
    given: Given, shift: str, note: str, accept: bool, refuse: bool, reason: str, post: str
) -> None:
    """It is over once the next person has accepted."""
    if accept:
        act(given, AcceptShift, shift=shift)
    elif refuse:
        act(given, DeclineShift, shift=shift, reason=reason)
    else:
        act(given, OfferShift, note=note, post=post)


@command("checkin", "在岗签到", "Check in at the post")
@POST
def check_in(given: Given, post: str) -> None:
    """On the record of the shift."""
    act(given, CheckIn, post=post)


# Looking


@command("show", "谁在何时值班，缺口和重班标出", "Who is on when; gaps and doubles are marked")
@option("--from", "start", default="", **FROM)
@option("--to", "end", default="", **TO)
@option("--role", default="", metavar="ROLE", zh="只看一个岗位", en="One role alone")
def shown(given: Given, start: str, end: str, role: str) -> None:
    """The roster, and what waits."""
    with looking(given) as house:
        roster, now = house.roster(), house.clock.now()
        zone = roster.site.time_zone
        begin = bound(start, now, zone) if start else now
        until = bound(end, now, zone, ends=True) if end else None
        rows = duty_roster(roster, begin, until, role)
        waits = house.read(lambda uow, _now: waiting(uow))
    if given.as_json:
        say_json({"roster": rows, **waits})
        return
    for line in roster_lines(rows, roster.site, given.language):
        show.line(line)
    for line in waiting_lines(waits, roster.site, given.language):
        show.line(line)


@command("log", "值班记录：交接、打勾、签到", "Shifts as they were kept and handed over")
@option("--from", "start", default="", **FROM)
@option("--to", "end", default="", **TO)
def logged(given: Given, start: str, end: str) -> None:
    """Those that began in a time, thirty days back by default."""
    with looking(given) as house:
        site, now = house.roster().site, house.clock.now()
        begin = bound(start, now, site.time_zone) if start else now - timedelta(days=30)
        until = bound(end, now, site.time_zone, ends=True) if end else now + timedelta(seconds=1)
        rows = house.read(lambda uow, _now: shifts_kept(uow, begin, until))
    if given.as_json:
        say_json({"shifts": rows})
        return
    for line in shift_lines(rows, site, given.language):
        show.line(line)
    if not rows:
        show.line(given.said("没有值班记录。", "No shift is on record."))


@command("rules", "值班制度", "The rules of duty, by area")
def rules(given: Given) -> None:
    """From contacts/duty.yaml."""
    settings = settings_for(given)
    site = app.roster_in_force(settings).site
    if given.as_json:
        areas = {
            area: {"zh": said.zh, "en": said.en} for area, said in site.duty_rules.areas.items()
        }
        say_json({"areas": areas, "posts": list(site.duty_rules.posts)})
        return
    for line in rules_lines(site.duty_rules, site, given.language):
        show.line(line)


# Feeds


@command("new", "生成日历订阅地址", "Make a calendar feed")
@argument("person")
def new_feed(given: Given, person: str) -> None:
    """The address is shown this once."""
    with house_to_act_in(given) as (house, by):
        reply = house.execute(MakeFeed(by=by, person=person))
        url = app.feed_address(house.settings, reply.facts["secret"])
    if given.as_json:
        say_json({"id": reply.id, "url": url})
        return
    show.line(url)
    show.line(reply.said.said(given.language))


@command("revoke", "作废日历订阅", "End somebody's calendar feeds")
@argument("person")
def revoke_feed(given: Given, person: str) -> None:
    """All of them, at once."""
    act(given, RevokeFeeds, person=person)


@command("list", "有几个日历订阅", "How many calendar feeds somebody has")
@argument("person")
def listed_feeds(given: Given, person: str) -> None:
    """When each was made; the address itself is not kept."""
    with looking(given) as house:
        people = house.roster().site.people
        if person not in people:
            raise UnknownId("人员", "person", person, people)
        found = house.read(lambda uow, _now: feeds(uow, person))
    if given.as_json:
        say_json({"feeds": found})
        return
    for one in found:
        show.line(one["made_at"])
    if not found:
        show.line(given.said("没有日历订阅。", "There is none."))


feed = group("feed", "日历订阅", "Calendar feeds", new_feed, revoke_feed, listed_feeds)
duty = group(
    "duty",
    "值班：调班、休假、换班、交接班、签到",
    "Duty: overrides, leave, swaps, handover, check-ins",
    shown,
    logged,
    rules,
    override,
    absence,
    swap,
    tick,
    handover,
    check_in,
    feed,
)
"""`duty`."""
