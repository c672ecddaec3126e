"""Calendars: they are there, they reach far enough, and somebody has looked at them."""

from collections.abc import Iterator

from responder.domain.words import Words
from responder.site.calendars import calendars_wanted
from responder.site.check.view import View, named
from responder.site.finding import Finding
from responder.site.places import Path

CLAUSE = "7.3-2a"
"""Reports are due by days of work or trading."""
WARN_BEFORE = 60
"""Days: next year's days off are announced one to two months before it begins."""


def calendars_are_there(view: View) -> Iterator[Finding]:
    """A rule has the calendar it counts by, and a market the one it keeps."""
    for regime in view.site.regimes.values():
        for id in calendars_wanted([regime], ()):
            if id not in view.site.calendars:
                what = Words(
                    f"没有日历“{id}”，期限无法计算", f"No limit can be set: no calendar “{id}”"
                )
                yield view.error(("regimes", regime.id), CLAUSE, what, _write(id))
    for system in view.site.systems.values():
        for number, market in enumerate(system.markets):
            if market not in view.site.calendars:
                path: Path = ("systems", system.id, "markets", number)
                what = Words(
                    f"市场“{market}”没有日历，受影响的交易时间无法计算",
                    f"The market “{market}” has no calendar: its trading time cannot be counted",
                )
                yield view.warning(path, CLAUSE, what, _write(market))


def calendars_reach_far_enough(view: View) -> Iterator[Finding]:
    """Past its end a calendar tells nothing, and a limit that lies there cannot be set."""
    for id, calendar in view.site.calendars.items():
        left = (calendar.until - view.today).days
        if left <= WARN_BEFORE:
            name = named(calendar.name, id)
            state = (
                Words(
                    f"只到{calendar.until}，还有{left}天", f"ends {calendar.until}, in {left} days"
                )
                if left >= 0
                else Words(f"已于{calendar.until}到期", f"ended {calendar.until}")
            )
            what = Words(f"日历{name.zh}{state.zh}", f"The calendar {name.en} {state.en}")
            yield view.warning(("calendars", id, "until"), CLAUSE, what, _write(id))


def calendars_were_looked_at(view: View) -> Iterator[Finding]:
    """Dates that nobody could check against the notice itself are said to be so."""
    for id, calendar in view.site.calendars.items():
        if calendar.needs_verification:
            name = named(calendar.name, id)
            yield view.warning(
                ("calendars", id, "needs_verification"),
                CLAUSE,
                Words(f"日历{name.zh}尚待核对", f"The calendar {name.en} awaits a check"),
                Words(
                    f"请对照官方通知核对，并存为 playbooks/calendars/{id}.yaml。",
                    f"Check it against the notice; keep it as playbooks/calendars/{id}.yaml.",
                ),
            )


def _write(id: str) -> Words:
    return Words(
        f"请按国务院办公厅或交易所的通知写入 playbooks/calendars/{id}.yaml。",
        f"Put the authority’s or exchange’s notice into playbooks/calendars/{id}.yaml.",
    )
