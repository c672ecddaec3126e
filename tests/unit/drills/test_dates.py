"""Days on which a drill may be held, who hears of them, what is said when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.planned_drill import BEFORE, PlannedDrill, Reminder
from responder.domain.roster import Roster
from responder.domain.rota import Absence
from responder.drills.dates import invited, proposals
from tests.stage.firm import small_firm
from tests.unit.drills.test_flaws import firm, sound

NOW = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
SITE = small_firm()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_from_tomorrow_on_at_its_time_of_day() -> None:
    found = proposals(replace(sound(), starts=20 * HOUR), Roster(SITE), NOW)
    assert found[0].at.isoformat() == "2026-11-24T20:00:00+08:00"
    assert len(found) == 5


def test_days_with_a_session_are_passed_over() -> None:
    """At ten in the morning weekends are left; off days, so is a Saturday after a night session."""
    found = proposals(replace(sound(), starts=10 * HOUR), Roster(firm()), NOW)
    assert [one.at.strftime("%m-%d") for one in found] == [
        "11-28",
        "11-29",
        "12-05",
        "12-06",
        "12-12",
    ]
    evening = replace(sound(), starts=17 * HOUR)
    assert [o.at.day for o in proposals(evening, Roster(firm()), NOW)] == [24, 25, 26, 27, 28]
    off = replace(evening, off_days=True)
    assert [o.at.day for o in proposals(off, Roster(firm()), NOW)] == [28, 29, 5, 6, 12]


def test_who_is_absent_is_named() -> None:
    """By the absences on the register, of whoever may be in it."""
    away = Absence("duty", NOW, NOW + DAY, "")
    site = replace(SITE, absences=(away,))
    first, second, *rest = proposals(replace(sound(), starts=20 * HOUR), Roster(site), NOW)
    assert first.absent == ("duty",)
    assert [one.absent for one in (second, *rest)] == [()] * 4


def plan(**fields: Any) -> PlannedDrill:
    return replace(PlannedDrill("DPL-1", "s", NOW + 2 * DAY, NOW, "clerk", "clerk"), **fields)


def test_of_an_unannounced_drill_controllers_alone_hear() -> None:
    one = sound()
    assert set(invited(SITE, replace(one, unannounced=True))) == {"clerk"}
    assert set(invited(SITE, one)) > {"clerk"}


@given(st.lists(st.timedeltas(timedelta(0), 3 * DAY), min_size=1))
def test_each_reminder_is_said_once_at_most_and_the_last_in_the_end(steps) -> None:
    """However late the engine looks: never twice, never an earlier one after a later."""
    one, now, said = plan(), NOW, []
    for step in steps:
        now += step
        if due := one.take_due(now):
            said.append(due)
        assert one.next_at is None or one.next_at > now
    order = list(Reminder)
    places = [order.index(due) for due in said]
    assert places == sorted(set(places))
    if now >= one.starts_at:
        assert said[-1] is Reminder.NOW


def test_moved_it_is_reminded_of_anew() -> None:
    """What is past already at the new time is not made up."""
    one = plan()
    one.take_due(NOW + 2 * DAY)
    one.move(NOW + 2 * DAY + 5 * HOUR, "x", "clerk", NOW + 2 * DAY)
    assert one.said == [Reminder.DAY]
    assert one.next_at == one.starts_at - BEFORE[Reminder.HOUR]
    assert one.take_due(one.starts_at - HOUR) is Reminder.HOUR


def test_done_with_it_waits_for_nothing() -> None:
    assert plan(drill="DRL-1").next_at is None
    assert plan(cancelled="x").next_at is None
