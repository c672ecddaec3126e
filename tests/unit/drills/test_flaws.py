"""Every flaw of a scenario is found where it is, and the shipped scenarios have none."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from responder.domain.calendar import Calendar, Session
from responder.domain.drill import (
    Condition,
    Cue,
    DrillScenario,
    Expected,
    Objective,
    Result,
    Row,
    Script,
)
from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.words import Words
from responder.drills.flaws import flaws
from responder.drills.sessions import met_on, session_met
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.stage.firm import small_firm

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SAID = Words("写清楚的内容", "what it says")
TAKE = Expected("take", "acknowledge", by=("role:duty_lead",), objective="o", evaluator="clerk")
MARKET = Calendar(
    "XTST",
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
    sessions=(
        Session("day", Words("日盘", "day"), time(9), time(15)),
        Session(
            "night",
            Words("夜盘", "night"),
            time(21),
            time(2),
            night=True,
        ),
    ),
)


def firm():
    site = small_firm()
    systems = {**site.systems, "core": replace(site.systems["core"], markets=("XTST",))}
    return replace(site, systems=systems, calendars={"XTST": MARKET})


def sound() -> DrillScenario:
    return DrillScenario(
        "s",
        title=SAID,
        playbook="outage",
        starts=16 * HOUR,
        lasts=HOUR,
        plan=dict.fromkeys(PLAN_HEADINGS, SAID),
        recipients=("role:duty_lead", "role:it_lead"),
        controllers=("clerk",),
        objectives={"o": Objective("o", SAID)},
        rows={"a": Row("a", to=("role:duty_lead",), by=("slack",), text=SAID, expects=(TAKE,))},
        scripts={
            "full": Script("full", (Cue(MINUTE, "role:duty_lead", "接手"),), {"take": Result.DONE}),
            "failing": Script("failing", (), {"take": Result.NOT_DONE}),
        },
    )


def row(**fields):
    return lambda s: replace(s, rows={"a": replace(s.rows["a"], **fields)})


def expecting(**fields):
    return row(expects=(replace(TAKE, **fields),))


def turn_round(scenario):
    """Two rows that each wait for what came of the other."""
    other = replace(TAKE, id="other")
    a = replace(scenario.rows["a"], only_if=(Condition("other"),))
    b = Row("b", at=10 * MINUTE, text=SAID, expects=(other,), only_if=(Condition("take"),))
    return replace(scenario, rows={"a": a, "b": b})


def too_early(scenario):
    b = Row("b", at=MINUTE, text=SAID, only_if=(Condition("take"),))
    return replace(scenario, rows={**scenario.rows, "b": b})


def scripted(**scripts):
    return lambda s: replace(s, scripts={**s.scripts, **scripts})


FLAWS = [
    (lambda s: replace(s, plan=s.plan | {"recovery": Words()}), ("plan", "recovery"), "recovery"),
    (lambda s: replace(s, playbook="none"), ("playbook",), "no playbook none"),
    (lambda s: replace(s, recipients=()), ("recipients",), "Nobody takes part"),
    (lambda s: replace(s, recipients=(*s.recipients, "ghost")), ("recipients", "ghost"), "nobody"),
    (lambda s: replace(s, controllers=("ghost",)), ("controllers", "ghost"), "means nobody"),
    (lambda s: replace(s, lasts=13 * HOUR), ("lasts",), "12 hours at most"),
    (lambda s: replace(s, starts=14 * HOUR), ("starts",), "session of XTST"),
    (lambda s: replace(s, starts=1 * HOUR), ("starts",), "session of XTST"),
    (lambda s: replace(s, objectives={}), ("objectives",), "no objective"),
    (
        lambda s: replace(s, objectives={**s.objectives, "p": Objective("p")}),
        ("objectives", "p"),
        "Nothing is expected for the objective p",
    ),
    (row(at=2 * HOUR), ("msel", "a"), "after the drill’s end"),
    (row(to=("boss",)), ("msel", "a", "to", "boss"), "outside the list"),
    (row(to=("unit:u",)), ("msel", "a", "to", "unit:u"), "outside the list"),
    (row(by=("pigeon",)), ("msel", "a", "by", "pigeon"), "cannot go by"),
    (row(by=("by_hand",)), ("msel", "a", "by", "by_hand"), "cannot go by"),
    (row(text=Words(), expects=()), ("msel", "a"), "says and expects nothing"),
    (row(expects=(TAKE, TAKE)), ("msel", "a", "expects", "take"), "stands twice"),
    (expecting(does="sing"), ("msel", "a", "expects", "take"), "no act “sing”"),
    (expecting(does="decide", of="none"), ("msel", "a", "expects", "take"), "never be met"),
    (expecting(does="decide", of=""), ("msel", "a", "expects", "take"), "never be met"),
    (expecting(by=("boss",)), ("msel", "a", "expects", "take"), "takes no part"),
    (expecting(within=2 * HOUR), ("msel", "a", "expects", "take"), "after the drill’s end"),
    (expecting(objective="q"), ("msel", "a", "expects", "take", "objective"), "no objective"),
    (expecting(evaluator="ghost"), ("msel", "a", "expects", "take", "evaluator"), "is nobody"),
    (turn_round, ("msel", "b", "only_if", "take"), "round in a circle"),
    (too_early, ("msel", "b", "only_if", "take"), "nobody can know yet"),
    (
        row(only_if=(Condition("none"),)),
        ("msel", "a", "only_if", "none"),
        "no expected action none",
    ),
    (scripted(full=Script("full", (), {"take": Result.LATE})), ("scripts",), "meets everything"),
    (scripted(failing=Script("failing", (), {"take": Result.DONE})), ("scripts",), "that fails"),
    (
        scripted(third=Script("third", (Cue(MINUTE, "boss", "x"),), {})),
        ("scripts", "third", "boss"),
        "takes no part",
    ),
    (
        scripted(third=Script("third", (), {"none": Result.DONE})),
        ("scripts", "third", "results", "none"),
        "no expected action",
    ),
]


def test_a_sound_scenario_has_none():
    assert list(flaws(sound(), firm())) == []


@pytest.mark.parametrize(("spoil", "path", "en"), FLAWS, ids=[en for _, _, en in FLAWS])
def test_a_flaw_is_found_where_it_is(spoil, path, en):
    """Named with the place and a mend, in both languages."""
    found = list(flaws(spoil(sound()), firm()))
    flaw = next((one for one in found if one.path == path and en in one.what.en), None)
    assert flaw is not None, [(one.path, one.what.en) for one in found]
    assert flaw.what.zh
    assert flaw.mend.zh
    assert flaw.mend.en


def test_a_reason_lets_a_drill_into_a_session():
    """Somebody said why; that is on the record when it begins."""
    into = replace(sound(), starts=14 * HOUR, in_session="联合测试 / with the exchange")
    assert session_met(into, firm()) == "XTST"
    assert list(flaws(into, firm())) == []


@pytest.mark.parametrize(
    ("day", "hour", "met"),
    [
        ("2026-11-23", 14, "XTST"),
        ("2026-11-23", 15, ""),
        ("2026-11-23", 20, ""),
        ("2026-11-23", 21, "XTST"),
        ("2026-11-24", 1, "XTST"),
        ("2026-11-21", 14, ""),
        ("2027-02-01", 14, "XTST"),
        ("2027-02-06", 14, ""),
    ],
)
def test_on_the_day_itself_the_calendar_decides(day, hour, met):
    """A Saturday is free; past the calendar's end the usual hours count."""
    start = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert met_on(sound(), firm(), start) == met


def test_the_shipped_scenarios_are_sound():
    """What a newcomer copies has no flaw."""
    site = load(sample_folder()).site
    assert site.scenarios
    found = [
        (id, f.path, f.what.en) for id, one in site.scenarios.items() for f in flaws(one, site)
    ]
    assert found == []
