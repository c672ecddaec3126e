"""Calendars: `regimes/calendars/*.yaml` of the release, or the firm's own in `playbooks/calendars`.

A calendar's id is the name of its file.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from responder.domain.calendar import WEEKEND, Calendar, Session
from responder.domain.regime import Regime
from responder.domain.register import System
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.regimes.days import is_working_day
from responder.site.fields import Fields
from responder.site.finding import Where
from responder.site.folder import Folder
from responder.site.shapes import Reading
from responder.site.yaml_source import parse_yaml

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOON = time(12)
DAY = timedelta(days=1)
LONGEST_OFF = timedelta(days=60)
"""No holiday is longer; a year mistyped is."""
UNKNOWN = date.min, date.min
"""Stands for a time that a calendar failed to say."""

SHIPPED = Folder(Path(__file__).parents[1] / "regimes")

_SAY_SINCE_WHEN = Words(
    "请写明日历自何日起、至何日止为已公布的。",
    "Say from which day to which the calendar is published.",
)
_CHECK_DATES = Words("请核对日期。", "Check the dates.")
_CHECK_TIMES = Words("请核对时刻。", "Check the times.")


class Placed(NamedTuple):
    """A session and where it was written."""

    session: Session
    where: Where


def read_calendar(root: Fields, id: str) -> Calendar:
    """One calendar; what contradicts itself is refused with its line."""
    since, until = _known(root)
    sessions = [one for one in root.each("sessions", _session) if one]
    _refuse_overlaps(root, sessions)
    calendar = Calendar(
        id=id,
        name=root.words("name"),
        time_zone=root.zone("time_zone"),
        since=since,
        until=until,
        weekend=_weekend(root),
        off={day: name for days, name in root.each("off", _off) for day in days},
        working=tuple(sorted(_days(root, "working"))),
        day_ends=root.time_of_day("day_ends"),
        sessions=tuple(one.session for one in sessions),
        early={day: ends for day, ends in root.each("early", _early) if day and ends},
        no_night=tuple(sorted(_days(root, "no_night"))),
        source=root.text("source"),
        confidence=root.text("confidence"),
        verified_on=root.day("verified_on"),
        needs_verification=root.flag("needs_verification"),
    )
    root.close()
    if (since, until) != UNKNOWN:
        _refuse_contradictions(root, calendar)
    return calendar


def shipped_ids() -> frozenset[str]:
    """The ids of the release's calendars."""
    return SHIPPED.stems("calendars", ".yaml")


def shipped_text(id: str) -> str:
    """The file of one of the release's calendars; raises UnknownId."""
    known = shipped_ids()
    if id not in known:
        raise UnknownId("日历", "calendar", id, known)
    return (SHIPPED.path / f"calendars/{id}.yaml").read_text(encoding="utf-8")


@cache
def shipped_calendar(id: str) -> Calendar | None:
    """The release's own calendar, None if it has none."""
    if id not in shipped_ids():
        return None
    node, reading = SHIPPED.parsed(f"calendars/{id}.yaml", parse_yaml), Reading()
    assert node is not None
    calendar = read_calendar(Fields(reading, node), id)
    if reading.faults:
        raise reading.faults[0]
    return calendar


def calendars_wanted(regimes: Iterable[Regime], systems: Iterable[System]) -> tuple[str, ...]:
    """The calendars that rules count by and markets keep, each once."""
    wanted = [id for regime in regimes for id in regime.calendars]
    wanted += [market for system in systems for market in system.markets]
    return tuple(dict.fromkeys(id for id in wanted if id))


def _known(root: Fields) -> tuple[date, date]:
    """From when to when the calendar is known: it has to say both."""
    since, until = root.day("since"), root.day("until")
    for key in ("since", "until"):
        if root.node(key) is None:
            what = Words(f"缺少 {key}", f"“{key}” is missing")
            root.reading.refuse(root.where, what, _SAY_SINCE_WHEN)
    if since is None or until is None:
        return UNKNOWN
    if until < since:
        what = Words(f"until（{until}）早于 since（{since}）", f"It ends {until}, before {since}")
        root.reading.refuse(_where(root, "until"), what, _CHECK_DATES)
        return UNKNOWN
    return since, until


def _weekend(root: Fields) -> tuple[int, ...]:
    node = root.node("weekend")
    if node is None:
        return WEEKEND
    found = []
    for item in root.reading.items(node):
        name = (root.reading.text(item) or "").lower()
        if name in DAYS:
            found.append(DAYS.index(name))
        else:
            mend = Words(f"可用：{'、'.join(DAYS)}。", f"The days are {', '.join(DAYS)}.")
            what = Words(f"“{name}”不是星期几", f"“{name}” is no day of the week")
            root.reading.refuse(item.where, what, mend)
    return tuple(sorted(found))


def _off(fields: Fields) -> tuple[list[date], str]:
    """`{on, name}` or `{from, to, name}`, both days included."""
    name = fields.text("name")
    on, first, last = fields.day("on"), fields.day("from"), fields.day("to")
    if on and not first and not last:
        return [on], name
    if on or not first or not last:
        what = Words("须写 on，或者 from 和 to", "Say “on”, or “from” and “to”")
        fields.reading.refuse(fields.where, what, _CHECK_DATES)
        return [], name
    if not timedelta(0) <= last - first <= LONGEST_OFF:
        what = Words(
            f"{first} 至 {last} 不是一段假期", f"{first} to {last} is no holiday: too long, or none"
        )
        fields.reading.refuse(fields.where, what, _CHECK_DATES)
        return [], name
    return [first + DAY * number for number in range((last - first).days + 1)], name


def _early(fields: Fields) -> tuple[date | None, time | None]:
    return fields.day("on"), fields.time_of_day("ends")


def _days(root: Fields, key: str) -> list[date]:
    node = root.node(key)
    found = [root.reading.day(item) for item in (root.reading.items(node) if node else ())]
    return [day for day in found if day]


def _session(fields: Fields) -> Placed | None:
    begins, ends = fields.time_of_day("begins"), fields.time_of_day("ends")
    for key in ("begins", "ends"):
        if fields.node(key) is None:
            what = Words(f"时段缺少 {key}", f"The session lacks “{key}”")
            fields.reading.refuse(fields.where, what, _CHECK_TIMES)
    id, name = fields.id(), fields.words("name")
    counts = fields.flag("counts") or fields.node("counts") is None
    night = fields.flag("night")
    if begins is None or ends is None:
        return None
    return Placed(Session(id, name, begins, ends, counts, night), fields.where)


# What contradicts itself


def _refuse_overlaps(root: Fields, sessions: list[Placed]) -> None:
    for session, where in sessions:
        if what := _no_session(session):
            root.reading.refuse(where, what, _CHECK_TIMES)
    if any(_no_session(one.session) for one in sessions):
        return
    in_order = sorted(sessions, key=lambda one: _span(one.session))
    for (earlier, _), (later, where) in pairwise(in_order):
        if _span(later)[0] < _span(earlier)[1]:
            root.reading.refuse(where, _overlap(earlier, later), _CHECK_TIMES)
    if in_order and _span(in_order[-1].session)[1] > _span(in_order[0].session)[0] + DAY:
        first, last = in_order[0], in_order[-1]
        root.reading.refuse(last.where, _overlap(first.session, last.session), _CHECK_TIMES)


def _no_session(session: Session) -> Words | None:
    """Why it is none: it has no length, or is by day what only a night session may be."""
    if session.begins == session.ends:
        return Words(f"时段“{session.id}”没有长度", f"The session “{session.id}” has no length")
    if session.night and session.begins < NOON:
        return Words(
            f"夜盘“{session.id}”须始于前一日午后",
            f"The night session “{session.id}” has to begin after noon of the day before",
        )
    if not session.night and session.ends < session.begins:
        return Words(
            f"时段“{session.id}”跨过午夜，却不是夜盘",
            f"The session “{session.id}” passes midnight and is no night session",
        )
    return None


def _span(session: Session) -> tuple[timedelta, timedelta]:
    """Where it lies from the midnight at which its trading day begins."""
    begins, ends = (_since_midnight(at) for at in (session.begins, session.ends))
    if not session.night:
        return begins, ends
    return begins - DAY, ends - DAY if begins < ends else ends


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _overlap(one: Session, other: Session) -> Words:
    return Words(
        f"时段“{one.id}”与“{other.id}”重叠", f"The sessions “{one.id}” and “{other.id}” overlap"
    )


def _refuse_contradictions(root: Fields, calendar: Calendar) -> None:
    """Days that cannot be what they are said to be: most often a date mistyped."""

    def refuse(key: str, what: Words) -> None:
        root.reading.refuse(_where(root, key), what, _CHECK_DATES)

    for key, days in (("off", [*calendar.off]), ("working", [*calendar.working])):
        for day in (day for day in days if not calendar.knows(day)):
            since, until = calendar.since, calendar.until
            refuse(
                key,
                Words(
                    f"{key} 中的 {day} 不在 {since} 至 {until} 之内",
                    f"{day} in “{key}” lies outside {since} to {until}",
                ),
            )
    for day in (day for day in calendar.working if day in calendar.off):
        refuse("working", Words(f"{day} 既休息又上班", f"{day} is both off and worked"))
    for key, days in (("early", [*calendar.early]), ("no_night", [*calendar.no_night])):
        for day in days:
            if not calendar.knows(day) or not is_working_day(day, calendar):
                refuse(
                    key,
                    Words(f"{key} 中的 {day} 不是交易日", f"{day} in “{key}” is no trading day"),
                )


def _where(root: Fields, key: str) -> Where:
    node = root.node(key)
    return node.where if node else root.where
