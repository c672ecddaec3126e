"""A drill that recurs is planned ahead by itself: once, on a day that suits, without a storm."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from responder.commands.daily import StartRounds
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.planned import (
    CancelDrill,
    MoveDrill,
    ScheduleDrill,
    planned_drills,
)
from responder.commands.drills.recurring import plan_recurring, recurring_to_come
from responder.commands.drills.starting import StartDrill
from responder.commands.duty.dates import sheet_for
from responder.commands.firm import AcceptSite
from responder.commands.pursuit import roster_in_force
from responder.documents.calendar_feed import calendar_text
from responder.domain.duty import Feed
from responder.domain.planned_drill import PlannedDrill
from responder.domain.record import ENGINE
from responder.domain.recurrence import Recurrence
from responder.domain.rota import Absence
from responder.domain.site import Site
from responder.engine.recurrence import days_of
from responder.errors import BadInput
from responder.store.opening import open_store
from tests.acceptance.test_drills import firm, scenario
from tests.stage.play import Play, by
from tests.stage.talk import Talk
from tests.unit.drills.test_flaws import MARKET

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEPTEMBER = datetime(2026, 9, 20, 0, 50, tzinfo=UTC)
"""08:50 in Shanghai, eight weeks before the second Saturday of November."""
NOVEMBER, MAY = date(2026, 11, 14), date(2027, 5, 8)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF_YEARLY = Recurrence(month="5,11", day="2nd sat", at=9 * HOUR)
PLAN, NEXT = "DPL-2026-0001", "DPL-2026-0002"
EVERYBODY = {"duty", "deputy", "head", "clerk"}


def site(rule: Recurrence | None = HALF_YEARLY, **fields: Any) -> Site:
    """The small firm, whose market trades by day; its clerk coordinates, the admin after them."""
    made = firm(scenario(recurs=rule, owner="admin", **fields))
    core = replace(made.systems["core"], markets=("XTST",))
    market = replace(MARKET, until=date(2027, 12, 31))
    return replace(
        made,
        grants={**made.grants, "coordinator": ("clerk", "admin")},
        systems={**made.systems, "core": core},
        calendars={"XTST": market},
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Any]:
    """A fresh database, whose works can read recurrences."""
    with closing(open_store(f"sqlite:///{tmp_path / 'responder.db'}", days_of=days_of)) as opened:
        yield opened


@pytest.fixture
def play(store: Any) -> Play:
    """Eight weeks before the next date."""
    return Play.of(store, site(), SEPTEMBER)


def morning(play: Play, day: date | None = None) -> None:
    """The round of a morning, of this day or of a later one."""
    if day is not None:
        play.now = datetime.combine(day, SEPTEMBER.timetz())
    play.store.run(lambda uow: plan_recurring(uow, play.now))
    play.wait(timedelta(0))


def plans(play: Play) -> dict[str, PlannedDrill]:
    return play.store.read(lambda uow: uow.drill_plans.all())


def seen(play: Play) -> list[tuple[str, str, str | None]]:
    """Every drill to come: its id, when, for which date."""
    found = play.store.read(lambda uow: planned_drills(uow, play.now))
    return [(one["id"], local(one["at"]), one["occurrence"]) for one in found]


def to_come(play: Play) -> list[str]:
    """The next dates that are not planned yet."""
    found = play.store.read(lambda uow: recurring_to_come(uow, play.now))
    return [local(one["at"]) for one in found]


def local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def said(play: Play) -> list[tuple[str, str]]:
    """To whom what was said since last asked, each once."""
    told = [(one.person, str(one.facts.get("what", ""))) for _, one in play.outgoing]
    play.outgoing.clear()
    return list(dict.fromkeys(told))


def told(play: Play, word: str) -> set[str]:
    return {person for person, what in said(play) if word in what}


def entries(play: Play, *kinds: str) -> list[dict[str, Any]]:
    found = play.store.read(lambda uow: uow.ledger.of("FIRM", kinds))
    return [entry.payload or {} for entry in found]


def events(play: Play, person: str) -> dict[str, Any]:
    """The drills in somebody's calendar, by uid, as a calendar program reads them."""
    feed = Feed("f", person, play.now)
    sheet = play.store.read(lambda uow: sheet_for(uow, roster_in_force(uow), feed, play.now))
    found = Calendar.from_ical(calendar_text(sheet)).walk("VEVENT")
    uids = [str(one["uid"]) for one in found]
    assert len(uids) == len(set(uids))
    return {str(one["uid"]): one for one in found if str(one["uid"]).startswith("drill-")}


def test_half_a_year_by_itself(play: Play) -> None:
    """Shown from afar; planned six weeks before, its people asked and reminded; held; the next."""
    play.do(StartRounds(by=ENGINE))
    play.do(ApproveDrill(by=by("boss"), scenario="s"))
    assert (seen(play), to_come(play)) == ([], ["2026-11-14 09:00"])
    play.wait(10 * DAY - HOUR)
    assert seen(play) == []
    said(play)
    play.wait(HOUR)
    assert seen(play) == [(PLAN, "2026-11-14 09:00", "2026-11-14")]
    assert told(play, "定期演练") == EVERYBODY
    (one,) = entries(play, "DrillScheduled")
    assert (one["plan"], one["occurrence"], "note" in one) == (PLAN, "2026-11-14", False)
    play.wait(44 * DAY - HOUR)
    assert told(play, "演练提醒") == set()
    play.wait(2 * HOUR)
    assert told(play, "演练提醒") == EVERYBODY
    play.wait(datetime(2026, 11, 14, 1, 0, tzinfo=UTC) - play.now)
    id = play.do(StartDrill(by=by("clerk"), scenario="s")).id
    play.wait(DAY)
    assert plans(play)[PLAN].drill == id
    assert (seen(play), to_come(play)) == ([], ["2027-05-08 09:00"])
    said(play)
    play.sleep(datetime(2027, 3, 24, 0, 49, tzinfo=UTC) - play.now)
    play.wait(HOUR)
    assert seen(play) == [("DPL-2027-0001", "2027-05-08 09:00", "2027-05-08")]


def test_its_owner_leads_it_or_the_next_who_may(play: Play) -> None:
    """As a plan whose coordinator left would be led."""
    morning(play, NOVEMBER - 45 * DAY)
    assert plans(play)[PLAN].coordinator == "admin"
    play.do(CancelDrill(by=by("admin"), plan=PLAN, reason="x"))
    other = site()
    other = replace(other, scenarios={"s": replace(other.scenarios["s"], owner="duty")})
    play.do(AcceptSite(by=by("root"), site=other))
    morning(play, MAY - 40 * DAY)
    assert plans(play)["DPL-2027-0001"].coordinator == "clerk"


def test_where_nobody_may_lead_it_its_controllers_hear(store: Any) -> None:
    """No coordinator is granted, nobody heads the command body."""
    made = site()
    headless = replace(made.command, body=replace(made.command.body, head=""))
    play = Play.of(store, replace(made, grants={}, command=headless), SEPTEMBER)
    morning(play, NOVEMBER - 40 * DAY)
    assert seen(play) == []
    assert told(play, "没有人可以组织演练") == {"clerk"}


def test_it_begins_by_itself_where_its_rule_says_so(store: Any) -> None:
    """As one planned by hand so: once approved."""
    play = Play.of(store, site(replace(HALF_YEARLY, by_itself=True)), SEPTEMBER)
    play.do(ApproveDrill(by=by("boss"), scenario="s"))
    morning(play, NOVEMBER - 5 * DAY)
    play.wait(5 * DAY + HOUR)
    runs = play.store.read(lambda uow: uow.drill_runs.all())
    assert [run.scenario for run in runs.values()] == ["s"]


def test_a_day_in_a_session_gives_way_and_its_coordinator_hears_why(store: Any) -> None:
    """The Thursday trades at nine: held on the Saturday after, and why is on record."""
    play = Play.of(store, site(replace(HALF_YEARLY, day="2nd thu")), SEPTEMBER)
    morning(play, NOVEMBER - 40 * DAY)
    assert seen(play) == [(PLAN, "2026-11-14 09:00", "2026-11-12")]
    assert told(play, "XTST有交易时段") == {"admin"}
    (one,) = entries(play, "DrillScheduled")
    assert one["note"] == "XTST有交易时段"


def test_where_no_day_suits_it_is_said_once_and_tried_again(play: Play) -> None:
    """All who lead it are away for weeks; back earlier, it is planned after all."""
    away = (Absence(person, SEPTEMBER, SEPTEMBER + 90 * DAY, "") for person in ("admin", "clerk"))
    play.do(AcceptSite(by=by("root"), site=replace(site(), absences=tuple(away))))
    for days in (40, 39, 38):
        morning(play, NOVEMBER - days * DAY)
    assert seen(play) == []
    assert [person for person, what in said(play) if "未能安排" in what] == ["admin", "clerk"]
    (one,) = entries(play, "DrillNotPlanned")
    assert "请假" in one["reason"]
    play.do(AcceptSite(by=by("root"), site=site()))
    morning(play, NOVEMBER - 20 * DAY)
    assert seen(play) == [(PLAN, "2026-11-14 09:00", "2026-11-14")]


@pytest.mark.parametrize("fields", [{"recurs": Recurrence(day="2nd sut")}, {"recipients": ()}])
def test_a_scenario_with_a_flaw_is_not_planned_and_that_is_said_once(
    play: Play, fields: dict[str, Any]
) -> None:
    """The other recurring drills are."""
    one = replace(site().scenarios["s"], **fields)
    other = replace(site().scenarios["s"], id="t")
    flawed = replace(site(), scenarios={"s": one, "t": other})
    play.do(AcceptSite(by=by("root"), site=flawed))
    for days in (40, 39):
        morning(play, NOVEMBER - days * DAY)
    assert [plan.scenario for plan in plans(play).values()] == ["t"]
    found = [person for person, what in said(play) if "未能安排" in what]
    assert sorted(found) == ["admin", "clerk"]


def test_cancelled_it_is_not_planned_again_and_moved_it_stays_the_one(play: Play) -> None:
    morning(play, NOVEMBER - 40 * DAY)
    moved = datetime(2026, 12, 5, 1, tzinfo=UTC)
    play.do(MoveDrill(by=by("clerk"), plan=PLAN, at=moved, reason="版本推迟"))
    morning(play, NOVEMBER - 30 * DAY)
    assert seen(play) == [(PLAN, "2026-12-05 09:00", "2026-11-14")]
    play.do(CancelDrill(by=by("clerk"), plan=PLAN, reason="全员值守"))
    for days in (20, 10, 1, 0):
        morning(play, NOVEMBER - days * DAY)
    assert (seen(play), to_come(play)) == ([], ["2027-05-08 09:00"])


def test_what_is_planned_by_hand_near_the_date_takes_its_place(play: Play) -> None:
    """From two weeks before it on; the record says so, and nobody is invited twice."""
    at = datetime(2026, 11, 1, 1, tzinfo=UTC)
    play.do(ScheduleDrill(by=by("clerk"), scenario="s", at=at))
    assert to_come(play) == ["2027-05-08 09:00"]
    said(play)
    morning(play, NOVEMBER - 40 * DAY)
    assert said(play) == []
    assert seen(play) == [(PLAN, "2026-11-01 09:00", "2026-11-14")]
    assert entries(play, "DrillStandsFor")[0]["plan"] == PLAN


def test_what_is_held_much_earlier_is_another_drill(play: Play) -> None:
    """While it is to come nothing else is planned; after it the date is."""
    at = datetime(2026, 10, 17, 1, tzinfo=UTC)
    play.do(ScheduleDrill(by=by("clerk"), scenario="s", at=at))
    morning(play, NOVEMBER - 40 * DAY)
    assert [id for id, *_ in seen(play)] == [PLAN]
    play.do(ApproveDrill(by=by("boss"), scenario="s"))
    play.now = at
    play.do(StartDrill(by=by("clerk"), scenario="s"))
    morning(play, date(2026, 10, 18))
    assert seen(play) == [(NEXT, "2026-11-14 09:00", "2026-11-14")]


def test_what_never_began_makes_way_after_two_weeks(store: Any) -> None:
    """A monthly drill that nobody began is closed with its reason; nothing stops in silence."""
    play = Play.of(store, site(replace(HALF_YEARLY, month="*")), SEPTEMBER)
    morning(play)
    assert seen(play) == [(PLAN, "2026-10-10 09:00", "2026-10-10")]
    said(play)
    morning(play, date(2026, 10, 20))
    assert seen(play) == [(PLAN, "2026-10-10 09:00", "2026-10-10")]
    morning(play, date(2026, 10, 25))
    assert seen(play) == [(NEXT, "2026-11-14 09:00", "2026-11-14")]
    assert "一直没有举行" in plans(play)[PLAN].cancelled
    assert told(play, "演练取消") == {"admin", "clerk"}


def test_weeks_of_standstill_bring_no_storm(store: Any) -> None:
    """A weekly drill, the engine away for nine weeks: one plan, for a day to come."""
    play = Play.of(store, site(Recurrence(day_of_week="sat", at=9 * HOUR)), SEPTEMBER)
    play.do(StartRounds(by=ENGINE))
    play.sleep(63 * DAY)
    play.wait(DAY)
    assert [(at, occurrence) for _, at, occurrence in seen(play)] == [
        ("2026-11-28 09:00", "2026-11-28")
    ]
    assert len(plans(play)) == 1


def test_two_engines_plan_one(opened: Callable[..., Any]) -> None:
    """At the same moment, on either database: one plan, one invitation each."""
    stores = [opened(days_of=days_of), opened(days_of=days_of)]
    play = Play.of(stores[0], site(), SEPTEMBER + 30 * DAY)
    planned, looking = Event(), Event()

    def first(uow: Any) -> None:
        plan_recurring(uow, play.now)
        planned.set()
        looking.wait(1)  # where the other may not even look before this one is done

    def second(uow: Any) -> None:
        looking.set()
        plan_recurring(uow, play.now)

    with ThreadPoolExecutor(1) as other:
        done = other.submit(stores[0].run, first)
        assert planned.wait(5)
        stores[1].run(second)
        done.result()
    assert list(plans(play)) == [PLAN]
    play.wait(timedelta(0))
    asked = [(one.person, one.via) for _, one in play.outgoing if "定期" in one.facts["what"]]
    assert {person for person, _ in asked} == EVERYBODY
    assert len(asked) == len(set(asked))


def test_it_stands_in_calendars_a_year_ahead_and_is_one_event(play: Play) -> None:
    """Tentative until it is planned, then the same event, certain; moved, it is still that one."""
    uid, later = "drill-s-2026-11-14@responder", "drill-s-2027-05-08@responder"
    before = events(play, "duty")
    assert list(before) == [uid, later]
    assert {str(one["status"]) for one in before.values()} == {"TENTATIVE"}
    assert {str(one["transp"]) for one in before.values()} == {"TRANSPARENT"}
    assert not before[uid].walk("VALARM")
    assert before[uid]["dtstart"].dt.isoformat() == "2026-11-14T09:00:00+08:00"
    morning(play, NOVEMBER - 40 * DAY)
    after = events(play, "duty")
    assert set(after) == set(before)
    assert str(after[uid]["status"]) == "CONFIRMED"
    assert str(after[uid]["summary"]) == "应急演练：写清楚的内容"
    assert int(after[uid]["sequence"]) > int(before[uid]["sequence"])
    assert after[uid]["last-modified"].dt > before[uid]["last-modified"].dt
    at = datetime(2026, 11, 21, 1, tzinfo=UTC)
    play.do(MoveDrill(by=by("clerk"), plan=PLAN, at=at, reason="x"))
    moved = events(play, "duty")
    assert set(moved) == set(before)
    assert moved[uid]["dtstart"].dt == at
    assert int(moved[uid]["sequence"]) > int(after[uid]["sequence"])
    play.do(CancelDrill(by=by("clerk"), plan=PLAN, reason="x"))
    assert list(events(play, "duty")) == [later]
    assert events(play, "boss") == {}


def test_planned_by_hand_it_is_in_no_calendar_twice(play: Play) -> None:
    """The date that it takes the place of is shown no more, whether or not it is morning."""
    at = datetime(2026, 11, 7, 1, tzinfo=UTC)
    play.do(ScheduleDrill(by=by("clerk"), scenario="s", at=at))
    by_hand = {f"drill-{PLAN}@responder", "drill-s-2027-05-08@responder"}
    assert set(events(play, "duty")) == by_hand
    morning(play, NOVEMBER - 40 * DAY)
    assert set(events(play, "duty")) == by_hand


def test_of_an_unannounced_one_controllers_alone_know(store: Any) -> None:
    """Before it is planned and after: in no list, no calendar, no message of anybody else."""
    play = Play.of(store, site(unannounced=True), SEPTEMBER)
    talk = Talk(play)
    for _ in range(2):
        assert len(events(play, "clerk")) == 2
        assert events(play, "duty") == {}
        assert "2026-11-14" in talk.hears("clerk", "演练安排")
        assert "没有已安排的演练" in talk.hears("duty", "演练安排")
        morning(play, NOVEMBER - 40 * DAY)
    assert {person for person, _ in said(play)} <= {"clerk", "admin"}


def test_in_chats_what_recurs_stands_after_what_is_planned(play: Play) -> None:
    """Marked as not planned yet."""
    talk = Talk(play)
    assert "2026-11-14 09:00 · 定期，待安排" in talk.hears("duty", "演练安排")
    morning(play, NOVEMBER - 40 * DAY)
    first, second = talk.hears("duty", "演练安排").splitlines()[:2]
    assert first.startswith(PLAN)
    assert "2027-05-08 09:00 · 定期，待安排" in second


def test_a_recurrence_with_a_flaw_is_not_approved(play: Play) -> None:
    """It belongs to the plan; a drill begun by hand has nothing to do with it."""
    play.do(AcceptSite(by=by("root"), site=site(Recurrence(month="2", day="31"))))
    with pytest.raises(BadInput, match="never comes"):
        play.do(ApproveDrill(by=by("boss"), scenario="s"))


ACTS = st.sampled_from(["morning", "morning", "twice", "cancel", "move", "by hand", "begin"])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["5,11", "3,6,9,12", "*"]),
    st.lists(st.tuples(ACTS, st.integers(1, 40)), min_size=4, max_size=14),
)
def test_however_the_mornings_fall(month: str, steps: list[tuple[str, int]]) -> None:
    """Never two open plans, never two plans of a date, never one in a session or of the past."""
    with (
        TemporaryDirectory() as folder,
        closing(open_store(f"sqlite:///{folder}/responder.db", days_of=days_of)) as store,
    ):
        play = Play.of(store, site(replace(HALF_YEARLY, month=month)), SEPTEMBER)
        play.do(ApproveDrill(by=by("boss"), scenario="s"))
        for act, days in steps:
            play.now += days * DAY
            follow(play, act)
            check(play)


def follow(play: Play, act: str) -> None:
    standing = next((plan for plan in plans(play).values() if plan.is_open), None)
    soon = play.now + 3 * DAY + 12 * HOUR
    try:
        match act:
            case "cancel" if standing:
                play.do(CancelDrill(by=by("clerk"), plan=standing.id, reason="x"))
            case "move" if standing:
                play.do(MoveDrill(by=by("clerk"), plan=standing.id, at=soon, reason="x"))
            case "by hand":
                play.do(ScheduleDrill(by=by("clerk"), scenario="s", at=soon))
            case "begin":
                play.do(StartDrill(by=by("clerk"), scenario="s"))
    except BadInput:
        pass  # refused by its own rules, which are told elsewhere
    for _ in range(2 if act == "twice" else 1):
        morning(play)


def check(play: Play) -> None:
    found = plans(play).values()
    assert sum(plan.is_open for plan in found) <= 1
    dates = [plan.occurrence for plan in found if plan.occurrence]
    assert len(dates) == len(set(dates))
    for plan in found:
        if plan.planned_by == ENGINE.person:
            assert plan.starts_at > plan.planned_at
    before = play.store.read(lambda uow: len(uow.ledger.of("FIRM")))
    morning(play)
    assert play.store.read(lambda uow: len(uow.ledger.of("FIRM"))) == before
